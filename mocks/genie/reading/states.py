"""States of what lasts, beside the thing that they are said of: `running shows`, `shows that are still running`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.periods import State
from mocks.genie.knowledge.space import BOOLEAN, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item

_WHOLLY = frozenset(
    ("entirely", "wholly", "completely", "totally", "exclusively", "purely", "fully", "strictly", "behind")
)


def with_states(items: Sequence[Item]) -> list[Item]:
    """The items, where such a word beside nothing that it may be said of is no state: `active customers`.

    Adverbs before a flag say no more than that it is set: `entirely vegan`.
    """
    kept = [item for at, item in enumerate(items) if not (_is_stressed(items, at) or _is_opened(items, at))]
    return [_said(item, kept, at) for at, item in enumerate(kept)]


def _is_stressed(items: Sequence[Item], at: int) -> bool:
    item, flag = items[at], items[at + 1] if at + 1 < len(items) else None
    meant = flag.likeliest if flag is not None and not flag.before else None
    return item.words.lower() in _WHOLLY and isinstance(meant, Column) and meant.kind == BOOLEAN


def _is_opened(items: Sequence[Item], at: int) -> bool:
    """`new tickets last month` are those of that month, in whatever state they are by now."""
    item, thing = items[at], items[at + 1].likeliest if at + 1 < len(items) else None
    timed = any(one.kind in (kinds.SPAN, kinds.GRAIN) for one in items)
    return timed and item.words.lower() == "new" and isinstance(item.likeliest, Value) and isinstance(thing, Table)


def _said(item: Item, items: Sequence[Item], at: int) -> Item:
    behind = at + 1 < len(items) and items[at + 1].kind == kinds.COUNT  # `the current number of members`
    beside = [other for other in (*items[max(0, at - 2) : at], *items[at + 1 : at + 2 + behind]) if other.entries]
    named = {table_of(other.entries[0].meaning).rpartition(".")[2] for other in beside}

    def fits(meaning: Meaning) -> bool:
        return not isinstance(meaning, State) or any(f"{name}." in meaning.sql for name in named if name)

    kept = tuple(entry for entry in item.entries if fits(entry.meaning))
    return replace(item, entries=kept) if kept or not item.entries else replace(item, kind=kinds.UNKNOWN, entries=())
