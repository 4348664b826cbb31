"""The golden questions, as their file has them."""

import hashlib
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "data" / "golden.json"


@dataclass(frozen=True)
class Question:
    """One question, or the turns of a conversation, and what is expected of the last answer."""

    id: str
    category: str
    route: str
    turns: tuple[str, ...]
    expected_facts: tuple[str, ...] = ()
    expected_docs: tuple[str, ...] = ()
    expected_sql: str | None = None
    expected_rows: tuple[tuple[Any, ...], ...] = field(default=())
    wrong_if_contains: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether it is kept for testing: one of three, by its id; nothing is tuned or aligned on it."""
        return hashlib.sha256(self.id.encode()).digest()[0] % 3 == 0

    @property
    def text(self) -> str:
        return self.turns[-1]


def load(file: Path = FILE) -> list[Question]:
    return [_question(told) for told in json.loads(file.read_text())]


def _question(told: dict[str, Any]) -> Question:
    known = {field.name for field in fields(Question)} & set(told)
    listed = {name: _frozen(told[name]) for name in known}
    listed["turns"] = tuple(told.get("turns") or [told["question"]])
    return Question(**listed)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
