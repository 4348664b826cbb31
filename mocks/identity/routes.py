"""Routes of the identity service."""

from typing import Annotated, cast
from urllib.parse import parse_qsl

from fastapi import Depends, Header, Request

from mocks.core.admin import Control
from mocks.core.wire import Api
from mocks.core.workspace import DEFAULT, in_workspace
from mocks.identity.store import GRANTS, IdentityStore, exchange
from mocks.identity.wire import AccessToken, HostMetadata, OidcConfiguration, User

api = Api()
Store = Annotated[IdentityStore, Depends(in_workspace(IdentityStore))]
ACCOUNT = "00000000-0000-0000-0000-000000000000"


def _host(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host']}"


@api.get("/.well-known/databricks-config")
async def get_host_metadata(request: Request) -> HostMetadata:
    """Read at every construction of a client, without a token."""
    control = cast(Control, request.app.state.control)
    number = str(control.workspaces.named(DEFAULT).id)
    return HostMetadata(oidc_endpoint=f"{_host(request)}/oidc", workspace_id=number, account_id=ACCOUNT)


@api.get("/oidc/.well-known/oauth-authorization-server")
@api.get("/oidc/.well-known/openid-configuration")
async def get_oidc_configuration(request: Request) -> OidcConfiguration:
    """Where the token endpoint is."""
    oidc = f"{_host(request)}/oidc"
    return OidcConfiguration(
        issuer=oidc,
        authorization_endpoint=f"{oidc}/v1/authorize",
        token_endpoint=f"{oidc}/v1/token",
        grant_types_supported=list(GRANTS),
    )


@api.post("/oidc/v1/token")
async def create_token(request: Request, authorization: Annotated[str, Header()] = "") -> AccessToken:
    """OAuth client credentials."""
    control = cast(Control, request.app.state.control)
    form = dict(parse_qsl((await request.body()).decode("latin-1")))
    return exchange(control.workspaces, form, authorization)


@api.get("/api/2.0/preview/scim/v2/Me")
async def me(store: Store) -> User:
    """The caller."""
    return store.me()
