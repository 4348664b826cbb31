"""Rates of a state: `the churn rate`, `complication rate by ward` are shares of the rows in which it holds."""

from dataclasses import replace

from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.names import CURATED, FULL
from mocks.genie.knowledge.space import BOOLEAN, DATE, Column, Snippet
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item
from mocks.genie.reading.wholes import RATES


def with_rates(items: list[Item]) -> list[Item]:
    """The items with a share in place of a word that names no column of rates."""
    for at, item in enumerate(items[1:], 1):
        state = items[at - 1]
        free = item.kind == kinds.UNKNOWN or _is_told(state, item) or not _is_called_rate(item)
        if free and item.words.lower() in RATES and not item.before and _is_state(state):
            share = Item(kinds.SHARE, item.words, state.at, state.at, before=state.before)
            return [*items[: at - 1], share, replace(state, before=""), *items[at + 1 :]]
    return items


def _is_told(state: Item, rate: Item) -> bool:
    """Whether a curator names the state, and no column is called its rate."""
    told = bool(state.entries) and state.entries[0].rank >= CURATED
    return told and all(entry.rank < FULL for entry in rate.entries)


def _is_called_rate(item: Item) -> bool:
    """Whether a column or a measure is called a rate, which a `rating` is not."""
    for entry in item.entries:
        meant = entry.meaning
        names = (meant.spoken, meant.description, *meant.synonyms) if isinstance(meant, Column) else ()
        names = meant.names if isinstance(meant, Snippet) else names
        if not isinstance(meant, Column | Snippet) or any(RATES & set(name.lower().split()) for name in names):
            return True
    return item.kind not in (kinds.UNKNOWN, kinds.NAMED)


def _is_state(item: Item) -> bool:
    """Whether it may be a value, a flag, or a day that comes only for some."""
    for entry in item.entries:
        if isinstance(entry.meaning, Value) or (isinstance(entry.meaning, Snippet) and entry.meaning.kind == "filters"):
            return True
        if isinstance(entry.meaning, Column) and entry.meaning.kind in (BOOLEAN, DATE):
            return entry.meaning.kind == BOOLEAN or entry.meaning.filled < 1
    return False
