"""What a table held after each write to it, as Delta keeps it; only for tables whose record asks for it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import Name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

KEPT = "keeps_history"  # the key in the details of a table's record

CREATE = """
CREATE TABLE IF NOT EXISTS sandbricks.table_versions (
    table_id VARCHAR, version BIGINT, made_at BIGINT, made_by VARCHAR, operation VARCHAR,
    PRIMARY KEY (table_id, version)
);
CREATE TABLE IF NOT EXISTS sandbricks.table_rows (table_id VARCHAR, since BIGINT, until BIGINT, body VARCHAR);
"""
_ASKING = "SELECT name, id FROM sandbricks.securables WHERE kind = 'table' AND contains(details, ?)"
_NEXT = "SELECT coalesce(max(version) + 1, 0) FROM sandbricks.table_versions WHERE table_id = ?"
_CLOSE = """
UPDATE sandbricks.table_rows SET until = $version WHERE table_id = $id AND until IS NULL
AND body NOT IN (SELECT to_json(t)::VARCHAR FROM {table} t)
"""
_OPEN = """
INSERT INTO sandbricks.table_rows
SELECT $id, $version, NULL, body FROM (SELECT to_json(t)::VARCHAR AS body FROM {table} t)
WHERE body NOT IN (SELECT body FROM sandbricks.table_rows WHERE table_id = $id AND until IS NULL)
"""
_AT = """
SELECT body FROM sandbricks.table_rows
WHERE table_id = $id AND since <= $version AND (until IS NULL OR until > $version)
"""
_FORGET = "DELETE FROM sandbricks.{kept} WHERE table_id NOT IN (SELECT id FROM sandbricks.securables)"


@dataclass(frozen=True)
class TableVersion:
    """One write to a table; the first, which made it, is version 0."""

    version: int
    made_at: int
    made_by: str
    operation: str


class Histories:
    """Which tables of a workspace keep their history: remembered, since every write to any table asks."""

    def __init__(self, _: Workspace) -> None:
        self._asking: dict[str, str] | None = None

    def forget(self) -> None:
        """Records of tables come, go or change; the next write looks again."""
        self._asking = None

    def keep(self, cursor: "Cursor", name: str, made_at: int, made_by: str) -> None:
        """Notes what a write has changed, in its own transaction; rows that stay are stored once."""
        if self._asking is None:
            self._asking = dict(cursor.execute(_ASKING, [f'"{KEPT}": true']).fetchall())
        if name in self._asking:
            _keep(cursor, self._asking[name], name, made_at, made_by)


def versions(cursor: "Cursor", table_id: str) -> list[TableVersion]:
    """The versions of a table, the newest first."""
    query = "SELECT version, made_at, made_by, operation FROM sandbricks.table_versions WHERE table_id = ?"
    return [TableVersion(*row) for row in cursor.execute(f"{query} ORDER BY version DESC", [table_id]).fetchall()]


def rows_at(cursor: "Cursor", table_id: str, version: int) -> Iterator[dict[str, Any]]:
    """The rows that a version had, as JSON objects."""
    for (body,) in cursor.execute(_AT, {"id": table_id, "version": version}).fetchall():
        yield json.loads(body)


def forget_dropped(cursor: "Cursor") -> None:
    """Removes what is kept of tables that are gone."""
    for kept in ("table_versions", "table_rows"):
        cursor.execute(_FORGET.format(kept=kept))


def _keep(cursor: "Cursor", number: str, name: str, made_at: int, made_by: str) -> None:
    table = Name(*name.split(".")).duck
    (version,) = cursor.execute(_NEXT, [number]).fetchone() or (0,)
    told = {"id": number, "version": version}
    closed = _count(cursor, _CLOSE.format(table=table), told)
    opened = _count(cursor, _OPEN.format(table=table), told)
    operation = _operation(version, opened, closed)
    cursor.execute(
        "INSERT INTO sandbricks.table_versions VALUES (?, ?, ?, ?, ?)", [number, version, made_at, made_by, operation]
    )


def _count(cursor: "Cursor", statement: str, told: dict[str, Any]) -> int:
    (rows,) = cursor.execute(statement, told).fetchone() or (0,)
    return int(rows)


def _operation(version: int, opened: int, closed: int) -> str:
    """What Delta would call the write, told from what it did."""
    if version == 0:
        return "CREATE TABLE"
    if opened and closed:
        return "MERGE"
    if opened or closed:
        return "WRITE" if opened else "DELETE"
    return "SET TBLPROPERTIES"
