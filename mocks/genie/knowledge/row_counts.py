"""Curated measures that only count the rows of a table: what they are called are further names of its rows."""

from dataclasses import replace

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.space import Snippet, Space, Table


def with_row_counts(space: Space) -> Space:
    """The space, where `visits`, a measure that counts check-ins, names these: none, each and when are said of rows."""
    found = {snippet: table for snippet in space.snippets if (table := _counted(snippet, space)) is not None}
    if not found:
        return space
    tables = tuple(replace(table, synonyms=(*table.synonyms, *_names(table, found))) for table in space.tables)
    return replace(space, tables=tables, snippets=tuple(s for s in space.snippets if s not in found))


def _names(table: Table, found: dict[Snippet, Table]) -> list[str]:
    names = [name for snippet, counted in found.items() if counted == table for name in snippet.names]
    known = {table.spoken.lower(), *map(str.lower, table.synonyms)}
    return [name for name in dict.fromkeys(names) if name.lower() not in known]


def _counted(snippet: Snippet, space: Space) -> Table | None:
    """The table whose key it counts, each row once."""
    if snippet.kind != "measures":
        return None
    try:
        tree = parse_one(snippet.sql, read="databricks")
    except SqlglotError:
        return None
    column = tree.this if isinstance(tree, exp.Count) and not tree.expressions else None
    column = column.expressions[0] if isinstance(column, exp.Distinct) and len(column.expressions) == 1 else column
    if not isinstance(column, exp.Column) or not column.table:
        return None
    home = [table for table in space.tables if table.name.lower() == column.table.lower()]
    key = home[0].key if len(home) == 1 else None
    return home[0] if key is not None and key.name.lower() == column.name.lower() else None
