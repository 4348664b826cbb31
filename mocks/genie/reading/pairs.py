"""`language pair`, `currency combinations`: two columns of one thing that are called the same, told together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.space import TEXT, Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem_set, stems, word_set
from mocks.genie.reading.items import Item, named_tables

_WHICH = word_set("which what")
_PAIR = stem_set("pair pairing combination combo")


def with_pairs(items: Sequence[Item]) -> list[Item]:
    """The items, with both columns in place of the word for them."""
    named = {table.full_name for table in named_tables(items)}
    for at, (item, pair) in enumerate(pairwise(items)):
        said = pair.kind == kinds.UNKNOWN and not pair.before and set(stems(pair.words)) <= _PAIR
        ends = _ends(item, named) if said and item.kind == kinds.NAMED else []
        if len(ends) == 2:
            first, last = (
                replace(item, words=end.spoken, entries=tuple(e for e in item.entries if e.meaning == end))
                for end in ends
            )
            told, rest = [first, replace(last, before="and")], items[at + 2 :]
            asked = (at == 0 or bool(_WHICH & set(item.before.split()))) and any(
                one.kind == kinds.EXTREME for one in rest
            )
            by = Item(kinds.BY, "by", pair.end, pair.end, used=False)
            return [*items[:at], *rest, by, *told] if asked else [*items[:at], *told, *rest]
    return list(items)


def _ends(item: Item, named: set[str]) -> list[Column]:
    """The columns that the word may be, of the tables that are named if any of them has such."""
    columns = [e.meaning for e in item.entries if isinstance(e.meaning, Column) and e.meaning.kind == TEXT]
    near = [column for column in columns if column.table in named] or columns
    return near if len({column.table for column in near}) == 1 else []
