"""A language model judges, the rule judge beside it: the answer is the model's, and says where the rules disagree."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mocks.engines.chat.exchange import Answer, Backend, Completion, Delta, in_parts


class BothJudges:
    """Asks the model, then the rules; `rules` answers nothing but prompts of judges."""

    def __init__(self, model: Backend, rules: Backend) -> None:
        self._model, self._rules = model, rules

    @property
    def answered_by(self) -> str:
        """The model, whose verdict counts."""
        return self._model.answered_by

    def complete(self, body: dict[str, Any]) -> Completion:
        """The model's answer, with what the rules say of the case in its rationale."""
        completion = self._model.complete(body)
        return replace(completion, answers=tuple(self._noted(answer, body) for answer in completion.answers))

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The same in parts."""
        yield from in_parts(self.complete(body))

    def _noted(self, answer: Answer, body: dict[str, Any]) -> Answer:
        told = _verdict(answer.reply.text)
        if told is None or answer.reply.calls:
            return answer
        (ruled,) = self._rules.complete(body).answers
        rules = _verdict(ruled.reply.text)
        if rules is None:  # it would read more of the trace first
            return answer
        agrees = str(rules["result"]).lower() == str(told["result"]).lower()
        verb = "agrees" if agrees else f"disagrees and says “{rules['result']}”"
        note = f"{told.get('rationale') or ''} (The rule judge {verb}: {rules.get('rationale')})".strip()
        text = json.dumps(told | {"rationale": note}, ensure_ascii=False)
        return replace(answer, reply=replace(answer.reply, text=text))


def _verdict(text: str) -> dict[str, Any] | None:
    start, end = text.find("{"), text.rfind("}")
    try:
        told = json.loads(text[start : end + 1])
    except ValueError:
        return None
    return told if isinstance(told, dict) and "result" in told else None
