"""The principal of a workspace, and the exchange of its secret for a token."""

import base64
import binascii
from urllib.parse import unquote

from mocks.core.errors import BadRequest, Unauthenticated
from mocks.core.workspace import Workspace, Workspaces
from mocks.identity.wire import AccessToken, User, Value

GRANTS = ("client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer")


class IdentityStore:
    """Who holds the token of this workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def me(self) -> User:
        """The caller."""
        name = self._workspace.user_name
        return User(
            id=str(self._workspace.user_id),
            userName=name,
            displayName=name.partition("@")[0],
            emails=[Value(value=name, type="work", primary=True)],
            groups=[Value(value=group, display=group) for group in ("users", *self._workspace.groups)],
        )


def exchange(workspaces: Workspaces, form: dict[str, str], authorization: str) -> AccessToken:
    """The token of the workspace whose secret the client showed.

    Raises: BadRequest, Unauthenticated
    """
    if form.get("grant_type") not in GRANTS:
        raise BadRequest("This grant type is not served.", error_code="unsupported_grant_type")
    secret = form.get("assertion") or form.get("client_secret") or _password(authorization)
    if workspaces.opened_by(secret) is None:
        raise Unauthenticated("The client secret is not the token of a workspace.", error_code="invalid_client")
    return AccessToken(access_token=secret)


def _password(authorization: str) -> str:
    scheme, _, encoded = authorization.partition(" ")
    try:
        pair = base64.b64decode(encoded, validate=True).decode() if scheme.lower() == "basic" else ":"
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return unquote(pair.partition(":")[2])
