"""Ages that a table holds as a number: `the youngest subscriber`, `older than 50`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem_set, stems
from mocks.genie.reading.items import Item, named_tables

_OLDER = ("over", "above", "under", "below")
_AGED = ("", "aged", "are", "who are", "that are", "were", "age")
_BIRTH = stem_set("birth born dob")
_LEAST, _MOST = 1, 120
_DIRECTIONS = {"oldest": "desc", "youngest": "asc"}
_AGES = ("age", "age years", "age in years")


def told_age(items: Sequence[Item]) -> Column | None:
    """The only number of the things spoken of that is called their age."""
    numbers = [c for t in named_tables(items) for c in t.columns if c.kind == NUMBER]
    ages = [c for c in numbers if c.spoken.lower() in _AGES]
    return ages[0] if len(ages) == 1 else None


def by_age(items: Sequence[Item]) -> list[Item]:
    """The items, with the oldest and the youngest by their age where it is told, and else by a day.

    `patients over 75` are older, where their days of birth are known.
    """
    items = [_over(items, at) for at in range(len(items))]
    if told_age(items) is None:
        return items
    found = {at: _DIRECTIONS.get(i.words.lower()) for at, i in enumerate(items) if i.kind == kinds.EXTREME}
    return [replace(i, detail=d, dimension="age") if (d := found.get(at)) else i for at, i in enumerate(items)]


def _is_age(numbers: Sequence[float]) -> bool:
    return len(numbers) == 1 and _LEAST <= numbers[0] <= _MOST


def _over(items: Sequence[Item], at: int) -> Item:
    item, last = items[at], items[at - 1].likeliest if at else None
    told = item.kind == kinds.COMPARE and item.words.lower().split()[0] in _OLDER and not item.dimension
    if not told or not isinstance(last, Table) or item.before not in _AGED or not _is_age(item.numbers):
        return item
    alone = at + 1 == len(items) or bool(items[at + 1].before) or items[at + 1].kind in (kinds.BY, kinds.GRAIN)
    born = any(_BIRTH & set(stems(c.spoken)) for c in dates(last))
    if not (alone and born and is_of_people(last)):
        return item
    return replace(item, words=f"{'older' if item.detail == '>' else 'younger'} than {item.numbers[0]:g}")
