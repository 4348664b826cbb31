"""The stand-in writer as a chat backend: limits, stop words, several answers and token counts around its rules."""

from collections.abc import Iterator
from typing import Any

from mocks.core.settings import Settings
from mocks.engines.chat.exchange import Answer, Asked, Completion, Delta, Reply, Tool, Usage, in_parts
from mocks.engines.chat.tokens import count, count_prompt, pieces
from mocks.engines.writer import Writer

ANSWERED_BY = "sandbricks-stand-in"


class StandIn:
    """Answers without a model."""

    def __init__(self, _: Settings) -> None:
        self._writer = Writer()

    @property
    def answered_by(self) -> str:
        """The name that every answer carries."""
        return ANSWERED_BY

    def complete(self, body: dict[str, Any]) -> Completion:
        """The same answer as often as it is wanted, since rules have no chance in them."""
        answer = _limited(self._writer.reply(_asked(body)), body)
        number = int(body.get("n") or 1)
        usage = Usage(count_prompt(body["messages"], body.get("tools") or ()), number * _size(answer.reply))
        return Completion((answer,) * number, usage, ANSWERED_BY)

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The answer in parts of a few tokens."""
        yield from in_parts(self.complete(body))


def _asked(body: dict[str, Any]) -> Asked:
    functions = [tool["function"] for tool in body.get("tools") or () if tool.get("type", "function") == "function"]
    parallel = body.get("parallel_tool_calls")
    return Asked(
        messages=body["messages"],
        tools=[Tool(f["name"], f.get("description") or "", f.get("parameters") or {}) for f in functions],
        tool_choice=_tool_choice(body.get("tool_choice")),
        parallel=parallel is None or bool(parallel),
        schema=_schema(body.get("response_format")),
    )


def _tool_choice(told: Any) -> str:
    if isinstance(told, dict):
        return str((told.get("function") or told).get("name") or told.get("type") or "auto")
    return {"any": "required"}.get(told, told) if isinstance(told, str) else "auto"


def _schema(told: Any) -> dict[str, Any] | None:
    if not isinstance(told, dict) or told.get("type") in (None, "text"):
        return None
    schema = (told.get("json_schema") or {}).get("schema")
    return schema if isinstance(schema, dict) else {}


def _limited(reply: Reply, body: dict[str, Any]) -> Answer:
    if reply.calls:
        return Answer(reply, "tool_calls")
    text = _stopped(reply.text, body.get("stop"))
    limit = body.get("max_completion_tokens") or body.get("max_tokens")
    parts = pieces(text)
    if limit is not None and len(parts) > int(limit):
        return Answer(Reply("".join(parts[: int(limit)])), "length")
    return Answer(Reply(text))


def _stopped(text: str, stop: Any) -> str:
    """The text before the first of the words that end it."""
    words = [stop] if isinstance(stop, str) else list(stop or ())
    ends = [at for word in words if word and (at := text.find(word)) >= 0]
    return text[: min(ends)] if ends else text


def _size(reply: Reply) -> int:
    return count(reply.text) + sum(count(call.name) + count(call.arguments) for call in reply.calls)
