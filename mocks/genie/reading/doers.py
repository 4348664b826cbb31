"""Who did it: `who painted Red Street` asks for the artists that it has, be there a word for painting or not."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.links import is_plain
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED, FULL, SAID
from mocks.genie.knowledge.people import is_of_people, is_person, may_act
from mocks.genie.knowledge.roles import role_of
from mocks.genie.knowledge.space import DATE, TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.deeds import does
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.happenings import DONE
from mocks.genie.reading.items import Item

# `who do we buy from` asks to whom it was done.
_ASKS_WHOM = frozenset(("do", "does", "did"))
_TOLD = re.compile(r"(?:^|\w )who\b", re.I)
_DID = frozenset(("did", "made", "had", "has", "does", "makes", "do", "carried", "got"))
_PEOPLE = stem_set("people person persons")
_AMONG = frozenset(("on", "of", "in", "among", "from"))
_OFTEN = frozenset((kinds.SPAN, kinds.NOT, kinds.COMPARE, kinds.EXTREME))
# Who makes, leads or does a thing is told with it; who sees, buys or uses it need not be.
_MAKING = stem_set("""
teach teaches taught lead leads led run runs ran host hosts hosted organise organize manage manages managed drive drives
drove fly flies flew conduct chair edit present perform sing sang supervise coach train treat represent
write wrote written make made create created paint painted compose composed design designed build built draw drew drawn
author authored produce produced invent invented develop developed photograph sculpt direct directed publish published
""")


def with_doers(items: Sequence[Item], lexicon: Lexicon, space: Space, graph: JoinGraph) -> list[Item]:
    """The items; where `who` is followed by a verb that no people are called by, with the people that it must mean."""
    denied = len(items) > 1 and items[0].kind == kinds.NOT and items[0].words.lower() not in ("no", "without")
    at = 1 if denied else 0
    first = items[at] if items else None
    if first is None or items[0].before.split()[:1] != ["who"]:
        return list(items)
    if (done := _having_done(items, space, graph)) is not None:
        return done
    event = _told(first, lexicon) or _dated(first, items, space, graph)
    if event is not None and first.likeliest != event:
        items = [replace(item, entries=(Entry(event, SAID),)) if item is first else item for item in items]
    if event is not None and not _ASKS_WHOM & set(items[0].before.split()):
        return _before(_doing(event, first.words, space, graph), items, items)
    if (ranked := _by_role(items, at, space, graph)) is not None:
        return ranked
    if not _is_deed(first, lexicon):
        return list(items)
    thing = next((table for item in items[1:] if (table := _thing(item, space)) is not None), None)
    if thing is None or is_of_people(thing):
        return list(items)
    named = any(isinstance(item.likeliest, Value) for item in items[1:])
    named &= stem(first.words) not in _MAKING
    roles = [*_people(thing, space, graph, beyond=named)]
    verb = stem(first.words.split()[0])
    found = {table for role, table in roles if does(role, verb)} or {table for _, table in roles}
    return _before({space.table(name) for name in found}, items, [*items[:at], *items[at + 1 :]])


def with_people(items: Sequence[Item], lexicon: Lexicon, space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where `people` are those who do what the verb behind them tells of, of several kinds of persons.

    `people on our staff` are the staff.
    """
    if sum(map(is_of_people, space.tables)) < 2:
        return list(items)
    found: list[Item] = []
    lead: str | None = None
    done: Table | None = None
    for item, verb in zip_longest(items, items[1:]):
        told = item if lead is None else replace(item, before=lead)
        told = replace(told, entries=(Entry(done, SAID),)) if done is not None else told
        lead, done = None, None
        if stem(item.words) not in _PEOPLE or verb is None:
            found.append(told)
        elif _is_of_us(verb):
            lead = item.before
        else:
            done = _told(verb, lexicon) or _of_day(verb, space, graph)
            those = [*_doing(done, verb.words, space, graph)] if done is not None else []
            done = done if len(those) == 1 else None
            who = replace(told, kind=kinds.NAMED, entries=tuple(Entry(table, FULL) for table in those))
            found.append(who if done is not None else told)
    return found


def _is_of_us(people: Item) -> bool:
    meant = people.likeliest
    joined = people.before.split()[-1:] in (["our"], ["the"]) and bool(_AMONG & set(people.before.split()))
    return isinstance(meant, Table) and is_of_people(meant) and joined


def _having_done(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item] | None:
    """`who did how many of our checks`, `who did the most check-ins`: by the one column that says who did."""
    first, thing = items[0], items[1] if len(items) > 1 else None
    table = _thing(thing, space) if thing is not None else None
    asked = first.kind == kinds.COUNT or (first.kind == kinds.EXTREME and first.detail in ("asc", "desc"))
    if thing is None or table is None or not asked or not _DID & set(first.before.split()[1:2]):
        return None
    linked = {n.left for n in graph.links if n.left.table == table.full_name and may_act(space.table(n.right.table))}
    roles = [c for c in table.columns if c in linked or (c.kind == TEXT and _is_role(c))]
    told = [c for c in roles if set(stems(thing.words)) <= set(stems(role_of(c)))]
    roles = told if thing.detail == DONE and told else roles
    if len(roles) != 1:
        return None
    who = Item(kinds.NAMED, roles[0].spoken, first.at, first.at, entries=(Entry(roles[0], FULL),))
    if first.kind == kinds.COUNT:
        return [replace(first, before=""), *items[1:], Item(kinds.BY, "by", items[-1].end, items[-1].end), who]
    if roles[0].kind == TEXT:
        return [replace(who, before="which"), replace(first, before="with the"), *items[1:]]
    return _before({space.table(n.right.table) for n in graph.links if n.left == roles[0]}, items, items)


def _is_role(column: Column) -> bool:
    """A column that only holds names of persons: the inspector of an inspection."""
    return is_person(stems(column.spoken)[-1]) and not column.unique


def _by_role(items: Sequence[Item], at: int, space: Space, graph: JoinGraph) -> list[Item] | None:
    """`who opened the most tickets`, `who signed how many permits`: by the column that says who did."""
    thing = next((table for item in items[1:] if (table := _thing(item, space)) is not None), None)
    found = {item.kind for item in items} & {kinds.EXTREME, kinds.COUNT, kinds.COMPARE}
    if thing is None or not found or at or _ASKS_WHOM & set(items[0].before.split()):
        return None
    links = [n.left for n in graph.links if n.left.table == thing.full_name and may_act(space.table(n.right.table))]
    verb = stem(items[0].words.split()[0])
    roles = [role for role in thing.columns if role in links and does(role_of(role), verb)]
    if len(roles) != 1:
        return None
    if kinds.COUNT not in found:
        return _before({space.table(n.right.table) for n in graph.links if n.left == roles[0]}, items, items)
    who = Item(kinds.NAMED, items[0].words, items[0].at, items[0].end, entries=(Entry(roles[0], FULL),))
    return [*items[1:], Item(kinds.BY, "by", items[-1].end, items[-1].end), who]


def _before(people: Collection[Table], items: Sequence[Item], rest: Sequence[Item]) -> list[Item]:
    """Those who do it before the rest of the question, if there is one kind of them."""
    if len(people) != 1:
        return list(items)
    (table,) = people
    each = any(item.kind in (kinds.COUNT, kinds.AGGREGATE) for item in rest)  # `who bought how many games`
    asked, entries = "who" if each else "", (Entry(table, FULL),)
    several = f"{table.spoken.removesuffix('s')}s"  # no `bidder bids`
    who = Item(kinds.NAMED, several, items[0].at, items[0].at, entries=entries, before=asked)
    said = rest[0].before.split()
    return [who, replace(rest[0], before=" ".join(word for word in said if word != "who")), *rest[1:]]


def _told(verb: Item, lexicon: Lexicon) -> Table | None:
    """The table of the events that a verb tells of: complaints, where somebody complained."""
    event = verb.likeliest
    if not isinstance(event, Table):
        return None
    behind = verb.before == "who" and not verb.several and not is_of_people(event)  # `who bid on wine`
    return event if behind or not lexicon.is_noun(verb.words, event) else None


def _dated(verb: Item, items: Sequence[Item], space: Space, graph: JoinGraph) -> Table | None:
    """The table of the events that have a day on which that was done: purchases, where something was bought on a day,
    if nothing else is named but a time, or how often it was done."""
    alone = all(item is verb or item.kind in _OFTEN or item.words in ("times", "time") for item in items)
    return _of_day(verb, space, graph) if alone else None


def _of_day(verb: Item, space: Space, graph: JoinGraph) -> Table | None:
    day = verb.likeliest
    if not (isinstance(day, Column) and day.kind == DATE and is_participle(verb.words)):
        return None
    event = space.table(day.table)
    return event if event.labels == (event.key,) and graph.refers(event) and not is_of_people(event) else None


def _doing(event: Table, verb: str, space: Space, graph: JoinGraph) -> set[Table]:
    """The people to whom events refer as to those who do that, else those to whom they refer without a role."""
    links = [n for n in graph.links if n.left.table == event.full_name and is_of_people(space.table(n.right.table))]
    doers = [n for n in links if does(n.left.spoken, stem(verb))] or [n for n in links if is_plain(n)]
    others = [
        n for n in doers if not _TOLD.search(n.left.description)
    ]  # whose comment says that they did another thing
    return {space.table(link.right.table) for link in others or doers or links}


def _people(thing: Table, space: Space, graph: JoinGraph, beyond: bool) -> Iterator[tuple[str, str]]:
    """Whoever its rows or, beyond, the rows that refer to them, refer to: in which role, and their table."""
    about = graph.about(thing.full_name) if beyond else set()
    for link in graph.links:
        people = space.table(link.right.table)
        if link.left.table in {thing.full_name, *about} and is_of_people(people):
            yield from ((role, people.full_name) for role in (link.left.spoken, people.spoken))


def _is_deed(item: Item, lexicon: Lexicon) -> bool:
    """An unknown verb, or one that only ties things together and stands for no person here."""
    if item.kind == kinds.UNKNOWN:
        return not lexicon.names(stem(item.words))
    taught = any(entry.rank >= CURATED for entry in item.entries)
    had = bool({"a", "an", "any"} & set(item.before.split()))  # `who never had a sale`
    return not (taught or had) and stem(item.words) in TIES | MEASURING - LIGHT


def _thing(item: Item, space: Space) -> Table | None:
    """The table of which it names the rows, or one of them."""
    meaning = item.likeliest
    if isinstance(meaning, Value) and meaning.column in space.table(meaning.column.table).labels:
        return space.table(meaning.column.table)
    return meaning if isinstance(meaning, Table) else None
