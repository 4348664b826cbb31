"""A space as somebody knows it who may not read some of its tables: their names and columns, but nothing in them."""

from dataclasses import replace

from mocks.genie.knowledge.space import BOOLEAN, TEXT, Column, Join, Space, Table


def concealed(space: Space, hidden: frozenset[str]) -> Space:
    """The space without the values of the hidden tables, whose full names are in lower case."""
    if not hidden:
        return space

    def column(known: Column) -> Column:
        return _unread(known) if known.table.lower() in hidden else known

    def table(known: Table) -> Table:
        return replace(known, columns=tuple(map(column, known.columns)))

    def join(told: Join) -> Join:
        more = tuple((column(left), column(right)) for left, right in told.more)
        return replace(told, left=column(told.left), right=column(told.right), more=more)

    return replace(space, tables=tuple(map(table, space.tables)), joins=tuple(map(join, space.joins)))


def _unread(column: Column) -> Column:
    kind = TEXT if column.kind == BOOLEAN and column.truth else column.kind
    return replace(column, kind=kind, truth="", values=(), keys=frozenset(), unique=False, filled=1.0, variety=1.0)
