"""Functions that take a lambda of two arguments or a type in a text, made into what DuckDB can compute."""

from collections.abc import Callable

from sqlglot import exp

from mocks.engines.sql_error import unsupported

_ENTRY = "sandbricks_entry"
_Lower = Callable[[list[exp.Expr]], exp.Expr]


def lower(statement: exp.Expr) -> None:
    """Replaces their calls, in place, the innermost first."""
    for call in reversed(list(statement.find_all(exp.Anonymous))):
        change = _FUNCTIONS.get(call.name.lower())
        if change is not None:
            call.replace(change(call.expressions))


def _pair(lambda_: exp.Expr, first: exp.Expr, second: exp.Expr) -> exp.Expr:
    """The body of `(a, b) -> …` with what stands for a and for b."""
    if not isinstance(lambda_, exp.Lambda) or len(lambda_.expressions) != 2:
        raise unsupported("a function in place of a lambda of two arguments")
    parts = dict(zip((name.name.lower() for name in lambda_.expressions), (first, second), strict=True))

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


def _tried(name: str) -> _Lower:
    """NULL where the strict function of that name would fail."""

    def change(arguments: list[exp.Expr]) -> exp.Expr:
        strict: exp.Expr = exp.maybe_parse(
            f"{name}({', '.join(one.sql('databricks') for one in arguments)})", dialect="databricks"
        )
        return _call("try", strict)

    return change


_FUNCTIONS: dict[str, _Lower] = {
    "try_to_date": _tried("to_date"),
    "try_to_timestamp": _tried("to_timestamp"),
    "forall": _forall,
    "map_filter": _over_entries(lambda body: body, exp.ArrayFilter),
    "try_variant_get": _variant_get(exp.TryCast),
    "variant_get": _variant_get(exp.Cast),
    "transform_values": _over_entries(lambda body: _struct(_field("key"), body), exp.Transform),
    "transform_keys": _over_entries(lambda body: _struct(body, _field("value")), exp.Transform),
    "zip_with": _zip_with,
}
