"""`visits per kind`, `what sorts of visits`: the column that tells kinds apart, of what is counted or listed."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import FULL, PARTIAL
from mocks.genie.knowledge.space import TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item, named_tables

_SORTS = stem_set("kind type sort category")


def with_sorts(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where such a word alone is the one column of what is named that ends in one of them."""
    items = _without_sorts(items)
    others = [item for item in items if item.entries and not _is_sort(item)]
    named = {table.full_name for table in named_tables(items, PARTIAL)}
    named = named or {table_of(item.likeliest) for item in others} - {""}
    columns = [c for name in named for c in _sorts_of(space.table(name))] if len(named) == 1 else []
    return [_of(item, columns[0]) if len(columns) == 1 and _is_sort(item) else item for item in items]


def _without_sorts(items: Sequence[Item]) -> list[Item]:
    """`each kind of insurance`, where that is a column of texts: the column itself."""
    found: list[Item] = []
    for item in items:
        column, before = item.likeliest, found[-1] if found else None
        text = isinstance(column, Column) and column.kind == TEXT and not column.unique and item.entries[0].rank >= FULL
        sort = before is not None and len(before.words.split()) == 1 and stem(before.words) in _SORTS
        if before is not None and text and sort and item.before == "of" and before.kind in (kinds.NAMED, kinds.UNKNOWN):
            found[-1] = replace(item, before=before.before)
        else:
            found.append(item)
    return found


def _sorts_of(table: Table) -> list[Column]:
    return [c for c in table.columns if c.kind == TEXT and stems(c.spoken)[-1] in _SORTS]


def _is_sort(item: Item) -> bool:
    """Whether it is the bare word, which names nothing as surely as by its own name."""
    weak = item.kind == kinds.UNKNOWN or (item.kind == kinds.NAMED and item.entries[0].rank < PARTIAL)
    return weak and len(item.words.split()) == 1 and stem(item.words) in _SORTS


def _of(item: Item, column: Column) -> Item:
    return replace(item, kind=kinds.NAMED, entries=(Entry(column, FULL),))
