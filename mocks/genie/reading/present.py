"""What is so at present: `guests currently in the hotel` are those whose stay has begun and has not ended."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import SAID, STATE
from mocks.genie.knowledge.periods import State
from mocks.genie.knowledge.space import BOOLEAN, DATE, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle
from mocks.genie.language.words import stem, stems
from mocks.genie.reading.items import Item, named_tables

_NOW = re.compile(
    r"\b(?:currently|presently|right now|at (?:the|this) moment|at present|as of (?:now|today)|these days)\b|\bnow\W*$",
    re.I,
)


def at_present(question: str, items: Sequence[Item], shown: Collection[str], states: Sequence[State]) -> Item | None:
    """The state that a word for the present asks for, where nothing else in the question is a state.

    That is the one of the only tables among those `shown` whose things begin and end on known days.
    """
    names = [item.words for item in items if item.value is not None and len(item.words.split()) > 1]
    asked = re.sub("|".join(map(re.escape, names)), "", question, flags=re.I) if names else question
    if not (_NOW.search(asked) or _is_current_thing(items)) or any(map(_is_state, items)):
        return None
    found = [state for state in states if _is_current(state, shown)]
    if len(found) != 1:
        return None
    return Item(kinds.NAMED, "current", -1, -1, meaning=found[0], rank=STATE)


def with_progress(question: str, items: Sequence[Item], states: Sequence[State], graph: JoinGraph) -> list[Item]:
    """The items, where a verb says what goes on now: `guests who are staying`, `exhibitions currently showing`."""
    homes = {table.full_name.lower() for table in named_tables(items)}
    beside = {n.left.table.lower() for n in graph.links if n.right.table.lower() in homes}
    for at, item in enumerate(items):
        now = _NOW.search(question) or ({"is", "are"} & set(item.before.split()) and stem(item.words) == "stay")
        unsure = item.kind == kinds.UNKNOWN or (item.kind == kinds.NAMED and item.entries[0].rank <= SAID)
        if not unsure or not item.words.lower().endswith("ing") or not now:
            continue
        for tables in (homes, beside) if stem(item.words) not in LIGHT | TIES | MEASURING else (homes,):
            lasting = [state for state in states if _is_current(state, {name.rpartition(".")[2] for name in tables})]
            if len(lasting) == 1:
                going_on = replace(item, kind=kinds.NAMED, entries=(Entry(lasting[0], STATE),))
                return [*items[:at], going_on, *items[at + 1 :]]
    return [*items]


def _is_current(state: State, tables: Collection[str]) -> bool:
    return " <= " in state.sql and state.sql.partition(".")[0].lower() in tables


def _is_current_thing(items: Sequence[Item]) -> bool:
    """`current headcount`, `current night nurses`: the word is said of things, and of no amount: `current price`."""
    said = [two for one, two in pairwise(items) if one.kind == kinds.UNKNOWN and one.words.lower() == "current"]
    return any(two.kind == kinds.COUNT or isinstance(two.likeliest, Table | Value) for two in said)


def _is_state(item: Item) -> bool:
    if item.kind in (kinds.SPAN, kinds.NOT, kinds.MISSING, kinds.OVERDUE, kinds.LATE) or item.negated:
        return True
    meaning = item.meaning
    if isinstance(meaning, Value):  # `paused at the moment`
        return is_participle(item.words) or not {"status", "state"}.isdisjoint(stems(meaning.column.spoken))
    if isinstance(meaning, Column):
        return meaning.kind in (BOOLEAN, DATE)
    return item.snippet is not None and item.snippet.kind == "filters"
