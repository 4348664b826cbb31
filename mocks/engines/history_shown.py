"""What DESCRIBE HISTORY prints, in the columns of Delta."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from mocks.engines.cells import arrow_type
from mocks.engines.column_types import SqlType
from mocks.engines.history import Version
from mocks.engines.tables import Column, Result

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
    told = [one.version, at, None, one.who, one.operation, list(one.parameters.items()), read, "WriteSerializable"]
    return [*told, one.appends, list(one.metrics.items()), "sandbricks"]
