"""Results in the two forms that clients read: Arrow tables, and rows of strings as the REST API writes them."""

import base64
import decimal
import json
import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from mocks.engines.warehouse.column_types import SqlType
from mocks.engines.warehouse.sql_error import SqlError, unsupported

ARROW: dict[str, pa.DataType] = {
    "BIGINT": pa.int64(),
    "BINARY": pa.binary(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "FLOAT": pa.float32(),
    "INT": pa.int32(),
    "SMALLINT": pa.int16(),
    "STRING": pa.string(),
    "TIMESTAMP": pa.timestamp("us", "UTC"),
    "TIMESTAMP_NTZ": pa.timestamp("us"),
    "TINYINT": pa.int8(),
    "VOID": pa.null(),
}


def arrow_type(kind: SqlType) -> pa.DataType:
    """The Arrow type that clients expect."""
    parts = [arrow_type(child) for _, child in kind.children]
    match kind.keyword:
        case "DECIMAL":
            return pa.decimal128(kind.precision, kind.scale)
        case "ARRAY":
            return pa.list_(parts[0])
        case "MAP":
            return pa.map_(*parts)
        case "STRUCT":
            return pa.struct([pa.field(name, part) for (name, _), part in zip(kind.children, parts, strict=True)])
    return ARROW.get(kind.keyword, pa.string())


def normalised(table: pa.Table, types: Sequence[SqlType]) -> pa.Table:
    """The table with DuckDB's own types (HUGEINT sums, times, enums) made into those of Databricks."""
    if all(kind.exact for kind in types):
        return table
    columns = [_exact(column, kind) for column, kind in zip(table.columns, types, strict=True)]
    return pa.Table.from_arrays(columns, names=table.column_names)


def _exact(column: pa.ChunkedArray, kind: SqlType) -> pa.ChunkedArray:
    if kind.exact:
        return column
    if kind.name == "INTERVAL":
        return pa.chunked_array([pa.array([_interval(value) for value in column.to_pylist()], pa.string())])
    try:
        return column.cast(arrow_type(kind))
    except pa.ArrowInvalid as error:
        raise SqlError("ARITHMETIC_OVERFLOW", f"A value does not fit into {kind.text}: {error}.", "22003") from None
    except pa.ArrowNotImplementedError:
        raise unsupported(f"results of the type {kind.text}") from None


def rows(table: pa.Table, types: Sequence[SqlType]) -> list[list[str | None]]:
    """The rows as JSON_ARRAY has them: every value a string, or null."""
    columns = [_strings(column, kind) for column, kind in zip(table.columns, types, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)] if columns else []


def _strings(column: pa.ChunkedArray, kind: SqlType) -> list[str | None]:
    if kind.keyword in ("STRING", "VARIANT", "VOID", "INTERVAL DAY TO SECOND"):
        return column.to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped
    if kind.keyword in ("BIGINT", "INT", "SMALLINT", "TINYINT", "BOOLEAN", "DATE"):
        return column.cast(pa.string()).to_pylist()  # type: ignore[no-any-return]  # pyarrow is untyped
    if kind.keyword in ("TIMESTAMP", "TIMESTAMP_NTZ"):
        return _timestamps(column, "Z" if kind.keyword == "TIMESTAMP" else "")
    form = _formatter(kind)
    return [None if value is None else form(value) for value in column.to_pylist()]


def _formatter(kind: SqlType) -> Callable[[Any], str]:
    match kind.keyword:
        case "DOUBLE":
            return _double
        case "FLOAT":
            return _float
        case "DECIMAL":
            return _decimal
        case "BINARY":
            return _binary
    return lambda value: json.dumps(_jsonable(value, kind), ensure_ascii=False, separators=(",", ":"))


def _double(value: float) -> str:
    return _java(value, repr(value))


def _float(value: float) -> str:
    return _java(value, str(np.float32(value)))


def _java(value: float, shortest: str) -> str:
    """As Java's Double.toString, which Spark prints: plain from 1e-3 up to 1e7, otherwise 1.0E10."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return shortest if "e" not in shortest else f"{decimal.Decimal(shortest):f}"
    sign, digits, exponent = decimal.Decimal(shortest).normalize().as_tuple()
    assert isinstance(exponent, int)
    fraction = "".join(map(str, digits[1:])) or "0"
    return f"{'-' * sign}{digits[0]}.{fraction}E{exponent + len(digits) - 1}"


def _decimal(value: decimal.Decimal) -> str:
    return f"{value:f}"


def _binary(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _timestamps(column: pa.ChunkedArray, zone: str) -> list[str | None]:
    """2024-01-01T00:00:00.000Z; by Arrow, whose years go beyond 9999."""
    texts = column.cast(pa.timestamp("us")).cast(pa.timestamp("ms"), safe=False).cast(pa.string()).to_pylist()
    return [None if text is None else f"{text.replace(' ', 'T')}{zone}" for text in texts]


def _interval(value: Any) -> str | None:
    """`INTERVAL '1 02:00:00' DAY TO SECOND` as Spark prints it; months are days no more exact than DuckDB's."""
    if value is None:
        return None
    span = timedelta(days=value.days + 30 * value.months, microseconds=value.nanoseconds // 1000)
    sign, span = ("-", -span) if span < timedelta(0) else ("", span)
    hours, seconds = divmod(span.seconds, 3600)
    fraction = f".{span.microseconds:06}".rstrip("0") if span.microseconds else ""
    clock = f"{hours:02}:{seconds // 60:02}:{seconds % 60:02}{fraction}"
    return f"INTERVAL '{sign}{span.days} {clock}' DAY TO SECOND"


def _jsonable(value: Any, kind: SqlType) -> Any:
    """An array, struct or map as JSON, which is how the REST API writes one cell of it."""
    if value is None:
        return None
    match kind.keyword:
        case "ARRAY":
            return [_jsonable(item, kind.children[0][1]) for item in value]
        case "STRUCT":
            parts = zip(kind.children, value.values(), strict=True)
            return {name: _jsonable(part, child) for (name, child), part in parts}
        case "MAP":
            return {str(key): _jsonable(item, kind.children[1][1]) for key, item in value}
        case "DECIMAL":
            return float(value)
        case "BINARY":
            return _binary(value)
    return value.isoformat() if isinstance(value, date) else value
