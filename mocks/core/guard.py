"""The outermost layer: who may speak to the gateway at all, and how much at a time."""

import asyncio
import time
from collections.abc import Sequence
from hmac import compare_digest
from urllib.parse import parse_qsl

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mocks.core.errors import (
    ApiError,
    BadRequest,
    MisdirectedRequest,
    PermissionDenied,
    RequestTooLarge,
    Unauthenticated,
)
from mocks.core.sessions import Sessions
from mocks.core.wire import MAX_BODY, Json
from mocks.core.workspace import Workspace, Workspaces, sign

OPEN = frozenset({"/.well-known/databricks-config", "/_sandbox/health"})
# OAuth clients come here to get a token; the token endpoint checks their secret itself.
OIDC = frozenset(
    {"/oidc/v1/token", "/oidc/.well-known/oauth-authorization-server", "/oidc/.well-known/openid-configuration"}
)
SIGNED, CONTROL, LOGIN = "/_signed/", "/_sandbox/", "/login/"
PAGES = ("/ml", "/chat", "/console", "/genie", "/monitoring")
STREAMED = ("/api/2.0/fs/files/", "/_signed/", "/api/2.0/mlflow-artifacts/", "/ml/")
MAX_HEADERS = 16 * 1024
BODY_SECONDS = 20.0
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
Headers = list[tuple[bytes, bytes]]


class Guard:
    """Refuses before anything else runs; what it lets through carries its workspace in the scope."""

    def __init__(self, app: ASGIApp, workspaces: Workspaces, sessions: Sessions) -> None:
        self._app, self._workspaces, self._sessions = app, workspaces, sessions
        settings = workspaces.settings
        self._hosts = {host.encode() for host in _hosts(settings.authority, settings.allowed_hosts)}
        fronts = {host.lower().encode() for host in settings.tls_hosts}
        self._origins = {b"http://" + host for host in self._hosts} | {b"https://" + host for host in fronts}
        self._hosts |= fronts
        self._control_token = settings.control_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guarded(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check_source(scope["headers"])
            self._check_size(scope)
            self._authenticate(scope)
        except ApiError as refusal:
            answer = _sign_in_first() if is_browser(scope) and refusal.status == 401 else refuse(refusal)
            await answer(scope, receive, send)
        else:
            await self._app(scope, _bounded(receive), send)

    def _check_source(self, headers: Headers) -> None:
        hosts = _values(headers, b"host")
        if len(hosts) != 1:
            raise BadRequest("A request carries exactly one Host header.")
        if hosts[0].lower() not in self._hosts:
            known = ", ".join(sorted(host.decode() for host in self._hosts))
            raise MisdirectedRequest(
                f"This sandbox does not answer for host {hosts[0].decode('latin-1')!r}; it answers for {known}. "
                "Set SANDBRICKS_ALLOWED_HOSTS to add a name."
            )
        if any(origin not in self._origins for origin in _values(headers, b"origin")):
            raise PermissionDenied("Requests from another origin are refused.")
        if any(site not in (b"same-origin", b"none") for site in _values(headers, b"sec-fetch-site")):
            raise PermissionDenied("Cross-site requests are refused.")

    def _check_size(self, scope: Scope) -> None:
        if scope["method"] not in METHODS:
            raise BadRequest(f"The method {scope['method']} is not used by any API here.")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADERS:
            raise RequestTooLarge(f"The headers exceed {MAX_HEADERS} bytes.", error_code="HEADERS_TOO_LARGE")
        length = b"".join(_values(scope["headers"], b"content-length")[:1])
        if length.isdigit() and int(length) > MAX_BODY and not scope["path"].startswith(STREAMED):
            raise RequestTooLarge(f"The body has {int(length)} bytes; at most {MAX_BODY} are accepted here.")

    def _authenticate(self, scope: Scope) -> None:
        path: str = scope["path"]
        if path in OPEN | OIDC or path.startswith(LOGIN):
            return
        if path.startswith(CONTROL):
            self._check_control(scope["headers"])
        elif path.startswith(SIGNED):
            scope["workspace"] = self._signed(scope)
        else:
            scope["workspace"] = self._caller(scope["headers"], path)

    def _check_control(self, headers: Headers) -> None:
        if not compare_digest(_bearer(headers).encode(), self._control_token.encode()):
            raise Unauthenticated("The control API wants the control token (file control-token in the data directory).")
        if _values(headers, b"x-sandbox-control") != [b"1"]:
            raise PermissionDenied("The control API wants the header X-Sandbox-Control: 1.")

    def _signed(self, scope: Scope) -> Workspace:
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        name, expires = query.get("workspace", ""), query.get("expires", "")
        if not expires.isdigit() or int(expires) < time.time():
            raise PermissionDenied("The signed URL has expired.")
        expected = sign(self._control_token, scope["path"], name, int(expires))
        if not compare_digest(expected.encode(), query.get("signature", "").encode()):
            raise PermissionDenied("The signature does not fit the URL.")
        return self._workspaces.named(name)

    def _caller(self, headers: Headers, path: str) -> Workspace:
        token = _bearer(headers)
        if not token and _is_page(path):
            token = self._sessions.token(_values(headers, b"cookie"))
        workspace = self._workspaces.opened_by(token) if token else None
        if workspace is None:
            # On 401 the MCP client starts an OAuth dance that it cannot finish; 403 reaches its caller.
            refusal = PermissionDenied if "/mcp/" in path or path.endswith("/mcp") else Unauthenticated
            raise refusal("The token is missing or unknown to this sandbox; `sandbricks env` prints the right one.")
        return workspace


def refuse(refusal: ApiError) -> Json:
    """The answer that a refusal becomes."""
    return Json(refusal.body(), status_code=refusal.status, headers=refusal.headers)


def is_browser(scope: Scope) -> bool:
    """Whether a person asks for one of the pages."""
    return _is_page(scope["path"]) and b"text/html" in b"".join(_values(scope["headers"], b"accept"))


def _sign_in_first() -> HTMLResponse:
    """What a person sees who opens a page without a session."""
    return HTMLResponse(
        "<!doctype html><html lang=en><meta charset=utf-8><title>sandbricks</title>"
        "<body style='font:16px/1.5 system-ui;max-width:40em;margin:4em auto;padding:0 1em'>"
        "<h1>Sign in first</h1><p>This page belongs to a workspace. Run <code>sandbricks status</code> and open the "
        "link that it prints; it works once. Then come back to this address.</p>",
        status_code=401,
    )


def _hosts(authority: str, allowed: Sequence[str]) -> set[str]:
    name, _, port = authority.rpartition(":")
    loopback = {f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")} if name else set()
    named = {host if ":" in host else f"{host}:{port}" for host in allowed}
    return {authority.lower()} | loopback | {host.lower() for host in named}


def _is_page(path: str) -> bool:
    return path == "/" or any(path == page or path.startswith(f"{page}/") for page in PAGES)


def _values(headers: Headers, name: bytes) -> list[bytes]:
    return [value.strip() for key, value in headers if key.lower() == name]


def _bearer(headers: Headers) -> str:
    values = _values(headers, b"authorization")
    if len(values) != 1 or values[0][:7].lower() != b"bearer ":
        return ""
    return values[0][7:].strip().decode("latin-1")


def _bounded(receive: Receive) -> Receive:
    """A body must keep coming: a client that stops in the middle is dropped."""
    complete = False

    async def receive_in_time() -> Message:
        nonlocal complete
        if complete:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError:
            return {"type": "http.disconnect"}
        complete = not message.get("more_body", False)
        return message

    return receive_in_time
