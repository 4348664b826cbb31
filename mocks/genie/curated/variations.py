"""Examples asked for other groups: `return rate by brand` also answers for categories, one brand, or the best."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from mocks.genie.curated.refilling import UnfitError
from mocks.genie.curated.regrouping import Regrouped
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.space import Column, Example, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import concept
from mocks.genie.language.verbs import LIGHT, TIES
from mocks.genie.language.words import stem, stem_set
from mocks.genie.reading.items import Item
from mocks.genie.reading.recogniser import Recogniser

_IDLE = LIGHT | TIES | stem_set("overall total report what which")
_SHORTEST = 2


@dataclass(frozen=True)
class _Told:
    """An example with what its question says, and the column that it groups by."""

    example: Example
    core: frozenset[Hashable]
    group: Column


class Variations:
    """The examples of a space that compute one number for each value of a column."""

    def __init__(self, space: Space, graph: JoinGraph, recogniser: Recogniser) -> None:
        self._space, self._graph, self._recogniser = space, graph, recogniser
        fixed = [example for example in space.examples if not example.parameters]
        self._told = [told for example in fixed if (told := self._read(example)) is not None]

    def matching(self, question: str) -> str | None:
        """The SQL of the one example that computes what is asked for, grouped as the question says."""
        items = self._recogniser.recognise(question) if self._told else []
        found = {sql for told in self._told if (sql := self._varied(told, items)) is not None}
        return found.pop() if len(found) == 1 else None

    def _read(self, example: Example) -> _Told | None:
        items = self._recogniser.recognise(example.question)
        at = next((at for at, item in enumerate(items) if item.kind == kinds.BY), len(items))
        group = _column(items[at + 1]) if at + 2 == len(items) else None
        core = frozenset(key for item in items[:at] if (key := _key(item)) is not None)
        plain = all(item.kind in (kinds.NAMED, kinds.UNKNOWN, kinds.SHARE, kinds.AGGREGATE) for item in items[:at])
        if group is None or len(core) < _SHORTEST or not plain or self._regrouped(example, group) is None:
            return None
        return _Told(example, core, group)

    def _regrouped(self, example: Example, group: Column) -> Regrouped | None:
        try:
            return Regrouped(example.sql, group, self._space, self._graph)
        except UnfitError:
            return None

    def _varied(self, told: _Told, items: Sequence[Item]) -> str | None:
        keys = {_key(item) for item in items}
        more = [item for item in items if (key := _key(item)) is not None and key not in told.core]
        extreme = [item for item in more if item.kind == kinds.EXTREME and item.detail in ("desc", "asc")]
        named = _unqualified([item for item in more if item.kind == kinds.NAMED])
        others = [item for item in more if item.kind != kinds.NAMED and item not in extreme]
        if not told.core <= keys or others or len(named) > 1 or len(extreme) > 1:
            return None
        regrouped = self._regrouped(told.example, told.group)
        try:
            return _asked(regrouped, told.group, named, extreme) if regrouped is not None else None
        except UnfitError:
            return None


def _asked(regrouped: Regrouped, group: Column, named: Sequence[Item], extreme: Sequence[Item]) -> str | None:
    """The statement for what is named and ranked beside the number.

    Raises: UnfitError
    """
    value = named[0].likeliest if named else None
    column = value.column if isinstance(value, Value) else _column(named[0]) if named else None
    if column is not None and column != group:
        regrouped.by(column)
    if extreme and column is not None and not isinstance(value, Value):
        numbers = extreme[0].numbers
        return regrouped.sql(descending=extreme[0].detail == "desc", limit=int(numbers[0]) if numbers else 1)
    if extreme or (named and column is None):
        return None
    if isinstance(value, Value):
        return regrouped.sql(only=value.text) if value.text else None
    if not named:
        regrouped.whole()
    return regrouped.sql()


def _unqualified(named: Sequence[Item]) -> list[Item]:
    """Without the column in `brand Ridgeway`."""
    values = [item.entries[0].meaning for item in named]
    told = {value.column for value in values if isinstance(value, Value)}
    return [item for item in named if not (told and _column(item) in told)]


def _column(item: Item) -> Column | None:
    """The column that a group is of; of a thing, that by which it is named."""
    if item.kind != kinds.NAMED:
        return None
    for entry in item.entries:
        if entry.rank < item.entries[0].rank:
            return None
        if isinstance(entry.meaning, Column) and not entry.meaning.refers:
            return entry.meaning
        if isinstance(entry.meaning, Table) and len(entry.meaning.labels) == 1:
            return entry.meaning.label
    return None


def _key(item: Item) -> Hashable | None:
    """What an item says; nothing for words that say nothing of the number itself."""
    if item.kind in (kinds.BY, kinds.NUMBER):
        return None
    if item.kind == kinds.NAMED:
        best = [entry.meaning for entry in item.entries if entry.rank == item.entries[0].rank]
        return frozenset(best)
    if item.kind == kinds.UNKNOWN:
        word = stem(item.words)
        return None if word in _IDLE else concept(word)
    return item.kind, item.detail, item.words if item.kind == kinds.SPAN else ""
