"""Marks by their numbers: `how many ones, twos and threes` there are of each, `fives` those that are five."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL
from mocks.genie.knowledge.roles import is_scale
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item

_MARKS = {f"{word}s": str(n) for n, word in enumerate(("one", "two", "three", "four", "five"), 1)} | {"sixes": "6"}


def with_marks(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where several numbers in the plural ask for each mark, and a single one only for that."""
    marks = [item for item in items if item.kind == kinds.UNKNOWN and item.words.lower() in _MARKS]
    scale = _scale(items, space) if marks else None
    if scale is None:
        return list(items)
    if len(marks) == 1 and "ones" not in marks[0].before.split():
        value = (Entry(Value(scale, _MARKS[marks[0].words.lower()]), FULL),)
        return [replace(item, kind=kinds.NAMED, entries=value) if item is marks[0] else item for item in items]
    rest = [item for item in items if not any(item is mark for mark in marks)]
    rest = [replace(item, before=item.before.replace("and", "").strip()) for item in rest]
    by = Item(kinds.BY, "by", rest[-1].end, rest[-1].end)
    return [*rest, by, Item(kinds.NAMED, scale.spoken, by.at, by.at, entries=(Entry(scale, FULL),))]


def _scale(items: Sequence[Item], space: Space) -> Column | None:
    """The one column of marks of the tables that are named, else of all."""
    named = {e.meaning for item in items for e in item.entries[:1] if isinstance(e.meaning, Table)}
    tables = named or set(space.tables)
    found = [c for t in space.tables if t in tables for c in t.columns if c.kind == NUMBER and is_scale(c)]
    return found[0] if len(found) == 1 else None
