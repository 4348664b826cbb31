"""`table_changes(table, start [, end])`: what each version of a table changed, told from the versions themselves."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mocks.engines.metastore.names import Name, quoted
from mocks.engines.statements.history import GONE, KEYS, LARGEST, LIVE, Version, at_time
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

ENABLED = "delta.enableChangeDataFeed"
_NONE = {"ADD COLUMNS", "DROP COLUMNS", "RENAME COLUMN", "CHANGE COLUMN", "SET TBLPROPERTIES", "ADD CONSTRAINT"}


def source(
    cursor: "Cursor", name: Name, versions: Sequence[Version], columns: Sequence[str], asked: Sequence[str]
) -> str:
    """The query in DuckDB's words; `asked` are the first and last version or time, texts of literals.

    Raises: SqlError
    """
    numbered = {one.version: one for one in versions}
    first, *rest = (_number(cursor, versions, text) for text in asked)
    last = rest[0] if rest else versions[0].version
    if first > last:
        text = f"CDC range from start {first} to end {last} was invalid. End cannot be before start."
        raise SqlError("DELTA_INVALID_CDC_RANGE", text, "22003")
    _check(name, versions, first, last)
    parts = [part for number in range(first, last + 1) for part in _changes(name, numbered, number)]
    listed = ", ".join(map(quoted, columns))
    told = f"{listed}, _change_type, _commit_version, _commit_timestamp"
    empty = (
        f"SELECT *, CAST(NULL AS VARCHAR) AS _change_type, CAST(NULL AS BIGINT) AS _commit_version, "  # noqa: S608
        f"CAST(NULL AS TIMESTAMPTZ) AS _commit_timestamp FROM {name.duck} WHERE false"
    )
    return f"SELECT {told} FROM ({' UNION ALL BY NAME '.join([empty, *parts])})"  # noqa: S608  # quoted


def _number(cursor: "Cursor", versions: Sequence[Version], text: str) -> int:
    if text.lstrip("-").isdigit():
        return int(text)
    return at_time(cursor, versions, text)


def _check(name: Name, versions: Sequence[Version], first: int, last: int) -> None:
    """Changes are recorded from the version on that asked for them."""
    since = next((one.version for one in versions if ENABLED in json.dumps(one.parameters)), None)
    if since is None or first < since:
        text = (
            f"Error getting change data for range [{first} , {last}] as change data was not recorded for version "
            f"[{first}]. If you've enabled change data feed on this table, use `DESCRIBE HISTORY` to see when it was "
            f"first enabled. Otherwise, to start recording change data, use `ALTER TABLE {name.shown} SET "
            f"TBLPROPERTIES ({ENABLED}=true)`."
        )
        raise SqlError("DELTA_MISSING_CHANGE_DATA", text, "KD002")
    if last > versions[0].version:
        text = f"Start version {first} or end version {last} is after the latest version {versions[0].version}."
        raise SqlError("DELTA_CDC_START_VERSION_AFTER_LATEST", text, "22003")
    if any(one.copy == GONE for one in versions if first - 1 <= one.version <= last):
        text = f"Versions before that are no longer kept: the sandbox copies aside tables of up to {LARGEST} rows."
        raise SqlError("DELTA_FILE_NOT_FOUND_DETAILED", text, "42K03")


def _changes(name: Name, numbered: dict[int, Version], number: int) -> list[str]:
    version, before = numbered[number], numbered.get(number - 1)
    after = _rows(name, version)
    if before is None:
        return [_told(after, "insert", version)]
    if version.operation in _NONE:
        return []
    if version.appends:
        return [_told(f"{after} OFFSET {before.rows}", "insert", version)]
    was = _rows(name, before)
    if version.parameters.get("mode") == "Overwrite" and "predicate" not in version.parameters:
        return [_told(was, "delete", version), _told(after, "insert", version)]
    gone, come = f"({was}) EXCEPT ALL ({after})", f"({after}) EXCEPT ALL ({was})"
    if version.operation == "UPDATE":
        return [_told(gone, "update_preimage", version), _told(come, "update_postimage", version)]
    keys = json.loads(version.parameters.get(KEYS, "[]"))
    if version.operation != "MERGE" or not keys:
        return [_told(gone, "delete", version), _told(come, "insert", version)]
    return _merged(gone, come, keys, version)


def _merged(gone: str, come: str, keys: Sequence[str], version: Version) -> list[str]:
    """Rows of the same keys were updated, others deleted or inserted."""
    on = " AND ".join(f"a.{quoted(key)} = b.{quoted(key)}" for key in keys)
    found = []
    for one, other, updated, alone in (
        (gone, come, "update_preimage", "delete"),
        (come, gone, "update_postimage", "insert"),
    ):
        for join, sort in (("SEMI", updated), ("ANTI", alone)):
            found.append(_told(f"SELECT a.* FROM ({one}) AS a {join} JOIN ({other}) AS b ON {on}", sort, version))  # noqa: S608
    return found


def _rows(name: Name, version: Version) -> str:
    place = name.duck if version.copy == LIVE else f"sandbricks.{version.copy}"
    return f"SELECT * FROM {place} ORDER BY rowid LIMIT {version.rows}"  # noqa: S608  # quoted


def _told(rows: str, sort: str, version: Version) -> str:
    return (
        f"SELECT *, '{sort}' AS _change_type, CAST({version.version} AS BIGINT) AS _commit_version, "  # noqa: S608
        f"to_timestamp({version.at} / 1000) AS _commit_timestamp FROM ({rows})"
    )
