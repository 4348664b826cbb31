"""Functions that sqlglot knows by a class of their own and DuckDB has not: calls of our macros in their place."""

import re
from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating import row_functions
from mocks.engines.translating.array_functions import within
from mocks.engines.translating.duck_templates import call
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_UNITS = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]
Change = Callable[[exp.Expr], exp.Expr]


def _to(macro: str, *names: str, default: tuple[exp.Expr, ...] = ()) -> Change:
    """The arguments in that order, each told or the default of its place."""

    def change(node: exp.Expr) -> exp.Expr:
        told = [node.args.get(name) for name in names]
        spare = [None] * (len(told) - len(default)) + list(default)
        chosen = [one if one is not None else other for one, other in zip(told, spare, strict=True)]
        return call(macro, *(one.copy() for one in chosen if one is not None))

    return change


def _tried(kind: type[exp.Binary]) -> Change:
    """NULL where the operation would fail."""
    return lambda node: exp.Anonymous(this="TRY", expressions=[kind(this=node.this, expression=node.expression)])


def _elt(node: exp.Expr) -> exp.Expr:
    element = exp.Bracket(this=exp.Array(expressions=node.expressions), expressions=[node.this], offset=1)
    return within(exp.Array(expressions=node.expressions), node.this, element)


def _indexed(node: exp.Expr) -> exp.Expr:
    """`(x, i) -> …`: Spark counts from 0, DuckDB from 1."""
    told = node.expression
    if isinstance(told, exp.Lambda) and len(told.expressions) == 2:
        position = told.expressions[1].name.lower()
        for name in list(told.this.find_all(exp.Column, exp.Identifier)):
            alone = isinstance(name, exp.Column) or not isinstance(name.parent, (exp.Column, exp.Dot))
            if alone and name.name.lower() == position and not name.text("table"):
                less = exp.Sub(this=exp.column(told.expressions[1].name), expression=exp.Literal.number(1))
                name.replace(exp.Paren(this=less))
    return node


def _reduced(node: exp.Expr) -> exp.Expr:
    """A last function over what was accumulated."""
    finish = node.args.get("finish")
    if not isinstance(finish, exp.Lambda):
        return node
    node.set("finish", None)
    over = exp.Transform(this=exp.Array(expressions=[node.copy()]), expression=finish.copy())
    return exp.Bracket(this=over, expressions=[exp.Literal.number(1)], offset=1)


def _split(node: exp.Expr) -> exp.Expr:
    limit = node.args.get("limit")
    if limit is None:
        return node
    arguments = [node.this, node.expression, exp.cast(limit, "INT")]
    return exp.Anonymous(this=row_functions.SPLIT, expressions=arguments)


def _like(node: exp.Expr) -> exp.Expr:
    """A backslash in a pattern escapes; DuckDB wants to be told so."""
    pattern = node.expression
    told = isinstance(node.parent, exp.Escape) or isinstance(pattern, (exp.Tuple, exp.Any, exp.All, exp.Paren))
    if told or (isinstance(pattern, exp.Literal) and "\\" not in pattern.name):
        return node
    return exp.Escape(this=node.copy(), expression=exp.Literal.string("\\"))


def _binary(node: exp.Expr) -> exp.Expr:
    """The bytes that a text writes down in hexadecimal digits, in base64 or in UTF-8."""
    form = node.text("format").lower().replace("-", "") or "hex"
    kinds: dict[str, type[exp.Expr]] = {"hex": exp.Unhex, "base64": exp.FromBase64, "utf8": exp.Encode}
    if form not in kinds:
        raise unsupported(f"to_binary with the format '{form}'")
    made = kinds[form](this=node.this)
    if form == "utf8":
        made.set("charset", exp.Literal.string("utf-8"))
    return made


def _outside_windows(kind: type[exp.Expr]) -> Change:
    """The aggregate of that meaning, where the function of a window cannot stand."""

    def change(node: exp.Expr) -> exp.Expr:
        above = node.parent
        if isinstance(above, (exp.IgnoreNulls, exp.RespectNulls)):
            above = above.parent
        return node if isinstance(above, exp.Window) else kind(this=node.this)

    return change


def _interval(node: exp.Expr) -> exp.Expr:
    """`INTERVAL '1-2' YEAR TO MONTH` and `INTERVAL '3 04:05:06' DAY TO SECOND`, unit by unit."""
    unit = node.args.get("unit")
    if not isinstance(unit, exp.IntervalSpan) or not isinstance(node.this, exp.Literal):
        return node
    text = node.this.name.strip()
    units = _UNITS[_UNITS.index(unit.name.upper()) :]
    units = units[: units.index(unit.expression.name.upper()) + 1]
    numbers = re.split(r"[-\s:]+", text.lstrip("+-"))
    if len(numbers) != len(units):
        raise SqlError("INVALID_INTERVAL_FORMAT", f"The interval string '{text}' is not valid.", "22006")
    sign = "-" if text.startswith("-") else ""
    parts = " ".join(f"{sign}{number} {name}" for number, name in zip(numbers, units, strict=True))
    return exp.Interval(this=exp.Literal.string(parts))


CHANGES: dict[type[exp.Expr], Change] = {
    exp.ArrayContains: _to("array_contains", "this", "expression"),
    exp.ArrayRemove: _to("array_remove", "this", "expression"),
    exp.ArraySize: lambda node: exp.Anonymous(this="cardinality", expressions=[node.this]),
    exp.ArrayFilter: _indexed,
    exp.Elt: _elt,
    exp.FirstValue: _outside_windows(exp.First),
    exp.Getbit: _to("getbit", "this", "expression"),
    exp.Interval: _interval,
    exp.ILike: _like,
    exp.LastValue: _outside_windows(exp.Last),
    exp.Like: _like,
    exp.MapContainsKey: _to("map_contains_key", "this", "key"),
    exp.Nanvl: _to("nanvl", "this", "expression"),
    exp.Negative: lambda node: exp.Neg(this=exp.Paren(this=node.this)),
    exp.ParseUrl: _to("parse_url", "this", "part_to_extract", "key", default=(exp.Literal.string(""),)),
    exp.Randn: lambda _: call("randn"),
    exp.Rand: lambda node: exp.Rand(),  # noqa: ARG005  # DuckDB seeds no single call
    exp.Reduce: _reduced,
    exp.RegexpSplit: _split,
    exp.RegexpSubstr: _to("regexp_substr", "this", "expression"),
    exp.Reverse: _to("reverse", "this"),
    exp.Rint: _to("rint", "this"),
    exp.SafeAdd: _tried(exp.Add),
    exp.SafeMultiply: _tried(exp.Mul),
    exp.SafeSubtract: _tried(exp.Sub),
    exp.Shuffle: _to("shuffle", "this"),
    exp.Soundex: _to("soundex", "this"),
    exp.StrToMap: _to(
        "str_to_map",
        *("this", "pair_delim", "key_value_delim"),
        default=(exp.Literal.string(","), exp.Literal.string(":")),
    ),
    exp.SubstringIndex: _to("substring_index", "this", "delimiter", "count"),
    exp.ToBinary: _binary,
    exp.Transform: _indexed,
}
