"""Translated statements run by DuckDB, and their rows with the types of Databricks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from mocks.engines.metastore.tables import Column, Result
from mocks.engines.translating.dialect import Translated
from mocks.engines.warehouse.cells import normalised
from mocks.engines.warehouse.column_types import SqlType, from_duck
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.duck_errors import explaining
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

LARGEST_RESULT = 512 * 1024 * 1024
_MERGED = {"UPDATE": "num_updated_rows", "DELETE": "num_deleted_rows", "INSERT": "num_inserted_rows"}


def bound(translated: Translated, asked: Run) -> dict[str, str | None]:
    """The values of its parameters."""
    return {name: asked.values[name] for name in translated.parameters}


def execute(cursor: "Cursor", translated: Translated, asked: Run) -> list[tuple[object, ...]]:
    """Runs it and gives all rows.

    Raises: SqlError
    """
    with explaining(translated):
        return cursor.execute(translated.sql, bound(translated, asked)).fetchall()


def fetch(cursor: "Cursor", translated: Translated, asked: Run) -> Result:
    """The rows as a result, as many as the run may have.

    Raises: SqlError
    """
    with explaining(translated):
        relation = cursor.sql(translated.sql, params=bound(translated, asked) or None)
        columns = tuple(
            Column(name, from_duck(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)
        )
        limit = asked.row_limit
        table = _read(relation if limit is None else relation.limit(limit + 1), asked)
    table = normalised(table, [column.type for column in columns]).rename_columns([column.name for column in columns])
    truncated = limit is not None and table.num_rows > limit
    return Result(columns, table.slice(0, limit) if truncated else table, truncated)


def _read(relation: duckdb.DuckDBPyRelation, asked: Run) -> pa.Table:
    """The rows, as long as they fit into memory beside everything else."""
    reader = relation.to_arrow_reader()
    batches, size = [], 0
    for batch in reader:
        asked.running.check()
        batches.append(batch)
        size += batch.nbytes
        if size > LARGEST_RESULT:
            raise SqlError(
                "RESULT_TOO_LARGE", f"The result exceeds {LARGEST_RESULT} bytes; ask for fewer rows.", "54000"
            )
    return pa.Table.from_batches(batches, reader.schema)


def counts(names: Sequence[str], *values: object) -> Result:
    """How many rows a statement touched, each count a BIGINT; nothing at all if it reports none."""
    columns = tuple(Column(name, SqlType("BIGINT")) for name in names)
    numbers = [*values, *[values[0]] * len(names)][: len(names)] if names else []
    table = pa.table([pa.array([number], pa.int64()) for number in numbers], names=list(names))
    return Result(columns, table)


def merged(actions: Sequence[tuple[object, ...]]) -> Result:
    """How many rows a MERGE changed in which way."""
    done = [action for (action,) in actions]
    numbers = {column: done.count(action) for action, column in _MERGED.items()}
    return counts(("num_affected_rows", *numbers), len(done), *numbers.values())
