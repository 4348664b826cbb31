"""Functions over texts, bytes and JSON whose arguments or values are others in Spark than in DuckDB."""

import re
from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating import row_functions
from mocks.engines.translating.duck_templates import made, text_of
from mocks.engines.translating.named_functions import BY_NAME, named, options, typed
from mocks.engines.warehouse.sql_error import SqlError, unsupported

Change = Callable[[exp.Expr], exp.Expr]
_GROUP = re.compile(r"\\(.)|\$(\d)")
_CHARSETS = {"US-ASCII": "ascii", "ISO-8859-1": "latin-1", "UTF-8": "utf-8", "UTF-16BE": "utf-16-be"}
_CHARSETS |= {"UTF-16LE": "utf-16-le", "UTF-16": "utf-16", "UTF-32": "utf-32"}
_CUBE_ROOT = "CASE WHEN round(cbrt(_0)) ** 3 = _0 THEN round(cbrt(_0)) ELSE cbrt(_0) END"
_TEXT = (
    "CASE WHEN typeof(_0) = 'BLOB' THEN error('[UNSUPPORTED_FEATURE] The sandbox does not support functions of texts "
    "over BINARY. SQLSTATE: 0A000') ELSE CAST(_0 AS VARCHAR) END"
)
_TOLERANT = {"PERMISSIVE", ""}


def _charset(node: exp.Expr) -> str:
    told = (text_of(node.args.get("charset")) or "UTF-8").upper()
    if told not in _CHARSETS:
        text = (
            f"The value of parameter(s) `charset` is invalid: expects one of {', '.join(sorted(_CHARSETS))}, but got "
        )
        raise SqlError("INVALID_PARAMETER_VALUE.CHARSET", f"{text}{told}.", "22023")
    return _CHARSETS[told]


def _encoded(node: exp.Expr) -> exp.Expr:
    charset = _charset(node)
    if charset == "utf-8":
        return made("encode(CAST(_0 AS VARCHAR))", node.this)
    return named(row_functions.ENCODE, made("CAST(_0 AS VARCHAR)", node.this), exp.Literal.string(charset))


def _decoded(node: exp.Expr) -> exp.Expr:
    charset = _charset(node)
    if charset == "utf-8":
        return made("decode(_0)", node.this)
    return named(row_functions.DECODE, node.this, exp.Literal.string(charset))


def _sha2(node: exp.Expr) -> exp.Expr:
    length = text_of(node.args.get("length")) or "256"
    if length in ("0", "256"):
        return made("sha256(_0)", node.this)
    return named(row_functions.SHA2, node.this, exp.Literal.number(length))


def _levenshtein(node: exp.Expr) -> exp.Expr:
    """With a threshold, -1 for what is farther apart."""
    most = node.args.get("ins_cost")
    if most is None:
        return node
    text = "CASE WHEN levenshtein(_0, _1) <= _2 THEN levenshtein(_0, _1) ELSE -1 END"
    return made(text, node.this, node.expression, most)


def _replaced(node: exp.Expr) -> exp.Expr:
    if node.args.get("replacement") is None:
        node.set("replacement", exp.Literal.string(""))
    return node


def _regexp_replaced(node: exp.Expr) -> exp.Expr:
    """`$1` of Java is `\\1` of RE2."""
    new = node.args.get("replacement")
    if isinstance(new, exp.Literal):
        node.set("replacement", exp.Literal.string(_GROUP.sub(lambda at: f"\\{at[2]}" if at[2] else at[1], new.name)))
    elif new is not None:
        node.set("replacement", made(r"regexp_replace(_0, '\$(\d)', '\\\1', 'g')", new))
    return node


def _json_part(node: exp.Expr) -> exp.Expr:
    """A text that is no JSON has no parts."""
    if isinstance(node.this, (exp.Column, exp.Literal, exp.Cast)):
        node.set("this", exp.TryCast(this=node.this.copy(), to=exp.DataType.build("JSON")))
    return node


def _to_json(node: exp.Expr) -> exp.Expr:
    return named(row_functions.TO_JSON, *typed(node.this), options(node.args.get("options")))


def _from_json(node: exp.Expr) -> exp.Expr:
    told = node.expression
    if isinstance(told, (exp.Dot, exp.Anonymous)):
        told = _schema_of_literal(told)
    schema = text_of(told)
    if schema is None:
        raise unsupported("from_json with a schema that is no literal")
    for pair in _literal_pairs(node.args.get("options")):
        if pair[0].lower() != "mode" or pair[1].upper() not in _TOLERANT:
            raise unsupported(f"the option {pair[0]} of from_json")
    text = schema if re.match(r"\s*(STRUCT|ARRAY|MAP)\s*<", schema, re.IGNORECASE) else f"STRUCT<{schema}>"
    kind = exp.DataType.build(text, dialect="databricks")
    return exp.TryCast(this=exp.TryCast(this=node.this, to=exp.DataType.build("JSON")), to=kind)


def _literal_pairs(told: exp.Expr | None) -> list[tuple[str, str]]:
    if told is None:
        return []
    if not isinstance(told, (exp.VarMap, exp.Map)):
        raise unsupported("options that are no map of literals")
    pairs = zip(told.args["keys"].expressions, told.args["values"].expressions, strict=True)
    return [(key.name, value.name) for key, value in pairs]


def _schema_of_literal(told: exp.Expr) -> exp.Expr:
    """`schema_of_json('…')`, which is known before the query runs."""
    called = told.expression if isinstance(told, exp.Dot) else told
    sample = text_of(called.expressions[0]) if isinstance(called, exp.Anonymous) and called.expressions else None
    if called.name.lower() != "schema_of_json" or sample is None:
        return told
    return exp.Literal.string(row_functions.json_schema(sample))


def _measured(node: exp.Expr) -> exp.Expr:
    """Of bytes their number; of anything but a text, the characters in which it is written."""
    if isinstance(node.this, exp.HexString):
        return made("octet_length(_0)", node.this)
    return made("length(CAST(_0 AS VARCHAR))", node.this) if isinstance(node.this, exp.Uuid) else node


def _as_text(node: exp.Expr) -> exp.Expr:
    """Spark reads a number or date as the text in which it is written."""
    if not node.this.is_string:
        node.set("this", made(_TEXT, node.this))
    return node


def _part(node: exp.Expr) -> exp.Expr:
    """Position 0 is the first, as 1 is."""
    start = node.args.get("start")
    if isinstance(start, exp.Literal) and start.name == "0":
        node.set("start", exp.Literal.number(1))
    return _as_text(node)


CHANGES: dict[type[exp.Expr], Change] = {
    **dict.fromkeys((exp.Left, exp.Lower, exp.Pad, exp.Right, exp.Upper), _as_text),
    exp.Substring: _part,
    exp.Cbrt: lambda node: made(_CUBE_ROOT, node.this),
    exp.Decode: _decoded,
    exp.Encode: _encoded,
    exp.FromJson: _from_json,
    exp.JSONExtractScalar: _json_part,
    exp.JSONFormat: _to_json,
    exp.Length: _measured,
    exp.Levenshtein: _levenshtein,
    exp.RegexpReplace: _regexp_replaced,
    exp.Replace: _replaced,
    exp.SHA2: _sha2,
    exp.ToChar: lambda node: BY_NAME["to_char"]([node.this, node.args["format"]]),
    exp.ToNumber: lambda node: BY_NAME["to_number"]([node.this, node.args["format"]]),
    exp.Uuid: lambda node: made("CAST(_0 AS VARCHAR)", node),
}
