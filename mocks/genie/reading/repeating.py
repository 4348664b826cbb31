"""Who comes again: `repeat guests`, `returning customers`, and who came but once, `one-time buyers`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item

_OFTEN = {"repeat": ">", "returning": ">", "recurring": ">", "onetime": "="}


def with_repeating(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where such a word before persons says how many of the one thing they have that happens on a day."""
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


def _events(persons: Table, space: Space, graph: JoinGraph) -> list[Table]:
    found = graph.about(persons.full_name) - {persons.full_name}
    return [t for t in space.tables if t.full_name in found and dates(t) and not is_of_people(t)]
