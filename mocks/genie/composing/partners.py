"""Conditions on rows elsewhere, through any table between: `customers who bought lamps`, `sites without staff`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlglot import exp

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link, is_plain
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.knowledge.written import column_of
from mocks.genie.language.verbs import TRADE
from mocks.genie.language.words import stems
from mocks.genie.refusal import AskBack, NotJoined


@dataclass(frozen=True)
class Bridge:
    """A table whose rows refer to a row of the base, by the columns of a link, and to what the conditions are about."""

    table: Table
    mine: Column
    theirs: Column
    length: int
    plain: bool
    more: tuple[tuple[Column, Column], ...] = ()


class Partners:
    """Finds the rows of a base by what other tables say of them."""

    def __init__(
        self, base: Table, space: Space, graph: JoinGraph, through: Collection[str], said: Collection[str]
    ) -> None:
        self._base, self._space, self._graph, self._through = base, space, graph, through
        self._said = {s for word in said for s in (TRADE if word in TRADE else (word,))}

    def bridge(self, names: Sequence[str]) -> Bridge | None:
        """The table through which all those tables belong to the base; nothing if there is none.

        Raises: NotJoined if there are several
        """
        found = [bridge for table in self._space.tables for bridge in self._bridges(table, names)]
        if found:
            best = min(self._rank(bridge, names) for bridge in found)
            found = [bridge for bridge in found if self._rank(bridge, names) == best]
        if len(found) > 1:
            options = " or ".join(sorted({b.table.name for b in found}))
            raise NotJoined(
                f"How do {self._base.name} and {' and '.join(map(last_of, names))} belong together: by {options}? "
                "The space has no single join between them."
            )
        if found and self._is_direct(found[0]):
            self._graph.check_deed(Link(found[0].theirs, found[0].mine), self._through)
        return found[0] if found else None

    def _rank(self, bridge: Bridge, names: Sequence[str]) -> tuple[bool | int, ...]:
        """The less, the better: refers to the base, is named, in that role, spoken of, holds nothing else, is near."""
        table = bridge.table
        own = table.full_name in names
        return (
            not self._is_direct(bridge),
            not self.belongs(bridge),
            not own,
            f"{bridge.theirs.table}.{bridge.theirs.name}" not in self._through,
            table.full_name not in self._through,
            not self._said & set(stems(table.spoken)),
            table.key is not None,
            bridge.length if own else 0,
            self._is_direct(bridge) and not bridge.plain,
        )

    def condition(self, bridge: Bridge, conditions: Sequence[exp.Expr], names: Sequence[str]) -> exp.Expr:
        """That the base's column is among those of the bridge's rows for which the conditions hold."""
        key = column_of(bridge.theirs)
        theirs, mine = zip(*bridge.more, (bridge.theirs, bridge.mine), strict=True)
        inner = exp.select(*map(column_of, theirs)).from_(source(bridge.table))
        for link in self._links(bridge.table, [*names, bridge.theirs.table]):
            on = exp.and_(*(exp.EQ(this=column_of(left), expression=column_of(right)) for left, right in link.pairs))
            inner = inner.join(source(self._space.table(link.right.table)), on=on, join_type="inner")
        present = exp.Not(this=exp.Is(this=key.copy(), expression=exp.Null()))
        return exp.In(this=together(mine), query=exp.Subquery(this=inner.where(*conditions, present)))

    def belongs(self, bridge: Bridge) -> bool:
        """Whether its rows refer to the base, by themselves or through the one row that each has elsewhere."""
        return bridge.mine.table == self._base.full_name and Link(bridge.theirs, bridge.mine) in self._graph.links

    def speaks_of(self, bridge: Bridge, names: Sequence[str]) -> bool:
        """Whether a word of the question is of the name of one of the tables, which else nothing asks for."""
        tables = [bridge.table, *map(self._space.table, names)]
        return any(self._said & set(stems(table.spoken)) for table in tables)

    def _is_direct(self, bridge: Bridge) -> bool:
        return self.belongs(bridge) and bridge.theirs.table == bridge.table.full_name

    def _links(self, table: Table, names: Sequence[str]) -> list[Link]:
        found: dict[str, Link] = {}
        for name in names:
            for link in self._graph.path(table, name, self._through) or []:
                found.setdefault(link.right.table, link)
        return list(found.values())

    def _bridges(self, table: Table, names: Sequence[str]) -> list[Bridge]:
        if table == self._base:
            return []
        ways = [self._way(table, name) for name in names]
        known = [way for way in ways if way is not None]
        if len(known) < len(ways):
            return []
        inside = [link for way in known for link in way]
        length = len({link.right.table for link in inside})
        return [
            Bridge(table, mine, theirs, length, all(map(is_plain, inside)) and _same_name(mine, theirs), more)
            for mine, theirs, more in self._shared(table)
        ]

    def _way(self, table: Table, name: str) -> list[Link] | None:
        try:
            return self._graph.path(table, name, self._through)
        except AskBack:
            return None

    def _shared(self, other: Table) -> set[tuple[Column, Column, tuple[tuple[Column, Column], ...]]]:
        """The columns by which rows of another table refer to rows of the base, or both to the same thing."""
        links = self._graph.links
        direct = {
            (n.right, n.left, n.more)
            for n in links
            if n.left.table == other.full_name and n.right.table == self._base.full_name
        }
        if direct:
            return direct
        way = self._way(other, self._base.full_name)
        if way:
            return {(way[-1].right, way[-1].left, way[-1].more)}
        return {
            (mine.left, theirs.left, ())
            for mine in links
            for theirs in links
            if mine.left.table == self._base.full_name
            and theirs.left.table == other.full_name
            and mine.right == theirs.right
            and not (mine.more or theirs.more)
        }


def source(table: Table, alias: str = "") -> exp.Expr:
    """A table as it stands in FROM, under its own last name or under another."""
    catalog, schema, name = [*["", ""], *table.full_name.split(".")][-3:]
    written = exp.table_(name, db=schema or None, catalog=catalog or None)
    for part in written.parts:
        part.set("quoted", not part.name.isidentifier())
    return exp.alias_(written, alias or table.name, table=True, quoted=not (alias or table.name).isidentifier())


def together(columns: Sequence[Column]) -> exp.Expr:
    """One column, or several as one value."""
    written = [column_of(column) for column in columns]
    return written[0] if len(written) == 1 else exp.Tuple(expressions=written)


def _same_name(one: Column, other: Column) -> bool:
    return one.name.lower() == other.name.lower()


def last_of(name: str) -> str:
    """The name of a table without its schema."""
    return name.rpartition(".")[2]
