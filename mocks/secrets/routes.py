"""Routes of the secrets service."""

from typing import Annotated, Any

from fastapi import Depends

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.secrets.store import SecretStore
from mocks.secrets.wire import (
    Acl,
    AclName,
    NewScope,
    NewSecret,
    ScopeName,
    Scopes,
    SecretName,
    Secrets,
    SecretValue,
)

api = Api()
Store = Annotated[SecretStore, Depends(in_workspace(SecretStore))]
SECRETS = "/api/2.0/secrets"


@api.post(f"{SECRETS}/scopes/create")
def create_scope(body: NewScope, store: Store) -> None:
    """Makes a scope."""
    store.create_scope(body)


@api.post(f"{SECRETS}/scopes/delete")
def delete_scope(body: ScopeName, store: Store) -> None:
    """Removes a scope."""
    store.delete_scope(body.scope)


@api.get(f"{SECRETS}/scopes/list")
def list_scopes(store: Store) -> Scopes:
    """All scopes."""
    return store.list_scopes()


@api.post(f"{SECRETS}/put")
def put_secret(body: NewSecret, store: Store) -> None:
    """Keeps a secret."""
    store.put_secret(body)


@api.get(f"{SECRETS}/get")
def get_secret(scope: str, key: str, store: Store) -> SecretValue:
    """The value of a secret."""
    return store.get_secret(scope, key)


@api.get(f"{SECRETS}/list")
def list_secrets(scope: str, store: Store) -> Secrets:
    """The keys of a scope."""
    return store.list_secrets(scope)


@api.post(f"{SECRETS}/delete")
def delete_secret(body: SecretName, store: Store) -> None:
    """Removes a secret."""
    store.delete_secret(body.scope, body.key)


@api.post(f"{SECRETS}/acls/put")
def put_acl(body: Acl, store: Store) -> None:
    """Grants a permission."""
    store.put_acl(body)


@api.get(f"{SECRETS}/acls/get")
def get_acl(scope: str, principal: str, store: Store) -> dict[str, Any]:
    """A permission."""
    return store.get_acl(scope, principal)


@api.get(f"{SECRETS}/acls/list")
def list_acls(scope: str, store: Store) -> dict[str, Any]:
    """All permissions on a scope."""
    return store.list_acls(scope)


@api.post(f"{SECRETS}/acls/delete")
def delete_acl(body: AclName, store: Store) -> None:
    """Takes a permission back."""
    store.delete_acl(body.scope, body.principal)
