"""The versions of tables written through us: what DESCRIBE HISTORY tells, and what VERSION AS OF reads.

Appends cost nothing: an earlier version is the first rows of the table. Before anything else changes a table, its rows
are copied aside, for the versions since the last such copy.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import Name
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

CREATE = """
CREATE TABLE IF NOT EXISTS sandbricks.history (
    name VARCHAR, version BIGINT, at_ms BIGINT, who VARCHAR, operation VARCHAR, parameters VARCHAR, metrics VARCHAR,
    appends BOOLEAN, rows BIGINT, copy VARCHAR, PRIMARY KEY (name, version)
);
CREATE TABLE IF NOT EXISTS sandbricks.copied (name VARCHAR, file VARCHAR, PRIMARY KEY (name, file));
"""
# A larger table is not copied aside, and of each table only so many copies are kept; older versions cannot be read.
LARGEST, COPIES = 50_000, 10
LIVE, GONE = "live", "gone"
KEYS = "keys"  # the parameter of a MERGE that names the columns of the target by which rows are matched


@dataclass(frozen=True)
class Change:
    """What is done to a table, in the words of Delta's history; `appends` if the rows that were there stay."""

    operation: str
    who: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    appends: bool = False


@dataclass(frozen=True)
class Version:
    """An entry of the history."""

    version: int
    at: int
    who: str
    operation: str
    parameters: dict[str, str]
    metrics: dict[str, str]
    appends: bool
    rows: int
    copy: str


class History:
    """The histories of one workspace's tables; every call works in the transaction of its caller."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def before(self, cursor: "Cursor", name: Name, change: Change) -> None:
        """Copies the rows aside if they would be lost."""
        if change.appends or not self._open(cursor, name):
            return
        copy, [(rows,)] = f"copy_{uuid.uuid4().hex}", cursor.execute(f"SELECT count(*) FROM {name.duck}").fetchall()  # noqa: S608
        if rows <= LARGEST:
            cursor.execute(f"CREATE TABLE sandbricks.{copy} AS SELECT * FROM {name.duck}")  # noqa: S608  # quoted
        else:
            copy = GONE
        cursor.execute("UPDATE sandbricks.history SET copy = ? WHERE name = ? AND copy = ?", [copy, name.full, LIVE])
        self._thin(cursor, name)

    def after(self, cursor: "Cursor", name: Name, change: Change) -> None:
        """Writes the entry of what was done."""
        [(rows,)] = cursor.execute(f"SELECT count(*) FROM {name.duck}").fetchall()  # noqa: S608  # quoted
        [(last,)] = cursor.execute("SELECT max(version) FROM sandbricks.history WHERE name = ?", [name.full]).fetchall()
        told = [name.full, 0 if last is None else last + 1, self._workspace.now_ms()]
        told += [change.who or self._workspace.owner, change.operation, json.dumps(dict(change.parameters))]
        told += [json.dumps({"numOutputRows": str(rows)}), change.appends, rows, LIVE]
        cursor.execute(f"INSERT INTO sandbricks.history VALUES ({', '.join('?' * len(told))})", told)  # noqa: S608

    def versions(self, cursor: "Cursor", name: Name) -> list[Version]:
        """The entries, the newest first."""
        columns = "version, at_ms, who, operation, parameters, metrics, appends, rows, copy"
        query = f"SELECT {columns} FROM sandbricks.history WHERE name = ? ORDER BY version DESC"  # noqa: S608
        return [_version(*row) for row in cursor.execute(query, [name.full]).fetchall()]

    def rename(self, cursor: "Cursor", old: Name, new: Name) -> None:
        """Gives the entries to another name."""
        self.forget(cursor, new)
        for table in ("history", "copied"):
            cursor.execute(f"UPDATE sandbricks.{table} SET name = ? WHERE name = ?", [new.full, old.full])  # noqa: S608

    def forget(self, cursor: "Cursor", name: Name) -> None:
        """Removes the entries and the copies: a dropped table has no past."""
        for version in {one.copy for one in self.versions(cursor, name)} - {LIVE, GONE}:
            cursor.execute(f"DROP TABLE sandbricks.{version}")
        for table in ("history", "copied"):
            cursor.execute(f"DELETE FROM sandbricks.{table} WHERE name = ?", [name.full])  # noqa: S608  # our own words

    def source(self, cursor: "Cursor", name: Name, number: str | None, moment: str | None) -> str:
        """The query in DuckDB's words that gives the table as it was, at a version or at a time in DuckDB's words.

        Raises: SqlError
        """
        versions = self.versions(cursor, name)
        if not versions:
            raise SqlError("DELTA_TABLE_NOT_FOUND", f"{name.shown} is no table with a history.", "42P01")
        chosen = _at(cursor, versions, moment) if moment is not None else _numbered(versions, number or "")
        if chosen.copy == GONE:
            raise SqlError(
                "DELTA_FILE_NOT_FOUND_DETAILED",
                f"Version {chosen.version} of {name.shown} is no longer kept: the sandbox copies aside tables of up to "
                f"{LARGEST} rows, and the last {COPIES} states of each.",
                "42K03",
            )
        place = name.duck if chosen.copy == LIVE else f"sandbricks.{chosen.copy}"
        return f"SELECT * FROM {place} ORDER BY rowid LIMIT {chosen.rows}"  # noqa: S608  # quoted

    def vacuum(self, cursor: "Cursor", name: Name, older_ms: int) -> None:
        """Drops the copies of versions that were followed by another so long ago."""
        before, followed = self._workspace.now_ms() - older_ms, dict[str, int]()
        newer = self._workspace.now_ms()
        for version in self.versions(cursor, name):
            followed[version.copy] = max(newer, followed.get(version.copy, 0))
            newer = version.at
        for copy in [copy for copy, until in followed.items() if copy not in (LIVE, GONE) and until < before]:
            cursor.execute(f"DROP TABLE sandbricks.{copy}")
            cursor.execute("UPDATE sandbricks.history SET copy = ? WHERE copy = ?", [GONE, copy])

    def _open(self, cursor: "Cursor", name: Name) -> bool:
        """Whether the newest entries still lie in the table itself."""
        found = cursor.execute("SELECT 1 FROM sandbricks.history WHERE name = ? AND copy = ?", [name.full, LIVE])
        return bool(found.fetchall())

    def _thin(self, cursor: "Cursor", name: Name) -> None:
        kept: list[str] = []
        for version in self.versions(cursor, name):
            if version.copy not in (LIVE, GONE, *kept):
                kept.append(version.copy)
        for copy in kept[COPIES:]:
            cursor.execute(f"DROP TABLE sandbricks.{copy}")
            cursor.execute("UPDATE sandbricks.history SET copy = ? WHERE copy = ?", [GONE, copy])


def _version(*row: Any) -> Version:
    version, at, who, operation, parameters, metrics, *rest = row
    return Version(version, at, who, operation, json.loads(parameters), json.loads(metrics), *rest)


def _numbered(versions: list[Version], text: str) -> Version:
    found = next((one for one in versions if text.isdigit() and one.version == int(text)), None)
    if found is None:
        raise SqlError(
            "DELTA_VERSION_NOT_FOUND",
            f"Cannot time travel Delta table to version {text}. Available versions: [{versions[-1].version}, "
            f"{versions[0].version}].",
            "22003",
        )
    return found


def at_time(cursor: "Cursor", versions: Sequence[Version], text: str) -> int:
    """The first version that was made at or after a time.

    Raises: SqlError
    """
    row = cursor.execute("SELECT epoch_ms(CAST(? AS TIMESTAMPTZ))", [text]).fetchone()
    asked = row[0] if row else None
    found = [one.version for one in versions if asked is not None and one.at >= asked]
    if not found:
        raise SqlError(
            "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
            "The provided timestamp is after the latest version available to this table.",
            "42816",
        )
    return min(found)


def _at(cursor: "Cursor", versions: list[Version], moment: str) -> Version:
    row = cursor.execute(f"SELECT epoch_ms({moment})").fetchone()
    asked = row[0] if row else None
    if asked is None or asked < versions[-1].at:
        raise SqlError(
            "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
            "The provided timestamp is before the earliest version available to this table.",
            "42816",
        )
    if asked > versions[0].at:
        raise SqlError(
            "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
            "The provided timestamp is after the latest version available to this table.",
            "42816",
        )
    return next(one for one in versions if one.at <= asked)
