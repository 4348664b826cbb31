"""The Model Context Protocol over HTTP, stateless: one JSON-RPC message in, one answer out, streamed if it is slow."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response, StreamingResponse

from mocks.core.errors import ApiError, PermissionDenied
from mocks.core.wire import Json

PROTOCOLS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602
PATIENCE = 2.0
Call = Callable[[dict[str, Any], dict[str, Any]], Any]


class McpError(Exception):
    """A JSON-RPC error; the real servers answer so, not with `isError` results."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(frozen=True)
class Tool:
    """A tool: how it is described, and `call(arguments, meta)`, which gives its structured content."""

    name: str
    description: str
    input_schema: dict[str, Any]
    call: Call
    output_schema: dict[str, Any] | None = None
    read_only: bool = True

    def listing(self) -> dict[str, Any]:
        """The entry in `tools/list`."""
        return {
            "name": self.name,
            "description": self.description,
            "inputSchema": self.input_schema,
            "outputSchema": self.output_schema,
            "annotations": {"readOnlyHint": self.read_only},
        }


def respond(body: Any, server_name: str, tools: Callable[[], Sequence[Tool]]) -> Response:
    """Answers one message; clients open a new session per call, so no session is kept."""
    if not isinstance(body, dict) or not isinstance(body.get("method"), str):
        return _failure(None, McpError(INVALID_REQUEST, "The message is not a JSON-RPC request."))
    if "id" not in body:
        return Response(status_code=202)
    if body["method"] != "tools/call":
        return _answer(body, server_name, tools)
    return _in_time(lambda: _answer(body, server_name, tools))


def _answer(body: dict[str, Any], server_name: str, tools: Callable[[], Sequence[Tool]]) -> Response:
    try:
        params = body.get("params") or {}
        if not isinstance(params, dict):
            raise McpError(INVALID_PARAMS, "params must be an object.")
        return Json({"jsonrpc": "2.0", "id": body["id"], "result": _result(body["method"], params, server_name, tools)})
    except McpError as error:
        return _failure(body["id"], error)
    except PermissionDenied as error:
        return _failure(body["id"], McpError(INVALID_PARAMS, f"PERMISSION_DENIED: {error.message}"))
    except ApiError as error:
        return _failure(body["id"], McpError(INVALID_PARAMS, f"BAD_REQUEST: {error.message}"))


def _in_time(work: Callable[[], Response]) -> Response:
    """The answer, if it is there soon; else a stream of pings until it comes: mcp 2.x gives up after five seconds."""
    answer: Future[Response] = Future()
    threading.Thread(target=_fulfil, args=(answer, work), name="mcp-call", daemon=True).start()
    wait([answer], PATIENCE)
    return answer.result() if answer.done() else StreamingResponse(_pings(answer), media_type="text/event-stream")


def _fulfil(answer: Future[Response], work: Callable[[], Response]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # noqa: BLE001  # whoever waits for the answer gets it
        answer.set_exception(error)


def _pings(answer: Future[Response]) -> Iterator[bytes]:
    while not answer.done():
        yield b": ping\n\n"
        wait([answer], PATIENCE)
    yield b"event: message\ndata: " + bytes(answer.result().body) + b"\n\n"


def _result(
    method: str, params: dict[str, Any], server_name: str, tools: Callable[[], Sequence[Tool]]
) -> dict[str, Any]:
    match method:
        case "initialize":
            return _introduction(params, server_name)
        case "ping":
            return {}
        case "tools/list":
            return {"tools": [tool.listing() for tool in tools()]}
        case "tools/call":
            return _called(params, tools())
    raise McpError(METHOD_NOT_FOUND, f"Method not found: {method}")


def _introduction(params: dict[str, Any], server_name: str) -> dict[str, Any]:
    asked = params.get("protocolVersion")
    return {
        "protocolVersion": asked if asked in PROTOCOLS else PROTOCOLS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": server_name, "version": "1.0.0"},
    }


def _called(params: dict[str, Any], tools: Sequence[Tool]) -> dict[str, Any]:
    name, arguments = params.get("name"), params.get("arguments") or {}
    if not isinstance(arguments, dict):
        raise McpError(INVALID_PARAMS, "BAD_REQUEST: arguments must be an object.")
    tool = next((tool for tool in tools if tool.name == name), None)
    if tool is None:
        dotted = tools and all("__" in one.name for one in tools) and "__" not in str(name)
        how = "malformed: it must be <catalog>__<schema>__<name>" if dotted else "not found"
        raise McpError(INVALID_PARAMS, f"BAD_REQUEST: tool '{name}' {how}.")
    for required in tool.input_schema.get("required", ()):
        if required not in arguments:
            raise McpError(INVALID_PARAMS, f"BAD_REQUEST: Missing parameter value for '{required}'.")
    content = tool.call(arguments, params.get("_meta") or {})
    result: dict[str, Any] = {
        "content": [{"type": "text", "text": json.dumps(content, ensure_ascii=False)}],
        "isError": False,
    }
    return result | {"structuredContent": content} if isinstance(content, dict) else result


def _failure(message_id: Any, error: McpError) -> Response:
    body = {"jsonrpc": "2.0", "id": message_id, "error": {"code": error.code, "message": error.text}}
    return Response(json.dumps(body), media_type="application/json")  # JSON-RPC wants `"id": null` kept
