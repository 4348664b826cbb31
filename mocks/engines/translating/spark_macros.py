"""Spark's meaning where DuckDB's differs, as macros that DuckDB chooses by the types of the arguments."""

from collections.abc import Sequence

from mocks.engines.metastore.names import literal

_INTEGERS = {"TINYINT": "TINYINT", "SMALLINT": "SMALLINT", "INT": "INTEGER", "BIGINT": "BIGINT"}
_MALFORMED = (
    "'[CAST_INVALID_INPUT] The value ''' || x || ''' of the type \"STRING\" cannot be cast to \"{0}\" because it is "
    "malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed "
    "input and return NULL instead. SQLSTATE: 22018'"
)
_DIVIDE_BY_ZERO = (
    "[DIVIDE_BY_ZERO] Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. "
    "SQLSTATE: 22012"
)


def _to_integer(name: str, kind: str) -> str:
    """A cast to an integer: fractions are cut, not rounded; text must be an integer; a timestamp counts seconds."""
    same = ", ".join(
        f"(x {other}) AS CAST(x AS {kind})"
        for other in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "BOOLEAN")
    )
    text = (
        f"CASE WHEN x IS NULL OR regexp_full_match(trim(x), '[+-]?[0-9]+') THEN CAST(trim(x) AS {kind}) ELSE {{0}} END"
    )
    cut = f"(x FLOAT) AS CAST(trunc(x) AS {kind}), (x DOUBLE) AS CAST(trunc(x) AS {kind})"
    strict = f"{same}, {cut}, (x VARCHAR) AS {text}, (x TIMESTAMPTZ) AS CAST(floor(epoch(x)) AS {kind})"
    lenient = strict.replace("CAST(", "TRY_CAST(").format("NULL")
    return f"""
CREATE OR REPLACE MACRO sandbricks.to_{name.lower()}{strict.format(f"error({_MALFORMED.format(name)})")};
CREATE OR REPLACE MACRO sandbricks.try_{name.lower()}{lenient};
"""


# Functions of Spark that neither sqlglot nor DuckDB knows by that name.
FUNCTIONS = {
    "all_of": "(a) AS CASE WHEN list_contains(a, false) THEN false WHEN len(list_filter(a, lambda x: x IS NULL)) > 0 "
    "THEN NULL ELSE a IS NOT NULL END",
    "any_of": "(a) AS CASE WHEN list_contains(a, true) THEN true WHEN a IS NULL "
    "OR len(list_filter(a, lambda x: x IS NULL)) > 0 THEN NULL ELSE false END",
    "array_contains": "(a, v) AS CASE WHEN a IS NULL OR v IS NULL THEN NULL WHEN list_contains(a, v) THEN true "
    "WHEN len(list_filter(a, lambda x: x IS NULL)) > 0 THEN NULL ELSE false END",
    "array_remove": "(a, v) AS CASE WHEN v IS NOT NULL THEN list_filter(a, lambda x: x IS DISTINCT FROM v) END",
    "conv": "(x, a, b) AS sandbricks_conv(CAST(x AS VARCHAR), CAST(a AS INTEGER), CAST(b AS INTEGER))",
    "crc32": "(x) AS sandbricks_crc32(CAST(x AS VARCHAR))",
    "failed": "(x) AS error(x)",
    "getbit": "(x, n) AS CAST((CAST(x AS BIGINT) >> n) & 1 AS TINYINT)",
    "luhn_check": "(x) AS sandbricks_luhn(CAST(x AS VARCHAR))",
    "map_contains_key": "(m, k) AS list_contains(map_keys(m), k)",
    "mask": "(x) AS sandbricks_mask(x, 'X', 'x', 'n', ''), (x, u) AS sandbricks_mask(x, coalesce(u, ''), 'x', 'n', ''),"
    " (x, u, l) AS sandbricks_mask(x, coalesce(u, ''), coalesce(l, ''), 'n', ''), (x, u, l, d) AS"
    " sandbricks_mask(x, coalesce(u, ''), coalesce(l, ''), coalesce(d, ''), ''), (x, u, l, d, o) AS"
    " sandbricks_mask(x, coalesce(u, ''), coalesce(l, ''), coalesce(d, ''), coalesce(o, ''))",
    "or_null": "(x) AS CASE WHEN len(x) > 0 THEN x ELSE [NULL] END",
    "positions": "(x) AS range(0, len(x))",
    "octet_length": "(x BLOB) AS octet_length(x), (x VARCHAR) AS strlen(x)",
    "parse_url": "(u, p, k) AS sandbricks_url_part(u, p, k)",
    "randn": "() AS sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())",
    "regexp_substr": "(x, p) AS CASE WHEN regexp_matches(x, p) THEN regexp_extract(x, p) END",
    "reverse": "(x VARCHAR) AS reverse(x), (x) AS list_reverse(x)",
    "rint": "(x) AS round_even(CAST(x AS DOUBLE), 0)",
    "schema_of_json": "(x) AS sandbricks_json_schema(x)",
    "shuffle": "(a) AS list_transform(list_sort(list_transform(a, lambda x: struct_pack(r := random(), v := x))), "
    "lambda s: s.v)",
    "soundex": "(x) AS sandbricks_soundex(CAST(x AS VARCHAR))",
    "str_to_map": "(x, p, k) AS map_from_entries(list_transform(str_split_regex(x, p), lambda e: struct_pack("
    "k := split_part(e, k, 1), v := CASE WHEN contains(e, k) THEN substr(e, strpos(e, k) + length(k)) END)))",
    "substring_index": "(x, d, n) AS CASE WHEN n = 0 OR d = '' THEN '' "
    "WHEN n > 0 THEN array_to_string(list_slice(string_split(x, d), 1, n), d) "
    "ELSE array_to_string(list_reverse(list_slice(list_reverse(string_split(x, d)), 1, -n)), d) END",
    "try_mod": "(a, b) AS CASE WHEN b <> 0 THEN a % b END",
    "url_decode": "(x) AS url_decode(replace(x, '+', ' '))",
    "version": "() AS '4.0.0 sandbricks'",
    "array_repeat": "(x, n) AS list_transform(range(n), lambda i: x)",
    "array_union": "(a, b) AS sandbricks.array_distinct(list_concat(a, b))",
    "arrays_overlap": "(a, b) AS CASE WHEN list_has_any(a, b) THEN true WHEN len(a) > 0 AND len(b) > 0 AND "
    "(len(list_filter(a, lambda x: x IS NULL)) > 0 OR len(list_filter(b, lambda x: x IS NULL)) > 0) THEN NULL "
    "WHEN a IS NOT NULL AND b IS NOT NULL THEN false END",
    "bigint": "(x) AS CAST(sandbricks.any_integer(x) AS BIGINT)",
    "bround": "(x) AS round_even(x, 0), (x, d) AS round_even(x, d)",
    "btrim": "(x) AS trim(x), (x, y) AS trim(x, y)",
    "decimal": "(x) AS CAST(x AS DECIMAL(10, 0))",
    "e": "() AS exp(1)",
    "every": "(x) AS bool_and(x)",
    "expm1": "(x) AS exp(x) - 1",
    "find_in_set": "(x, s) AS coalesce(list_position(string_split(s, ','), x), 0)",
    "get": "(a, i) AS a[i + 1]",
    "get_json_object": "(x, p) AS json_extract_string(TRY_CAST(x AS JSON), p)",
    "is_variant_null": "(x) AS json_type(x) = 'NULL'",
    "monotonically_increasing_id": "() AS row_number() OVER () - 1",
    "nanvl": "(a, b) AS CASE WHEN isnan(CAST(a AS DOUBLE)) THEN b ELSE a END",
    "to_variant_object": "(x) AS to_json(x)",
    "try_avg": "(x) AS avg(x)",
    "try_parse_json": "(x) AS TRY_CAST(x AS JSON)",
    "try_sum": "(x) AS sum(x)",
    "width_bucket": "(x, a, b, n) AS CASE WHEN x < a THEN 0 WHEN x >= b THEN n + 1 "
    "ELSE CAST(floor((x - a) / (b - a) * n) AS BIGINT) + 1 END",
    "hypot": "(a, b) AS sqrt(a * a + b * b)",
    "isnotnull": "(x) AS x IS NOT NULL",
    "isnull": "(x) AS x IS NULL",
    "log1p": "(x) AS ln(1 + x)",
    "nullifzero": "(x) AS nullif(x, 0)",
    "pmod": "(a, b) AS ((a % b) + b) % b",
    "positive": "(x) AS x",
    "raise_error": "(x) AS error('[USER_RAISED_EXCEPTION] ' || x || ' SQLSTATE: P0001')",
    "regexp": "(x, p) AS regexp_matches(x, p)",
    "smallint": "(x) AS CAST(sandbricks.any_integer(x) AS SMALLINT)",
    "some": "(x) AS bool_or(x)",
    "std": "(x) AS stddev(x)",
    "timestamp_micros": "(x) AS to_timestamp(x / 1000000)",
    "timestamp_millis": "(x) AS to_timestamp(x / 1000)",
    "timestamp_seconds": "(x) AS to_timestamp(x)",
    "tinyint": "(x) AS CAST(sandbricks.any_integer(x) AS TINYINT)",
    "url_encode": "(x) AS replace(url_encode(x), '%20', '+')",
    "weekday": "(x) AS isodow(CAST(x AS DATE)) - 1",
    "zeroifnull": "(x) AS coalesce(x, 0)",
}

_SECONDS = (
    "strftime({0}, '%Y-%m-%d %H:%M:%S') || "
    "rtrim(CASE WHEN {0} = date_trunc('second', {0}) THEN '' ELSE strftime({0}, '.%f') END, '0')"
)
# A double as Java prints it, made of DuckDB's shortest text: plain from 1e-3 up to 1e7, otherwise 1.0E10.
_JAVA = """
CREATE OR REPLACE MACRO sandbricks.java_exponent(t) AS CASE
    WHEN contains(t, 'e') THEN CAST(split_part(t, 'e', 2) AS INTEGER)
    WHEN split_part(t, '.', 1) <> '0' THEN length(split_part(t, '.', 1)) - 1
    ELSE length(ltrim(split_part(t, '.', 2), '0')) - length(split_part(t, '.', 2)) - 1 END;
CREATE OR REPLACE MACRO sandbricks.java_digits(t) AS ltrim(replace(split_part(t, 'e', 1), '.', ''), '0');
CREATE OR REPLACE MACRO sandbricks.java_scientific(t) AS left(sandbricks.java_digits(t), 1) || '.' ||
    coalesce(nullif(rtrim(substr(sandbricks.java_digits(t), 2), '0'), ''), '0') || 'E' || sandbricks.java_exponent(t);
CREATE OR REPLACE MACRO sandbricks.java_text(t) AS CASE t WHEN 'nan' THEN 'NaN' WHEN 'inf' THEN 'Infinity'
    WHEN '-inf' THEN '-Infinity' ELSE CASE WHEN TRY_CAST(t AS DOUBLE) = 0 OR abs(TRY_CAST(t AS DOUBLE)) >= 1e-3
    AND abs(TRY_CAST(t AS DOUBLE)) < 1e7 THEN t ELSE CASE WHEN t[1] = '-' THEN '-' ELSE '' END ||
    sandbricks.java_scientific(ltrim(t, '-')) END END;
"""
_DATES = """
CREATE OR REPLACE MACRO sandbricks.dates(a, b, i) AS
    list_transform(generate_series(CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP), i), lambda d: CAST(d AS DATE));
"""
MACROS = (
    _JAVA
    + _DATES
    + "".join(_to_integer(name, kind) for name, kind in _INTEGERS.items())
    + f"""
CREATE OR REPLACE MACRO sandbricks.to_string(x TIMESTAMPTZ) AS {_SECONDS.format("x")},
    (x TIMESTAMP) AS {_SECONDS.format("x")}, (x DATE) AS CAST(x AS VARCHAR),
    (x) AS CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN sandbricks.java_text(CAST(x AS VARCHAR))
    WHEN typeof(x) = 'JSON' THEN json_extract_string(TRY_CAST(CAST(x AS VARCHAR) AS JSON), '$')
    ELSE CAST(x AS VARCHAR) END;
CREATE OR REPLACE MACRO sandbricks.path(x JSON, p) AS json_extract(x, p), (x VARCHAR, p) AS json_extract_string(x, p);
CREATE OR REPLACE MACRO sandbricks.any_integer(x) AS CASE WHEN contains(CAST(x AS VARCHAR), 'e')
    THEN CAST(trunc(CAST(x AS DOUBLE)) AS HUGEINT) ELSE CAST(split_part(CAST(x AS VARCHAR), '.', 1) AS HUGEINT) END;
CREATE OR REPLACE MACRO sandbricks.any_string(x) AS
    CASE WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN sandbricks.java_text(CAST(x AS VARCHAR)) ELSE
    regexp_replace(CAST(x AS VARCHAR), '^(\\d{{4}}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?)\\+00$', '\\1') END;
CREATE OR REPLACE MACRO sandbricks.minus(a DATE, b DATE) AS to_days(CAST(a - b AS INTEGER)), (a, b) AS a - b,
    (a, b, x DATE, y DATE) AS to_days(CAST(a - b AS INTEGER)), (a, b, x, y) AS a - b;
CREATE OR REPLACE MACRO sandbricks.sequence(a DATE, b DATE) AS sandbricks.dates(a, b, INTERVAL 1 DAY),
    (a DATE, b DATE, i INTERVAL) AS sandbricks.dates(a, b, i), (a, b) AS CASE WHEN a <= b THEN generate_series(a, b)
    ELSE generate_series(a, b, -1) END, (a, b, i) AS generate_series(a, b, i);
CREATE OR REPLACE MACRO sandbricks.shifted(x DATE, i INTERVAL) AS CAST(x + i AS DATE),
    (x TIMESTAMP, i INTERVAL) AS x + i, (x TIMESTAMPTZ, i INTERVAL) AS x + i,
    (x VARCHAR, i INTERVAL) AS CAST(x AS TIMESTAMPTZ) + i;
CREATE OR REPLACE MACRO sandbricks.unix_timestamp(x) AS CAST(floor(epoch(CAST(x AS TIMESTAMPTZ))) AS BIGINT);
CREATE OR REPLACE MACRO sandbricks.typeof(x) AS sandbricks_type(typeof(x));
CREATE OR REPLACE MACRO main.sandbricks_is_struct(x) AS starts_with(typeof(x), 'STRUCT');
CREATE OR REPLACE MACRO sandbricks.array_distinct(a) AS list_filter(a, lambda x, i: list_position(a, x) = i);
CREATE OR REPLACE MACRO sandbricks.months_between(a, b) AS (year(a) - year(b)) * 12 + month(a) - month(b) +
    CASE WHEN day(a) = day(b) OR (last_day(a) = CAST(a AS DATE) AND last_day(b) = CAST(b AS DATE)) THEN 0.0
    ELSE round((day(a) - day(b) + (epoch(a) % 86400 - epoch(b) % 86400) / 86400) / 31, 8) END;
CREATE OR REPLACE MACRO sandbricks.divided(a, b) AS a / CASE WHEN b = 0 THEN error('{_DIVIDE_BY_ZERO}') ELSE b END;
"""
)
MACROS += "".join(f'CREATE OR REPLACE MACRO sandbricks."{name}"{body};\n' for name, body in FUNCTIONS.items())
CASTS = {**{name: f"to_{name.lower()}" for name in _INTEGERS}, "STRING": "to_string"}
TRY_CASTS = {name: f"try_{name.lower()}" for name in _INTEGERS}


def callers(owner: str, groups: Sequence[str]) -> str:
    """Who asks, and the groups of that user, for views and functions that are told so when they run."""
    listed = f"CAST([{', '.join(map(literal, groups))}] AS VARCHAR[])"
    return f"""
CREATE OR REPLACE MACRO sandbricks.caller() AS coalesce(getvariable('sandbricks_user'), {literal(owner)});
CREATE OR REPLACE MACRO sandbricks.caller_groups() AS coalesce(getvariable('sandbricks_groups'), {listed});
"""
