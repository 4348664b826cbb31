"""Named records that survive the process: one SQLite file per workspace."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from mocks.core.errors import AlreadyExists, ResourceDoesNotExist
from mocks.core.staleness import Staleness
from mocks.core.wire import Wire

W = TypeVar("W", bound=Wire)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    collection TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (collection, key)
) WITHOUT ROWID
"""


class Records:
    """The file behind the collections of a workspace; every write is committed before it is acknowledged."""

    def __init__(self, file: Path) -> None:
        self.lock, self.staleness = threading.RLock(), Staleness()
        os.close(os.open(file, os.O_CREAT, 0o600))  # SQLite gives its log files the mode of the database
        file.chmod(0o600)
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.execute(_SCHEMA)

    def one(self, collection: str, key: str) -> str | None:
        """The body under that key."""
        now = self._one(collection, key)
        return self.staleness.seen(collection, key, now) if self.staleness.reads else now

    def all(self, collection: str, prefix: str) -> list[str]:
        """The bodies whose key begins so, in the order of their keys."""
        query = "SELECT key, body FROM records WHERE collection = ? AND key >= ? AND substr(key, 1, ?) = ? ORDER BY key"
        found = self._rows(query, collection, prefix, len(prefix), prefix)
        if not self.staleness.reads:
            return [body for _, body in found]
        bodies: dict[str, str | None] = dict(found)  # type: ignore[arg-type]  # pairs of two
        for key in self.staleness.changed(collection):
            if key.startswith(prefix):
                bodies[key] = self.staleness.seen(collection, key, bodies.get(key))
        return [body for _, body in sorted(bodies.items()) if body is not None]

    def put(self, collection: str, key: str, body: str) -> None:
        """Writes the body, whatever was there."""
        self._remember(collection, key)
        self._rows("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", collection, key, body)

    def delete(self, collection: str, key: str) -> bool:
        """Removes the record; false if there was none."""
        self._remember(collection, key)
        return bool(self._rows("DELETE FROM records WHERE collection = ? AND key = ? RETURNING key", collection, key))

    def rows(self) -> list[tuple[str, str, str]]:
        """Collection, key and body of all records."""
        return [(c, k, b) for c, k, b in self._rows("SELECT collection, key, body FROM records ORDER BY 1, 2")]

    def put_all(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Writes many records in one transaction."""
        with self.lock:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", rows)
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Closes the file."""
        with self.lock:
            self._database.close()

    def _one(self, collection: str, key: str) -> str | None:
        found = self._rows("SELECT body FROM records WHERE collection = ? AND key = ?", collection, key)
        return found[0][0] if found else None

    def _remember(self, collection: str, key: str) -> None:
        if self.staleness.reads:
            self.staleness.written(collection, key, self._one(collection, key))

    def _rows(self, query: str, *values: object) -> list[tuple[str, ...]]:
        with self.lock:
            return self._database.execute(query, values).fetchall()


class Collection(Generic[W]):
    """The records of one kind, by key."""

    def __init__(self, records: Records, name: str, model: type[W], noun: str) -> None:
        self._records, self._name, self._model, self._noun = records, name, model, noun

    def find(self, key: str) -> W | None:
        """The record, or nothing."""
        body = self._records.one(self._name, key)
        return None if body is None else self._model.model_validate_json(body)

    def get(self, key: str) -> W:
        """The record.

        Raises: ResourceDoesNotExist
        """
        found = self.find(key)
        if found is None:
            raise ResourceDoesNotExist(f"{self._noun} '{key}' does not exist.")
        return found

    def create(self, key: str, value: W) -> W:
        """Stores a new record.

        Raises: AlreadyExists
        """
        with self._records.lock:
            if self._records.one(self._name, key) is not None:
                raise AlreadyExists(f"{self._noun} '{key}' already exists.")
            return self.put(key, value)

    def put(self, key: str, value: W) -> W:
        """Stores the record, whatever was there."""
        self._records.put(self._name, key, value.model_dump_json(by_alias=True, exclude_none=True))
        return value

    def update(self, key: str, change: Callable[[W], W]) -> W:
        """Changes the record while nobody else can.

        Raises: ResourceDoesNotExist
        """
        with self._records.lock:
            return self.put(key, change(self.get(key)))

    def delete(self, key: str) -> None:
        """Removes the record.

        Raises: ResourceDoesNotExist
        """
        if not self._records.delete(self._name, key):
            raise ResourceDoesNotExist(f"{self._noun} '{key}' does not exist.")

    def all(self, prefix: str = "") -> list[W]:
        """All records whose key begins so, in the order of their keys."""
        return [self._model.model_validate_json(body) for body in self._records.all(self._name, prefix)]
