"""Scopes, secrets and permissions: names, limits, and who may do what."""

import base64
import binascii
import re
from typing import Any

from mocks.core.errors import (
    InvalidParameterValue,
    NotImplementedYet,
    PermissionDenied,
    ResourceAlreadyExists,
    ResourceDoesNotExist,
)
from mocks.core.workspace import Workspace
from mocks.engines.metastore.kept_secrets import Secret
from mocks.secrets.wire import Acl, NewScope, NewSecret, Scope, Scopes, SecretMetadata, Secrets, SecretValue

# The limits of the secrets API's own documentation.
_NAME = re.compile(r"[\w.@ -]{1,128}")
LARGEST = 128 * 1024
MOST_IN_A_SCOPE = MOST_SCOPES = 1000
_RANK = {"READ": 1, "WRITE": 2, "MANAGE": 3}
EVERYBODY = "users"


class SecretStore:
    """The secrets of one workspace, as its caller may see them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._scopes = workspace.collection("secrets.scopes", Scope, "Scope")
        self._secrets = workspace.collection("secrets.secrets", Secret, "Secret")
        self._acls = workspace.collection("secrets.acls", Acl, "Permission")

    def create_scope(self, body: NewScope) -> None:
        """Makes a scope; its maker manages it.

        Raises: InvalidParameterValue, ResourceAlreadyExists, NotImplementedYet
        """
        if body.scope_backend_type != "DATABRICKS":
            raise NotImplementedYet("Scopes over an Azure Key Vault are not kept here.")
        if body.initial_manage_principal not in (None, EVERYBODY):
            raise InvalidParameterValue("The initial_manage_principal can only be 'users'.")
        _check_name("scope", body.scope)
        with self._workspace.lock:
            if self._scopes.find(body.scope):
                raise ResourceAlreadyExists(f"Scope {body.scope} already exists!")
            if len(self._scopes.all()) >= MOST_SCOPES:
                raise InvalidParameterValue(f"A workspace has at most {MOST_SCOPES} scopes.")
            self._scopes.create(body.scope, Scope(name=body.scope))
            manager = body.initial_manage_principal or self._workspace.user_name
            self._put_acl(Acl(scope=body.scope, principal=manager, permission="MANAGE"))

    def delete_scope(self, scope: str) -> None:
        """Removes a scope with all that is in it."""
        with self._workspace.lock:
            self._check(scope, "MANAGE")
            for secret in self._secrets.all(f"{scope}/"):
                self._secrets.delete(f"{scope}/{secret.key}")
            for acl in self._acls.all(f"{scope}/"):
                self._acls.delete(f"{scope}/{acl.principal}")
            self._scopes.delete(scope)

    def list_scopes(self) -> Scopes:
        """Those that the caller may read."""
        return Scopes(scopes=[scope for scope in self._scopes.all() if self._rank(scope.name)])

    def put_secret(self, body: NewSecret) -> None:
        """Keeps a value, in place of an older one."""
        with self._workspace.lock:
            self._check(body.scope, "WRITE")
            _check_name("key", body.key)
            others = [secret for secret in self._secrets.all(f"{body.scope}/") if secret.key != body.key]
            if len(others) >= MOST_IN_A_SCOPE:
                raise InvalidParameterValue(f"A scope has at most {MOST_IN_A_SCOPE} secrets.")
            kept = Secret(
                scope=body.scope,
                key=body.key,
                value=base64.b64encode(_value(body)).decode(),
                last_updated_timestamp=self._workspace.now_ms(),
            )
            self._secrets.put(f"{body.scope}/{body.key}", kept)

    def get_secret(self, scope: str, key: str) -> SecretValue:
        """The value in base64."""
        self._check(scope, "READ")
        found = self._secret(scope, key)
        return SecretValue(key=key, value=found.value)

    def list_secrets(self, scope: str) -> Secrets:
        """Keys and times; never values."""
        self._check(scope, "READ")
        found = [
            SecretMetadata(key=secret.key, last_updated_timestamp=secret.last_updated_timestamp)
            for secret in self._secrets.all(f"{scope}/")
        ]
        return Secrets(secrets=found)

    def delete_secret(self, scope: str, key: str) -> None:
        """Removes a secret."""
        self._check(scope, "WRITE")
        self._secret(scope, key)
        self._secrets.delete(f"{scope}/{key}")

    def put_acl(self, body: Acl) -> None:
        """Says what a principal may do."""
        self._check(body.scope, "MANAGE")
        self._put_acl(body)

    def get_acl(self, scope: str, principal: str) -> dict[str, Any]:
        """What a principal may do."""
        self._check(scope, "MANAGE")
        return self._acl(scope, principal).item()

    def list_acls(self, scope: str) -> dict[str, Any]:
        """What everybody may do."""
        self._check(scope, "MANAGE")
        return {"items": [acl.item() for acl in self._acls.all(f"{scope}/")]}

    def delete_acl(self, scope: str, principal: str) -> None:
        """Takes a permission back."""
        self._check(scope, "MANAGE")
        self._acl(scope, principal)
        self._acls.delete(f"{scope}/{principal}")

    def _check(self, scope: str, permission: str) -> None:
        """Whether there is the scope, and whether the caller may do this with it."""
        if self._scopes.find(scope) is None:
            raise ResourceDoesNotExist(f"Scope {scope} does not exist!")
        if self._rank(scope) < _RANK[permission]:
            raise PermissionDenied(
                f"{self._workspace.user_name} does not have {permission} permission on scope: {scope}"
            )

    def _rank(self, scope: str) -> int:
        """How much the caller may; the owner of the workspace is an admin and may everything."""
        who = self._workspace
        if who.user_name == who.owner:
            return _RANK["MANAGE"]
        mine = {who.user_name, EVERYBODY, *who.groups}
        granted = [_RANK[acl.permission] for acl in self._acls.all(f"{scope}/") if acl.principal in mine]
        return max(granted, default=0)

    def _secret(self, scope: str, key: str) -> Secret:
        found = self._secrets.find(f"{scope}/{key}")
        if found is None:
            raise ResourceDoesNotExist(f"Secret does not exist with scope: {scope} and key: {key}")
        return found

    def _acl(self, scope: str, principal: str) -> Acl:
        found = self._acls.find(f"{scope}/{principal}")
        if found is None:
            raise ResourceDoesNotExist(f"There is no permission of {principal} on scope {scope}.")
        return found

    def _put_acl(self, acl: Acl) -> None:
        self._acls.put(f"{acl.scope}/{acl.principal}", acl)


def _check_name(field: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidParameterValue(
            f"The {field} has 1 to 128 characters: letters, digits, dashes, underscores, blanks, @ and periods."
        )


def _value(body: NewSecret) -> bytes:
    if (body.string_value is None) == (body.bytes_value is None):
        raise InvalidParameterValue("Exactly one of string_value and bytes_value must be given.")
    if body.string_value is not None:
        value = body.string_value.encode()
    else:
        try:
            value = base64.b64decode(body.bytes_value or "", validate=True)
        except binascii.Error:
            raise InvalidParameterValue("The bytes_value is not valid base64.") from None
    if len(value) > LARGEST:
        raise InvalidParameterValue(f"A secret has at most {LARGEST} bytes.")
    return value
