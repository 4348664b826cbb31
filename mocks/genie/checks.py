"""What SQL that somebody else wrote must keep to before it is run: one query, over the tables of the space alone."""

from collections.abc import Iterator, Set

from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse

LONGEST = 20_000
ROWS, SECONDS = 5_000, 60.0


class Refused(Exception):  # noqa: N818  # an answer to whoever wrote it, not a fault
    """It is not run; the text says why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def checked(sql: str, tables: Set[str], warehouse: Warehouse, user: str) -> str:
    """The query as its syntax tree writes it, once it has run for the user; full names of tables are in lower case.

    Raises: Refused
    """
    query = legal(sql, tables, warehouse)
    try:
        warehouse.run(f"EXPLAIN {query}", read_only=True, user=user)
        warehouse.run(query, read_only=True, row_limit=ROWS, timeout=SECONDS, user=user)
    except SqlError as error:
        raise Refused(error.message) from None
    return query


def legal(sql: str, tables: Set[str], warehouse: Warehouse) -> str:
    """One query that reads nothing but those tables, written anew without its comments.

    Raises: Refused
    """
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    if len(sql) > LONGEST:
        raise Refused(f"A query has at most {LONGEST} characters.")
    try:
        parsed = [tree for tree in sqlglot.parse(sql, read="databricks") if tree is not None]
    except (SqlglotError, RecursionError) as error:
        raise Refused(f"It does not parse: {str(error)[:500]}") from None
    if len(parsed) != 1 or not isinstance(parsed[0], exp.Query):
        raise Refused("Only one SELECT is run; nothing else is.")
    (tree,) = parsed
    for refused in _refused(tree, tables, warehouse):
        raise Refused(refused)
    return tree.sql(dialect="databricks", pretty=True, comments=False)


def _refused(tree: object, tables: Set[str], warehouse: Warehouse) -> Iterator[str]:
    from sqlglot import exp

    assert isinstance(tree, exp.Query)
    if tree.find(exp.DML, exp.DDL, exp.Into, exp.Command, exp.Copy) is not None:
        yield "A query that writes is not run."
    if called := next((str(node.this) for node in tree.find_all(exp.Anonymous) if _reaches_out(node)), None):
        yield f"The function {called} is not run here."
    named = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for name in sorted(named):
        if warehouse.exists(f"main.default.{name}"):
            yield f"The name {name} is that of a table; call the common table expression otherwise."
    known = ", ".join(sorted(tables))
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            yield f"{table.sql(dialect='databricks')[:100]} is no table of this space; it has {known}."
        elif (name := _name(table)) not in tables and not (len(table.parts) == 1 and table.name.lower() in named):
            yield f"{name} is no table of this space; it has {known}."


def _name(table: object) -> str:
    from sqlglot import exp

    from mocks.engines.metastore.names import Defaults
    from mocks.engines.translating.references import table_name

    assert isinstance(table, exp.Table)
    try:
        return table_name(table, Defaults()).full.lower()
    except SqlError:
        return table.sql(dialect="databricks")[:100]


def _reaches_out(call: object) -> bool:
    """Whether a function is one of a schema, or one that asks a model, an index or a file."""
    from sqlglot import exp

    assert isinstance(call, exp.Anonymous)
    name = str(call.this).lower()
    return isinstance(call.parent, exp.Dot) or name.startswith(("ai_", "read_", "vector_", "http_", "remote_"))
