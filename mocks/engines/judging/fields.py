"""What a judge is shown: inputs, outputs, expectations and conversation, in whatever JSON a client sends them."""

import ast
import contextlib
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
        return question_of(self.inputs)

    @property
    def context(self) -> str:
        """The documents within the inputs."""
        return _picked(self.inputs, _CONTEXT_KEYS)

    @property
    def answer(self) -> str:
        """The words of the outputs."""
        return answer_of(self.outputs)


def question_of(inputs: str) -> str:
    """The question within the inputs: of messages, what the user said last."""
    value = _parsed(inputs)
    while isinstance(value, dict) and isinstance(value.get("request"), dict):
        value = value["request"]
    if isinstance(value, dict):
        for key in ("input", "messages"):
            if said := [one for one in value.get(key) or () if isinstance(one, dict) and one.get("role") == "user"]:
                return _joined(said[-1].get("content"))
    return _picked(inputs, _QUESTION_KEYS) or text_of(inputs)


def answer_of(outputs: str) -> str:
    """The words of the outputs: of a response's items and of choices, what the assistant said last."""
    value = _parsed(outputs)
    if isinstance(value, dict):
        for key in ("answer", "response", "output", "content", "text", "result", "message"):
            if isinstance(value.get(key), str):
                return str(value[key])
        for key in ("output", "choices", "messages"):
            if messages := [item for item in value.get(key) or () if isinstance(item, dict)]:
                spoken = [one for one in messages if one.get("type", "message") == "message"]
                return _joined((spoken or messages)[-1])
    return _joined(value)


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
    """As JSON, or as Python prints it; what is neither is a text."""
    for read in (json.loads, ast.literal_eval) if told.lstrip()[:1] in ("{", "[") else (json.loads,):
        with contextlib.suppress(ValueError, SyntaxError, MemoryError, RecursionError):
            return read(told)
    return told
