"""What DESCRIBE HISTORY and DESCRIBE DETAIL print, in the columns of Delta."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from mocks.engines.metastore.tables import Column, Result, TableInfo
from mocks.engines.statements.history import KEYS, Version
from mocks.engines.warehouse.cells import arrow_type
from mocks.engines.warehouse.column_types import SqlType

_STRING = SqlType("STRING")
_MAP = SqlType("MAP", children=(("key", _STRING), ("value", _STRING)))
_COLUMNS: dict[str, SqlType] = {
    "version": SqlType("BIGINT"),
    "timestamp": SqlType("TIMESTAMP"),
    "userId": _STRING,
    "userName": _STRING,
    "operation": _STRING,
    "operationParameters": _MAP,
    "readVersion": SqlType("BIGINT"),
    "isolationLevel": _STRING,
    "isBlindAppend": SqlType("BOOLEAN"),
    "operationMetrics": _MAP,
    "engineInfo": _STRING,
}


def shown(versions: Sequence[Version]) -> Result:
    """The history as a result."""
    rows = [_row(one) for one in versions]
    arrays = [pa.array([row[at] for row in rows], arrow_type(kind)) for at, kind in enumerate(_COLUMNS.values())]
    columns = tuple(Column(name, kind) for name, kind in _COLUMNS.items())
    return Result(columns, pa.table(arrays, names=list(_COLUMNS)))


def _row(one: Version) -> list[Any]:
    at = datetime.fromtimestamp(one.at / 1000, UTC)
    read = one.version - 1 if one.version else None
    told = [one.version, at, None, one.who, one.operation, _parameters(one), read, "WriteSerializable"]
    return [*told, one.appends, list(one.metrics.items()), "sandbricks"]


def _parameters(one: Version) -> list[tuple[str, str]]:
    """Without what is noted for the change feed only."""
    return [(name, value) for name, value in one.parameters.items() if name != KEYS]


_STRINGS = SqlType("ARRAY", children=(("element", _STRING),))
_DETAIL: dict[str, SqlType] = {
    **dict.fromkeys(("format", "id", "name", "description"), _STRING),
    **dict.fromkeys(("createdAt", "lastModified"), SqlType("TIMESTAMP")),
    **dict.fromkeys(("partitionColumns", "clusteringColumns"), _STRINGS),
    "properties": _MAP,
}


def detail(table: TableInfo) -> Result:
    """One row about a table; what only files have, their place, number, size and protocol, is left out."""
    record = table.record
    times = [datetime.fromtimestamp(at / 1000, UTC) for at in (record.created_at, record.updated_at)]
    layout = [list(record.details.get(key, ())) for key in ("partitioned", "clustered")]
    row = ["delta", record.id, table.name.full, record.comment, *times, *layout, list(record.properties.items())]
    arrays = [pa.array([value], arrow_type(kind)) for value, kind in zip(row, _DETAIL.values(), strict=True)]
    columns = tuple(Column(name, kind) for name, kind in _DETAIL.items())
    return Result(columns, pa.table(arrays, names=list(_DETAIL)))
