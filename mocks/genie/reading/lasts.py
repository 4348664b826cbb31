"""States of what lasts, beside the thing that they are said of: `running shows`, `shows that are still running`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.periods import State
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item


def with_states(items: Sequence[Item]) -> list[Item]:
    """The items, where such a word beside nothing that it may be said of is no state: `active customers`."""
    return [
        item if _fits(items, at) else replace(item, kind=kinds.UNKNOWN, entries=()) for at, item in enumerate(items)
    ]


def _fits(items: Sequence[Item], at: int) -> bool:
    states = [e.meaning for e in items[at].entries[:1] if isinstance(e.meaning, State)]
    beside = [item for item in (*items[max(0, at - 2) : at], *items[at + 1 : at + 2]) if item.entries]
    named = {table_of(item.entries[0].meaning).rpartition(".")[2] for item in beside}
    return not states or any(f"{name}." in state.sql for state in states for name in named if name)
