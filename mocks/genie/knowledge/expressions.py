"""SQL that a curator named: expressions become columns to ask by, and every piece names its columns' tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.genie.knowledge.space import TEXT, Column, Snippet, Table

EXPRESSIONS = "expressions"
_MOST_VALUES = 100


def qualified(snippets: Sequence[Snippet], tables: Sequence[Table]) -> Iterator[Snippet]:
    """The pieces with the table before each column that is in one table only."""
    for snippet in snippets:
        tree = _parsed(snippet.sql)
        for node in list(tree.find_all(exp.Column)) if tree is not None else ():
            owners = [table for table in tables if table.column(node.name) is not None]
            if not node.table and len(owners) == 1:
                node.set("table", exp.to_identifier(owners[0].name, quoted=not owners[0].name.isidentifier()))
        yield snippet if tree is None else replace(snippet, sql=tree.sql("databricks"))


def with_expressions(tables: tuple[Table, ...], snippets: Sequence[Snippet], warehouse: Warehouse) -> tuple[Table, ...]:
    """The tables with a column more for each expression over the columns of one of them."""
    more = [column for snippet in snippets for column in _column(snippet, tables, warehouse)]
    return tuple(
        replace(table, columns=(*table.columns, *(c for c in more if c.table == table.full_name))) for table in tables
    )


def _column(snippet: Snippet, tables: Sequence[Table], warehouse: Warehouse) -> Iterator[Column]:
    tree = _parsed(snippet.sql) if snippet.kind == EXPRESSIONS and snippet.names else None
    if tree is None or tree.find(exp.AggFunc, exp.Query):
        return
    owners = {node.table.lower() for node in tree.find_all(exp.Column)}
    table = next((one for one in tables if owners == {one.name.lower()}), None)
    values = _values(tree, table, warehouse) if table is not None else None
    if table is not None and values is not None:
        names = tuple(name.replace("_", " ") for name in snippet.names)
        few = values if len(values) <= _MOST_VALUES else ()
        yield Column(
            table.full_name, snippet.names[0], TEXT, names[1:], values=few, spoken=names[0], formula=snippet.sql
        )


def _values(tree: exp.Expr, table: Table, warehouse: Warehouse) -> tuple[str, ...] | None:
    """The different values of an expression, and one more than are wanted if there are so many; nothing if it fails."""
    source = exp.to_table(table.full_name, dialect="databricks").as_(table.name)
    query = exp.select(tree.copy()).distinct().from_(source).limit(_MOST_VALUES + 1)
    try:
        rows = warehouse.run(query.sql("databricks"), read_only=True).rows()
    except SqlError:
        return None
    return tuple(sorted(value for (value,) in rows if value))


def _parsed(sql: str) -> exp.Expr | None:
    try:
        return parse_one(sql, read="databricks")
    except SqlglotError:
        return None
