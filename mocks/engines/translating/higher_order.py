"""Functions that take a lambda of two arguments or a type in a text, made into what DuckDB can compute."""

from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating.duck_templates import made
from mocks.engines.warehouse.sql_error import unsupported

_ENTRY = "sandbricks_entry"
_Lower = Callable[[list[exp.Expr]], exp.Expr]


def lower(statement: exp.Expr) -> None:
    """Replaces their calls, in place, the innermost first."""
    for call in reversed(list(statement.find_all(exp.Anonymous))):
        change = _FUNCTIONS.get(call.name.lower())
        if change is not None:
            call.replace(change(call.expressions))
    for sort in reversed(list(statement.find_all(exp.ArraySort))):
        if isinstance(sort.expression, exp.Lambda):
            _compared(sort)


def _pair(lambda_: exp.Expr, first: exp.Expr, second: exp.Expr) -> exp.Expr:
    """The body of `(a, b) -> …` with what stands for a and for b."""
    return _filled(lambda_, [first, second])


def _filled(lambda_: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    if not isinstance(lambda_, exp.Lambda) or len(lambda_.expressions) != len(values):
        raise unsupported(f"a function in place of a lambda of {len(values)} arguments")
    parts = dict(zip((name.name.lower() for name in lambda_.expressions), values, strict=True))

    def replaced(node: exp.Expr) -> exp.Expr:
        is_name = isinstance(node, exp.Column) and not node.table
        alone = isinstance(node, exp.Identifier) and not isinstance(node.parent, (exp.Column, exp.Dot, exp.Lambda))
        return parts[node.name.lower()].copy() if (is_name or alone) and node.name.lower() in parts else node

    body: exp.Expr = lambda_.this.transform(replaced)
    return body


def _field(name: str) -> exp.Expr:
    return exp.Dot(this=exp.column(_ENTRY), expression=exp.to_identifier(name))


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _each(body: exp.Expr) -> exp.Expr:
    return exp.Lambda(this=body, expressions=[exp.to_identifier(_ENTRY)])


def _struct(key: exp.Expr, value: exp.Expr) -> exp.Expr:
    parts = (("k", key), ("v", value))
    named = [exp.PropertyEQ(this=exp.to_identifier(name), expression=part) for name, part in parts]
    return exp.Struct(expressions=named)


def _over_entries(make: Callable[[exp.Expr], exp.Expr], how: type[exp.Expr]) -> _Lower:
    def change(arguments: list[exp.Expr]) -> exp.Expr:
        if len(arguments) != 2:
            raise unsupported("this number of arguments")
        source, lambda_ = arguments
        body = _pair(lambda_, _field("key"), _field("value"))
        changed = how(this=_call("map_entries", source), expression=_each(make(body)))
        return _call("map_from_entries", changed)

    return change


def _zip_with(arguments: list[exp.Expr]) -> exp.Expr:
    if len(arguments) != 3:
        raise unsupported("this number of arguments")
    left, right, lambda_ = arguments
    first, second = (_call("struct_extract", exp.column(_ENTRY), exp.Literal.number(at)) for at in (1, 2))
    return exp.Transform(this=_call("list_zip", left, right), expression=_each(_pair(lambda_, first, second)))


def _forall(arguments: list[exp.Expr]) -> exp.Expr:
    source, lambda_ = arguments
    return _call("all_of", exp.Transform(this=source, expression=lambda_))


def _variant_get(kind: type[exp.Cast]) -> _Lower:
    def change(arguments: list[exp.Expr]) -> exp.Expr:
        variant, path, *told = arguments
        text = _call("json_extract_string", variant, path)
        return kind(this=text, to=exp.DataType.build(told[0].name if told else "STRING", dialect="databricks"))

    return change


def _map_zip_with(arguments: list[exp.Expr]) -> exp.Expr:
    """Every key of either map, and what is made of its two values."""
    if len(arguments) != 3:
        raise unsupported("this number of arguments")
    left, right, lambda_ = arguments
    key = exp.column(_ENTRY)
    values = [exp.Bracket(this=one.copy(), expressions=[key.copy()], safe=True) for one in (left, right)]
    body = _struct(key, _filled(lambda_, [key, *values]))
    ordered = made("list_sort(list_distinct(list_concat(_0, _1)))", _call("map_keys", left), _call("map_keys", right))
    return _call("map_from_entries", exp.Transform(this=ordered, expression=_each(body)))


def _compared(call: exp.Expr) -> None:
    """`array_sort(a, (x, y) -> …)`: each element goes where the number of those before it says."""
    array, lambda_ = call.this, call.expression
    x, y = (exp.column(name) for name in ("sandbricks_x", "sandbricks_y"))
    order = exp.Paren(this=_filled(lambda_, [y, x]))
    same = made("_0 = 0 AND sandbricks_j < sandbricks_i", order)
    before = made("len(list_filter(_0, lambda sandbricks_y, sandbricks_j: _1 < 0 OR _2))", array, order, same)
    made_ = made(
        "list_transform(list_sort(list_transform(_0, lambda sandbricks_x, sandbricks_i: struct_pack(p := _1, v := "
        "sandbricks_x))), lambda sandbricks_e: struct_extract(sandbricks_e, 'v'))",
        *(array, before),
    )
    call.replace(made_)


_FUNCTIONS: dict[str, _Lower] = {
    "map_zip_with": _map_zip_with,
    "forall": _forall,
    "map_filter": _over_entries(lambda body: body, exp.ArrayFilter),
    "try_variant_get": _variant_get(exp.TryCast),
    "variant_get": _variant_get(exp.Cast),
    "transform_values": _over_entries(lambda body: _struct(_field("key"), body), exp.Transform),
    "transform_keys": _over_entries(lambda body: _struct(body, _field("value")), exp.Transform),
    "zip_with": _zip_with,
}
