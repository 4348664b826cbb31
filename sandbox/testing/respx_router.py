"""An in-process stand-in for unit tests that want no server: a respx router with the shapes of three APIs."""

import importlib.util
import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx
    import respx

Turn = str | Sequence[Mapping[str, Any]]
_MODEL_OF_TEST = "mock"
_WORD = re.compile(r"\S+\s*")


def mock_workspace(host: str, **options: Any) -> "WorkspaceRouter":
    """A router for that host, to be used as a context manager; what it is not told about fails the test.

    It holds shapes only: what is answered is what the test gave. The sandbox is what computes answers.
    """
    return WorkspaceRouter(host.rstrip("/"), options)


class WorkspaceRouter:
    """Chat endpoints, MCP servers and vector indexes, answered as they are told; httpx goes nowhere else."""

    def __init__(self, host: str, options: Mapping[str, Any]) -> None:
        import respx

        self.host = host
        self.router: respx.MockRouter = respx.mock(base_url=host, **{"assert_all_called": False, **options})

    def chat(
        self,
        endpoint: str,
        content: str | None = None,
        *,
        tool_calls: Sequence[Mapping[str, Any]] = (),
        then: "Sequence[Turn]" = (),
    ) -> "respx.Route":
        """A chat endpoint, by its invocations URL and by OpenAI's; streams, word by word, if it is asked to.

        `then` are the answers to later calls, each a text or tool calls; the last one is given again and again.
        """
        turns = [_message(content, tool_calls), *map(_turn, then)]

        def answer(request: "httpx.Request") -> "httpx.Response":
            asked = json.loads(request.content)
            message = turns[0] if len(turns) == 1 else turns.pop(0)
            return _streamed(endpoint, message) if asked.get("stream") else _completed(endpoint, message)

        from respx.patterns import M

        invoked = M(path=f"/serving-endpoints/{endpoint}/invocations")
        completed = M(path="/serving-endpoints/chat/completions") & M(json__model=endpoint)
        return self.router.route(M(method="POST") & (invoked | completed)).mock(side_effect=answer)

    def mcp(self, path: str, tools: Mapping[str, Callable[..., Any]]) -> "respx.Route":
        """A streamable-HTTP MCP server: its tools are functions of the test; a string is text, the rest JSON."""

        def answer(request: "httpx.Request") -> "httpx.Response":
            import httpx

            asked = json.loads(request.content)
            if "id" not in asked:
                return httpx.Response(202)
            result = _mcp_result(asked, tools)
            return httpx.Response(200, json={"jsonrpc": "2.0", "id": asked["id"], **result})

        return self._route(f"^{path}$", answer)

    def vector_index(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> "respx.Route":
        """An index that finds these rows; the last value of each is its score."""

        def answer(_: "httpx.Request") -> "httpx.Response":
            import httpx

            manifest = {"column_count": len(columns) + 1, "columns": [{"name": c} for c in (*columns, "score")]}
            found = {"row_count": len(rows), "data_array": [list(row) for row in rows]}
            return httpx.Response(200, json={"manifest": manifest, "result": found})

        return self._route(f"^/api/2.0/vector-search/indexes/{name}/query$", answer)

    def __enter__(self) -> "WorkspaceRouter":
        self.router.__enter__()
        for mocker in _further():
            mocker.register(self.router)
            mocker.start()
        return self

    def __exit__(self, *error: Any) -> None:
        for mocker in _further():
            mocker.unregister(self.router)
            mocker.stop()
        self.router.__exit__(*error)

    def _route(self, pattern: str, answer: "Callable[[httpx.Request], httpx.Response]") -> "respx.Route":
        return self.router.route(method="POST", path__regex=pattern).mock(side_effect=answer)


def _further() -> "list[type[respx.mocks.Mocker]]":
    """What respx does not patch by itself."""
    if importlib.util.find_spec("httpcore2") is None:
        return []
    from sandbox.testing.second_httpcore import SecondHTTPCoreMocker

    return [SecondHTTPCoreMocker]


def _message(content: str | None, tool_calls: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    calls = [
        {
            "id": f"call_{uuid.uuid4().hex[:24]}",
            "type": "function",
            "function": {"name": call["name"], "arguments": json.dumps(call.get("arguments", {}))},
        }
        for call in tool_calls
    ]
    return {"role": "assistant", "content": content} | ({"tool_calls": calls} if calls else {})


def _turn(told: Turn) -> dict[str, Any]:
    return _message(told, ()) if isinstance(told, str) else _message(None, told)


def _completed(endpoint: str, message: dict[str, Any]) -> "httpx.Response":
    import httpx

    finish = "tool_calls" if "tool_calls" in message else "stop"
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = _envelope(endpoint, "chat.completion") | {"choices": [choice], "usage": usage}
    return httpx.Response(200, json=body)


def _streamed(endpoint: str, message: dict[str, Any]) -> "httpx.Response":
    import httpx

    calls = [{"index": at, **call} for at, call in enumerate(message.get("tool_calls", ()))]
    words = _WORD.findall(message["content"] or "")
    first = {**message, "content": words[0] if words else message["content"]} | ({"tool_calls": calls} if calls else {})
    deltas = [first, *({"content": word} for word in words[1:])]
    finish = "tool_calls" if calls else "stop"
    choices = [
        *({"index": 0, "delta": delta, "finish_reason": None} for delta in deltas),
        {"index": 0, "delta": {}, "finish_reason": finish},
    ]
    chunks = [_envelope(endpoint, "chat.completion.chunk") | {"choices": [choice]} for choice in choices]
    text = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
    return httpx.Response(200, text=text, headers={"Content-Type": "text/event-stream"})


def _envelope(endpoint: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": 0, "model": endpoint}


def _mcp_result(asked: Mapping[str, Any], tools: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    parameters = asked.get("params", {})
    if asked["method"] == "initialize":
        told = {"protocolVersion": parameters.get("protocolVersion"), "capabilities": {"tools": {}}}
        return {"result": told | {"serverInfo": {"name": _MODEL_OF_TEST, "version": "0"}}}
    if asked["method"] == "tools/list":
        schema = {"type": "object", "additionalProperties": True}
        listed = [{"name": n, "description": t.__doc__ or n, "inputSchema": schema} for n, t in tools.items()]
        return {"result": {"tools": listed}}
    if asked["method"] == "tools/call" and parameters["name"] in tools:
        said = tools[parameters["name"]](**parameters.get("arguments", {}))
        text = said if isinstance(said, str) else json.dumps(said)
        return {"result": {"content": [{"type": "text", "text": text}], "isError": False}}
    return {"error": {"code": -32601, "message": f"Nothing is told about {asked['method']}."}}
