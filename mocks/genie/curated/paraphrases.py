"""Examples that ask the same in other words: what both questions mean is compared, whatever stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mocks.genie.curated.refilling import refilled
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.space import Column, Example, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.dates import Span
from mocks.genie.language.english import concept
from mocks.genie.language.verbs import LIGHT, TIES
from mocks.genie.language.words import stem, stem_set
from mocks.genie.reading.items import Item
from mocks.genie.reading.recogniser import Recogniser

_TOWARDS = frozenset(("from", "to", "into", "after", "before"))
_SHORTEST = 2
_WHICH = re.compile(r"\b(?:which|what|whom?|when|where)\b", re.IGNORECASE)
# What asks for an answer, and says nothing of it.
_ASKING = stem_set("""
report compute calculate determine identify fetch retrieve enumerate give hand print return listing pls summary
summarise summarize overview state present provide supply indicate tell display look looks current currently down
break breakdown total overall off per via recorded
""")


@dataclass
class Meant:
    """What a question means: its contents in no order, verbs that may tie them, and what other questions may vary."""

    contents: set[tuple[str, ...]] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)
    values: list[Value] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def is_like(self, other: "Meant") -> bool:
        """Whether the other question asks the same of other values, numbers and periods at most."""
        alike = self.contents == other.contents and len(self.contents) >= _SHORTEST
        tied = self.ties == other.ties or bool(self.ties & other.ties)
        tied = tied or (not (self.ties and other.ties) and self._tied >= _SHORTEST)
        columns = [value.column for value in self.values] == [value.column for value in other.values]
        sizes = len(self.numbers) == len(other.numbers) and len(self.spans) == len(other.spans)
        again = [span.parts for span in self.spans] == [span.parts for span in other.spans]
        return alike and tied and columns and sizes and again

    @property
    def _tied(self) -> int:
        """How many things are named: a verb beside a single one says more than that things belong together."""
        return sum(content[0] in ("value", "named") for content in self.contents)


class Paraphrases:
    """The examples of a space, by what they mean."""

    def __init__(self, space: Space, lexicon: Lexicon, recogniser: Recogniser) -> None:
        self._lexicon, self._recogniser = lexicon, recogniser
        fixed = (example for example in space.examples if not example.parameters)
        self._told = [(example, self._meant(example.question)) for example in fixed]

    def matching(self, question: str) -> str | None:
        """The SQL of the one example that asks the same, for the question's values; nothing if none or several do."""
        asked = self._meant(question) if self._told else Meant()
        found = {
            sql for example, told in self._told if told.is_like(asked) and (sql := _refilled(example, told, asked))
        }
        return found.pop() if len(found) == 1 else None

    def _meant(self, question: str) -> Meant:
        meant = Meant()
        if len(_WHICH.findall(question)) > 1:
            meant.contents.add(("which of which",))
        items = self._recogniser.recognise(question)
        for at, item in enumerate(items):
            before = items[at - 1].kind if at else ""
            role = before if before in (kinds.BY, kinds.NOT) else " ".join(_TOWARDS & set(item.before.split()))
            meant.numbers += item.numbers
            if item.kind == kinds.NAMED:
                self._add_named(meant, item, role)
            elif item.kind == kinds.UNKNOWN:
                self._add_word(meant, stem(item.words))
            elif item.kind == kinds.SPAN and item.span is not None:
                meant.spans.append(item.span)
            elif item.kind not in (kinds.BY, kinds.NUMBER):
                meant.contents.add((item.kind, item.detail, item.dimension))
        return meant

    def _add_named(self, meant: Meant, item: Item, role: str) -> None:
        best = [entry.meaning for entry in item.entries if entry.rank == item.entries[0].rank]
        if len(best) == 1 and isinstance(best[0], Value) and not best[0].among:
            meant.values.append(best[0])
            meant.contents.add(("value", best[0].column.table, best[0].column.name, role))
        else:
            meant.contents.add(("named", role, *sorted(map(_name, best))))

    def _add_word(self, meant: Meant, word: str) -> None:
        if word in TIES | LIGHT and word not in _ASKING:
            meant.ties.add(concept(word))
        elif word not in _ASKING:
            meant.contents.add(("word", concept(word)))


def _name(meaning: Meaning) -> str:
    if isinstance(meaning, Table):
        return meaning.full_name
    if isinstance(meaning, Column):
        return f"{meaning.table}.{meaning.name}"
    return f"{meaning.column.name}={meaning.texts}" if isinstance(meaning, Value) else meaning.sql


def _refilled(example: Example, told: Meant, asked: Meant) -> str | None:
    """The example's SQL with the values of the question; nothing if it has no place for one that differs."""
    changed = _changed([v.text for v in told.values], [v.text for v in asked.values])
    changed |= _changed([f"{n:.10g}" for n in told.numbers], [f"{n:.10g}" for n in asked.numbers])
    return refilled(example.sql, told.spans, asked.spans, changed)


def _changed(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    return {a: b for a, b in zip(old, new, strict=True) if a != b}
