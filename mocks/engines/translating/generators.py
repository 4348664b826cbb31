"""Functions that make rows of a value: in the SELECT list, after LATERAL VIEW, and in place of a table.

What DuckDB can do itself (`explode` of an array, `posexplode` in the list) stays as it is.
"""

from collections.abc import Callable, Sequence

from sqlglot import exp

from mocks.engines.warehouse.sql_error import SqlError, unsupported

_Names = Sequence[str]
_OUTER: type[exp.Expr] = type(exp.maybe_parse("explode_outer(a)", dialect="databricks"))
_GENERATORS = (exp.Explode, exp.Inline)
_MAPS = (exp.Map, exp.VarMap)
_POSITION, _VALUE = "pos", "col"


def lower(statement: exp.Expr) -> None:
    """Replaces them, in place.

    Raises: SqlError
    """
    for select in list(statement.find_all(exp.Select)):
        _grouped(select)
        _in_list(select)
        for lateral in list(select.args.get("laterals") or ()):
            _view(select, lateral)
    for table in list(statement.find_all(exp.Table, exp.Lateral)):
        _as_table(table)


def _grouped(select: exp.Select) -> None:
    """`GROUP BY a, b WITH ROLLUP` is `GROUP BY ROLLUP(a, b)`."""
    group = select.args.get("group") or exp.Group()
    for how in ("rollup", "cube"):
        told = group.args.get(how)
        if told and not told[0].expressions and group.expressions:
            told[0].set("expressions", group.expressions)
            group.set("expressions", [])


def _in_list(select: exp.Select) -> None:
    generators = [column for column in select.expressions if isinstance(column.unalias(), _GENERATORS)]
    if len(generators) > 1:
        text = "The generator is not supported: only one generator allowed per SELECT clause but found "
        names = [column.unalias().sql("databricks", normalize_functions="lower") for column in generators]
        listed = ", ".join(f'"{name}"' for name in names)
        raise SqlError("UNSUPPORTED_GENERATOR.MULTI_GENERATOR", f"{text}{len(generators)}: {listed}.", "42K0E")
    chosen: list[exp.Expr] = []
    for column in select.expressions:
        names = [name.name for name in column.expressions] if isinstance(column, exp.Aliases) else []
        names = [column.alias] if isinstance(column, exp.Alias) else names
        function = column.this if isinstance(column, (exp.Alias, exp.Aliases)) else column
        if isinstance(function, exp.Inline) and names:
            raise unsupported("other names for the columns of inline in a SELECT list; write it after LATERAL VIEW")
        made = None if _is_known(function, names) else _columns(function, names)
        chosen += [column] if made is None else made
    select.set("expressions", chosen)


def _view(select: exp.Select, lateral: exp.Expr) -> None:
    """`LATERAL VIEW [OUTER] f(x) t AS a, b` as a lateral join."""
    alias = lateral.args["alias"]
    names = [name.name for name in alias.columns]
    if _is_known(lateral.this, names) and not lateral.args.get("outer"):
        return
    made = _columns(lateral.this, names, bool(lateral.args.get("outer")))
    if made is not None:
        select.set("laterals", [one for one in select.args["laterals"] if one is not lateral])
        joined = exp.Lateral(this=_query(made), alias=_alias(lateral.this, alias))
        select.append("joins", exp.Join(this=joined, kind="CROSS"))


def _as_table(table: exp.Expr) -> None:
    """`FROM f(x) AS t(a, b)` and `LATERAL f(x)`, other than a view."""
    is_lateral = isinstance(table, exp.Lateral)
    if table.args.get("view") or (
        not is_lateral and _is_known(table.this, []) and not isinstance(table.this, exp.Posexplode)
    ):
        return
    alias = table.args.get("alias")
    made = _columns(table.this, [name.name for name in alias.columns] if alias else [])
    if made is None:
        return
    named, query = _alias(table.this, alias), _query(made)
    table.replace(exp.Lateral(this=query, alias=named) if is_lateral else exp.Subquery(this=query.this, alias=named))


def _alias(function: exp.Expr, told: exp.Expr | None) -> exp.TableAlias:
    """The name of the table; that of the columns too where the function does not know them."""
    columns = [name.copy() for name in told.columns] if isinstance(told, exp.TableAlias) else []
    name = told.this.copy() if told is not None and told.this else exp.to_identifier("t")
    return exp.TableAlias(this=name, columns=columns if isinstance(function, exp.Inline) else [])


def _query(columns: Sequence[exp.Expr]) -> exp.Subquery:
    return exp.Subquery(this=exp.Select(expressions=list(columns)))


def _is_known(function: exp.Expr, names: _Names) -> bool:
    """What sqlglot writes for DuckDB as it is meant."""
    return type(function) is exp.Posexplode or (
        type(function) is exp.Explode and len(names) < 2 and not isinstance(function.this, _MAPS)
    )


def _columns(function: exp.Expr, names: _Names, outer: bool = False) -> list[exp.Expr] | None:
    """The columns that the function makes, each a list made into rows; nothing if it is no such function."""
    value = function.this
    if isinstance(function, exp.Posexplode):
        value = _or_null(value) if outer else value
        return _named([_positions(value), value], names, [_POSITION, _VALUE])
    if isinstance(function, exp.Explode):
        value = _or_null(value) if outer or isinstance(function, _OUTER) else value
        if len(names) == 2 or isinstance(value, _MAPS):
            return _named([_call("map_keys", value), _call("map_values", value)], names, ["key", "value"])
        return _named([value], names, [_VALUE])
    if isinstance(function, exp.Inline):
        return _inlined(value)
    if isinstance(function, exp.Stack):
        return _stacked(function, names)
    made = _FUNCTIONS.get(function.name.lower()) if isinstance(function, exp.Anonymous) else None
    return made(function.expressions, names) if made else None


def _named(lists: Sequence[exp.Expr], names: _Names, spare: _Names) -> list[exp.Expr]:
    told = names or spare
    if len(told) != len(lists):
        text = f"The number of aliases {len(told)} does not match the number of columns {len(lists)}."
        raise SqlError("UDTF_ALIAS_NUMBER_MISMATCH", text, "42802")
    return [exp.alias_(exp.Explode(this=one.copy()), name) for one, name in zip(lists, told, strict=True)]


def _inlined(value: exp.Expr) -> list[exp.Expr]:
    """The fields of structs under their own names, which are known only when it runs."""
    depth = exp.PropertyEQ(this=exp.to_identifier("max_depth"), expression=exp.Literal.number(2))
    return [_call("unnest", value, depth)]


def _stacked(function: exp.Expr, names: _Names) -> list[exp.Expr]:
    """`stack(2, a, b, c, d)`: two rows of two columns."""
    told = function.expressions
    if not isinstance(function.this, exp.Literal) or not function.this.is_int or not told:
        raise unsupported("stack with a number of rows that is not a constant")
    rows = int(function.this.name)
    width = -(-len(told) // rows)
    cells = [*told, *[exp.Null()] * (rows * width - len(told))]
    lists = [exp.Array(expressions=[cells[row * width + at].copy() for row in range(rows)]) for at in range(width)]
    return _named(lists, names, [f"col{at}" for at in range(width)])


def _json_tuple(arguments: list[exp.Expr], names: _Names) -> list[exp.Expr]:
    value, *fields = arguments
    found = [_call("get_json_object", value, exp.Literal.string(f"$.{field.name}")) for field in fields]
    told = names or [f"c{at}" for at in range(len(fields))]
    return [exp.alias_(one, name) for one, name in zip(found, told, strict=True)]


def _or_null(value: exp.Expr) -> exp.Expr:
    """An empty or missing list makes one row all the same."""
    return _call("or_null", value)


def _positions(value: exp.Expr) -> exp.Expr:
    return _call("positions", value)


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=[one.copy() for one in arguments])


_FUNCTIONS: dict[str, Callable[[list[exp.Expr], _Names], list[exp.Expr]]] = {
    "inline_outer": lambda given, _: _inlined(_or_null(given[0])),
    "json_tuple": _json_tuple,
}
