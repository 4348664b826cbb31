"""Bodies of the secrets service."""

from typing import Any, Literal

from mocks.core.wire import Wire

Permission = Literal["READ", "WRITE", "MANAGE"]


class NewScope(Wire):
    """A scope to be made; `users` as the initial manager means everybody."""

    scope: str
    initial_manage_principal: str | None = None
    scope_backend_type: Literal["DATABRICKS", "AZURE_KEYVAULT"] = "DATABRICKS"


class ScopeName(Wire):
    """Which scope is meant."""

    scope: str


class Scope(Wire):
    """A scope as it is listed."""

    name: str
    backend_type: str = "DATABRICKS"


class Scopes(Wire):
    """All scopes."""

    scopes: list[Scope]


class NewSecret(Wire):
    """A secret to be kept: a text, or bytes in base64."""

    scope: str
    key: str
    string_value: str | None = None
    bytes_value: str | None = None


class SecretName(Wire):
    """Which secret is meant."""

    scope: str
    key: str


class SecretValue(Wire):
    """What a reader gets."""

    key: str
    value: str


class SecretMetadata(Wire):
    """What a list tells of a secret."""

    key: str
    last_updated_timestamp: int


class Secrets(Wire):
    """The secrets of a scope, without their values."""

    secrets: list[SecretMetadata]


class Acl(Wire):
    """Who may do what with a scope."""

    scope: str
    principal: str
    permission: Permission

    def item(self) -> dict[str, Any]:
        """As it is shown."""
        return {"principal": self.principal, "permission": self.permission}


class AclName(Wire):
    """Whose permission is meant."""

    scope: str
    principal: str
