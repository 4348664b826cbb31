"""The table of a dataset: its columns as Databricks documents them, and its rows as records."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mocks.core.errors import InvalidParameterValue, InvalidState
from mocks.datasets.wire import Expectation, Input, Record
from mocks.engines.metastore.names import Name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

SOURCES = {"human": ("user_name",), "document": ("doc_uri", "content"), "trace": ("trace_id",)}
_SOURCE = ", ".join(f"{kind}: STRUCT<{', '.join(f'{f}: STRING' for f in fields)}>" for kind, fields in SOURCES.items())
# docs.databricks.com, "Evaluation dataset schema"; the same in databricks-agents 1.13 (dataset_utils.py).
COLUMNS = {
    "dataset_record_id": "STRING",
    "create_time": "TIMESTAMP",
    "created_by": "STRING",
    "last_update_time": "TIMESTAMP",
    "last_updated_by": "STRING",
    "source": f"STRUCT<{_SOURCE}>",
    "inputs": "STRING",
    "expectations": "STRING",
    "tags": "MAP<STRING, STRING>",
}
_NAMES = ", ".join(COLUMNS)
_INCOMING = "(SELECT unnest(from_json($rows, $kinds), max_depth := 2)) AS incoming"
_CHANGED = ("source", "inputs", "expectations", "tags", "last_update_time", "last_updated_by")
_KINDS = "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?"


def read(cursor: "Cursor", name: Name) -> list[dict[str, Any]]:
    """The rows as JSON objects."""
    bodies = cursor.execute(f"SELECT to_json(t)::VARCHAR FROM {name.duck} t").fetchall()  # noqa: S608  # quoted
    return [json.loads(body) for (body,) in bodies]


def insert(cursor: "Cursor", name: Name, records: Sequence[Record]) -> None:
    """Appends rows."""
    statement = f"INSERT INTO {name.duck} ({_NAMES}) SELECT {_NAMES} FROM {_INCOMING}"  # noqa: S608  # our own words
    cursor.execute(statement, _told(cursor, name, records))


def replace(cursor: "Cursor", name: Name, records: Sequence[Record]) -> None:
    """Writes the rows of records that are there."""
    changes = ", ".join(f"{column} = incoming.{column}" for column in _CHANGED)
    statement = (
        f"UPDATE {name.duck} AS kept SET {changes} FROM {_INCOMING} "  # noqa: S608  # our own words
        "WHERE kept.dataset_record_id = incoming.dataset_record_id"
    )
    cursor.execute(statement, _told(cursor, name, records))


def remove(cursor: "Cursor", name: Name, numbers: Sequence[str]) -> None:
    """Removes rows."""
    cursor.execute(f"DELETE FROM {name.duck} WHERE list_contains(?, dataset_record_id)", [list(numbers)])  # noqa: S608


def records(rows: Sequence[dict[str, Any]]) -> list[Record]:
    """The rows as records, the oldest first.

    Raises: InvalidState
    """
    ordered = sorted(rows, key=lambda row: (row.get("create_time") or "", row.get("dataset_record_id") or ""))
    return [_record(row) for row in ordered]


def digest(rows: Sequence[dict[str, Any]]) -> str:
    """A hash of what the records say."""
    said = sorted(json.dumps([row.get(c) for c in ("inputs", "expectations", "tags")], sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def checked(record: Record) -> Record:
    """A record as somebody sends it.

    Raises: InvalidParameterValue
    """
    keys = [given.key for given in record.inputs]
    if not keys:
        raise InvalidParameterValue("A dataset record needs at least one input.")
    if len(set(keys)) < len(keys):
        raise InvalidParameterValue(f"The inputs of a dataset record name a key twice: {', '.join(sorted(keys))}.")
    for kind, told in (record.source or {}).items():
        if kind not in SOURCES or set(told or {}) - set(SOURCES[kind]):
            raise InvalidParameterValue(f"A record's source is one of {', '.join(SOURCES)}; this one is '{kind}'.")
    return record


def rfc3339(micros: int) -> str:
    """A time as the API writes it."""
    return datetime.fromtimestamp(micros / 1_000_000, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _told(cursor: "Cursor", name: Name, records: Sequence[Record]) -> dict[str, str]:
    kinds: dict[str, str] = dict(cursor.execute(_KINDS, [name.namespace, name.object]).fetchall())
    missing = [column for column in COLUMNS if column not in kinds]
    if missing:
        raise InvalidState(f"Table '{name.full}' is no dataset any more: it has lost the column {', '.join(missing)}.")
    wanted = {column: kinds[column] for column in COLUMNS}
    return {"rows": json.dumps([_row(record) for record in records]), "kinds": json.dumps([wanted])}


def _row(record: Record) -> dict[str, Any]:
    told = record.model_dump(mode="json", include=set(COLUMNS))
    told["inputs"] = json.dumps({given.key: given.value for given in record.inputs}, ensure_ascii=False)
    if record.expectations is not None:
        expected = {key: kept.value for key, kept in record.expectations.items()}
        told["expectations"] = json.dumps(expected, ensure_ascii=False)
    return told


def _record(row: dict[str, Any]) -> Record:
    expectations = _object(row, "expectations")
    source = {kind: told for kind, told in (row.get("source") or {}).items() if told is not None}
    return Record(
        dataset_record_id=row.get("dataset_record_id"),
        create_time=_time(row.get("create_time")),
        created_by=row.get("created_by"),
        last_update_time=_time(row.get("last_update_time")),
        last_updated_by=row.get("last_updated_by"),
        source=source or None,
        inputs=[Input(key=key, value=value) for key, value in (_object(row, "inputs") or {}).items()],
        expectations=None if expectations is None else {k: Expectation(value=v) for k, v in expectations.items()},
        tags=row.get("tags"),
    )


def _object(row: dict[str, Any], column: str) -> dict[str, Any] | None:
    text = row.get(column)
    try:
        value = None if text is None else json.loads(text)
    except ValueError:
        value = text
    if value is not None and not isinstance(value, dict):
        raise InvalidState(
            f"Record '{row.get('dataset_record_id')}' holds no JSON object in its column {column}; SQL wrote it so."
        )
    return value


def _time(text: str | None) -> str | None:
    return None if text is None else datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")
