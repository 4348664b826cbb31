"""The table that an index follows: what a hash says of each row, and the rows that changed."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import backticked
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.vector_search.wire import DeltaSyncSpec, Index

Row = dict[str, Any]
SourceRow = tuple[str, str, Row]  # key, hash of the row, the row
_KEY, _HASH = "sandbricks_key", "sandbricks_hash"
_NUMBER = r"tinyint|smallint|int|bigint|float|double|decimal\(\d+,\d+\)"
# Anything else is hashed as JSON, which takes ten times as long.
_PLAIN = re.compile(rf"string|boolean|date|timestamp|timestamp_ntz|{_NUMBER}|array<({_NUMBER})>")
FEW = 2000  # up to so many rows are read by their keys, more with the whole table


class BadRowError(Exception):
    """A row of the source table cannot be indexed."""


class SourceTable:
    """The columns of it that an index keeps; DuckDB computes the hashes, so that unchanged rows are never read."""

    def __init__(self, workspace: Workspace, index: Index, spec: DeltaSyncSpec) -> None:
        self._warehouse, self._key, self._table = workspace.engine(Warehouse), index.primary_key, spec.source_table
        table = self._warehouse.table(spec.source_table)
        self._from = backticked(*table.name)
        names = [column.name for column in table.columns]
        if spec.columns_to_sync:
            needed = [c.name for c in spec.embedding_source_columns] + [c.name for c in spec.embedding_vector_columns]
            names = list(dict.fromkeys([index.primary_key, *spec.columns_to_sync, *needed]))
        kinds = {column.name: column.type_text for column in table.columns}
        self._columns = [backticked(name) for name in names]
        self._hash = f"md5(concat_ws('', {', '.join(_part(backticked(name), kinds.get(name, '')) for name in names)}))"

    def hashes(self) -> dict[str, str]:
        """The hash of each row by its key.

        Raises: BadRowError, SqlError
        """
        found = self._warehouse.run(f"SELECT {self._told()} FROM {self._from}").table  # noqa: S608  # quoted
        keys = found.column(_KEY).to_pylist()
        if None in keys:
            raise BadRowError(f"The primary key {self._key} of a row of {self._table} is null.")
        return dict(zip(keys, found.column(_HASH).to_pylist(), strict=True))

    def batches(self, keys: Sequence[str], size: int) -> Iterator[list[SourceRow]]:
        """The rows under these keys, each with the hash that it has now."""
        wanted, rows = set(keys), self._rows(keys) if keys else []
        chosen = [row for row in rows if row[_KEY] in wanted]
        for start in range(0, len(chosen), size):
            yield [_told(row) for row in chosen[start : start + size]]

    def _rows(self, keys: Sequence[str]) -> list[Row]:
        query = f"SELECT {self._told()}, {', '.join(self._columns)} FROM {self._from}"  # noqa: S608  # quoted
        if len(keys) > FEW:
            return self._read(query, ())
        told = [(f"k{at}", key, "STRING") for at, key in enumerate(keys)]
        markers = ", ".join(f":{name}" for name, _, _ in told)
        return self._read(f"{query} WHERE CAST({backticked(self._key)} AS STRING) IN ({markers})", told)

    def _read(self, query: str, told: Sequence[tuple[str, str, str]]) -> list[Row]:
        rows: list[Row] = self._warehouse.run(query, parameters=told).table.to_pylist()
        return rows

    def _told(self) -> str:
        key = f"CAST({backticked(self._key)} AS STRING) AS {_KEY}"
        return f"{key}, {self._hash} AS {_HASH}"


def _part(column: str, kind: str) -> str:
    """What a column gives to the hash; lengths keep neighbours apart, and what text tells by half goes as JSON."""
    text = f"CAST({column} AS STRING)" if _PLAIN.fullmatch(kind) else f"to_json(struct({column}))"
    return f"coalesce(concat(length({text}), ':', {text}), '-')"


def _told(row: Row) -> SourceRow:
    return row[_KEY], row[_HASH], {name: _plain(value) for name, value in row.items() if name not in (_KEY, _HASH)}


def _plain(value: Any) -> Any:
    """A value as JSON has it; dates and decimals as their texts."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return str(value)
