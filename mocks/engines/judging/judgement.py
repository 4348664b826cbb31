"""What a judge says, whoever judged."""

import json
from dataclasses import dataclass
from typing import Any

NAME = "rule judge"


@dataclass(frozen=True)
class Judgement:
    """The value in the type that was wanted, and why; the reason says that rules gave it."""

    value: Any
    why: str
    judge: str = NAME

    @property
    def rationale(self) -> str:
        """As it is told."""
        return f"Let's think step by step. By the {self.judge}: {self.why}"

    def text(self) -> str:
        """As judges answer to a prompt."""
        return json.dumps({"result": self.value, "rationale": self.rationale}, ensure_ascii=False)
