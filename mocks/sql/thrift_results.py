"""Results as Thrift carries them: a schema, and rows as Arrow batches or as columns of plain values."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mocks.engines.metastore.tables import Column, Result
from mocks.engines.warehouse.column_types import SqlType

if TYPE_CHECKING:
    import pyarrow as pa

ARROW_BASED_SET, COLUMN_BASED_SET = 0, 1
_TYPE_IDS = {
    "BOOLEAN": 0,
    "TINYINT": 1,
    "SMALLINT": 2,
    "INT": 3,
    "BIGINT": 4,
    "FLOAT": 5,
    "DOUBLE": 6,
    "STRING": 7,
    "TIMESTAMP": 8,
    "TIMESTAMP_NTZ": 8,
    "BINARY": 9,
    "ARRAY": 10,
    "MAP": 11,
    "STRUCT": 12,
    "DECIMAL": 15,
    "VOID": 16,
    "DATE": 17,
    "INTERVAL DAY TO SECOND": 21,
}
_STRING_ID = 7
# What goes over the wire as it is; everything else is a text in a column-based set.
_COLUMNS = {
    "BOOLEAN": ("boolVal", False),
    "TINYINT": ("byteVal", 0),
    "SMALLINT": ("i16Val", 0),
    "INT": ("i32Val", 0),
    "BIGINT": ("i64Val", 0),
    "FLOAT": ("doubleVal", 0.0),
    "DOUBLE": ("doubleVal", 0.0),
    "BINARY": ("binaryVal", b""),
}
# Which Arrow types a driver can switch off; it then wants texts.
_SWITCHES = {
    "TIMESTAMP": "timestampAsArrow",
    "TIMESTAMP_NTZ": "timestampAsArrow",
    "DECIMAL": "decimalAsArrow",
    "ARRAY": "complexTypesAsArrow",
    "MAP": "complexTypesAsArrow",
    "STRUCT": "complexTypesAsArrow",
    "VOID": "nullTypeAsArrow",
}


class RowSets:
    """The rows of one result, in the form that its reader asked for."""

    def __init__(self, result: Result, arrow: bool, native: dict[str, bool]) -> None:
        self._result, self._arrow = result, arrow
        self._table = _for_arrow(result, native) if arrow else result.table

    def metadata(self) -> dict[str, Any]:
        """TGetResultSetMetadataResp, without its status."""
        columns = [_described(column, at) for at, column in enumerate(self._result.columns, 1)]
        told: dict[str, Any] = {
            "schema": {"columns": columns},
            "resultFormat": ARROW_BASED_SET if self._arrow else COLUMN_BASED_SET,
            "lz4Compressed": False,
            "isStagingOperation": False,
        }
        return told | ({"arrowSchema": self._table.schema.serialize().to_pybytes()} if self._arrow else {})

    def rows(self, start: int, most: int) -> tuple[dict[str, Any], int]:
        """TRowSet from that row on, and how many rows it has."""
        part = self._table.slice(start, most)
        told: dict[str, Any] = {"startRowOffset": start, "rows": []}
        if self._arrow:
            batches = part.combine_chunks().to_batches()
            told["arrowBatches"] = [
                {"batch": batch.serialize().to_pybytes(), "rowCount": batch.num_rows} for batch in batches
            ]
        else:
            told["columns"] = _columns(Result(self._result.columns, part))
        return told, int(part.num_rows)


def _described(column: Column, position: int) -> dict[str, Any]:
    kind = column.type
    entry: dict[str, Any] = {"type": _TYPE_IDS.get(kind.keyword, _STRING_ID)}
    if kind.keyword == "DECIMAL":
        digits = {"precision": {"i32Value": kind.precision}, "scale": {"i32Value": kind.scale}}
        entry["typeQualifiers"] = {"qualifiers": digits}
    types = {"types": [{"primitiveEntry": entry}]}
    return {"columnName": column.name, "typeDesc": types, "position": position, "comment": ""}


def _for_arrow(result: Result, native: dict[str, bool]) -> "pa.Table":
    import pyarrow as pa

    arrays, fields = [], []
    for at, column in enumerate(result.columns):
        array, switch = result.table.column(at), _SWITCHES.get(column.type.keyword, "")
        if not native.get(switch, True):
            texts = [row[0] for row in Result((column,), result.table.select([at])).rows()]
            array = pa.chunked_array([pa.array(texts, pa.string())])
        named = {"Spark:DataType:SqlName": column.type_text}  # drivers learn VARIANT from it
        arrays.append(array)
        fields.append(pa.field(column.name, array.type, metadata=named))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _columns(result: Result) -> list[dict[str, Any]]:
    texts: list[list[str | None]] = []
    if any(column.type.keyword not in _COLUMNS for column in result.columns):
        texts = [list(column) for column in zip(*result.rows(), strict=True)] or [[] for _ in result.columns]
    columns = []
    for at, column in enumerate(result.columns):
        name, nothing = _COLUMNS.get(column.type.keyword, ("stringVal", ""))
        values = result.table.column(at).to_pylist() if column.type.keyword in _COLUMNS else texts[at]
        columns.append({name: {"values": [nothing if v is None else v for v in values], "nulls": _nulls(values)}})
    return columns


def _nulls(values: list[Any]) -> bytes:
    """One bit a row, the lowest first; set for null."""
    bits = bytearray((len(values) + 7) // 8)
    for at, value in enumerate(values):
        if value is None:
            bits[at // 8] |= 1 << (at % 8)
    return bytes(bits)


Filter = Callable[[str], bool]


def made(columns: dict[str, str], rows: list[list[Any]]) -> Result:
    """A result of our own: columns by name and keyword of type."""
    import pyarrow as pa

    from mocks.engines.warehouse.cells import ARROW

    kinds = list(columns.values())
    arrays = [pa.array([row[at] for row in rows], ARROW[kind]) for at, kind in enumerate(kinds)]
    named = tuple(Column(name, SqlType(kind)) for name, kind in columns.items())
    return Result(named, pa.table(arrays, names=list(columns)) if columns else pa.table({}))
