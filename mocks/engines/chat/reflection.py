"""Reflection as a chat backend: prompts of optimizers are answered from the feedback in them, and nothing else is."""

import json
from collections.abc import Iterator
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.chat.exchange import Answer, Completion, Delta, Reply, Usage, in_parts, prompts
from mocks.engines.chat.tokens import count, count_prompt
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.judging.distilling import Distilling, Record
from mocks.engines.reflecting.lessons import lessons
from mocks.engines.reflecting.prompts import Asked, recognised

ANSWERED_BY = "sandbricks-rule-reflection"


class Reflection:
    """Improves instructions by what went wrong with them, in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._distilling = Distilling(workspace.shared(Embedder).encode)

    @property
    def answered_by(self) -> str:
        """The name that every answer carries."""
        return ANSWERED_BY

    def complete(self, body: dict[str, Any]) -> Completion:
        """Advice or new instructions, in the form that was asked for."""
        asked = recognised(*prompts(body["messages"]))
        assert asked is not None  # `is_reflection` has looked
        text = self._text(asked)
        usage = Usage(count_prompt(body["messages"], ()), count(text))
        return Completion((Answer(Reply(text)),), usage, ANSWERED_BY)

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The same in parts."""
        yield from in_parts(self.complete(body))

    def _text(self, asked: Asked) -> str:
        improved = {name: self._improved(text, asked) for name, text in asked.instructions.items()}
        if asked.form == "advice":
            return self._advice(asked)
        if asked.form == "proposal":
            return json.dumps({"new_instruction": improved[""]}, ensure_ascii=False)
        if asked.form == "rewrite":
            return f"```\n{improved['']}\n```"
        return json.dumps(improved, ensure_ascii=False)

    def _improved(self, text: str, asked: Asked) -> str:
        """The instructions as they were, and what they lacked."""
        learnt = lessons(asked.outcomes, text)
        if rule := self._rule(asked, text):
            return f"{text.rstrip()}\n\n{rule}"
        return "\n".join([text.rstrip(), "", *(f"- {one}" for one in learnt)]) if learnt else text

    def _advice(self, asked: Asked) -> str:
        """As DSPy's ChatAdapter reads it."""
        advice = {name: self._rule(asked, known) for name, known in asked.instructions.items()}
        told = {name: rule for name, rule in advice.items() if rule}
        why = "; ".join(verdict.why for verdict in asked.verdicts if verdict.why) or "the person gave no reason"
        parts = {"discussion": f"By rules: {why}", "module_advice": json.dumps(told, ensure_ascii=False)}
        return "\n\n".join(f"[[ ## {name} ## ]]\n{part}" for name, part in (parts | {"completed": ""}).items()).rstrip()

    def _rule(self, asked: Asked, known: str) -> str:
        records = [Record(at, one.answer, one.good, one.why) for at, one in enumerate(asked.verdicts)]
        return self._distilling.telling(records, known)


def is_reflection(body: dict[str, Any]) -> bool:
    """Whether a request is an optimizer's."""
    return recognised(*prompts(body["messages"])) is not None
