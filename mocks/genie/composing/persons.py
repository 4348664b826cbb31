"""Whom a question asks for that says `who`: the persons to whom the rest of it leads."""

from collections.abc import Sequence

from mocks.genie.composing.filters import snippet_tables
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.people import is_of_people, is_person, may_act
from mocks.genie.knowledge.roles import role_of
from mocks.genie.knowledge.space import DATE, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.deeds import does
from mocks.genie.language.verbs import LIGHT
from mocks.genie.language.words import stem
from mocks.genie.reading.frame import Frame, is_role, table_of
from mocks.genie.reading.items import Item

_FAR = 9
_NAMES = frozenset(("name", "names"))


def asked_persons(items: Sequence[Item], frame: Frame, space: Space, graph: JoinGraph) -> Item | None:
    """`who spent most`, `who has the Silver plan`: the table of the persons meant; nothing if others are asked for."""
    who = bool(items) and items[0].before.split()[:1] == ["who"]
    subject = frame.subject
    ranked = who and subject is None and frame.extreme is not None and frame.extreme.by is not None
    if frame.counted or (frame.groups and not ranked) or not (who or (subject is not None and _names_of_link(subject))):
        return None
    if subject is not None:
        snippet = subject.snippet
        home = snippet_tables(snippet, space)[0] if snippet else space.table(table_of(subject.meaning))
        own = [link.left for link in graph.own if link.left.table == home.full_name]
        if who and subject.column is not None and subject.column.kind == DATE and is_of_people(home):
            subject.used = False  # `who has left`: those for whom there is such a day
            return Item(kinds.NAMED, home.spoken, -1, -1, meaning=home, used=True)
        if subject.value is not None and any(item.column in own for item in items):
            return Item(kinds.NAMED, home.spoken, -1, -1, meaning=home, used=True)  # `who was recommended by Ann`
        return _persons(home, items, space, graph) if _is_no_person(subject) else None
    by = frame.extreme.by if frame.extreme else None
    told = [item for item in (by, frame.measured, *items) if item is not None and table_of(item.meaning)]
    if not told:
        return None
    home = space.table(table_of(told[0].meaning))
    near = {home.full_name, *(link.right.table for link in graph.links if link.left.table == home.full_name)}
    people = [table for table in space.tables if is_of_people(table) and table.full_name in near]
    if not frame.groups:
        return _one_of(people, home)
    parts = {table_of(group.meaning) for group in frame.groups}
    grouped = [table for table in people if all(graph.reaches(table, part) for part in parts)]
    named = [t for t in space.tables if {t.full_name} == parts and t.full_name in near and t.label != t.key]
    return _one_of(grouped or ([] if people else named), home)


def _names_of_link(subject: Item) -> bool:
    """`names of the crew on a flight`, where the crew of a flight are only numbers."""
    return subject.table is not None and not subject.table.labels and bool(_NAMES & set(subject.before.split()))


def _is_no_person(subject: Item) -> bool:
    """A value or condition that describes what they have, or rows that have no name but a key."""
    described = subject.value is not None or subject.snippet is not None
    table = subject.table
    told = is_person(stem(subject.words.split()[-1]))  # `technicians`, though a curator calls their visits so
    return described or (table is not None and (not table.labels or (table.labels == (table.key,) and not told)))


def _persons(home: Table, items: Sequence[Item], space: Space, graph: JoinGraph) -> Item | None:
    """Those to whom the rows refer of which a verb tells, or who do it; else those nearest, if there is no verb."""
    if is_of_people(home):
        return None
    if (told := _in_told_role(home, items, space, graph)) is not None:
        return told
    people = [t for t in space.tables if is_of_people(t) and graph.distance(home.full_name, t.full_name) < _FAR]
    near = {link.right.table for link in graph.links if link.left.table == home.full_name}
    acting = [] if any(item.value is not None and is_role(space, item) for item in items) else space.tables
    people = people or [table for table in acting if table.full_name in near and may_act(table)]
    verb = items[0] if items[0].kind == kinds.UNKNOWN else None
    done = {e.meaning.full_name for e in verb.entries if isinstance(e.meaning, Table)} if verb is not None else set()
    if done:
        near = {link.right.table for link in graph.links if link.left.table in done}
        return _one_of([table for table in people if table.full_name in near], home)
    if verb is not None and stem(verb.words) not in LIGHT and len(people) > 1:
        return _one_of([table for table in people if does(table.spoken, stem(verb.words))], home)
    least = min((graph.distance(home.full_name, table.full_name) for table in people), default=0)
    return _one_of([t for t in people if graph.distance(home.full_name, t.full_name) == least], home)


def _in_told_role(home: Table, items: Sequence[Item], space: Space, graph: JoinGraph) -> Item | None:
    """`who deals with the complaint of Ann`: the one column by which it refers to whoever does, as the column says."""
    given = {item.value.column.table for item in items if item.value is not None}
    roles = [n for n in graph.links if n.left.table == home.full_name and may_act(space.table(n.right.table))]
    verbs = {stem(item.words) for item in items if item.kind == kinds.UNKNOWN}
    told = [n.left for n in roles if any(does(role_of(n.left), verb) for verb in verbs)]
    told = told or [n.left for n in roles if n.right.table not in given and len(roles) > 1]
    return Item(kinds.NAMED, told[0].spoken, -1, -1, meaning=told[0], used=True) if len(told) == 1 else None


def _one_of(people: Sequence[Table], home: Table) -> Item | None:
    table = home if home in people else people[0] if len(people) == 1 else None
    return None if table is None else Item(kinds.NAMED, table.spoken, -1, -1, meaning=table, used=True)
