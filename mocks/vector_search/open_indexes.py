"""The files of a workspace's indexes, opened once."""

import threading

from mocks.core.workspace import Workspace
from mocks.vector_search.rows import IndexRows
from mocks.vector_search.wire import Index


class OpenIndexes:
    """One file of rows for each index."""

    def __init__(self, workspace: Workspace) -> None:
        self._folder = workspace.folder / "vector_search"
        self._lock = threading.Lock()
        self._open: dict[str, IndexRows] = {}

    def rows(self, index: Index) -> IndexRows:
        """The rows of an index."""
        with self._lock:
            if index.id not in self._open:
                self._open[index.id] = IndexRows(self._folder / f"{index.id}.sqlite")
            return self._open[index.id]

    def drop(self, index: Index) -> None:
        """Removes the file."""
        self.rows(index).close()
        with self._lock:
            del self._open[index.id]
        for file in self._folder.glob(f"{index.id}.sqlite*"):
            file.unlink()

    def close(self) -> None:
        """Closes the files."""
        for rows in self._open.values():
            rows.close()
