"""What an endpoint says, piece by piece, whichever of the three forms it streams."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mocks.engines.mlflow.trace_story import words

Json = dict[str, Any]


@dataclass
class Heard:
    """What was understood so far."""

    text: str = ""
    items: list[str] = field(default_factory=list)
    trace_id: str | None = None
    custom: Json = field(default_factory=dict)
    failed: str | None = None

    @property
    def answer(self) -> str:
        """The whole answer: finished items come before deltas, which repeat them."""
        return "\n\n".join(self.items) or self.text

    def hear(self, lines: Iterable[str]) -> Iterator[str]:
        """The new pieces of text in the lines of a stream of events."""
        for line in lines:
            if line.startswith("data:") and line[5:].strip() not in ("", "[DONE]"):
                yield from self._event(_parsed(line[5:]))

    def hear_whole(self, answer: Any) -> None:
        """An answer that came at once."""
        told = answer if isinstance(answer, dict) else {"output": answer}
        self._note(told)
        self.text = _whole(told)

    def _event(self, told: Json) -> Iterator[str]:
        self._note(told)
        if error := told.get("error") or (told if told.get("type") == "error" else None):
            self.failed = str(error.get("message") or error) if isinstance(error, dict) else str(error)
            return
        piece = _piece(told)
        if told.get("type") == "response.output_item.done":
            item = told.get("item") or {}
            text = words([item]) if item.get("type", "message") == "message" else None
            self.items += [text] if text else []
            piece = "" if self.text else text or ""
        self.text += piece
        if piece:
            yield piece

    def _note(self, told: Json) -> None:
        self.custom |= told.get("custom_outputs") or {}
        trace = (told.get("databricks_output") or {}).get("trace") or {}
        info = trace.get("info") or {}
        self.trace_id = info.get("trace_id") or info.get("request_id") or self.custom.get("trace_id") or self.trace_id


def _piece(told: Json) -> str:
    """The text of a delta: of the Responses API, of Chat Completions, or of a chat agent."""
    if told.get("type") == "response.output_text.delta":
        return str(told.get("delta") or "")
    choices = told.get("choices") or []
    delta = (choices[0].get("delta") if choices else None) or told.get("delta")
    content = delta.get("content") if isinstance(delta, dict) else None
    return content if isinstance(content, str) else ""


def _whole(told: Any) -> str:
    if isinstance(told, dict):
        found = next((told[one] for one in ("output", "choices", "messages", "predictions") if told.get(one)), None)
        return _whole(found) if found is not None else words(told) or json.dumps(told, ensure_ascii=False)
    if isinstance(told, list) and told:
        return words([one for one in told if isinstance(one, dict)]) or _whole(told[-1])
    return told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)


def _parsed(text: str) -> Json:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
