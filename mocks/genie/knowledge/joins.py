"""How the tables of a space hang together: which rows have exactly one partner in another table."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from mocks.genie.knowledge.keys import declared_joins
from mocks.genie.knowledge.links import Link, inferred, is_plain, links_in_roles, own_links
from mocks.genie.knowledge.space import TEXT, Column, Join, Space, Table
from mocks.genie.language.verbs import is_participle
from mocks.genie.refusal import AskBack

_FAR = 99


class JoinGraph:
    """The links of a space: those that the curator gave, else declared keys, else what names and comments show."""

    def __init__(self, space: Space) -> None:
        told = [link for join in space.joins for link in _directed(join)]
        told += _besides(told, (link for join in declared_joins(space) for link in _directed(join)))
        seen = [*inferred(space)]
        seen += links_in_roles(space, [*told, *seen])
        unsaid = _besides(told, seen)
        own = [link for link in told if link.left.table == link.right.table]
        self.links = [link for link in told + unsaid if link not in own]
        self.own = [link for link in own if link.left.name != link.right.name]
        self.own += [link for link in own_links(space) if all(link.left.table != other.left.table for other in own)]
        self.referring = {link.left for link in (*told, *seen, *self.own)}
        away = {link.left for link in self.links}
        self.own = [link for link in self.own if link in own or link.left not in away]
        lefts = {link.left for link in (*self.links, *self.own)}
        self.asides = [link for link in inferred(space) if link.left not in lefts and not is_plain(link)]
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
        ways = self._whole(self._ways(base.full_name, target), through)
        way = [] if base.full_name == target else _plainest(ways, through)
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
        if by != ["by"] or not is_participle(deed) or _named(link) in through:
            return []
        ends = {link.left.table, link.right.table}
        others = {n.left.table for n in self.links} - ends
        tied = [one for one in sorted(others) if ends <= {n.right.table for n in self.links if n.left.table == one}]
        return [one.rpartition(".")[2] for one in tied]

    def reaches(self, base: Table, target: str) -> bool:
        """Whether rows of the base have a partner in the target, by one way or by several."""
        return base.full_name == target or bool(self._ways(base.full_name, target))

    def _whole(self, ways: list[list[Link]], through: Collection[str]) -> list[list[Link]]:
        """The ways, or the only one on which no row gets lost; be it longer, where each is in a role over such rows.

        A booking is of the cinema of its showing, and not of the cinema that its member likes, if it has a member.
        """
        said = {name for way in ways for link in way for name in (link.left.table, _named(link))}
        if not ways or not (said - {ways[0][0].left.table}).isdisjoint(through):
            return ways
        sure = [way for way in ways if len(way) > 1 and _is_sure(way)]
        if len(sure) == 1:
            return sure
        if any(len(way) < 2 or _is_sure(way) or all(map(is_plain, way)) for way in ways):
            return ways
        longer = self._ways(*_ends(ways[0]), lambda link: link.left.filled == 1 and is_plain(link))
        return longer or ways

    def _ways(self, base: str, target: str, is_usable: Callable[[Link], bool] | None = None) -> list[list[Link]]:
        """All shortest ways, be it over usable links alone."""
        ways: list[list[Link]] = []
        links = [link for link in self.links if is_usable is None or is_usable(link)]
        queue: deque[list[Link]] = deque([[link] for link in links if link.left.table == base])
        while queue:
            way = queue.popleft()
            if ways and len(way) > len(ways[0]):
                break
            if way[-1].right.table == target:
                ways.append(way)
                continue
            seen = {base, *(link.right.table for link in way)}
            queue.extend([*way, n] for n in links if n.left.table == way[-1].right.table and n.right.table not in seen)
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


def _named(link: Link) -> str:
    return f"{link.left.table}.{link.left.name}"


def _ends(way: Sequence[Link]) -> tuple[str, str]:
    return way[0].left.table, way[-1].right.table


def _is_sure(way: Sequence[Link]) -> bool:
    return all(link.left.filled == 1 for link in way)


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
        told = [way for way in ways if any(_named(link) in through for link in way)]
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
