"""Ages that a table holds as a number: `the youngest subscriber`, `older than 50`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.space import NUMBER, Column
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item, named_tables

_DIRECTIONS = {"oldest": "desc", "youngest": "asc"}
_AGES = ("age", "age years", "age in years")


def told_age(items: Sequence[Item]) -> Column | None:
    """The only number of the things spoken of that is called their age."""
    numbers = [c for t in named_tables(items) for c in t.columns if c.kind == NUMBER]
    ages = [c for c in numbers if c.spoken.lower() in _AGES]
    return ages[0] if len(ages) == 1 else None


def by_age(items: Sequence[Item]) -> list[Item]:
    """The items, with the oldest and the youngest by their age where it is told, and else by a day."""
    if told_age(items) is None:
        return list(items)
    found = {at: _DIRECTIONS.get(i.words.lower()) for at, i in enumerate(items) if i.kind == kinds.EXTREME}
    return [replace(i, detail=d, dimension="age") if (d := found.get(at)) else i for at, i in enumerate(items)]
