"""Functions and operators to which Spark and DuckDB give different values or types under the same syntax."""

from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating import (
    aggregate_functions,
    array_functions,
    date_parts,
    macro_calls,
    named_functions,
    text_functions,
)
from mocks.engines.translating.duck_templates import call, made
from mocks.engines.translating.spark_macros import CASTS, TRY_CASTS
from mocks.engines.translating.typed_operands import difference, is_typed

Change = Callable[[exp.Expr], exp.Expr]
_INTEGERS = {
    exp.DType.TINYINT: "TINYINT",
    exp.DType.SMALLINT: "SMALLINT",
    exp.DType.INT: "INT",
    exp.DType.BIGINT: "BIGINT",
}
_DAYS = {"DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "DAYS", "WEEKS", "MONTHS", "QUARTERS", "YEARS"}
_EXACT_MONTHS = """
(year(_0) - year(_1)) * 12 + month(_0) - month(_1) + CASE WHEN day(_0) = day(_1) OR (last_day(_0) = CAST(_0 AS DATE)
AND last_day(_1) = CAST(_1 AS DATE)) THEN 0.0
ELSE (day(_0) - day(_1) + (epoch(_0) % 86400 - epoch(_1) % 86400) / 86400) / 31 END
"""
_TRUNC_UNITS = {"MM": "MONTH", "MON": "MONTH", "YY": "YEAR", "YYYY": "YEAR", "DD": "DAY"}


def meaning(statement: exp.Expr, constants: dict[type[exp.Expr], str], typed: bool) -> None:
    """Replaces, in place and from the leaves up, what DuckDB would compute otherwise than Spark."""
    changes = array_functions.CHANGES | text_functions.CHANGES | aggregate_functions.CHANGES
    changes |= macro_calls.CHANGES | _CHANGES | {kind: _constant(value) for kind, value in constants.items()}
    casts = _Casts(typed)
    changes |= {exp.Cast: casts.cast, exp.TryCast: casts.try_cast, exp.Add: casts.shift, exp.Sub: casts.shift}
    for node in reversed(list(statement.dfs())):
        change, parent, digits = changes.get(type(node)), node.parent, node.meta.get("decimal")
        if (change is not None or digits is not None) and parent is not None:
            key, index = node.arg_key, node.index
            changed = change(node) if change is not None else node
            if digits is not None:
                changed = exp.Cast(this=changed.copy(), to=exp.DataType.build(f"DECIMAL({digits[0]}, {digits[1]})"))
            if changed is not node and key is not None:
                parent.set(key, changed, index)


def cast(value: exp.Expr, kind: exp.DType) -> exp.Cast:
    """A cast that DuckDB makes in its own way."""
    return exp.Cast(this=value, to=exp.DataType(this=kind))


class _Casts:
    """Casts and shifts of dates, which depend on the type of their operand."""

    def __init__(self, typed: bool) -> None:
        self._typed = typed

    def cast(self, node: exp.Expr) -> exp.Expr:
        kind, operand = node.args["to"].this, node.this
        if kind is exp.DType.TIMESTAMP:
            return cast(operand, exp.DType.TIMESTAMPTZ)
        if isinstance(operand, exp.Placeholder) or node.meta.get("plain") or _is_whole(operand):
            return node
        if kind in _INTEGERS:
            if self._knows(operand):
                return call(CASTS[_INTEGERS[kind]], operand)
            return cast(call("any_integer", operand), kind)
        if kind is exp.DType.TEXT:
            return call(CASTS["STRING"] if self._knows(operand) else "any_string", operand)
        return node

    def try_cast(self, node: exp.Expr) -> exp.Expr:
        kind, operand = node.args["to"].this, node.this
        if kind is exp.DType.TIMESTAMP:
            return exp.TryCast(this=operand, to=exp.DataType(this=exp.DType.TIMESTAMPTZ))
        if kind in _INTEGERS and self._knows(operand):
            return call(TRY_CASTS[_INTEGERS[kind]], operand)
        return node

    def shift(self, node: exp.Expr) -> exp.Expr:
        """A date plus days stays a date; DuckDB makes a timestamp of it."""
        value, span = node.this, node.expression
        if isinstance(node, exp.Add) and isinstance(value, exp.Interval):
            value, span = span, value
        plain = any(isinstance(side.unnest(), exp.Literal | exp.Interval) for side in (value, span))
        if isinstance(node, exp.Sub) and not plain and self._typed:
            return difference(node)
        if isinstance(span, exp.Interval) and _is_date(value) and _of_days(span):
            return cast(node.copy(), exp.DType.DATE)
        if not isinstance(span, exp.Interval) or isinstance(value, exp.Interval) or not self._knows(value):
            return _of_literals(node)
        if not _of_days(span):
            return node
        return call("shifted", value, exp.Neg(this=span) if isinstance(node, exp.Sub) else span)

    def _knows(self, operand: exp.Expr) -> bool:
        return self._typed and is_typed(operand)


def _is_date(value: exp.Expr) -> bool:
    return isinstance(value, exp.Cast) and value.to.this is exp.DType.DATE


def _of_days(span: exp.Interval) -> bool:
    """Whether it has no hours: `INTERVAL 3 DAYS`, or `INTERVAL '1 YEAR 2 MONTH'`."""
    units = [span.text("unit").upper()] if span.args.get("unit") else span.name.upper().split()[1::2]
    return set(units) <= _DAYS


def _of_literals(node: exp.Expr) -> exp.Expr:
    """`1 + '2'`: a text beside an integer becomes a BIGINT, beside anything else a DOUBLE (sql-ref-datatype-rules)."""
    sides = [side.unnest() for side in (node.this, node.expression)]
    if not all(isinstance(side, exp.Literal) for side in sides):
        return node
    kind = exp.DType.BIGINT if any(side.is_int for side in sides) else exp.DType.DOUBLE
    for key, side in zip(("this", "expression"), sides, strict=True):
        if side.is_string:
            node.set(key, cast(side, kind))
    return node


def _divided_texts(node: exp.Expr) -> exp.Expr:
    for key in ("this", "expression"):
        side = node.args[key].unnest()
        if isinstance(side, exp.Literal) and side.is_string:
            node.set(key, cast(side, exp.DType.DOUBLE))
    return _divide(node)


def _is_whole(operand: exp.Expr) -> bool:
    """Whether a cast of it to an integer is the same everywhere: a text, or a number without fraction."""
    return isinstance(operand, exp.Literal) and (operand.is_string or operand.is_int)


def _constant(value: str) -> Change:
    return lambda _: exp.Literal.string(value)


def _divide(node: exp.Expr) -> exp.Expr:
    divisor = node.expression.unnest()
    number = isinstance(divisor, exp.Literal) and not divisor.is_string
    if node.args.get("safe") or isinstance(divisor, exp.Nullif) or (number and float(divisor.name)):
        return node
    return call("divided", node.this, node.expression)


def _as(kind: exp.DType) -> Change:
    """The same function, its result cast."""
    return lambda node: cast(node, kind)


def _of(kind: exp.DType) -> Change:
    """The same function of its argument cast."""

    def change(node: exp.Expr) -> exp.Expr:
        node.set("this", cast(node.this, kind))
        return node

    return change


def _rounded(node: exp.Expr) -> exp.Expr:
    return node if node.args.get("decimals") or node.args.get("to") else cast(node, exp.DType.BIGINT)


def _short(node: exp.Expr) -> exp.Expr:
    return exp.Left(this=node, expression=exp.Literal.number(3))


def _trunc(node: exp.Expr) -> exp.Expr:
    unit = node.text("unit").upper()
    arguments = [exp.Literal.string(_TRUNC_UNITS.get(unit, unit)), cast(node.this, exp.DType.DATE)]
    return cast(exp.Anonymous(this="date_trunc", expressions=arguments), exp.DType.DATE)


def _truncated(node: exp.Expr) -> exp.Expr:
    unit = node.text("unit").upper()
    node.set("unit", exp.var(_TRUNC_UNITS.get(unit, unit)))
    return cast(_of(exp.DType.TIMESTAMPTZ)(node), exp.DType.TIMESTAMPTZ)


def _from_parts(node: exp.Expr) -> exp.Expr:
    """The last argument, if there is one, is the time zone."""
    zone = node.args.get("nano")
    if zone is None:
        return cast(node, exp.DType.TIMESTAMPTZ)
    node.set("nano", None)
    return made("timezone(_0, _1)", zone, node.copy())


def _add_to_timestamp(node: exp.Expr) -> exp.Expr:
    span = exp.Interval(this=exp.Paren(this=node.expression), unit=node.args["unit"])
    return exp.Paren(this=exp.Add(this=cast(node.this, exp.DType.TIMESTAMPTZ), expression=span))


def _add_months(node: exp.Expr) -> exp.Expr:
    span = exp.Interval(this=exp.Paren(this=node.expression), unit=exp.var("MONTH"))
    return cast(exp.Add(this=cast(node.this, exp.DType.DATE), expression=span), exp.DType.DATE)


def _months_between(node: exp.Expr) -> exp.Expr:
    ends = (cast(end, exp.DType.TIMESTAMPTZ) for end in (node.this, node.expression))
    roundoff = node.args.get("roundoff")
    exact = isinstance(roundoff, exp.Boolean) and not roundoff.this
    return made(_EXACT_MONTHS, *ends) if exact else call("months_between", *ends)


def _date_difference(node: exp.Expr) -> exp.Expr:
    """Days between dates; of any other unit, whole ones only, where DuckDB counts boundaries."""
    unit = node.text("unit").upper() or "DAY"
    is_day = isinstance(node, exp.DateDiff) and unit == "DAY"
    kind = exp.DType.DATE if is_day else exp.DType.TIMESTAMPTZ
    ends = [exp.Literal.string(unit), cast(node.expression, kind), cast(node.this, kind)]
    counted = exp.Anonymous(this="date_diff" if is_day else "date_sub", expressions=ends)
    return cast(counted, exp.DType.INT) if is_day else counted


def _exists(node: exp.Expr) -> exp.Expr:
    if not isinstance(node.expression, exp.Lambda):
        return node
    return call("any_of", exp.Transform(this=node.this, expression=node.expression))


def _formatted(node: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="printf", expressions=[node.this, *node.expressions])


def _path(node: exp.Expr) -> exp.Expr:
    """`value:a.b`, a VARIANT of a VARIANT and a text of a text."""
    return call("path", node.this, node.expression) if node.args.get("variant_extract") else node


def _sequence(node: exp.Expr) -> exp.Expr:
    if isinstance(node.parent, exp.Table):
        return node
    return call("sequence", *(node.args[name] for name in ("start", "end", "step") if node.args.get(name)))


def _from_time_zone(node: exp.Expr) -> exp.Expr:
    return exp.AtTimeZone(this=cast(node.this, exp.DType.TIMESTAMPNTZ), zone=node.args["zone"])


_CHANGES: dict[type[exp.Expr], Change] = {
    exp.AddMonths: _add_months,
    exp.ArrayDistinct: lambda node: call("array_distinct", node.this),
    exp.AtTimeZone: _as(exp.DType.TIMESTAMPTZ),
    exp.Ceil: _rounded,
    exp.Csc: lambda node: made("1 / sin(_0)", node.this),
    exp.DateDiff: _date_difference,
    exp.DateFromUnixDate: _as(exp.DType.DATE),
    exp.DateTrunc: _trunc,
    exp.DayOfWeek: lambda node: exp.Paren(this=exp.Add(this=node, expression=exp.Literal.number(1))),
    exp.Dayname: _short,
    exp.Div: _divided_texts,
    exp.Exists: _exists,
    exp.Extract: date_parts.change,
    exp.Anonymous: named_functions.change,
    exp.Floor: _rounded,
    exp.Format: _formatted,
    exp.FromTimeZone: _from_time_zone,
    exp.GenerateSeries: _sequence,
    exp.Hour: _of(exp.DType.TIMESTAMPTZ),
    exp.JSONExtract: _path,
    exp.LastDay: _of(exp.DType.DATE),
    exp.Minute: _of(exp.DType.TIMESTAMPTZ),
    exp.Monthname: _short,
    exp.Mod: _of_literals,
    exp.MonthsBetween: _months_between,
    exp.Mul: _of_literals,
    exp.NextDay: _of(exp.DType.DATE),
    exp.Quarter: _of(exp.DType.DATE),
    exp.Second: _of(exp.DType.TIMESTAMPTZ),
    exp.Sec: lambda node: made("1 / cos(_0)", node.this),
    exp.Sign: _as(exp.DType.DOUBLE),
    exp.TimestampAdd: _add_to_timestamp,
    exp.TimestampDiff: _date_difference,
    exp.TimestampFromParts: _from_parts,
    exp.TimestampTrunc: _truncated,
    exp.TsOrDsAdd: _as(exp.DType.DATE),
    exp.WidthBucket: lambda node: call("width_bucket", *(value for value in node.args.values() if value is not None)),
    exp.Typeof: lambda node: call("typeof", node.this),
}
