"""Lets faults happen to requests: behind the guard, around the handlers."""

import asyncio
import socket
import struct
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mocks.core.faults import Asked, Fault, FaultError, Faults
from mocks.core.wire import Json

_GARBAGE = b'{"error_code": "OK", "result": [{]} \xff\xfe not JSON'
_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: close with a reset


class Faulty:
    """Passes requests on, unless a fault hits them."""

    def __init__(self, app: ASGIApp, faults: Faults, routes: Sequence[BaseRoute]) -> None:
        self._app, self._faults, self._routes = app, faults, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._hit(scope) if self._faults.active and scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        scope["sandbox_fault"] = fault.id
        await asyncio.sleep(fault.seconds())
        if fault.told.phase == "after" and fault.told.fault != "truncate":
            await self._app(scope, receive, _swallow)
        if fault.told.error is not None:
            await _refusal(fault.told.error)(scope, receive, send)
        elif fault.told.fault is None:
            if fault.told.phase == "before":
                await self._app(scope, receive, send)
        else:
            await self._break(fault, scope, receive, send)

    async def _break(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        transport = scope["state"]["transport"]
        if fault.told.fault == "malformed":
            await Response(_GARBAGE, media_type="application/json")(scope, receive, send)
        elif fault.told.fault == "truncate":
            await self._app(scope, receive, _truncating(send, transport, fault.told.after_chunks))
        else:
            if fault.told.fault == "reset":
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            transport.close()
            while (await receive())["type"] != "http.disconnect":
                pass

    def _hit(self, scope: Scope) -> Fault | None:
        path: str = scope["path"]
        if path.startswith("/_sandbox/"):
            return None
        endpoint = next((_endpoint(r) for r in self._routes if r.matches(scope)[0] is Match.FULL), None)
        module = getattr(endpoint, "__module__", "")
        service = module.split(".")[1] if module.startswith("mocks.") else None
        workspace = scope["workspace"].name if "workspace" in scope else None
        operation = getattr(endpoint, "__name__", None)
        fault = self._faults.hit(Asked(scope["method"], path, workspace, service, operation))
        if fault is not None:
            scope["endpoint"] = endpoint  # for the journal, if no handler is reached
        return fault


def _endpoint(route: BaseRoute) -> Any:
    return getattr(route, "endpoint", None)


async def _swallow(_: Message) -> None:
    """The handler's answer is lost on its way."""


def _refusal(error: FaultError) -> Json:
    code = error.error_code or _CODES.get(error.status, "INTERNAL_ERROR")
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return Json({"error_code": code, "message": error.message}, status_code=error.status, headers=headers)


# What databricks.sdk.errors.mapping makes of a status without a code of its own.
_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "RESOURCE_CONFLICT",
    429: "REQUEST_LIMIT_EXCEEDED",
    501: "NOT_IMPLEMENTED",
    503: "TEMPORARILY_UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def _truncating(send: Send, transport: Any, chunks: int) -> Send:
    """Sends so many chunks, then half of the next, and closes in the middle of it."""
    sent = 0

    async def send_some(message: Message) -> None:
        nonlocal sent
        if message["type"] != "http.response.body" or sent < chunks:
            sent += message["type"] == "http.response.body" and bool(message.get("body"))
            await send(message)
        elif not transport.is_closing():
            body = message.get("body", b"")
            await send({**message, "body": body[: len(body) // 2], "more_body": True})
            transport.close()

    return send_some
