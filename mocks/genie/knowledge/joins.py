"""How the tables of a space hang together: which rows have exactly one partner in another table."""

import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from mocks.genie.knowledge.keys import declared_joins
from mocks.genie.knowledge.people import is_of_people, is_person
from mocks.genie.knowledge.space import DATE, OTHER, TEXT, Column, Join, Space, Table
from mocks.genie.language.verbs import ABOVE, is_participle
from mocks.genie.language.words import stem, stems
from mocks.genie.refusal import AskBack

_FAR = 99
_KINDS_OF_KEY = ("id", "key", "code", "no", "number", "cd", "nr", "ref", "num", "sk")


@dataclass(frozen=True)
class Link:
    """Each row of the left table has at most one partner on the right; `more` are further columns of their key.

    A curator may have told in which role that partner is.
    """

    left: Column
    right: Column
    more: tuple[tuple[Column, Column], ...] = field(default=(), compare=False)
    role: str = field(default="", compare=False)

    @property
    def pairs(self) -> tuple[tuple[Column, Column], ...]:
        """All columns that must be equal."""
        return (*self.more, (self.left, self.right))


class JoinGraph:
    """The links of a space: those that the curator gave, else declared keys, else what names and comments show."""

    def __init__(self, space: Space) -> None:
        told = [link for join in space.joins for link in _directed(join)]
        told += _besides(told, (link for join in declared_joins(space) for link in _directed(join)))
        seen = [*_inferred(space)]
        seen += _roles(space, [*told, *seen])
        inferred = _besides(told, seen)
        own = [link for link in told if link.left.table == link.right.table]
        self.links = [link for link in told + inferred if link not in own]
        self.own = [link for link in own if link.left.name != link.right.name]
        self.own += [link for link in _own(space) if all(link.left.table != other.left.table for other in own)]
        self.referring = {link.left for link in (*told, *seen, *self.own)}
        away = {link.left for link in self.links}
        self.own = [link for link in self.own if link in own or link.left not in away]
        lefts = {link.left for link in (*self.links, *self.own)}
        self.asides = [link for link in _inferred(space) if link.left not in lefts and not is_plain(link)]
        self._distances = {table.full_name: self._from(table.full_name) for table in space.tables}

    def distance(self, one: str, other: str) -> int:
        """How many joins lie between two tables, in either direction."""
        return self._distances.get(one, {}).get(other, _FAR)

    def about(self, name: str) -> set[str]:
        """The tables whose rows refer to rows of that one; full names."""
        return {link.left.table for link in self.links if link.right.table == name}

    def refers(self, table: Table) -> bool:
        """Whether the rows of a table refer to those of another."""
        return any(link.left.table == table.full_name for link in self.links)

    def roles(self, base: Table, target: str) -> list[Link]:
        """The columns by which rows of the base refer to one table more than once."""
        found = [link for link in self.links if link.left.table == base.full_name and link.right.table == target]
        return found if len(found) > 1 else []

    def path(self, base: Table, target: str, through: Collection[str] = ()) -> list[Link] | None:
        """The shortest way from rows of the base to their one partner in the target, through what is named.

        `through` holds names of tables, and of columns as `table.column`.

        Raises: AskBack if there are several equally short ways
        """
        way = [] if base.full_name == target else _plainest(self._ways(base, target), through)
        for link in way if way and through else ():
            self.check_deed(link, through)
        return way

    def check_deed(self, link: Link, through: Collection[str]) -> None:
        """`articles of Ada`, where a column tells who approved them, and another table who wrote them.

        Raises: AskBack if other tables tie the same two together, and the deed of the link is not named
        """
        if bridges := self._beside(link, through):
            raise AskBack(f"Do you mean by {link.left.name}, or by {' or '.join(bridges)}?")

    def _beside(self, link: Link, through: Collection[str]) -> list[str]:
        """The tables that tie the same two together, where the link is for one deed only, which is not named."""
        deed, *by = link.left.spoken.lower().split()
        if by != ["by"] or not is_participle(deed) or f"{link.left.table}.{link.left.name}" in through:
            return []
        ends = {link.left.table, link.right.table}
        others = {n.left.table for n in self.links} - ends
        tied = [one for one in sorted(others) if ends <= {n.right.table for n in self.links if n.left.table == one}]
        return [one.rpartition(".")[2] for one in tied]

    def reaches(self, base: Table, target: str) -> bool:
        """Whether rows of the base have a partner in the target, by one way or by several."""
        return base.full_name == target or bool(self._ways(base, target))

    def _ways(self, base: Table, target: str) -> list[list[Link]]:
        """All shortest ways."""
        ways: list[list[Link]] = []
        queue: deque[list[Link]] = deque([[link] for link in self.links if link.left.table == base.full_name])
        while queue:
            way = queue.popleft()
            if ways and len(way) > len(ways[0]):
                break
            if way[-1].right.table == target:
                ways.append(way)
                continue
            seen = {base.full_name, *(link.right.table for link in way)}
            queue.extend(
                [*way, n] for n in self.links if n.left.table == way[-1].right.table and n.right.table not in seen
            )
        return ways

    def _from(self, start: str) -> dict[str, int]:
        found = {start: 0}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for link in self.links:
                for near, far in ((link.left, link.right), (link.right, link.left)):
                    if near.table == here and far.table not in found:
                        found[far.table] = found[here] + 1
                        queue.append(far.table)
        return found


def with_references(space: Space, graph: JoinGraph) -> Space:
    """The space, in which each column that refers to a row elsewhere says so: its numbers measure nothing.

    Each column also says whether its rows are events: they refer to things, and have no name of their own.
    """
    refer = graph.referring
    events = {t.full_name for t in space.tables if graph.refers(t) and all(_is_unnamed(label) for label in t.labels)}
    tables = tuple(
        replace(t, columns=tuple(replace(c, refers=c in refer, event=t.full_name in events) for c in t.columns))
        for t in space.tables
    )
    return replace(space, tables=tables)


def _is_unnamed(label: Column) -> bool:
    return label.kind != TEXT or label.spoken.split()[-1:] in (["id"], ["code"], ["number"], ["no"], ["key"], ["ref"])


def _plainest(ways: list[list[Link]], through: Collection[str]) -> list[Link] | None:
    if len(ways) > 1 and through:
        told = [way for way in ways if any(f"{link.left.table}.{link.left.name}" in through for link in way)]
        ways = told or [way for way in ways if any(link.right.table in through for link in way[:-1])] or ways
    if len(ways) <= 1:
        return ways[0] if ways else None
    unnamed = [way for way in ways if not any(link.role for link in way)]
    plain = [way for way in ways if all(is_plain(link) for link in way)]
    for chosen in (plain, unnamed):
        if len(chosen) == 1:
            return chosen[0]
    options = " or ".join(sorted({f"{way[0].left.name}" for way in ways}))
    raise AskBack(f"These tables are joined in more than one way. Do you mean by {options}?")


def is_plain(link: Link) -> bool:
    """The column is named as the key, or as the table that it refers to: no role of its own."""
    mine = link.left.name.lower()
    return mine == link.right.name.lower() or stem(mine) == stem(link.right.table_name)


def _besides(links: Sequence[Link], more: Iterable[Link]) -> list[Link]:
    """Those links that are between other tables."""
    joined = {frozenset((link.left.table, link.right.table)) for link in links}
    return [link for link in more if frozenset((link.left.table, link.right.table)) not in joined]


def _directed(join: Join) -> list[Link]:
    """The links to the side, or both, of which one row at most belongs to a row of the other."""
    links = []
    if not (join.many_right if join.many_right is not None else not join.right.unique):
        links.append(Link(join.left, join.right, join.more, join.role))
    if not (join.many_left if join.many_left is not None else not join.left.unique):
        links.append(Link(join.right, join.left, tuple((b, a) for a, b in join.more)))
    return links


def _roles(space: Space, links: Sequence[Link]) -> Iterator[Link]:
    """`curator_id` where one table alone holds people, or those who are curators, or to whom nothing else refers."""
    people = [t for t in space.tables if is_of_people(t) and t.key is not None]
    known = {link.left for link in (*links, *_own(space))}  # a mentor of writers is a writer
    for column in space.columns():
        named, kind = stems(column.name)[:-1], stems(column.name)[-1:]
        if column in known or column.unique or not named or kind[0] not in _KINDS_OF_KEY or not is_person(named[-1]):
            continue
        held = [t for t in people if t.key and t.full_name != column.table and _holds(t.key, column)]
        held = [t for t in held if _are(t, named[-1])] or held
        held = [t for t in held if all(link.right.table != t.full_name for link in links)] if len(held) > 1 else held
        if len(held) == 1 and held[0].key is not None:
            yield Link(column, held[0].key)


def _are(people: Table, role: str) -> bool:
    """Whether a column says of some that they are that."""
    return any(role in stems(value) for column in people.columns for value in column.values)


def _holds(key: Column, column: Column) -> bool:
    return key.kind == column.kind and bool(column.keys) and bool(key.keys) and column.keys <= key.keys


def _inferred(space: Space) -> Iterator[Link]:
    for table in space.tables:
        for key in table.columns:
            if key.unique and key.kind not in (DATE, OTHER) and _is_key(key, table):
                for column in space.columns():
                    if column.table != table.full_name and _refers(column, key, table) and _contained(column, key):
                        yield Link(column, key)


def _own(space: Space) -> Iterator[Link]:
    """Columns that refer to other rows of their own table: a manager, a parent."""
    for table in space.tables:
        key = table.key
        for column in table.columns if key is not None else ():
            assert key is not None
            said = {*stems(column.spoken), *stems(column.description)}
            alike = column != key and column.kind == key.kind and not column.unique and _contained(column, key)
            if alike and _refers_elsewhere(column, table, space):
                continue
            named = stems(column.spoken)[-len(stems(key.spoken)) :] == stems(key.spoken)
            if alike and (named or ABOVE & said or _is_one_of(column, table)):
                yield Link(column, key)


def _is_one_of(column: Column, table: Table) -> bool:
    """`Artist who recommended this one`: the comment begins with what the rows of the table are."""
    found = re.match(r"(?:the |an? )?(\w+) (?:who|that|which|whom|by whom)\b", column.description, re.IGNORECASE)
    this_one = column.description.lower().rstrip(" .").endswith(" this one")
    return found is not None and (this_one or stem(found[1]) == stems(table.spoken)[-1])


def _refers_elsewhere(column: Column, table: Table, space: Space) -> bool:
    """`head_writer_id`, where there are writers: its name tells of another table's rows."""
    others = [(other, other.key) for other in space.tables if other != table and other.key is not None]
    named = replace(column, description="")
    return any(_refers(named, key, other) and _contained(column, key) for other, key in others)


def _is_key(column: Column, table: Table) -> bool:
    name = column.name.lower()
    return column == table.key or name.endswith(_KINDS_OF_KEY) or stem(name) in stems(table.name)


def _refers(column: Column, key: Column, table: Table) -> bool:
    """By its name; or because its name ends in the table's, or its comment names the key, and its values are keys."""
    if column.kind != key.kind:
        return False
    return _is_named_for(column, key, table) or (key == table.key and _seems_to_refer(column, key, table))


def _is_named_for(column: Column, key: Column, table: Table) -> bool:
    """`book_id` or `best_book_id` for `book_id`, or for `id` of the books; `id` alone is everybody's own."""
    mine, theirs = stems(column.name), stems(key.name)
    if len(theirs) > 1 or theirs[0] not in _KINDS_OF_KEY:
        return mine[-len(theirs) :] == theirs and not (mine == theirs and theirs[-1] == "name")
    owner = stems(table.name)[-1]
    return mine[-2:] == (owner, *theirs) or (mine[-1] in _KINDS_OF_KEY and mine[-2:-1] == (owner,) and key == table.key)


def _seems_to_refer(column: Column, key: Column, table: Table) -> bool:
    if not column.keys or not key.keys:
        return False
    mine, said, owner = stems(column.name), stems(column.description), stems(table.name)[-1]
    told = owner in said and (mine[-1] in _KINDS_OF_KEY or bool({"cod", "id", "key"} & set(said)))
    return mine[-1] == owner or told or _within(stems(key.name), said)


def _within(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(phrase) > 1 and any(words[at : at + len(phrase)] == phrase for at in range(len(words)))


def _contained(column: Column, key: Column) -> bool:
    if not column.keys or not key.keys:
        return True
    return column.keys <= key.keys
