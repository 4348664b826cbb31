"""What Unity Catalog knows of a thing beyond what DuckDB knows: identity, owner, comment, properties."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.names import is_valid
from mocks.engines.statements import table_history
from mocks.engines.warehouse import sql_error
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

CATALOG, SCHEMA, TABLE, VOLUME, FUNCTION = "catalog", "schema", "table", "volume", "function"
VECTOR_INDEX = "VECTOR_INDEX_FORMAT"  # the format of a table that is a vector index

CREATE = f"""
CREATE SCHEMA IF NOT EXISTS sandbricks;
CREATE TABLE IF NOT EXISTS sandbricks.securables (
    kind VARCHAR, name VARCHAR, id VARCHAR, owner VARCHAR, comment VARCHAR, properties VARCHAR, details VARCHAR,
    created_at BIGINT, created_by VARCHAR, updated_at BIGINT, updated_by VARCHAR, PRIMARY KEY (kind, name)
);
CREATE TABLE IF NOT EXISTS sandbricks.grants (
    kind VARCHAR, name VARCHAR, principal VARCHAR, privilege VARCHAR, PRIMARY KEY (kind, name, principal, privilege)
);
CREATE TABLE IF NOT EXISTS sandbricks.versions (name VARCHAR PRIMARY KEY, version BIGINT);
{table_history.CREATE}"""


@dataclass(frozen=True)
class Securable:
    """A catalog, schema, table, volume or function; `details` is what only its kind has."""

    kind: str
    name: str
    id: str
    owner: str
    comment: str | None
    properties: dict[str, str]
    details: dict[str, Any]
    created_at: int
    created_by: str
    updated_at: int
    updated_by: str


@dataclass(frozen=True)
class Description:
    """What its maker says about a new securable."""

    comment: str | None = None
    properties: dict[str, str] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    owner: str | None = None


class Securables:
    """The records, in the same database as the tables, so that one transaction changes both."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._histories = workspace.engine(table_history.Histories)

    def find(self, cursor: "Cursor", kind: str, name: str) -> Securable | None:
        """The record, or nothing."""
        found = self._read(cursor, "kind = ? AND name = ?", kind, name)
        return found[0] if found else None

    def get(self, cursor: "Cursor", kind: str, name: str) -> Securable:
        """The record.

        Raises: SqlError
        """
        found = self.find(cursor, kind, name)
        if found is None:
            raise missing(kind, name)
        return found

    def check_container(self, cursor: "Cursor", name: str) -> None:
        """Whether the catalog, or the schema and its catalog, exist.

        Raises: SqlError
        """
        catalog, _, schema = name.partition(".")
        self.get(cursor, CATALOG, catalog)
        if schema:
            self.get(cursor, SCHEMA, name)

    def within(self, cursor: "Cursor", kind: str, parent: str) -> list[Securable]:
        """The records of a kind directly inside a catalog or schema, by name; all catalogs if there is no parent."""
        if not parent:
            return self.of_kind(cursor, kind)
        condition = "kind = ? AND starts_with(name, ?) AND strpos(substr(name, ?), '.') = 0 ORDER BY name"
        return self._read(cursor, condition, kind, f"{parent}.", len(parent) + 2)

    def of_kind(self, cursor: "Cursor", kind: str) -> list[Securable]:
        """All records of a kind, by name."""
        return self._read(cursor, "kind = ? ORDER BY name", kind)

    def with_id(self, cursor: "Cursor", kind: str, number: str) -> Securable | None:
        """The record with that id, whatever its name is now."""
        found = self._read(cursor, "kind = ? AND id = ?", kind, number)
        return found[0] if found else None

    def telling(self, cursor: "Cursor", kind: str, detail: str) -> list[Securable]:
        """The records whose details have that key, the newest first."""
        condition = "kind = ? AND json_exists(details, ?) ORDER BY created_at DESC, name"
        return self._read(cursor, condition, kind, f"$.{detail}")

    def create(self, cursor: "Cursor", kind: str, name: str, told: Description) -> Securable:
        """Writes a new record, in place of any that was there."""
        now, who = self._workspace.now_ms(), told.owner or self._workspace.user_name
        record = Securable(
            kind, name, self._workspace.new_uuid(), who, told.comment, told.properties, told.details, now, who, now, who
        )
        return self._write(cursor, record)

    def change(self, cursor: "Cursor", record: Securable, **fields: Any) -> Securable:
        """Writes the record with other fields."""
        now, who = self._workspace.now_ms(), self._workspace.user_name
        return self._write(cursor, replace(record, updated_at=now, updated_by=who, **fields))

    def rename(self, cursor: "Cursor", kind: str, old: str, new: str) -> None:
        """Gives the record another name."""
        record = self.find(cursor, kind, old)
        if record is not None:
            cursor.execute("UPDATE sandbricks.grants SET name = ? WHERE kind = ? AND name = ?", [new, kind, old])
            self.delete(cursor, kind, old)
            self.change(cursor, record, name=new)

    def delete(self, cursor: "Cursor", kind: str, name: str) -> None:
        """Removes the record."""
        for table in ("securables", "grants"):
            cursor.execute(f"DELETE FROM sandbricks.{table} WHERE kind = ? AND name = ?", [kind, name])  # noqa: S608
        self._histories.forget()

    def delete_within(self, cursor: "Cursor", parent: str) -> None:
        """Removes the records of all that lies inside."""
        for table in ("securables", "grants"):
            cursor.execute(f"DELETE FROM sandbricks.{table} WHERE starts_with(name, ?)", [f"{parent}."])  # noqa: S608
        self._histories.forget()

    def touch(self, cursor: "Cursor", name: str) -> None:
        """Counts a write to the table."""
        cursor.execute(
            "INSERT INTO sandbricks.versions VALUES (?, 1) ON CONFLICT DO UPDATE SET version = version + 1", [name]
        )
        self._histories.keep(cursor, name, self._workspace.now_ms(), self._workspace.user_name)

    def version(self, cursor: "Cursor", name: str) -> int:
        """How many writes there were; a table made again under its old name counts on."""
        found = cursor.execute("SELECT version FROM sandbricks.versions WHERE name = ?", [name]).fetchone()
        return int(found[0]) if found else 0

    def versions(self, cursor: "Cursor", names: Sequence[str]) -> dict[str, int]:
        """The same of those tables and views that exist; a view counts every write, as it may read any table."""
        query = """
            SELECT name, CASE WHEN json_extract_string(details, '$.table_type') = 'VIEW'
                THEN (SELECT sum(version) FROM sandbricks.versions) ELSE coalesce(version, 0) END
            FROM sandbricks.securables LEFT JOIN sandbricks.versions USING (name)
            WHERE kind = ? AND list_contains(?, name)"""
        return {name: int(count) for name, count in cursor.execute(query, [TABLE, list(names)]).fetchall()}

    def _read(self, cursor: "Cursor", condition: str, *values: object) -> list[Securable]:
        columns = "kind, name, id, owner, comment, properties, details, created_at, created_by, updated_at, updated_by"
        query = f"SELECT {columns} FROM sandbricks.securables WHERE {condition}"  # noqa: S608  # our own words
        return [_record(*row) for row in cursor.execute(query, list(values)).fetchall()]

    def _write(self, cursor: "Cursor", record: Securable) -> Securable:
        values = [record.kind, record.name, record.id, record.owner, record.comment]
        values += [json.dumps(record.properties), json.dumps(record.details)]
        values += [record.created_at, record.created_by, record.updated_at, record.updated_by]  # type: ignore[list-item]
        marks = ", ".join("?" * len(values))
        cursor.execute(f"INSERT OR REPLACE INTO sandbricks.securables VALUES ({marks})", values)  # noqa: S608  # marks
        self._histories.forget()
        return record


def missing(kind: str, name: str) -> SqlError:
    """What to say of a name that stands for nothing."""
    parts = name.split(".", 2)
    match kind:
        case "catalog":
            return sql_error.catalog_not_found(name)
        case "schema":
            return sql_error.schema_not_found(parts[0], ".".join(parts[1:]))
        case "volume":
            return sql_error.volume_not_found(name)
        case "function":
            return sql_error.routine_not_found(*parts)
    return sql_error.table_not_found(*parts)


def checked(name: str) -> str:
    """A new name, in the small letters in which Unity Catalog keeps it.

    Raises: SqlError
    """
    if not is_valid(name):
        raise sql_error.invalid_name(name)
    return name.lower()


def kept(found: Securable, wanted: bool, refusal: SqlError) -> Securable:
    """What was there already, if that is all right.

    Raises: SqlError
    """
    if not wanted:
        raise refusal
    return found


def _record(*row: Any) -> Securable:
    kind, name, number, owner, comment, properties, details, *times = row
    return Securable(kind, name, number, owner, comment, json.loads(properties), json.loads(details), *times)
