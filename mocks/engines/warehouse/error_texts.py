"""Complaints of DuckDB whose condition and text in Databricks follow from their own words (docs: error-messages)."""

import re
from typing import NamedTuple

from mocks.engines.warehouse.sql_error import SqlError


class _Known(NamedTuple):
    """A complaint, and what Databricks would say; names in braces stand for the groups of the pattern."""

    pattern: str
    condition: str
    state: str
    text: str


_ANSI = 'If necessary set "ansi_mode" to "false" to bypass this error'
_MALFORMED = (
    'The value \'{value}\' of the type "STRING" cannot be cast to "{type}" because it is malformed. Correct the value '
    "as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead."
)
_KNOWN = (
    _Known(
        r'Column with name "?(?P<name>[^"\s]+)"? already exists',
        "COLUMN_ALREADY_EXISTS",
        "42711",
        "The column `{name}` already exists. Choose another name or rename the existing column.",
    ),
    _Known(
        r"More than one row returned by a subquery",
        "SCALAR_SUBQUERY_TOO_MANY_ROWS",
        "21000",
        "More than one row returned by a subquery used as an expression.",
    ),
    _Known(
        r"Set operations can only apply to expressions with the same number",
        "NUM_COLUMNS_MISMATCH",
        "42826",
        "Set operations can only be performed on inputs with the same number of columns.",
    ),
    _Known(
        r"(?P<clause>GROUP|ORDER) (?:BY )?term out of range - should be between 1 and (?P<most>\d+)",
        "{clause}_BY_POS_OUT_OF_RANGE",
        "42805",
        "{clause} BY position is not in select list (valid range is [1, {most}]).",
    ),
    _Known(
        r"MERGE INTO command cannot affect the same target row more than once",
        "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
        "21506",
        "Cannot perform Merge as multiple source rows matched and attempted to modify the same target row in the Delta "
        "table in possibly conflicting ways.",
    ),
    _Known(
        r'Malformed JSON.*?Input: "(?P<value>.*?)"',
        "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
        "22023",
        "Malformed records are detected in record parsing: {value}. Parse Mode: FAILFAST.",
    ),
    _Known(
        r"(?:missing [\])]|missing argument to repetition operator|bad repetition operator|invalid escape sequence|"
        r"unexpected \)|invalid perl operator|no argument for repetition operator|invalid character class.*?): "
        r"(?P<value>.*)",
        "INVALID_PARAMETER_VALUE.PATTERN",
        "22023",
        "The value of parameter(s) `regexp` is invalid: '{value}'.",
    ),
    _Known(
        r'Could not find key "(?P<name>[^"]+)" in struct',
        "FIELD_NOT_FOUND",
        "42704",
        "No such struct field `{name}`.",
    ),
    _Known(
        r"LIMIT/OFFSET cannot be negative",
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
        "42K0E",
        "The limit like expression is invalid. The limit expression must be equal to or greater than 0.",
    ),
    _Known(
        r"Window functions are not supported here",
        "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE",
        "42601",
        "Window function requires an OVER clause.",
    ),
    _Known(
        r"WHERE clause cannot contain (?P<what>aggregates|window functions)",
        "INVALID_WHERE_CONDITION",
        "42903",
        "The WHERE condition contains invalid expressions: {what}. Rewrite the query to avoid window functions, "
        "aggregate functions, and generator functions in the WHERE clause.",
    ),
    _Known(
        r"aggregate function calls cannot be nested",
        "NESTED_AGGREGATE_FUNCTION",
        "42607",
        "It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the "
        "inner aggregate function in a sub-query.",
    ),
    _Known(
        r"Unimplemented type for cast \((?P<given>\w+).* -> (?P<wanted>\w+)",
        "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
        "42K09",
        'Cannot resolve the cast due to data type mismatch: cannot cast "{given}" to "{wanted}".',
    ),
    _Known(
        r'Casting value "(?P<value>[^"]*)" to type (?P<type>DECIMAL\(\d+,\d+\)) failed: value is out of range',
        "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
        "22003",
        "The {value} cannot be represented as {type}. " + _ANSI + ", and return NULL instead.",
    ),
    _Known(
        r'Could not convert string "(?P<value>.*?)" to (?P<type>DECIMAL\(\d+,\d+\))',
        "CAST_INVALID_INPUT",
        "22018",
        _MALFORMED,
    ),
    _Known(
        r'(?P<type>date|timestamp) field value out of range: "(?P<value>.*?)"',
        "CAST_INVALID_INPUT",
        "22018",
        _MALFORMED,
    ),
    _Known(
        r"extract specifier \"(?P<unit>\w+)\" not recognized",
        "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
        "22023",
        "The value of parameter(s) `unit` is invalid: expects one of the units, but got '{unit}'.",
    ),
)
_PATTERNS = tuple((re.compile(one.pattern, re.DOTALL), one) for one in _KNOWN)
_NAMES = {"INTEGER": "INT", "VARCHAR": "STRING", "BLOB": "BINARY"}


def told(text: str) -> SqlError | None:
    """What Databricks would say, if the complaint is one of these."""
    for pattern, known in _PATTERNS:
        found = pattern.search(text)
        if found is not None:
            parts = {name: _shown(name, value) for name, value in found.groupdict().items()}
            return SqlError(known.condition.format(**parts), known.text.format(**parts), known.state)
    return None


def _shown(name: str, value: str) -> str:
    if name in ("given", "wanted"):
        return _NAMES.get(value, value)
    return value.upper() if name == "type" else value.strip()
