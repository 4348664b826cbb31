"""Which tables, functions and columns a statement names, and their rewriting for DuckDB."""

from collections.abc import Iterator, Sequence

from sqlglot import exp

from mocks.engines.metastore import information_schema
from mocks.engines.metastore.names import Defaults, Name, named
from mocks.engines.translating.ai_calls import OURS
from mocks.engines.translating.named_functions import BY_NAME
from mocks.engines.translating.not_computed import is_not_computed
from mocks.engines.translating.spark_macros import FUNCTIONS
from mocks.engines.warehouse.sql_error import SqlError, table_not_found, unsupported

# Computed by DuckDB under the same name and with the same meaning, though sqlglot does not know them.
SAME = frozenset(
    {
        "bin",
        "cardinality",
        "try",
        "unnest",
        "grouping_id",
        "make_date",
        "json_extract_string",
        "list_zip",
        "map_entries",
        "map_from_entries",
        "map_keys",
        "map_values",
        "struct_extract",
        "struct_update",
    }
) | {"mean", "printf"}
_TABLE_FUNCTIONS = (exp.Explode, exp.Posexplode, exp.Inline, exp.Unnest, exp.GenerateSeries)


def table_name(table: exp.Expr, defaults: Defaults) -> Name:
    """The full name of a table, function or other object written as a table reference.

    Raises: SqlError
    """
    return dotted(table.parts if isinstance(table, exp.Table) else [table], defaults)


def dotted(parts: Sequence[exp.Expr], defaults: Defaults) -> Name:
    """The full name of identifiers in a row.

    Raises: SqlError
    """
    if not 1 <= len(parts) <= 3 or not all(isinstance(part, exp.Identifier) for part in parts):
        raise unsupported(f"the name {'.'.join(part.sql('databricks') for part in parts)}")
    return named([part.name for part in parts], defaults)


def rewrite(tree: exp.Expr, defaults: Defaults) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """Makes every table, column and function reference one for DuckDB, in place; gives the tables and functions."""
    found: dict[Name, None] = {}
    functions = [_rewrite_function(function, defaults) for function in list(tree.find_all(exp.Anonymous))]
    for table in list(tree.find_all(exp.Table)):
        if table.meta.get("registered"):
            continue
        if not isinstance(table.this, exp.Identifier):
            _check_table_function(table)
        elif not names_a_cte(table):
            name = table_name(table, defaults)
            _point(table, name)
            found[name] = None
    for column in list(tree.find_all(exp.Column)):
        _rewrite_column(column, found, defaults)
    return tuple(found), tuple(name for name in functions if name)


def _point(table: exp.Table, name: Name) -> None:
    if table.meta.get("as_it_was"):
        _replace(table, table.meta["as_it_was"], name)
        return
    if table.args.get("version") or table.args.get("when"):
        raise unsupported("time travel")
    if name.schema == "information_schema":
        _point_at_information_schema(table, name)
        return
    table.set("this", exp.to_identifier(name.object, quoted=True))
    table.set("db", exp.to_identifier(name.namespace, quoted=True))
    table.set("catalog", None)


def _point_at_information_schema(table: exp.Table, name: Name) -> None:
    if name.object not in information_schema.TABLES:
        raise table_not_found(*name)
    _replace(table, information_schema.source(name.catalog, name.object), name)


def _replace(table: exp.Table, source: str, name: Name) -> None:
    """A query of ours in place of the table, under the name by which the statement knows it."""
    query: exp.Expr = exp.maybe_parse(source, dialect="duckdb")
    alias = table.alias or name.object
    table.replace(exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias, quoted=True))))


def names_a_cte(table: exp.Table) -> bool:
    """Whether the reference means a common table expression rather than a table."""
    return len(table.parts) == 1 and table.name.lower() in _visible_ctes(table)


def _visible_ctes(node: exp.Expr) -> Iterator[str]:
    """The names of common table expressions that a reference at this place can mean; each sees only those before it."""
    child: exp.Expr = node
    parent: exp.Expr | None = node.parent
    while parent is not None:
        if isinstance(parent, exp.With):
            yield from _earlier(parent, child)
        elif child is not parent.args.get("with_") and isinstance(parent.args.get("with_"), exp.With):
            yield from (cte.alias.lower() for cte in parent.args["with_"].expressions)
        child, parent = parent, parent.parent


def _earlier(clause: exp.With, current: exp.Expr) -> Iterator[str]:
    for cte in clause.expressions:
        if cte is current and not clause.args.get("recursive"):
            return
        yield cte.alias.lower()
        if cte is current:
            return


def _rewrite_column(column: exp.Column, tables: dict[Name, None], defaults: Defaults) -> None:
    """`catalog.schema.table.column` and `schema.table.column` become `"catalog.schema".table.column`."""
    owner = column.parts[:-1]
    if not 2 <= len(owner) <= 3:
        return
    name = named([part.name for part in owner], defaults)
    if name in tables:
        column.set("table", exp.to_identifier(name.object, quoted=True))
        column.set("db", exp.to_identifier(name.namespace, quoted=True))
        column.set("catalog", None)


def _rewrite_function(function: exp.Anonymous, defaults: Defaults) -> Name | None:
    """Points the call at a macro; gives its name if it is a function of Unity Catalog."""
    name, owner = function.name.lower(), _owner(function)
    if isinstance(function.parent, exp.Table):
        return _rewrite_table_function(function, function.parent, defaults)
    if owner is not None:
        parts = list(owner.flatten()) if isinstance(owner, exp.Dot) else [owner]
        target = dotted([*parts, exp.to_identifier(name)], defaults)
        owner.replace(exp.to_identifier(target.namespace, quoted=True))
        function.set("this", exp.to_identifier(target.object, quoted=True))
        return target
    if is_not_computed(name):
        raise unsupported(f"the function {name}")
    if name in SAME or name in OURS or name in BY_NAME:
        return None
    if name in FUNCTIONS:
        function.replace(_qualified("sandbricks", name, function))
        return None
    target = dotted([exp.to_identifier(name)], defaults)
    function.replace(_qualified(target.namespace, target.object, function))
    return target


def _owner(function: exp.Anonymous) -> exp.Expr | None:
    """What stands before the last dot of `catalog.schema.function(…)`."""
    parent = function.parent
    return parent.this if isinstance(parent, exp.Dot) and parent.expression is function else None


def _qualified(schema: str, name: str, function: exp.Anonymous) -> exp.Dot:
    call = exp.Anonymous(this=exp.to_identifier(name, quoted=True), expressions=function.expressions)
    return exp.Dot(this=exp.to_identifier(schema, quoted=True), expression=call)


def _rewrite_table_function(function: exp.Anonymous, table: exp.Table, defaults: Defaults) -> Name | None:
    name, owner = function.name.lower(), [table.args[level] for level in ("catalog", "db") if table.args.get(level)]
    if is_not_computed(name):
        raise unsupported(f"the table function {name}")
    if name == "range" and not owner:
        _name_column(table, name, "id")
        return None
    if not owner and name in SAME | FUNCTIONS.keys():
        raise table_function_not_found(name)
    target = dotted([*owner, exp.to_identifier(name)], defaults)
    table.set("catalog", None)
    table.set("db", exp.to_identifier(target.namespace, quoted=True))
    function.set("this", exp.to_identifier(target.object, quoted=True))
    return target


def _name_column(table: exp.Table, alias: str, column: str) -> None:
    """The one column has Spark's name, unless the statement gives it another."""
    told = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(alias))
    if not told.columns:
        told.set("columns", [exp.to_identifier(column)])
    table.set("alias", told)


def _check_table_function(table: exp.Table) -> None:
    """Only what makes rows of its arguments; never what reads files."""
    function = table.this
    if isinstance(function, exp.Explode):
        _name_column(table, "explode", "col")
    if isinstance(function, (exp.Anonymous, *_TABLE_FUNCTIONS)):
        return
    name = function.sql_name() if isinstance(function, exp.Func) else function.sql("databricks")
    raise table_function_not_found(name.lower())


def table_function_not_found(name: str) -> SqlError:
    """No table function has that name."""
    return SqlError(
        "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
        f"Could not resolve `{name}` to a table-valued function. Please make sure that `{name}` is defined as a "
        "table-valued "
        "function and that all required parameters are provided correctly.",
        "42883",
    )
