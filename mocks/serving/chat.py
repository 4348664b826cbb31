"""Chat Completions: a request to a backend, and its answer whole or as a stream of chunks."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from starlette.responses import Response

from mocks.core.errors import ApiError
from mocks.core.stream import server_sent_events
from mocks.core.wire import Json
from mocks.core.workspace import Workspace
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.exchange import Answer, Backend, Delta
from mocks.serving.wire import ChatCall


def answer(endpoint: str, call: ChatCall, workspace: Workspace) -> Response:
    """The answer; a refusal of the backend comes before the first byte of a stream."""
    body = request(call)
    backend = workspace.engine(Backends).behind(endpoint, body)
    head = {
        "id": f"chatcmpl-{workspace.new_id()}",
        "created": workspace.now_ms() // 1000,
        "model": endpoint,
        "system_fingerprint": backend.answered_by,
    }
    if call.stream:
        wants_usage = (call.stream_options or {}).get("include_usage") is not False
        deltas = begun(backend.stream(body))
        streamed = server_sent_events(_chunks(head, deltas, wants_usage))
        streamed.headers.update(headers(endpoint, backend.answered_by))
        return streamed
    completion = backend.complete(body)
    choices = [_choice(at, one) for at, one in enumerate(completion.answers)]
    told = {"object": "chat.completion", "choices": choices, "usage": completion.usage.body(), **said(backend)}
    return Json(head | told, headers=headers(endpoint, backend.answered_by))


def request(call: ChatCall) -> dict[str, Any]:
    """The body as a backend takes it; a call's arguments are always JSON text in it."""
    return call.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def begun(deltas: Iterator[Delta]) -> Iterator[Delta]:
    """The stream, once its first part is there."""
    first = next(deltas, None)
    return chain([] if first is None else [first], deltas)


def headers(endpoint: str, answered_by: str) -> dict[str, str]:
    """Which served model answered, as the real service says it, and who that really was."""
    return {"served-model-name": endpoint, "x-sandbricks-answered-by": answered_by}


def said(backend: Backend) -> dict[str, Any]:
    """Who really answered, in the body."""
    return {"sandbricks_output": {"answered_by": backend.answered_by}}


def _choice(index: int, one: Answer) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": one.reply.text}
    if one.reply.calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in one.reply.calls
        ]
    return {"index": index, "message": message, "finish_reason": one.finish}


def fault(error: ApiError) -> dict[str, Any]:
    """What tells, in the middle of a stream, that no more will come; OpenAI's client raises it."""
    return {"error": {"message": error.message, "type": error.error_code, "code": error.status}}


def _chunks(head: dict[str, Any], deltas: Iterator[Delta], wants_usage: bool) -> Iterator[dict[str, Any]]:
    """The chunks, and at their end the error that broke the answer off."""
    try:
        yield from _whole_chunks(head, deltas, wants_usage)
    except ApiError as error:
        yield fault(error)


def _whole_chunks(head: dict[str, Any], deltas: Iterator[Delta], wants_usage: bool) -> Iterator[dict[str, Any]]:
    """The role comes first; usage in a chunk without choices, because langchain counts it twice beside one."""
    begun_answers: set[int] = set()
    frame = head | {"object": "chat.completion.chunk"}
    for delta in deltas:
        if delta.usage is not None:
            if wants_usage:
                yield frame | {"choices": [], "usage": delta.usage.body()}
            continue
        if delta.index not in begun_answers:
            begun_answers.add(delta.index)
            yield frame | {"choices": [_part(delta.index, {"role": "assistant", "content": ""})]}
        yield frame | {"choices": [_part(delta.index, _told(delta), delta.finish or None)]}


def _part(index: int, told: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": index, "delta": told, "finish_reason": finish}


def _told(delta: Delta) -> dict[str, Any]:
    if delta.call is None:
        return {"content": delta.text} if delta.text else {}
    piece = delta.call
    function: dict[str, Any] = {"arguments": piece.arguments} | ({"name": piece.name} if piece.name else {})
    opening = {"id": piece.id, "type": "function"} if piece.id else {}
    return {"tool_calls": [{"index": piece.index, **opening, "function": function}]}
