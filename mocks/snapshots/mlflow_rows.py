"""What MLflow's database holds for one workspace, found by its foreign keys; copied out and in as JSON lines."""

import base64
import json
import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mocks.core.errors import NotImplementedYet
from mocks.engines.mlflow.server import MlflowServer

Rows = dict[str, list[dict[str, Any]]]
# Not of a workspace's content: queues, webhooks, and keys of MLflow's own gateway.
_SKIPPED = frozenset(
    {"jobs", "job_locks", "webhooks", "webhook_events", "workspaces", "secrets", "budget_policies", "alembic_version"}
)
# Linked by plain ids, without foreign keys (mlflow/store/tracking/dbmodels/models.py).
_LINKED = ("inputs", "entity_associations")
_LINKS = (("runs", "run_uuid"), ("trace_info", "request_id"), ("logged_models", "model_id"))
_ID = re.compile(
    r"(?:[a-z]{1,3}-)?[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[A-Za-z0-9+/]{22}=="
)
_EXPERIMENT_FIELDS = ("experiment_id", "experiment_ids")


@dataclass(frozen=True)
class Renamed:
    """The ids that are taken in this sandbox, with those that take their place."""

    ids: dict[str, str] = field(default_factory=dict)
    experiments: dict[int, int] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """The text with the new ids."""
        return _ID.sub(lambda found: self.ids.get(found[0], found[0]), text) if self.ids else text

    def path(self, part: str) -> str:
        """The part of a path with the new id; the first part is an experiment's."""
        return str(self.experiments.get(int(part), part)) if part.isdigit() else self.text(part)

    def json(self, body: str) -> str:
        """The JSON text with the new ids and the new ids of experiments."""
        body = self.text(body)
        if not self.experiments or "experiment_id" not in body:
            return body
        return json.dumps(self._experiments_in(json.loads(body)), ensure_ascii=False)

    def _experiments_in(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._experiments_in(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self._experiments_in(item, name) for item in value]
        known = name in _EXPERIMENT_FIELDS and str(value).isdigit()
        return type(value)(self.experiments.get(int(value), value)) if known else value


class MlflowRows:
    """Reads and writes MLflow's SQLite file beside the running server."""

    def __init__(self, server: MlflowServer) -> None:
        self._server = server

    def of(self, workspace: str) -> Rows:
        """All rows of a workspace, by table."""
        with self._open() as database:
            tables = _tables(database)
            found: Rows = {}
            for table in tables:
                if condition := _condition(tables, table):
                    rows = database.execute(f"SELECT * FROM {table} WHERE {condition}", {"w": workspace})  # noqa: S608
                    found[table] = [dict(row) for row in rows]
            return {table: rows for table, rows in found.items() if rows}

    def renaming(self, rows: Rows) -> Renamed:
        """New ids, if some of these are taken."""
        with self._open() as database:
            keys = {table: key for table in rows if (key := _key(database, table))}
            taken = any(self._taken(database, table, key, rows[table]) for table, key in keys.items())
            if not taken:
                return Renamed()
            last = database.execute("SELECT max(experiment_id) FROM experiments").fetchone()[0] or 0
        olds = [row["experiment_id"] for row in rows.get("experiments", ())]
        ids: dict[str, str] = {}
        for table, key in keys.items():
            for row in rows[table]:
                if isinstance(row[key], str) and _ID.fullmatch(row[key]):
                    ids |= _new_ids(row[key])
        return Renamed(ids, {old: last + number for number, old in enumerate(olds, 1)})

    def insert(self, rows: Rows, renamed: Renamed, old: str, new: str) -> None:
        """Writes the rows into another workspace of MLflow."""
        with self._open() as database, database:
            tables = _tables(database)
            for table, kept in rows.items():
                stored = tables[table][0]  # without the columns that SQLite computes
                for row in kept:
                    cells = {name: _cell(name, row[name], renamed, old, new) for name in row if name in stored}
                    names, marks = ", ".join(f'"{name}"' for name in cells), ", ".join("?" * len(cells))
                    database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(cells.values()))  # noqa: S608

    def write(self, rows: Rows, folder: Path) -> None:
        """Writes a file of JSON lines for each table."""
        folder.mkdir(mode=0o700)
        for table, kept in rows.items():
            lines = (json.dumps(row, default=_bytes, ensure_ascii=False) for row in kept)
            (folder / f"{table}.jsonl").write_text("".join(f"{line}\n" for line in lines))

    def read(self, folder: Path) -> Rows:
        """The rows that were written."""
        return {
            file.stem: [json.loads(line, object_hook=_blob) for line in file.read_text().splitlines()]
            for file in sorted(folder.glob("*.jsonl"))
        }

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        file = self._server.database
        if file is None:
            raise NotImplementedYet(
                "Snapshots are taken of MLflow's own SQLite file; this sandbox keeps it in PostgreSQL."
            )
        self._server.ready()
        with closing(sqlite3.connect(file, timeout=30)) as database:
            database.row_factory = sqlite3.Row
            yield database

    def _taken(self, database: sqlite3.Connection, table: str, key: str, rows: list[dict[str, Any]]) -> bool:
        query = f"SELECT 1 FROM {table} WHERE {key} = ?"  # noqa: S608  # names from the schema
        return any(database.execute(query, (row[key],)).fetchone() for row in rows)


def _tables(database: sqlite3.Connection) -> dict[str, tuple[set[str], list[tuple[str, str, str]]]]:
    """The columns of each table, and its foreign keys: column, table, column."""
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: (
            {row["name"] for row in database.execute(f"PRAGMA table_info({name})")},
            [(row["from"], row["table"], row["to"]) for row in database.execute(f"PRAGMA foreign_key_list({name})")],
        )
        for name in names
        if name not in _SKIPPED and not name.startswith("sqlite_")
    }


def _condition(tables: dict[str, tuple[set[str], list[tuple[str, str, str]]]], table: str) -> str:
    """Which rows of the table belong to the workspace `:w`; nothing if none do."""
    columns, keys = tables[table]
    if "workspace" in columns:
        return "workspace = :w"
    links = [(side, parent, column) for parent, column in _LINKS for side in ("source_id", "destination_id")]
    ways = links if table in _LINKED else keys
    found = [
        f"{column} IN (SELECT {target} FROM {parent} WHERE {within})"  # noqa: S608  # names from the schema
        for column, parent, target in ways
        if parent in tables and (within := _condition(tables, parent))
    ]
    return " OR ".join(found)


def _key(database: sqlite3.Connection, table: str) -> str | None:
    keys = [row["name"] for row in database.execute(f"PRAGMA table_info({table})") if row["pk"]]
    return keys[0] if len(keys) == 1 else None


def _new_ids(old: str) -> dict[str, str]:
    """The new id, and for a trace also the bare and the base64 form that its spans carry."""
    prefix, _, digits = old.rpartition("-") if len(old) != 36 else ("", "", old)
    made = uuid.uuid4()
    if len(digits) == 36:
        return {old: str(made)}
    new = made.hex
    found = {old: f"{prefix}-{new}" if prefix else new}
    if prefix == "tr":
        found |= {digits: new, _base64(digits): _base64(new)}
    return found


def _base64(digits: str) -> str:
    return base64.b64encode(bytes.fromhex(digits)).decode()


def _cell(name: str, cell: Any, renamed: Renamed, old: str, new: str) -> Any:
    if name == "workspace":
        return new
    if name == "experiment_id" and isinstance(cell, int):
        return renamed.experiments.get(cell, cell)
    if not isinstance(cell, str):
        return cell
    artifacts = re.compile(rf"/workspaces/{re.escape(old)}/(\d+)")
    moved = artifacts.sub(lambda found: f"/workspaces/{new}/{renamed.path(found[1])}", cell)
    return renamed.text(moved)


def _bytes(value: Any) -> Any:
    return {"$bytes": base64.b64encode(value).decode()}


def _blob(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["$bytes"]) if set(value) == {"$bytes"} else value
