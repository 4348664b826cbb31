"""Roles in which a thing is referred to: `destination`, a synonym of depots, is the one reference that is called so."""

from dataclasses import replace

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.language.words import stem, stem_set, stems

_HEADS = stem_set("manager supervisor boss superior")
_Roles = dict[tuple[str, tuple[str, ...]], Column]


def with_roles(space: Space, graph: JoinGraph) -> Space:
    """The space, in which a synonym of a thing that tells one reference to it from another is one of that reference."""
    roles = _roles(graph)
    told = {key: column for key, column in roles.items() if key[1] in _names(space.table(key[0]))} | _heads(
        space, graph
    )
    return replace(space, tables=tuple(_table(table, told) for table in space.tables)) if told else space


def _heads(space: Space, graph: JoinGraph) -> _Roles:
    """`boss`, whatever the one column is called that says who stands above whom; none of what something is called."""
    above = [n.left for n in graph.own if _HEADS & {*stems(n.left.spoken), *stems(n.left.description)}]
    called = {word for table in space.tables for word in stems(table.spoken)}
    called |= {word for column in space.columns() for word in stems(column.spoken)}
    return {(c.table, (word,)): c for c in above if len(above) == 1 for word in _HEADS - called}


def _table(table: Table, roles: _Roles) -> Table:
    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if (table.full_name, stems(name)) not in roles)

    def known(column: Column) -> Column:
        mine = tuple(" ".join(words) for (_, words), role in roles.items() if role == column)
        return replace(column, synonyms=(*kept(column.synonyms), *mine))

    return replace(table, columns=tuple(map(known, table.columns)), synonyms=kept(table.synonyms))


def _names(table: Table) -> set[tuple[str, ...]]:
    labels = (name for column in (*table.labels, table.key) if column is not None for name in column.synonyms)
    return {stems(name) for name in (*table.synonyms, *labels)}


def _roles(graph: JoinGraph) -> _Roles:
    """The words that tell one reference from the others of its table to the same thing."""
    found: dict[tuple[str, tuple[str, ...]], list[Column]] = {}
    for link in graph.links:
        ends = link.left.table, link.right.table
        others = [n for n in graph.links if (n.left.table, n.right.table) == ends and n.left != link.left]
        shared = {stem(word) for other in others for word in other.left.spoken.split()}
        for word in {stem(word) for word in link.left.spoken.split()} - shared if others else ():
            found.setdefault((link.right.table, (word,)), []).append(link.left)
    return {key: columns[0] for key, columns in found.items() if len(columns) == 1}
