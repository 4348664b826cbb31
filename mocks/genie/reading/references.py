"""By which column a row refers to what is named, where there are several: flights from Athens, staff under Ann Lee."""

from collections.abc import Sequence

from mocks.genie.knowledge.joins import JoinGraph, Link
from mocks.genie.knowledge.space import Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import ABOVE, GOALS, OUT_OF, SOURCES, TOWARDS, UNDER
from mocks.genie.language.words import stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item


class References:
    """The roles in which the values of one question are named."""

    def __init__(self, items: Sequence[Item], graph: JoinGraph) -> None:
        self._items, self._graph = items, graph

    def through(self) -> set[str]:
        """The tables and, as `table.column`, the columns that are named, or said by a direction: `to each city`."""
        named = [(at, item) for at, item in enumerate(self._items) if item.kind == kinds.NAMED and item.meaning]
        columns = [item.column for _, item in named if item.column is not None]
        columns += [link.left for at, item in named for link in self.led(at, table_of(item.meaning))]
        return {table_of(item.meaning) for _, item in named} | {f"{c.table}.{c.name}" for c in columns}

    def led(self, at: int, target: str) -> list[Link]:
        """The roles in which a thing is meant by the words before it: one at most for each table that refers to it."""
        links = [link for link in self._graph.links if link.right.table == target]
        owners = {link.left.table: [n for n in links if n.left.table == link.left.table] for link in links}
        found = [self._directed(roles, at) for roles in owners.values() if len(roles) > 1]
        return [link for link in found if link is not None]

    def link(self, base: Table, at: int) -> Link | None:
        """The link that the value at that place is meant for; nothing where there is no choice, or none is said."""
        value = self._items[at].value
        assert value is not None
        if value.column.table == base.full_name:
            return self._above(base, at) if value.column in base.labels else None
        near = self._near(base, at)
        owner = base if near is None else near
        links = self._graph.roles(owner, value.column.table)
        found = self._named(links, at) or self._directed(links, at)
        if found is None and near is not None and not links:
            single = [
                n for n in self._graph.links if n.left.table == near.full_name and n.right.table == value.column.table
            ]
            found = single[0] if len(single) == 1 else None
        return found

    def _near(self, base: Table, at: int) -> Table | None:
        """`crew on flights to Athens`: the table just before the value, where it is not what the question is about."""
        for item in reversed(self._items[max(0, at - 2) : at]):
            if item.table is not None:
                other = item.table != base and not self._graph.reaches(base, item.table.full_name)
                return item.table if other and self._items[at].before else None
            if item.kind == kinds.NAMED and item.column is None:
                return None
        return None

    def _named(self, links: Sequence[Link], at: int) -> Link | None:
        """`whose destination is Athens`, `origin country Spain`: the nearest column of a role, before or behind."""
        for distance in (1, 2, -1, 3, -2):
            near = self._items[at - distance] if 0 <= at - distance < len(self._items) else None
            found = [link for link in links if near is not None and near.column == link.left]
            if found and near is not None:
                near.used = True
                return found[0]
        return None

    def _directed(self, links: Sequence[Link], at: int) -> Link | None:
        """`to Athens`, `departing from Spain`."""
        said = self._leading(at)
        for words, roles in ((TOWARDS, GOALS), (OUT_OF, SOURCES)):
            found = [n for n in links if words & said and roles & {*stems(n.left.spoken), *stems(n.left.description)}]
            if len(found) == 1:
                return found[0]
        return None

    def _leading(self, at: int) -> set[str]:
        """The words before a thing, past others of its table: `out of airports in Spain`, `to each country`."""
        item, before = self._items[at], self._items[at - 1] if at else None
        said = set(stems(item.before))
        if before is None:
            return said
        same = item.meaning is not None and table_of(before.meaning) == table_of(item.meaning)
        if before.kind in (kinds.BY, kinds.DISTINCT, kinds.COUNT) or same:
            return said | self._leading(at - 1)
        return said | set(stems(before.words)) if before.kind == kinds.UNKNOWN else said

    def _above(self, base: Table, at: int) -> Link | None:
        """`who reports to Ann Lee`, `whose manager is Ann Lee`."""
        own = [link for link in self._graph.own if link.left.table == base.full_name]
        if (found := self._named(own, at)) is not None:
            return found
        near = self._items[max(0, at - 3) : at]
        said = set(stems(" ".join([*(f"{i.before} {i.words}" for i in near), self._items[at].before])))
        leading = [link for link in own if ABOVE & {*stems(link.left.spoken), *stems(link.left.description)}]
        if len(leading) == 1 and UNDER & said:
            for item in near:
                item.used = item.used or bool(UNDER & set(stems(item.words)))
            return leading[0]
        return None
