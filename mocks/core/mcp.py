"""The Model Context Protocol over HTTP, stateless: one JSON-RPC message in, one JSON answer out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from mocks.core.errors import ApiError
from mocks.core.wire import Json

PROTOCOLS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602
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
    try:
        params = body.get("params") or {}
        if not isinstance(params, dict):
            raise McpError(INVALID_PARAMS, "params must be an object.")
        return Json({"jsonrpc": "2.0", "id": body["id"], "result": _result(body["method"], params, server_name, tools)})
    except McpError as error:
        return _failure(body["id"], error)
    except ApiError as error:
        return _failure(body["id"], McpError(INVALID_PARAMS, f"BAD_REQUEST: {error.message}"))


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
    tool = next((tool for tool in tools if tool.name == name), None)
    if tool is None:
        raise McpError(INVALID_PARAMS, f"BAD_REQUEST: tool '{name}' not found.")
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
