"""The conversation as the writer reads it: instructions, turns, and the calls made for the last question."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mocks.engines.chat.exchange import Message
from mocks.engines.writer.followup import stand_alone

_SMUGGLED = re.compile(r"['\"]? ?;\s*(?:drop|delete|update|insert|alter|truncate|create)\b[^;]*;?\s*(?:--)?", re.I)

_LONGEST = 3000


@dataclass(frozen=True)
class Call:
    """A tool call that was made, with what came back."""

    name: str
    arguments: dict[str, Any]
    result: str


@dataclass(frozen=True)
class Conversation:
    """What was said, and the last question: as written, tidied up, and so that it stands alone."""

    system: str
    question: str
    raw: str
    full_question: str
    calls: tuple[Call, ...]
    earlier_calls: tuple[Call, ...]
    number_of_calls: int


def read(messages: Sequence[Message]) -> Conversation:
    """The conversation behind a list of chat messages."""
    users = [at for at, message in enumerate(messages) if message.get("role") == "user"]
    last = users[-1] if users else len(messages)
    turns = [text(messages[at]) for at in users]
    answers = [text(m) for m in messages[:last] if m.get("role") == "assistant" and text(m)]
    question = _without_statements(_short(turns[-1])) if turns else ""
    return Conversation(
        system="\n".join(text(m) for m in messages if m.get("role") in ("system", "developer")),
        question=question,
        raw=turns[-1] if turns else "",
        full_question=stand_alone(question, [_short(turn) for turn in turns[:-1]], answers[-1] if answers else ""),
        calls=tuple(_calls(messages[last:])),
        earlier_calls=tuple(_calls(messages[:last])),
        number_of_calls=sum(len(m.get("tool_calls") or ()) for m in messages),
    )


def _short(question: str) -> str:
    """A question without runs of blanks, and no longer than a question is: the rules are slow on whole books."""
    return " ".join(question[:_LONGEST].split())


def _without_statements(question: str) -> str:
    """SQL smuggled into a question is not passed on."""
    return _SMUGGLED.sub(" ", question).strip(" '\"") if _SMUGGLED.search(question) else question


def text(message: Message) -> str:
    """The text of a message, whose content may be a list of parts."""
    content = message.get("content")
    if isinstance(content, str):
        return content.strip()
    parts = content if isinstance(content, list) else []
    said = (part if isinstance(part, str) else str(part.get("text") or "") for part in parts)
    return "\n".join(part for part in said if part).strip()


def _calls(messages: Sequence[Message]) -> list[Call]:
    results = {m.get("tool_call_id"): text(m) for m in messages if m.get("role") == "tool"}
    made = [call for m in messages if m.get("role") == "assistant" for call in m.get("tool_calls") or ()]
    return [
        Call(call["function"]["name"], _arguments(call["function"].get("arguments")), results[call.get("id")])
        for call in made
        if call.get("id") in results
    ]


def _arguments(told: Any) -> dict[str, Any]:
    if isinstance(told, dict):
        return told
    try:
        read_back = json.loads(told or "{}")
    except ValueError:
        return {"": told}
    return read_back if isinstance(read_back, dict) else {"": read_back}
