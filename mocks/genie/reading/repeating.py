"""Who comes again: `repeat guests`, `returning customers`, and who came but once, `one-time buyers`."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import word_set
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item

_TIMES = word_set("once twice thrice times")
_WITHOUT, _ONE = word_set("without no lacking"), word_set("a an any single one")
_OFTEN = {"repeat": ">", "returning": ">", "recurring": ">", "onetime": "="}


def with_repeating(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where such a word before persons says how many of the one thing they have that happens on a day."""
    items = _with_denied_states(_with_counted_states([*items], space, graph), space, graph)
    for at, item in enumerate(items[:-1]):
        sign, persons = _OFTEN.get(item.words.lower()), items[at + 1]
        if sign is None or item.kind != kinds.UNKNOWN or persons.before or not persons.entries:
            continue
        meant = persons.entries[0].meaning
        events = _events(meant, space, graph) if isinstance(meant, Table) and is_of_people(meant) else []
        if len(events) == 1:
            more = Item(kinds.COMPARE, "more than one" if sign == ">" else "one", at, at, sign, numbers=(1,))
            words = events[0].spoken
            event = Item(kinds.NAMED, words, at, at, entries=(Entry(events[0], CURATED),))
            more, persons = replace(more, before="with"), replace(persons, before=item.before)
            return [*items[:at], persons, more, event, *items[at + 2 :]]
    return [*items]


def _with_counted_states(items: list[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """`guests with 2 or more no-shows`, `guests that were a no-show twice`: how many stays are in that state."""
    for at, item in enumerate(items):
        if item.kind != kinds.COMPARE or len(item.numbers) != 1:
            continue
        often = item.words.lower().split()[-1] in _TIMES
        place = at - 1 if often else at + 1
        state = items[place] if 0 <= place < len(items) else None
        if state is None or not (often or (state.several and not state.before)):
            continue
        event = _event_of(state, items[:at], space, graph)
        if event is not None:
            thing = Item(kinds.NAMED, event.spoken, item.end, item.end, entries=(Entry(event, CURATED),))
            rest = items[at + 1 :] if often else items[at + 2 :]
            return [*items[: min(at, place)], item, thing, replace(state, before="with"), *rest]
    return items


def _with_denied_states(items: list[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """`guests without a no-show`: without stays in that state, and not in any state of their own."""
    for at, (denied, state) in enumerate(pairwise(items)):
        single = denied.words.lower() in _WITHOUT or _ONE & set(state.before.split())
        if denied.kind != kinds.NOT or not single:
            continue
        event = _event_of(state, items[:at], space, graph)
        following = items[at + 2] if at + 2 < len(items) else None
        told = following is not None and not following.before and following.is_thing
        if event is not None and not told:
            thing = Item(kinds.NAMED, event.spoken, state.end, state.end, entries=(Entry(event, CURATED),))
            return [*items[: at + 2], thing, *items[at + 2 :]]
    return items


def _event_of(state: Item, before: Sequence[Item], space: Space, graph: JoinGraph) -> Table | None:
    """The table of a state, if its rows are of the things that are named before it."""
    if state.kind != kinds.NAMED or not isinstance(state.likeliest, Value):
        return None
    event = space.table(state.likeliest.column.table)
    named = [one.likeliest for one in before if isinstance(one.likeliest, Table)]
    own = {table_of(entry.meaning) for entry in state.entries} & {table.full_name for table in named}
    return event if named and not own and graph.reaches(event, named[-1].full_name) else None


def _events(persons: Table, space: Space, graph: JoinGraph) -> list[Table]:
    found = graph.about(persons.full_name) - {persons.full_name}
    return [t for t in space.tables if t.full_name in found and dates(t) and not is_of_people(t)]
