"""The rows of an index beside its vectors: what a query returns, filters and searches by words."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mocks.vector_search.filters import Condition
from mocks.vector_search.keywords import match_expression

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rows (
    number INTEGER PRIMARY KEY, key TEXT UNIQUE, text_hash TEXT, row_hash TEXT, body TEXT
);
CREATE TABLE IF NOT EXISTS begun (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize='porter unicode61');
"""
MANY = 500
StoredRow = tuple[str, str, str, dict[str, Any], str]  # key, hash of the text, hash of the row, the row, its words


class IndexRows:
    """A SQLite file; a row is written after its vector, so a row that is there can be found."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(exist_ok=True)
        self._lock = threading.RLock()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(_SCHEMA)

    def hashes(self) -> dict[str, tuple[str, str]]:
        """The hashes of text and row by key; none where a write was cut short."""
        known = {key: (text, row) for key, text, row in self._all("SELECT key, text_hash, row_hash FROM rows")}
        return known | {key: ("", "") for key in self.begun() if key in known}

    def begin(self, keys: Iterable[str]) -> None:
        """Notes the keys of a write that begins."""
        with self._lock, _transaction(self._database):
            self._database.executemany("INSERT OR IGNORE INTO begun VALUES (?)", ((key,) for key in keys))

    def begun(self) -> list[str]:
        """The keys of writes that have not ended."""
        return [key for (key,) in self._all("SELECT key FROM begun")]

    def end(self, keys: Iterable[str]) -> None:
        """Strikes the keys out."""
        with self._lock, _transaction(self._database):
            self._end(keys)

    def put(self, rows: Sequence[StoredRow]) -> None:
        """Writes rows, all of them or none, and ends their write."""
        with self._lock, _transaction(self._database):
            for key, text_hash, row_hash, body, words in rows:
                self._remove(key)
                kept = json.dumps(body, ensure_ascii=False)
                written = "INSERT INTO rows (key, text_hash, row_hash, body) VALUES (?, ?, ?, ?)"
                number = self._database.execute(written, (key, text_hash, row_hash, kept)).lastrowid
                self._database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, words))
            self._end(row[0] for row in rows)

    def delete(self, keys: Iterable[str]) -> int:
        """Removes rows; gives how many there were."""
        with self._lock, _transaction(self._database):
            return sum(self._remove(key) for key in keys)

    def get(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The rows under these keys."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(keys), MANY):
            chosen = keys[start : start + MANY]
            marks = ",".join("?" * len(chosen))
            for key, body in self._all(f"SELECT key, body FROM rows WHERE key IN ({marks})", *chosen):  # noqa: S608  # marks only
                found[key] = json.loads(body)
        return found

    def matching(self, condition: Condition, keys: Sequence[str] | None = None) -> list[str]:
        """The keys of the rows that satisfy a filter; only of these keys if some are given."""
        query = f"SELECT key FROM rows WHERE {condition.sql}"  # noqa: S608  # bound
        if keys is None:
            return [key for (key,) in self._all(query, *condition.values)]
        found: list[str] = []
        for start in range(0, len(keys), MANY):
            chosen = keys[start : start + MANY]
            among = f"{query} AND key IN ({','.join('?' * len(chosen))})"
            found += [key for (key,) in self._all(among, *condition.values, *chosen)]
        return found

    def search(self, text: str, count: int, condition: Condition | None) -> list[tuple[str, float]]:
        """The keys that fit the words best, with their BM25 scores; the best first."""
        expression = match_expression(text)
        if not expression:
            return []
        wanted = f"AND {condition.sql}" if condition else ""
        source = "words JOIN rows ON rows.number = words.rowid"
        order = "ORDER BY score DESC, rows.key LIMIT ?"
        query = f"SELECT rows.key, -bm25(words) AS score FROM {source} WHERE words MATCH ? {wanted} {order}"  # noqa: S608  # bound
        values = condition.values if condition else ()
        return [(key, float(score)) for key, score in self._all(query, expression, *values, count)]

    def after(self, key: str | None, count: int) -> list[tuple[str, dict[str, Any]]]:
        """The next rows in the order of their keys."""
        query = "SELECT key, body FROM rows WHERE key > ? ORDER BY key LIMIT ?"
        return [(found, json.loads(body)) for found, body in self._all(query, key or "", count)]

    def count(self) -> int:
        """How many rows there are."""
        return int(self._all("SELECT count(*) FROM rows")[0][0])

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._database.close()

    def _end(self, keys: Iterable[str]) -> None:
        self._database.executemany("DELETE FROM begun WHERE key = ?", ((key,) for key in keys))

    def _remove(self, key: str) -> int:
        found = self._database.execute("DELETE FROM rows WHERE key = ? RETURNING number", (key,)).fetchall()
        for (number,) in found:
            self._database.execute("DELETE FROM words WHERE rowid = ?", (number,))
        return len(found)

    def _all(self, query: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._database.execute(query, values).fetchall()


class _transaction:  # noqa: N801  # used like a statement
    """All or nothing."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._database.execute("COMMIT" if kind is None else "ROLLBACK")
