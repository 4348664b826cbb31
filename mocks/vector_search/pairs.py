"""A row and its vector lie in two files; they are written and removed together, also when the process is killed."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mocks.core.workspace import Workspace
from mocks.engines.embedding.vectors import Vectors
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.rows import IndexRows, StoredRow
from mocks.vector_search.wire import Index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Pairs:
    """The writes to a workspace's indexes: one at a time for each index.

    The keys of a write are noted before it and struck out with it. Keys that a killed process left noted have perhaps a
    vector without its row, or with the row of before: a sync writes them again, and in a direct-access index the
    vector is brought back to the row.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._whole: set[str] = set()

    def write(
        self, index: Index, rows: Sequence[StoredRow], vectors: "NDArray[np.float32]", keys: Sequence[str]
    ) -> None:
        """Writes the rows, and the vectors under the keys; a row whose text has not changed needs no new vector."""
        with self._locks[index.id]:
            stored = self._mended(index)
            stored.begin([row[0] for row in rows])
            self._workspace.engine(Vectors).upsert(index.id, keys, vectors)
            stored.put(rows)

    def remove(self, index: Index, keys: Sequence[str]) -> int:
        """Removes rows with their vectors; gives how many there were."""
        with self._locks[index.id]:
            stored = self._mended(index)
            stored.begin(keys)
            removed = stored.delete(keys)
            self._workspace.engine(Vectors).delete(index.id, keys)
            stored.end(keys)
            return removed

    def mend(self, index: Index) -> None:
        """Ends what a killed process left half done."""
        if index.id not in self._whole:
            with self._locks[index.id]:
                self._mended(index)

    def _mended(self, index: Index) -> IndexRows:
        stored = self._workspace.engine(OpenIndexes).rows(index)
        spec = index.direct_access_index_spec
        left = stored.begun() if spec else []
        if spec and left:
            import numpy as np

            column, vectors = spec.embedding_vector_columns[0].name, self._workspace.engine(Vectors)
            rows = stored.get(left)
            vectors.delete(index.id, [key for key in left if key not in rows])
            vectors.upsert(index.id, list(rows), np.asarray([row[column] for row in rows.values()], np.float32))
            stored.end(left)
        self._whole.add(index.id)
        return stored
