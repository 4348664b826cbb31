"""What a judge is shown: inputs, outputs, expectations and conversation, in whatever JSON a client sends them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_CONTEXT_KEYS = (
    "context",
    "contexts",
    "document",
    "documents",
    "passage",
    "passages",
    "retrieved_context",
    "source",
    "sources",
    "text",
    "article",
)
_QUESTION_KEYS = ("question", "query", "request", "prompt", "input", "user_message", "messages", "message")


@dataclass(frozen=True)
class Fields:
    """What a judge is shown."""

    inputs: str = ""
    outputs: str = ""
    expectations: str = ""
    conversation: str = ""

    @property
    def question(self) -> str:
        """The question within the inputs."""
        return _picked(self.inputs, _QUESTION_KEYS) or text_of(self.inputs)

    @property
    def context(self) -> str:
        """The documents within the inputs."""
        return _picked(self.inputs, _CONTEXT_KEYS)

    @property
    def answer(self) -> str:
        """The words of the outputs."""
        return _answer(self.outputs)


def facts_of(expectations: str) -> list[str]:
    """What is expected, one by one."""
    told = _parsed(expectations)
    if not isinstance(told, dict):
        return [text_of(expectations)]
    for name in (
        "expected_facts",
        "facts",
        "expected_response",
        "expected_output",
        "expected_answer",
        "answer",
        "ground_truth",
    ):
        if value := told.get(name):
            return [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return [str(value) for value in told.values() if isinstance(value, str | int | float)] or [text_of(expectations)]


def _picked(told: str, keys: Sequence[str]) -> str:
    value = _parsed(told)
    if isinstance(value, dict):
        for key in keys:
            if found := value.get(key):
                return _joined(found)
    return ""


def _answer(told: str) -> str:
    value = _parsed(told)
    if isinstance(value, dict):
        for key in ("answer", "response", "output", "content", "text", "result", "message"):
            if isinstance(value.get(key), str):
                return str(value[key])
        if messages := [item for item in value.get("output") or value.get("choices") or () if isinstance(item, dict)]:
            return _joined(messages)
    return _joined(value)


def _joined(value: Any) -> str:
    """All texts within a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = [value[key] for key in ("content", "text", "message") if value.get(key)]
        return "\n".join(_joined(one) for one in (inner or value.values()))
    if isinstance(value, list):
        return "\n".join(_joined(one) for one in value)
    return "" if value is None else str(value)


def text_of(told: str) -> str:
    """All texts within a JSON value."""
    return _joined(_parsed(told))


def _parsed(told: str) -> Any:
    try:
        return json.loads(told)
    except ValueError:
        return told
