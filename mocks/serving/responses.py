"""The Responses API over the chat backends: items in, items out, whole or as named events."""

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from mocks.core.errors import ApiError, InvalidParameterValue
from mocks.core.stream import server_sent_events
from mocks.core.wire import Json
from mocks.core.workspace import Workspace
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.exchange import Delta, Reply, ToolCall, Usage
from mocks.engines.chat.gathering import with_piece
from mocks.serving.chat import begun, fault, headers, said
from mocks.serving.wire import ResponsesCall

_ROLES = {"user", "assistant", "system", "developer"}


def answer(endpoint: str, call: ResponsesCall, workspace: Workspace) -> Response:
    """The answer; a refusal of the backend comes before the first byte of a stream."""
    body = _request(call)
    backend = workspace.engine(Backends).behind(endpoint, body)
    frame = {
        "id": f"resp_{workspace.new_id()}",
        "object": "response",
        "created_at": workspace.now_ms() // 1000,
        "model": endpoint,
        "parallel_tool_calls": call.parallel_tool_calls is not False,
        "tool_choice": call.tool_choice or "auto",
        "tools": call.tools or [],
        **said(backend),
    }
    made = headers(endpoint, backend.answered_by)
    if call.stream:
        streamed = server_sent_events(_events(frame, begun(backend.stream(body)), workspace), None, named=True)
        streamed.headers.update(made)
        return streamed
    completion = backend.complete(body)
    reply = completion.answers[0]
    return Json(_whole(frame, _items(reply.reply, workspace), completion.usage, reply.finish), headers=made)


def _request(call: ResponsesCall) -> dict[str, Any]:
    """The same request as Chat Completions would put it."""
    told = call.text or {}
    body: dict[str, Any] = {
        "messages": _messages(call),
        "tools": [_tool(tool) for tool in call.tools or ()] or None,
        "tool_choice": _choice(call.tool_choice),
        "parallel_tool_calls": call.parallel_tool_calls,
        "max_tokens": call.max_output_tokens,
        "temperature": call.temperature,
        "response_format": _format(told.get("format")),
    }
    return {name: value for name, value in body.items() if value is not None}


def _messages(call: ResponsesCall) -> list[dict[str, Any]]:
    items = [{"role": "user", "content": call.input}] if isinstance(call.input, str) else call.input
    messages = [{"role": "system", "content": call.instructions}] if call.instructions else []
    messages += [message for item in items for message in _message(item)]
    if not messages:
        raise InvalidParameterValue("input is empty.")
    return messages


def _message(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    kind = item.get("type") or "message"
    if kind == "message" and item.get("role") in _ROLES:
        yield {"role": item["role"], "content": _text(item.get("content"))}
    elif kind == "function_call":
        function = {"name": item.get("name"), "arguments": item.get("arguments") or "{}"}
        yield {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": item.get("call_id"), "type": "function", "function": function}],
        }
    elif kind == "function_call_output":
        yield {"role": "tool", "tool_call_id": item.get("call_id"), "content": _text(item.get("output"))}
    elif kind != "reasoning":
        raise InvalidParameterValue(f"An input item of type '{kind}' with role '{item.get('role')}' is not supported.")


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text") or "") if isinstance(part, dict) else str(part) for part in content)
    return "" if content is None else str(content)


def _tool(tool: dict[str, Any]) -> dict[str, Any]:
    if tool.get("type") != "function":
        raise InvalidParameterValue(f"A tool of type '{tool.get('type')}' is not supported; only functions are.")
    told = tool.get("function") or {name: tool.get(name) for name in ("name", "description", "parameters")}
    if not told.get("name"):
        raise InvalidParameterValue("A function tool needs a name.")
    return {"type": "function", "function": told}


def _choice(told: str | dict[str, Any] | None) -> str | dict[str, Any] | None:
    return (
        {"type": "function", "function": {"name": told.get("name")}}
        if isinstance(told, dict) and "name" in told
        else told
    )


def _format(told: Any) -> dict[str, Any] | None:
    if not isinstance(told, dict) or told.get("type") in (None, "text"):
        return None
    if told["type"] == "json_schema":
        return {"type": "json_schema", "json_schema": {name: told.get(name) for name in ("name", "schema", "strict")}}
    return {"type": told["type"]}


def _items(reply: Reply, workspace: Workspace) -> list[dict[str, Any]]:
    items = [_message_item(f"msg_{workspace.new_id()}", reply.text)] if reply.text or not reply.calls else []
    return [*items, *(_call_item(f"fc_{workspace.new_id()}", call) for call in reply.calls)]


def _message_item(identity: str, text: str, status: str = "completed") -> dict[str, Any]:
    content = [{"type": "output_text", "text": text, "annotations": []}] if status == "completed" else []
    return {"type": "message", "id": identity, "role": "assistant", "status": status, "content": content}


def _call_item(identity: str, call: ToolCall) -> dict[str, Any]:
    told = {"call_id": call.id, "name": call.name, "arguments": call.arguments, "status": "completed"}
    return {"type": "function_call", "id": identity, **told}


def _whole(frame: dict[str, Any], items: list[dict[str, Any]], usage: Usage, finish: str) -> dict[str, Any]:
    short = finish == "length"
    told = {
        "input_tokens": usage.prompt,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": usage.completion,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.prompt + usage.completion,
    }
    ended = (
        {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
        if short
        else {"status": "completed"}
    )
    return {**frame, **ended, "output": items, "usage": told}


def _events(frame: dict[str, Any], deltas: Iterator[Delta], workspace: Workspace) -> Iterator[dict[str, Any]]:
    """The events in the order in which OpenAI sends them, numbered."""
    number = -1
    try:
        for number, event in enumerate(_Stream(frame, workspace).events(deltas)):
            yield {**event, "sequence_number": number}
    except ApiError as error:
        told = {"code": error.error_code, "message": error.message}
        failed = {**frame, "status": "failed", "error": told, "output": []}
        yield {"type": "response.failed", "response": failed, "sequence_number": number + 1}
        yield {"type": "error", **told, **fault(error), "sequence_number": number + 2}


class _Stream:
    """What was streamed so far."""

    def __init__(self, frame: dict[str, Any], workspace: Workspace) -> None:
        self._frame, self._workspace = frame, workspace
        self._message, self._text = f"msg_{workspace.new_id()}", ""
        self._calls: dict[int, ToolCall] = {}
        self._usage, self._finish = Usage(0, 0), "stop"

    def events(self, deltas: Iterator[Delta]) -> Iterator[dict[str, Any]]:
        """Created, the parts, the finished items, completed."""
        yield {"type": "response.created", "response": {**self._frame, "status": "in_progress", "output": []}}
        for delta in deltas:
            yield from self._of_delta(delta)
        items = []
        if self._text or not self._calls:
            if not self._text:
                yield self._added()
            yield from self._text_done()
            items.append(_message_item(self._message, self._text))
        for call in self._calls.values():
            items.append(_call_item(f"fc_{self._workspace.new_id()}", call))
            yield from _call_events(items[-1], len(items) - 1)
        whole = _whole(self._frame, items, self._usage, self._finish)
        yield {"type": f"response.{whole['status']}", "response": whole}

    def _of_delta(self, delta: Delta) -> Iterator[dict[str, Any]]:
        self._usage = delta.usage or self._usage
        self._finish = delta.finish or self._finish
        if delta.call is not None:
            self._calls[delta.call.index] = with_piece(self._calls.get(delta.call.index), delta.call)
        if delta.text:
            if not self._text:
                yield self._added()
                yield self._part("response.content_part.added", "")
            self._text += delta.text
            yield {"type": "response.output_text.delta", **self._place(), "delta": delta.text, "logprobs": []}

    def _place(self) -> dict[str, Any]:
        return {"item_id": self._message, "output_index": 0, "content_index": 0}

    def _added(self) -> dict[str, Any]:
        item = _message_item(self._message, "", "in_progress")
        return {"type": "response.output_item.added", "output_index": 0, "item": item}

    def _part(self, kind: str, text: str) -> dict[str, Any]:
        return {"type": kind, **self._place(), "part": {"type": "output_text", "text": text, "annotations": []}}

    def _text_done(self) -> Iterator[dict[str, Any]]:
        yield {"type": "response.output_text.done", **self._place(), "text": self._text, "logprobs": []}
        yield self._part("response.content_part.done", self._text)
        yield {"type": "response.output_item.done", "output_index": 0, "item": _message_item(self._message, self._text)}


def _call_events(item: dict[str, Any], index: int) -> Iterator[dict[str, Any]]:
    started = {**item, "arguments": "", "status": "in_progress"}
    yield {"type": "response.output_item.added", "output_index": index, "item": started}
    place = {"item_id": item["id"], "output_index": index}
    yield {"type": "response.function_call_arguments.delta", **place, "delta": item["arguments"]}
    yield {
        "type": "response.function_call_arguments.done",
        **place,
        "arguments": item["arguments"],
        "name": item["name"],
    }
    yield {"type": "response.output_item.done", "output_index": index, "item": item}
