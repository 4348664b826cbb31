"""DuckDB's complaints in the words of Databricks; nothing of DuckDB's own names is let through."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import duckdb

from mocks.engines.metastore.names import Name, backticked
from mocks.engines.translating import array_fields
from mocks.engines.translating.dialect import Translated
from mocks.engines.warehouse import error_texts, sql_error
from mocks.engines.warehouse.duck import DATABASE
from mocks.engines.warehouse.sql_error import SqlError

_RAISED = re.compile(r"\[(?P<condition>[A-Z_.]+)\] (?P<text>.*?) SQLSTATE: (?P<state>\w{5})$", re.DOTALL)
_NOISE = re.compile(r"\n\s*LINE \d+:.*", re.DOTALL)
_HINT = re.compile(r"\n+(Did you mean|Candidate|\s*Candidate|Either add|Use TRY).*", re.DOTALL)
_NAMESPACE = re.compile(r'"?([^\s".]+)\.([^\s".]+)"?\."?([^\s"]+)"?')

_Explain = Callable[[re.Match[str], Sequence[Name]], SqlError]


def explain(error: duckdb.Error, tables: Sequence[Name] = (), functions: Sequence[Name] = ()) -> SqlError:
    """The condition that Databricks would report for a statement that names these tables and functions."""
    text = str(error)
    raised = _RAISED.search(text)
    if raised:
        return SqlError(raised["condition"], raised["text"], raised["state"])
    for pattern, tell in _KNOWN:
        match = pattern.search(text)
        if match:
            return tell(match, functions if tell is _routine else tables)
    return error_texts.told(text) or _by_class(error, _clean(text))


@contextmanager
def explaining(statement: Translated) -> Iterator[None]:
    """Tells what DuckDB complains of in the words of Databricks; an interrupt is left to whoever caused it.

    Raises: SqlError
    """
    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise explain(error, statement.tables, statement.functions) from error


def _by_class(error: duckdb.Error, text: str) -> SqlError:
    if isinstance(error, duckdb.ParserException):  # our own translation is what it cannot read
        return sql_error.unsupported("a part of this statement")
    for kind, condition, state in _CLASSES:
        if isinstance(error, kind):
            return SqlError(condition, text, state)
    return SqlError("INTERNAL_ERROR", text, "XX000")


def _clean(text: str) -> str:
    """The complaint without the quoted source, the hints on DuckDB's own functions and its two-level names."""
    text = (_HINT.sub("", _NOISE.sub("", text)).partition(" Error: ")[2] or text).replace(DATABASE, "")
    return _NAMESPACE.sub(r"\1.\2.\3", text).replace("sandbricks.", "").strip()


def _table(match: re.Match[str], tables: Sequence[Name]) -> SqlError:
    wanted = match["name"].lower()
    for name in tables:
        if wanted in (name.object, f"{name.namespace}.{name.object}"):
            return sql_error.table_not_found(*name)
    return sql_error.table_not_found(*wanted.split("."))


def _column(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    suggestions = re.findall(r'"([^"]+)"', match.groupdict().get("others") or "")
    asked = backticked(*match["name"].split("."))
    if not suggestions:
        text = f"A column, variable, or function parameter with name {asked} cannot be resolved."
        return SqlError("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", text, "42703", match["name"])
    listed = ", ".join(backticked(*name.split(".")[-2:]) for name in suggestions)
    text = (
        f"A column, variable, or function parameter with name {asked} cannot be resolved. "
        f"Did you mean one of the following? [{listed}]."
    )
    return SqlError("UNRESOLVED_COLUMN.WITH_SUGGESTION", text, "42703", match["name"])


def _no_struct(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    return array_fields.refusal(match)


def _ambiguous(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    listed = ", ".join(backticked(*name.split(".")) for name in re.findall(r"'([^']+)'", match["others"]))
    name = backticked(match["name"])
    return SqlError("AMBIGUOUS_REFERENCE", f"Reference {name} is ambiguous, could be: [{listed}].", "42704")


def _routine(match: re.Match[str], functions: Sequence[Name]) -> SqlError:
    wanted = match["name"].lower()
    for name in functions:
        if wanted in (name.object, f"{name.namespace}.{name.object}"):
            return sql_error.routine_not_found(*name)
    return sql_error.unsupported(f"the function {wanted}")


def _malformed(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    target = _TYPES.get(match["type"], match["type"])
    text = (
        f'The value \'{match["value"]}\' of the type "STRING" cannot be cast to "{target}" because it is malformed. '
        "Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input "
        "and return NULL instead."
    )
    return SqlError("CAST_INVALID_INPUT", text, "22018")


def _overflow(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    kinds = {"INT8": "byte", "INT16": "short", "INT32": "integer", "INT64": "long"}
    kind = kinds.get(match["type"], "decimal")
    text = f'{kind} overflow. If necessary set "ansi_mode" to "false" to bypass this error.'
    return SqlError("ARITHMETIC_OVERFLOW", text, "22003")


def _cast_overflow(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    target = _TYPES.get(match["type"], match["type"])
    text = (
        f'The value {match["value"]} cannot be cast to "{target}" due to an overflow. Use `try_cast` to tolerate '
        "overflow and return NULL instead."
    )
    return SqlError("CAST_OVERFLOW", text, "22003")


def _grouping(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    text = (
        f'The non-aggregating expression "{match["name"]}" is based on columns which are not participating in the '
        "GROUP BY clause. Add the columns or the expression to the GROUP BY, aggregate the expression, or use "
        f'"any_value({match["name"]})" if you do not care which of the values within a group is returned.'
    )
    return SqlError("MISSING_AGGREGATION", text, "42803")


def _not_null(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    text = f"NOT NULL constraint violated for column: {match['name'].partition('.')[2]}."
    return SqlError("DELTA_NOT_NULL_CONSTRAINT_VIOLATED", text, "23502")


def _arity(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    text = (
        f"Cannot write to {backticked(match['name'])}, the reason is a wrong number of data columns: the table has "
        f"{match['wanted']} columns, the data {match['given']}."
    )
    return SqlError("INSERT_COLUMN_ARITY_MISMATCH", text, "21S01")


def _field(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    text = f"{match[0]}. If necessary set ansi_mode to false to bypass this error."
    return SqlError("DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", text, "22023")


def _unparsed(match: re.Match[str], _: Sequence[Name]) -> SqlError:
    text = f"Text '{match['value']}' could not be parsed. Use `try_to_timestamp` to tolerate invalid input string and "
    return SqlError("CANNOT_PARSE_TIMESTAMP", f"{text}return NULL instead.", "22007")


def _repeated_key(_: re.Match[str], __: Sequence[Name]) -> SqlError:
    text = "Duplicate map key was found, please check the input data."
    return SqlError("DUPLICATED_MAP_KEY", text, "23505")


def _divided(_: re.Match[str], __: Sequence[Name]) -> SqlError:
    text = "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead."
    return SqlError("DIVIDE_BY_ZERO", text, "22012")


_TYPES = {
    "BOOL": "BOOLEAN",
    "INT8": "TINYINT",
    "INT16": "SMALLINT",
    "INT32": "INT",
    "INT64": "BIGINT",
    "INT128": "DECIMAL(38,0)",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}
_OTHERS = r"(?:!?\s*\n?Candidate bindings: (?P<others>[^\n]*))?"
_KNOWN: tuple[tuple[re.Pattern[str], _Explain], ...] = tuple(
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (r'(?:Table|View) with name "?(?P<name>[^\s"]+)"? does not exist', _table),
        (r'Referenced column "(?P<name>[^"]+)" (?:not found|was not found)[^\n]*' + _OTHERS, _column),
        (r'(?:Table|Values list) "[^"]+" does not have a column named "(?P<name>[^"]+)"\s*' + _OTHERS, _column),
        (r'Referenced table "(?P<name>[^"]+)" not found!?' + _OTHERS, _column),
        (r'Column "(?P<name>[^"]+)" referenced that exists in the SELECT clause', _column),
        (r'Table "[^"]+" does not have a column with name "(?P<name>[^"]+)"', _column),
        (r"Cannot extract field '(?P<name>[^']+)' from expression \"(?P<base>.*?)\" because it is not a", _no_struct),
        (r"Referenced update column (?P<name>\S+) not found", _column),
        (r'Column with name "?(?P<name>[^"\s]+)"? (?:does not exist|not found)', _column),
        (r'Ambiguous reference to (?:column name|table) "(?P<name>[^"]+)" \(use: (?P<others>[^)]*)\)', _ambiguous),
        (r'(?:Scalar |Table |Aggregate |Macro )?Function with name "?(?P<name>[^\s"]+)"? does not exist', _routine),
        (r"Could not convert string '(?P<value>.*?)' to (?P<type>\w+)", _malformed),
        (r"invalid (?P<type>date|timestamp) field format: \"(?P<value>.*?)\"", _malformed),
        (r"with value (?P<value>\S+) can't be cast .* for the destination type (?P<type>\w+)", _cast_overflow),
        (r"Overflow in \w+ of (?P<type>\w+)", _overflow),
        (r'column "(?P<name>[^"]+)" must appear in the GROUP BY clause', _grouping),
        (r"NOT NULL constraint failed: (?P<name>\S+)", _not_null),
        (r'table "?(?P<name>[^\s"]+)"? has (?P<wanted>\d+) columns but (?P<given>\d+) values were supplied', _arity),
        (r"Division by zero", _divided),
        (r"Date out of range: \S+|Time out of range: \S+|Invalid hour/minute.*", _field),
        (r'Could not parse string "(?P<value>.*?)" according to format', _unparsed),
        (r"Map keys must be unique", _repeated_key),
    )
)
_CLASSES: tuple[tuple[type[duckdb.Error], str, str], ...] = (
    (duckdb.InterruptException, "OPERATION_CANCELED", "HY008"),
    (duckdb.OutOfMemoryException, "INSUFFICIENT_MEMORY", "53200"),
    (duckdb.ConversionException, "CAST_INVALID_INPUT", "22018"),
    (duckdb.OutOfRangeException, "ARITHMETIC_OVERFLOW", "22003"),
    (duckdb.ConstraintException, "DELTA_CONSTRAINT_VIOLATED", "23001"),
    (duckdb.BinderException, "DATATYPE_MISMATCH", "42K09"),
    (duckdb.CatalogException, "UNRESOLVED_ROUTINE", "42883"),
    (duckdb.PermissionException, "INSUFFICIENT_PERMISSIONS", "42501"),
    (duckdb.TransactionException, "READ_ONLY_STATEMENT", "25006"),
    (duckdb.NotImplementedException, "UNSUPPORTED_FEATURE", "0A000"),
    (duckdb.InvalidInputException, "INVALID_PARAMETER_VALUE", "22023"),
)
