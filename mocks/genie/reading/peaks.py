"""How much the most is: `how large is the biggest room`, `how many square metres does our largest room have`."""

from collections.abc import Sequence

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED, WORD
from mocks.genie.knowledge.roles import by_dimension
from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import dimension
from mocks.genie.reading.items import Item

_IS = frozenset(("is", "are", "was", "were", "does", "do", "did"))


def with_peaks(items: list[Item]) -> list[Item]:
    """The items with the greatest or least number in place of what has it, where only the number is asked for."""
    at = 1 if items and items[0].kind == kinds.COUNT else 0
    if len(items) < at + 3 or not _asks(items, at):
        return items
    asked, most, thing = items[at : at + 3]
    table = thing.likeliest
    if most.kind != kinds.EXTREME or most.detail not in ("desc", "asc") or most.numbers or not isinstance(table, Table):
        return items
    if not _IS & set(most.before.lower().split()) or thing.before:
        return items
    column = _number(asked, table) or (by_dimension(most.dimension, [table]) if most.dimension else None)
    if column is None:
        return items
    function = Item(kinds.AGGREGATE, most.words, most.at, most.end, kinds.ENDS[most.detail])
    number = Item(kinds.NAMED, asked.words, asked.at, asked.end, entries=(Entry(column, CURATED),))
    return [function, number, thing, *items[at + 3 :]]


def _asks(items: Sequence[Item], at: int) -> bool:
    """`how large`, `how many square metres`."""
    how = items[0].kind == kinds.COUNT or items[0].before.lower().split()[-1:] == ["how"]
    return how and items[at].kind in (kinds.NAMED, kinds.UNKNOWN) and not items[at].is_thing


def _number(asked: Item, table: Table) -> Column | None:
    """The number of the thing that the words name, or the one that their adjective is about."""
    found = [
        m
        for e in asked.entries
        if isinstance(m := e.meaning, Column) and m.kind == NUMBER and m.table == table.full_name and e.rank >= WORD
    ]
    if len(found) == 1:
        return found[0]
    plain = asked.words.lower()
    return by_dimension(plain, [table]) if dimension(plain) is not None else None
