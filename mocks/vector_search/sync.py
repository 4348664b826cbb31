"""An index follows its table: only rows that changed are embedded again, rows that went are removed."""

import hashlib
import json
import logging
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from mocks.core.errors import NotFound
from mocks.core.workspace import Workspace
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.pairs import Pairs
from mocks.vector_search.source_table import BadRowError, Row, SourceRow, SourceTable
from mocks.vector_search.wire import DeltaSyncSpec, Index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 128
SOON = 1.0  # a small sync ends before the call that asked for it does
log = logging.getLogger("sandbricks.vector_search")


class Syncs:
    """The syncs of a workspace: at most one for each index at a time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._indexes = workspace.collection("vector_search_indexes", Index, "Vector index")
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Thread] = {}
        self._stopping = threading.Event()

    def start(self, name: str) -> bool:
        """Brings the index up to its table, soon or in the background; false if that is under way already."""
        with self._lock:
            if self.running(name):
                return False
            self._note(name, syncing=True, failure=None)
            thread = threading.Thread(target=self._run, args=(name,), name=f"sync-{name}", daemon=True)
            self._under_way[name] = thread
            thread.start()
        thread.join(SOON)
        return True

    def stop(self, name: str) -> None:
        """Waits until the sync of an index that was deleted has noticed."""
        thread = self._under_way.pop(name, None)
        if thread is not None:
            thread.join()

    def running(self, name: str) -> bool:
        """Whether a sync is under way."""
        thread = self._under_way.get(name)
        return thread is not None and thread.is_alive()

    def follow(self, index: Index) -> None:
        """Starts a sync if one was cut short, or if the index is continuous and its table has changed."""
        spec = index.delta_sync_index_spec
        if spec is None or index.failure or self.running(index.name):
            return
        behind = index.synced_version is None or index.syncing
        if not behind and spec.pipeline_type == "CONTINUOUS":
            behind = self._version(spec) != index.synced_version
        if behind:
            self.start(index.name)

    def close(self) -> None:
        """Lets the syncs end after the batch they are in; the next start goes on from there."""
        self._stopping.set()
        for thread in list(self._under_way.values()):
            thread.join()

    def _version(self, spec: DeltaSyncSpec) -> int | None:
        try:
            return self._workspace.engine(Warehouse).table_version(spec.source_table)
        except SqlError:
            return None

    def _run(self, name: str) -> None:
        index = self._indexes.find(name)
        spec = index.delta_sync_index_spec if index else None
        if index is None or spec is None:
            return  # deleted meanwhile
        try:
            version = self._workspace.engine(Warehouse).table_version(spec.source_table)
            if self._bring_up(index, spec):
                self._note(name, synced_version=version, syncing=False, failure=None)
        except (SqlError, BadRowError) as error:
            log.warning("sync of %s failed: %s", name, error)
            self._note(name, syncing=False, failure=str(error))

    def _note(self, name: str, **fields: Any) -> None:
        with suppress(NotFound):  # deleted meanwhile
            self._indexes.update(name, lambda index: index.model_copy(update=fields))

    def _bring_up(self, index: Index, spec: DeltaSyncSpec) -> bool:
        """Writes what changed, batch by batch; false if it was told to stop."""
        stored, vectors = self._workspace.engine(OpenIndexes).rows(index), self._workspace.engine(Vectors)
        table, known = SourceTable(self._workspace, index, spec), stored.hashes()
        seen = table.hashes()
        changed = [key for key, told in seen.items() if known.get(key, ("", ""))[1] != told]
        if not self._write_all(index, spec, table.batches(changed, BATCH), known):
            return False
        held = set(known)
        if vectors.count(index.id) != stored.count():  # a killed process left vectors without their rows
            held.update(vectors.keys(index.id))
        self._workspace.engine(Pairs).remove(index, sorted(held - seen.keys()))
        return True

    def _deleted(self, index: Index) -> bool:
        found = self._indexes.find(index.name)
        return found is None or found.id != index.id

    def _write_all(
        self, index: Index, spec: DeltaSyncSpec, batches: Iterable[list[SourceRow]], known: dict[str, tuple[str, str]]
    ) -> bool:
        """Embeds a batch while the one before is written; false if it was told to stop."""
        pairs, written = self._workspace.engine(Pairs), None
        with ThreadPoolExecutor(1, "write") as writer:
            for batch in batches:
                if self._stopping.is_set() or self._deleted(index):
                    return False
                anew = self._embedded_anew(spec, batch, known)
                vectors = self._vectors(spec, [row for _, row in anew])
                rows = [(key, text_hash(source(spec, row)), told, row, words(row)) for key, told, row in batch]
                if written is not None:
                    written.result()
                written = writer.submit(pairs.write, index, rows, vectors, [key for key, _ in anew])
            if written is not None:
                written.result()
        return True

    def _embedded_anew(
        self, spec: DeltaSyncSpec, batch: list[SourceRow], known: dict[str, tuple[str, str]]
    ) -> list[tuple[str, Row]]:
        """The rows whose vectors are no longer those of their texts."""
        if not (spec.embedding_source_columns or spec.embedding_vector_columns):
            return []
        return [(key, row) for key, _, row in batch if known.get(key, ("", ""))[0] != text_hash(source(spec, row))]

    def _vectors(self, spec: DeltaSyncSpec, rows: list[Row]) -> "NDArray[np.float32]":
        import numpy as np

        if spec.embedding_source_columns:
            return self._workspace.shared(Embedder).encode([source(spec, row) for row in rows])
        if not spec.embedding_vector_columns:
            return np.zeros((0, 0), np.float32)
        column = spec.embedding_vector_columns[0]
        given = [row[column.name] or [] for row in rows]
        if any(len(vector) != column.embedding_dimension for vector in given):
            raise BadRowError(f"A vector in column {column.name} has not {column.embedding_dimension} numbers.")
        return np.asarray(given, np.float32)


def source(spec: DeltaSyncSpec, row: Row) -> str:
    """What the vector of a row is made from."""
    if spec.embedding_source_columns:
        return str(row[spec.embedding_source_columns[0].name] or "")
    if not spec.embedding_vector_columns:
        return ""
    return json.dumps(row[spec.embedding_vector_columns[0].name])


def words(row: Row) -> str:
    """The texts of a row, for the full-text search."""
    return "\n".join(value for value in row.values() if isinstance(value, str))


def text_hash(text: str) -> str:
    """Tells whether the text has changed."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def row_hash(row: Row) -> str:
    """Tells whether anything in the row has changed."""
    return text_hash(json.dumps(row, sort_keys=True, ensure_ascii=False))
