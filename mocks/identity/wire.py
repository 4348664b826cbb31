"""Bodies of the identity service."""

from mocks.core.wire import Wire


class HostMetadata(Wire):
    """What `GET /.well-known/databricks-config` tells before anybody has signed in."""

    oidc_endpoint: str
    workspace_id: str | None = None
    account_id: str
    cloud: str = "AWS"  # keeps the SDK from asking Azure


class OidcConfiguration(Wire):
    """The endpoints of the OAuth flow."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    grant_types_supported: list[str]


class AccessToken(Wire):
    """What the token endpoint gives."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105  # the name of a scheme, no secret
    expires_in: int = 3600
    scope: str = "all-apis"


class Value(Wire):
    """An e-mail address or a group, as SCIM writes it."""

    value: str
    display: str | None = None
    type: str | None = None
    primary: bool | None = None


class User(Wire):
    """A SCIM user."""

    schemas: list[str] = ["urn:ietf:params:scim:schemas:core:2.0:User"]
    id: str
    userName: str
    displayName: str
    active: bool = True
    emails: list[Value]
    groups: list[Value]
