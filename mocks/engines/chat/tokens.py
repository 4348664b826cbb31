"""Tokens: an estimate of how a language model would cut a text, so that usage adds up and limits can be kept."""

import json
import re
from collections.abc import Sequence
from typing import Any

_PIECE = re.compile(r"\s*[^\W_]{1,6}|\s*[\W_]|\s+", re.UNICODE)
_PER_MESSAGE = 3


def pieces(text: str) -> list[str]:
    """The tokens of a text; joined they are the text again."""
    return _PIECE.findall(text)


def count(text: str) -> int:
    """How many tokens a text has."""
    return sum(1 for _ in _PIECE.finditer(text))


def count_prompt(messages: Sequence[dict[str, Any]], tools: Sequence[dict[str, Any]] = ()) -> int:
    """How many tokens a conversation has, with the tools that it offers."""
    told = sum(_PER_MESSAGE + count(_flat(message)) for message in messages)
    return told + (count(json.dumps(tools)) if tools else 0)


def _flat(message: dict[str, Any]) -> str:
    content = message.get("content")
    text = content if isinstance(content, str) else json.dumps(content) if content else ""
    calls = message.get("tool_calls")
    return text + (json.dumps(calls) if calls else "")
