"""Which requests a script means: parts of the conversation that a test can name, and why one does not fit."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from pydantic import ConfigDict

from mocks.core.wire import Wire
from mocks.engines.chat.exchange import Message

TEXT_SHOWN = 200


class Match(Wire):
    """Which requests are meant; what is left out fits everything. Texts are parts of messages, in any case."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    model: str | None = None  # the endpoint; * stands for any characters
    user_message: str | None = None  # in the last message of the user
    system_message: str | None = None
    tool_name: str | None = None  # the conversation ends with a result of this tool
    offered_tool: str | None = None
    has_tool_result: bool | None = None  # whether the conversation ends with a result
    turn_index: int | None = None  # how many messages of the assistant there are


def differences(match: Match, endpoint: str, body: dict[str, Any]) -> list[str]:
    """Why a request does not fit, a sentence for each field; empty if it does."""
    seen = _Seen(body)
    checks = (
        (match.model, endpoint, match.model is None or fnmatchcase(endpoint, match.model)),
        (match.user_message, seen.user, _within(match.user_message, seen.user)),
        (match.system_message, seen.system, _within(match.system_message, seen.system)),
        (match.tool_name, seen.result_of, match.tool_name in (None, seen.result_of)),
        (match.offered_tool, ", ".join(seen.offered), match.offered_tool is None or match.offered_tool in seen.offered),
        (match.has_tool_result, seen.has_result, match.has_tool_result in (None, seen.has_result)),
        (match.turn_index, seen.turns, match.turn_index in (None, seen.turns)),
    )
    names = ("model", "user_message", "system_message", "tool_name", "offered_tool", "has_tool_result", "turn_index")
    return [
        f"{name} is {str(found)[:TEXT_SHOWN]!r}, not {wanted!r}"
        for name, (wanted, found, fits) in zip(names, checks, strict=True)
        if not fits
    ]


class _Seen:
    """What a match looks at in a request."""

    def __init__(self, body: dict[str, Any]) -> None:
        messages: Sequence[Message] = body["messages"]
        self.user = next((_text(m) for m in reversed(messages) if m["role"] == "user"), "")
        self.system = "\n".join(_text(m) for m in messages if m["role"] in ("system", "developer"))
        self.turns = sum(m["role"] == "assistant" for m in messages)
        self.offered = [str(tool.get("function", {}).get("name")) for tool in body.get("tools") or ()]
        self.has_result = messages[-1]["role"] == "tool"
        self.result_of = _called(messages, messages[-1].get("tool_call_id")) if self.has_result else ""


def _called(messages: Sequence[Message], call_id: str | None) -> str:
    """The tool whose call a result answers."""
    calls = [call for message in messages for call in message.get("tool_calls") or ()]
    return next((str(call["function"]["name"]) for call in reversed(calls) if call.get("id") == call_id), "")


def _text(message: Message) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text") or "") if isinstance(part, dict) else str(part) for part in content)
    return content or ""


def _within(wanted: str | None, text: str) -> bool:
    return wanted is None or wanted.lower() in text.lower()
