"""Values that only show what is meant: `potholes, graffiti and so on`, `by card and the other methods`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL
from mocks.genie.knowledge.space import Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import word_set
from mocks.genie.reading.items import Item

_OTHERS = word_set("other others remaining rest else")
_JOINING = word_set("and or by the from in for of with as such like namely say")


def with_examples(items: Sequence[Item]) -> list[Item]:
    """The items, where values before `and so on` stand for the column that holds them, by which is grouped."""
    for at, item in enumerate(items):
        others = item.kind == kinds.UNKNOWN and item.words.lower() in _OTHERS
        if not (others or item.kind == kinds.EXAMPLES):
            continue
        start, column = _values_before(items, at)
        named = next((n for n, other in enumerate(items) if not start <= n < at and _names(other, column)), None)
        if column is None or (named is None and (others or at - start < 2)):
            continue
        kept = [*items[:start], *items[at + 1 :]]
        by = Item(kinds.BY, "per", item.at, item.at)
        if named is None:
            group = Item(kinds.NAMED, column.spoken, item.at, item.at, entries=(Entry(column, FULL),))
            return [*items[:start], by, group, *items[at + 1 :]]
        place = named if named < start else named - (at + 1 - start)
        grouped = place > 0 and kept[place - 1].kind == kinds.BY
        kept[place] = replace(kept[place], entries=(Entry(column, FULL),), kind=kinds.NAMED, before="")
        return kept if grouped else [*kept[:place], by, *kept[place:]]
    return [*items]


def _values_before(items: Sequence[Item], at: int) -> tuple[int, Column | None]:
    """Where the values that stand before a place begin, and the one column that holds them."""
    columns: set[Column] | None = None
    start = at
    for n in range(at - 1, -1, -1):
        item = items[n]
        if item.kind == kinds.BY:
            start = n if start < at else start
            continue
        held = {e.meaning.column for e in item.entries if isinstance(e.meaning, Value)}
        both = held if columns is None else held & columns
        if not both:
            break
        columns, start = both, n
        if not set(item.before.split()) <= _JOINING:
            break
    return start, next(iter(columns)) if columns is not None and len(columns) == 1 else None


def _names(item: Item, column: Column | None) -> bool:
    return item.kind == kinds.NAMED and any(entry.meaning == column for entry in item.entries)
