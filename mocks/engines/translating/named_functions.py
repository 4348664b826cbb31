"""Functions that sqlglot knows by name only, as expressions of DuckDB and calls of our row functions."""

import json
from collections.abc import Callable, Sequence

from sqlglot import exp

from mocks.engines.translating import java_patterns, number_formats, row_functions
from mocks.engines.translating.date_parts import extracted
from mocks.engines.translating.duck_templates import call, made, text_of
from mocks.engines.warehouse.sql_error import SqlError, unsupported

Arguments = Sequence[exp.Expr]
Build = Callable[[Arguments], exp.Expr]
_ZONED = "CAST(_0 AS TIMESTAMPTZ)"
_NOTHING = exp.Literal.string("{}")


def change(node: exp.Expr) -> exp.Expr:
    """The call in DuckDB's words, if it is one of these.

    Raises: SqlError
    """
    build = BY_NAME.get(node.name.lower()) if not isinstance(node.parent, (exp.Dot, exp.Table)) else None
    if build is None:
        return node
    try:
        return build(node.expressions)
    except (IndexError, ValueError):
        text = f"The `{node.name.lower()}` cannot take {len(node.expressions)} arguments of this kind."
        raise SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", text, "42605") from None


def named(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A call of a function of DuckDB or of one of our row functions."""
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _as(text: str) -> Build:
    """An expression of the arguments, which are counted from 0."""
    return lambda given: made(text, *given)


def _by_count(*texts: str) -> Build:
    """The expression for one argument, for two, and so on."""
    return lambda given: made(texts[len(given) - 1], *given)


def _tried(build: Build) -> Build:
    """NULL where the function would fail."""
    return lambda given: named("TRY", build(given))


def _date_format(given: Arguments) -> exp.Expr:
    return java_patterns.formatted(made(_ZONED, given[0]), given[1])


def _to_timestamp(given: Arguments) -> exp.Expr:
    return made(_ZONED, java_patterns.parsed(given[0], given[1]) if len(given) > 1 else given[0])


def _to_date(given: Arguments) -> exp.Expr:
    return made("CAST(_0 AS DATE)", java_patterns.parsed(given[0], given[1]) if len(given) > 1 else given[0])


def _unix_timestamp(given: Arguments) -> exp.Expr:
    moment = given[0] if given else exp.CurrentTimestamp()
    if len(given) > 1 and text_of(given[0]) is not None:
        moment = java_patterns.parsed(given[0], given[1])
    elif len(given) > 1:  # a date or time needs no pattern
        parsed = java_patterns.parsed(made("CAST(_0 AS VARCHAR)", given[0]), given[1])
        moment = made(
            "CASE WHEN typeof(_0) = 'VARCHAR' THEN CAST(_1 AS TIMESTAMPTZ) ELSE TRY_CAST(CAST(_0 AS VARCHAR) AS "
            "TIMESTAMPTZ) END",
            *(given[0], parsed),
        )
    return made("CAST(floor(epoch(CAST(_0 AS TIMESTAMPTZ))) AS BIGINT)", moment)


def _from_unixtime(given: Arguments) -> exp.Expr:
    pattern = given[1] if len(given) > 1 else exp.Literal.string(java_patterns.DEFAULT)
    return java_patterns.formatted(made("to_timestamp(CAST(_0 AS BIGINT))", given[0]), pattern)


def _to_char(given: Arguments) -> exp.Expr:
    told = text_of(given[1])
    if told is None:
        raise unsupported("to_char with a format that is no literal")
    match told.lower().replace("-", ""):
        case "base64":
            return made("base64(_0)", given[0])
        case "hex":
            return made("hex(_0)", given[0])
        case "utf8":
            return made("decode(_0)", given[0])
    if any(digit in told for digit in "09"):
        number_formats.number_format(told)
        return named(row_functions.TO_CHAR, made("CAST(_0 AS VARCHAR)", given[0]), given[1])
    return _date_format(given)


def _to_number(given: Arguments, strict: bool = True) -> exp.Expr:
    told = text_of(given[1])
    if told is None:
        raise unsupported("to_number with a format that is no literal")
    found = named(row_functions.TO_NUMBER, given[0], given[1])
    kind = number_formats.type_of(told)
    if not strict:
        return made(f"CAST(_0 AS {kind})", found)
    text = (
        "CASE WHEN _0 IS NULL AND _1 IS NOT NULL THEN error('[INVALID_FORMAT.MISMATCH_INPUT] The format is "
        "invalid: ''' || _2 || '''. The input \"STRING\" ''' || _1 || ''' does not match the format. "
        "SQLSTATE: 42601') ELSE _0 END"
    )
    return made(f"CAST({text} AS {kind})", found, given[0], given[1])


def _try_to_binary(given: Arguments) -> exp.Expr:
    form = (text_of(given[1]) or "hex").lower().replace("-", "") if len(given) > 1 else "hex"
    known = {"hex": "TRY(unhex(_0))", "base64": "TRY(from_base64(_0))", "utf8": "encode(_0)"}
    if form not in known:
        raise unsupported(f"try_to_binary with the format '{form}'")
    return made(known[form], given[0])


def _hash(function: str) -> Build:
    def build(given: Arguments) -> exp.Expr:
        seed: exp.Expr = exp.Literal.number(42)
        for value in given:
            seed = named(function, seed, *typed(value))
        return seed

    return build


def typed(value: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The type of a value in DuckDB, and the value as JSON."""
    return made("typeof(_0)", value), made("CAST(to_json(_0) AS VARCHAR)", value)


def options(told: exp.Expr | None) -> exp.Expr:
    """`map('name', 'value')` as a JSON object, patterns of dates as formats.

    Raises: SqlError
    """
    if told is None:
        return _NOTHING.copy()
    if not isinstance(told, (exp.VarMap, exp.Map)):
        raise unsupported("options that are no map of literals")
    pairs = zip(told.args["keys"].expressions, told.args["values"].expressions, strict=True)
    found = {key.name: _format(key.name, value.name) for key, value in pairs}
    return exp.Literal.string(json.dumps(found))


def _format(name: str, value: str) -> str:
    if name.lower() not in ("timestampformat", "dateformat"):
        return value
    return java_patterns.plain_format(value)


def _to_csv(given: Arguments) -> exp.Expr:
    return named(row_functions.TO_CSV, *typed(given[0]), options(given[1] if len(given) > 1 else None))


def _from_csv(given: Arguments) -> exp.Expr:
    told = text_of(given[1])
    if told is None or len(given) > 2:
        raise unsupported("from_csv with options or a schema that is no literal")
    kind = exp.DataType.build(told if told.upper().startswith("STRUCT<") else f"STRUCT<{told}>", dialect="databricks")
    names = exp.Array(expressions=[exp.Literal.string(field.name) for field in kind.expressions])
    found = named(row_functions.CSV_OBJECT, given[0], names, exp.Literal.string(","))
    return exp.TryCast(this=made("CAST(_0 AS JSON)", found), to=kind)


def _is_member(given: Arguments) -> exp.Expr:
    return made("coalesce(list_contains(_0, _1), false)", call("caller_groups"), given[0])


def _date_part(given: Arguments) -> exp.Expr:
    unit = text_of(given[0])
    if unit is None:
        raise unsupported("date_part of a part that is no literal")
    return extracted(unit, given[1])


def _format_number(given: Arguments) -> exp.Expr:
    pattern = given[1]
    if isinstance(pattern, exp.Literal) and pattern.is_string:
        return named(row_functions.JAVA_NUMBER, made("CAST(_0 AS VARCHAR)", given[0]), pattern)
    return made("format('{:,.' || _1 || 'f}', CAST(_0 AS DOUBLE))", given[0], pattern)


def _assert_true(given: Arguments) -> exp.Expr:
    said = exp.Literal.string(f"'{given[0].sql('databricks')}' is not true!") if len(given) == 1 else given[1]
    text = "CASE WHEN _0 THEN NULL ELSE error('[USER_RAISED_EXCEPTION] ' || _1 || ' SQLSTATE: P0001') END"
    return made(text, given[0], said)


_SECONDS = "to_seconds(CAST(_{0} AS DOUBLE))"
BY_NAME: dict[str, Build] = {
    "assert_true": _assert_true,
    "binary": _as("encode(CAST(_0 AS VARCHAR))"),
    "date_format": _date_format,
    "format_number": _format_number,
    "from_csv": _from_csv,
    "from_unixtime": _from_unixtime,
    "hash": _hash(row_functions.HASH),
    **dict.fromkeys(("is_account_group_member", "is_member"), _is_member),
    "json_array_length": _as("json_array_length(TRY_CAST(_0 AS JSON))"),
    "make_dt_interval": _by_count(
        "to_days(CAST(_0 AS INTEGER))",
        "to_days(CAST(_0 AS INTEGER)) + to_hours(_1)",
        "to_days(CAST(_0 AS INTEGER)) + to_hours(_1) + to_minutes(_2)",
        f"to_days(CAST(_0 AS INTEGER)) + to_hours(_1) + to_minutes(_2) + {_SECONDS.format(3)}",
    ),
    "make_ym_interval": _by_count("to_years(_0)", "to_years(_0) + to_months(_1)"),
    "map_concat": lambda given: made(
        "CASE WHEN len(list_distinct(map_keys(_0))) <> _1 THEN error('[DUPLICATED_MAP_KEY] A key is in more than one "
        "of the maps. SQLSTATE: 23505') ELSE _0 END",
        named("map_concat", *given),
        _added([made("cardinality(_0)", one) for one in given]),
    ),
    "percentile_by_frequency": _as(
        "list_aggregate(flatten(list(list_transform(range(_2), lambda i: CAST(_0 AS DOUBLE)))), 'quantile_cont', _1)"
    ),
    "quote": _as("'''' || replace(replace(_0, '\\', '\\\\'), '''', '\\''') || ''''"),
    "schema_of_csv": lambda given: named(row_functions.CSV_SCHEMA, given[0]),
    "schema_of_variant": lambda given: named(row_functions.VARIANT_SCHEMA, made("CAST(_0 AS VARCHAR)", given[0])),
    "shiftrightunsigned": _as(
        "CAST(CASE WHEN _0 >= 0 THEN _0 >> _1 ELSE (CAST(_0 AS HUGEINT) + 18446744073709551616) >> _1 END AS BIGINT)"
    ),
    "to_char": _to_char,
    "to_csv": _to_csv,
    "to_date": _to_date,
    "to_number": _to_number,
    "to_timestamp": _to_timestamp,
    "to_unix_timestamp": _unix_timestamp,
    "to_varchar": _to_char,
    "try_to_date": _tried(_to_date),
    "try_to_number": lambda given: _to_number(given, strict=False),
    "try_to_timestamp": _tried(_to_timestamp),
    "try_to_binary": _try_to_binary,
    "try_url_decode": _as(
        "CASE WHEN NOT contains(regexp_replace(_0, '%[0-9A-Fa-f]{2}', '', 'g'), '%') THEN "
        "url_decode(replace(_0, '+', ' ')) END"
    ),
    "unix_timestamp": _unix_timestamp,
    "vector_cosine_similarity": _as("list_cosine_similarity(_0, _1)"),
    "vector_inner_product": _as("list_inner_product(_0, _1)"),
    "vector_l2_distance": _as("list_distance(_0, _1)"),
    "xxhash64": _hash(row_functions.XXHASH64),
    "date_part": _date_part,
    "datepart": _date_part,
}


def _added(numbers: Arguments) -> exp.Expr:
    total = numbers[0]
    for number in numbers[1:]:
        total = exp.Add(this=total, expression=number)
    return exp.Paren(this=total)
