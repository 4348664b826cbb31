"""From a question to a query: curated examples first, then composition, and asking back where neither is sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from mocks.genie.compose import Composer
from mocks.genie.curated import matching
from mocks.genie.joins import JoinGraph
from mocks.genie.lexicon import Lexicon, Value
from mocks.genie.refusal import AskBack, Declined
from mocks.genie.signals import NAMED, Signal, Understood, recognise
from mocks.genie.space import Space, Table

CURATED, COMPOSED = "example query", "composed"
_WRITES = re.compile(
    r"^\W*(?:please\s+)?(?:delete|remove|drop|update|insert|alter|truncate|create|modify|erase|overwrite|grant|revoke|merge)\b"
    r"|;\s*(?:drop|delete|update|insert|alter|truncate|create)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^\W*(?:and|only|just|same|what about|how about|now|but|of those|of these|which of (?:those|them|these))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:of |among )?(?:those|these|them|same)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came of a question: a query with a sentence on it, or a text that asks back or declines."""

    text: str
    sql: str | None = None
    route: str = ""
    signals: tuple[Signal, ...] = ()
    suggestions: tuple[str, ...] = field(default=())


class Engine:
    """Answers questions about one space."""

    def __init__(self, space: Space, today: date) -> None:
        self._space, self._today = space, today
        self._lexicon, self._graph = Lexicon(space), JoinGraph(space)

    def ask(self, question: str, earlier: Sequence[str] = ()) -> Answer:
        """The answer; `earlier` are the questions of the conversation so far, oldest first."""
        if _WRITES.search(question):
            return Answer("I only read: I cannot change, add or delete anything in the tables.")
        sql = matching(question, self._space)
        if sql is not None:
            return Answer("I used the example query that a curator wrote for this question.", sql, CURATED)
        try:
            composed = Composer(self._understand(question, earlier), self._space, self._graph).compose()
        except AskBack as refusal:
            return Answer(_taught(refusal, question), suggestions=self._suggestions())
        return Answer(f"This shows: {composed.description}.", composed.sql, COMPOSED)

    def _understand(self, question: str, earlier: Sequence[str]) -> Understood:
        understood = recognise(_POINTS_BACK.sub(" ", question) if earlier else question, self._lexicon, self._today)
        if not earlier or not (_FOLLOWS.search(question) or _POINTS_BACK.search(question)):
            return understood
        before = self._understand(earlier[-1], earlier[:-1])
        return _continued(before, understood)

    def _suggestions(self) -> tuple[str, ...]:
        """Questions that this space answers."""
        told = [*self._space.questions, *(example.question for example in self._space.examples)]
        counts = [f"How many {table.name.replace('_', ' ')} are there?" for table in self._space.tables]
        return tuple(dict.fromkeys(told or counts))[:3]


def _continued(before: Understood, now: Understood) -> Understood:
    """The earlier question with what the follow-up changes: it asks something else of the same, or adds a condition."""
    asks_anew = any(signal.kind != NAMED for signal in now.signals)
    kept = before.signals if not asks_anew else tuple(s for s in before.signals if _is_about(s))
    replaced = {table for signal in now.signals for table in _columns(signal)}
    kept = tuple(signal for signal in kept if not (_columns(signal) and _columns(signal) & replaced))
    moved = [Signal(s.kind, s.words, s.at + 1000, s.detail, s.entries, s.numbers) for s in kept]
    asked = tuple(signal for signal in now.signals if signal.kind != NAMED)
    named = tuple(signal for signal in now.signals if signal.kind == NAMED)
    signals = (*asked, *moved, *named) if asks_anew else (*kept, *now.signals)
    return Understood(now.question, signals, now.span or before.span, now.unknown)


def _is_about(signal: Signal) -> bool:
    """Whether the signal says what the earlier question was about, rather than what it wanted to know of it."""
    return signal.kind == NAMED and (
        bool(_columns(signal)) or any(isinstance(e.meaning, Table) for e in signal.entries)
    )


def _columns(signal: Signal) -> set[str]:
    """The columns whose values the signal names."""
    values = [entry.meaning for entry in signal.entries if isinstance(entry.meaning, Value)]
    return {f"{value.column.table}.{value.column.name}" for value in values}


def _taught(refusal: AskBack, question: str) -> str:
    if isinstance(refusal, Declined):
        return refusal.text
    return f"{refusal.text} A curator can add an example query for {question.strip()!r} to this space."
