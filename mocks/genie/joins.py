"""How the tables of a space hang together: which rows have exactly one partner in another table."""

from collections import deque
from dataclasses import dataclass

from mocks.genie.refusal import AskBack
from mocks.genie.space import DATE, Column, Join, Space, Table
from mocks.genie.words import stem

_CHECKED = 50


@dataclass(frozen=True)
class Link:
    """Each row of the left table has at most one partner on the right."""

    left: Column
    right: Column


class JoinGraph:
    """The links of a space: those that the curator gave, else those that keys and names show."""

    def __init__(self, space: Space) -> None:
        told = [link for join in space.joins for link in _directed(join)]
        joined = {frozenset((link.left.table, link.right.table)) for link in told}
        inferred = [link for link in _inferred(space) if frozenset((link.left.table, link.right.table)) not in joined]
        self.links = told + inferred

    def path(self, base: Table, target: str) -> list[Link] | None:
        """The shortest way from rows of the base to their one partner in the target.

        Raises: AskBack if there are several equally short ways
        """
        if base.full_name == target:
            return []
        ways: list[list[Link]] = []
        queue: deque[list[Link]] = deque([[link] for link in self.links if link.left.table == base.full_name])
        while queue:
            way = queue.popleft()
            if ways and len(way) > len(ways[0]):
                break
            if way[-1].right.table == target:
                ways.append(way)
            elif len(way) < len({link.left.table for link in self.links}) + 1:
                seen = {base.full_name, *(link.right.table for link in way)}
                queue.extend(
                    [*way, n] for n in self.links if n.left.table == way[-1].right.table and n.right.table not in seen
                )
        return _plainest(ways)


def _plainest(ways: list[list[Link]]) -> list[Link] | None:
    if len(ways) <= 1:
        return ways[0] if ways else None
    plain = [way for way in ways if all(link.left.name.lower() == link.right.name.lower() for link in way)]
    if len(plain) == 1:
        return plain[0]
    options = " or ".join(sorted({f"{way[0].left.name}" for way in ways}))
    raise AskBack(f"These tables are joined in more than one way. Do you mean by {options}?")


def _directed(join: Join) -> list[Link]:
    links = []
    if join.right.unique:
        links.append(Link(join.left, join.right))
    if join.left.unique:
        links.append(Link(join.right, join.left))
    return links


def _inferred(space: Space) -> list[Link]:
    found = []
    for table in space.tables:
        for key in table.columns:
            if key.unique and key.kind != DATE and _is_key(key, table):
                found += [
                    Link(c, key) for c in space.columns() if c.table != table.full_name and _refers(c, key, table)
                ]
    return found


def _is_key(column: Column, table: Table) -> bool:
    name = column.name.lower()
    return name.endswith(("id", "key", "code")) or stem(name) in map(stem, table.name.lower().split("_"))


def _refers(column: Column, key: Column, table: Table) -> bool:
    mine, theirs = column.name.lower(), key.name.lower()
    if column.kind != key.kind:
        return False
    owner = stem(table.name.lower().rpartition("_")[2])
    same = mine == theirs or (theirs in ("id", "key", "code") and stem(mine.removesuffix(f"_{theirs}")) == owner)
    role = theirs not in ("id", "key", "code") and mine.endswith(f"_{theirs}")
    return (same or role) and _contained(column, key)


def _contained(column: Column, key: Column) -> bool:
    if not column.values or not key.values:
        return True
    known = set(key.values)
    return all(value in known for value in column.values[:_CHECKED])
