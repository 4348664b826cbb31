"""The two tables of an ingest: the chunks, and the files with what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from agent.chunking import Chunk
from agent.settings import Settings
from agent.warehouse import Warehouse, insert, literal

_AT_ONCE = 100
_CHUNKS = """CREATE TABLE IF NOT EXISTS {table} (
  chunk_id STRING NOT NULL, doc_uri STRING, doc_sha STRING, title STRING, kind STRING, status STRING,
  contract_id STRING, amendment_no INT, effective_date DATE, section STRING, content STRING
) TBLPROPERTIES (delta.enableChangeDataFeed = true)"""
_FILES = """CREATE TABLE IF NOT EXISTS {table} (
  doc_uri STRING NOT NULL, size BIGINT, modified BIGINT, recipe STRING, text_sha STRING, doc_sha STRING, chunks INT,
  status STRING, detail STRING
)"""
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Entry:
    """What became of a file: `status` executed, final, draft, unreadable, duplicate; `detail` says why or of which."""

    doc_uri: str
    size: int
    modified: int
    recipe: str
    text_sha: str
    doc_sha: str
    chunks: int
    status: str
    detail: str


class Library:
    """Files are written in batches; one that a kill cuts short is written again, because its entry comes last."""

    def __init__(self, warehouse: Warehouse, settings: Settings) -> None:
        self._warehouse, self._chunks, self._files = warehouse, settings.chunks_table, settings.files_table
        warehouse.run(_CHUNKS.format(table=self._chunks))
        warehouse.run(_FILES.format(table=self._files))
        held = warehouse.run(f"SELECT doc_uri, max(doc_sha), count(*) FROM {self._chunks} GROUP BY doc_uri")  # noqa: S608
        self._held = {str(row[0]): (str(row[1]), int(row[2] or 0)) for row in held}
        self._entries = self._read()
        self._batch: dict[str, tuple[Entry, Sequence[Chunk]]] = {}
        self._rows = self._taken = 0
        self.last: tuple[str, str] | None = None  # path and sha of the document that was written last

    @property
    def paths(self) -> set[str]:
        """Of every file that either table knows."""
        return set(self._held) | set(self._entries)

    def entry(self, path: str) -> Entry | None:
        """Of a file whose chunks are all there."""
        entry = self._entries.get(path)
        return None if entry is None or self._differs(entry) else entry

    def put(self, entry: Entry, chunks: Sequence[Chunk]) -> bool:
        """Writes what differs, soon; whether chunks are among that."""
        known = self.entry(entry.doc_uri)
        if known == entry and entry.doc_uri not in self._batch:
            return False
        differs = self._differs(entry)
        self._batch[entry.doc_uri] = (entry, chunks)
        self._rows += len(chunks)
        if self._rows >= _AT_ONCE or len(self._batch) >= _AT_ONCE:
            self.flush()
        return differs

    def flush(self) -> None:
        """Writes all that was put."""
        batch, self._batch, self._rows = self._batch, {}, 0
        anew = {path: (entry, chunks) for path, (entry, chunks) in batch.items() if self._differs(entry)}
        self._delete(self._chunks, [path for path in anew if path in self._held])
        self.last = max(((path, e.doc_sha) for path, (e, _) in anew.items() if e.chunks), default=self.last)
        rows = [chunk.row() for _, chunks in anew.values() for chunk in chunks]
        for start in range(0, len(rows), _AT_ONCE):
            self._warehouse.run(insert(self._chunks, rows[start : start + _AT_ONCE]))
        self._taken += len(rows)
        self._delete(self._files, [path for path in batch if path in self._entries])
        if batch:
            self._warehouse.run(insert(self._files, [asdict(entry) for entry, _ in batch.values()]))
        self._entries |= {path: entry for path, (entry, _) in batch.items()}
        self._held |= {path: (entry.doc_sha, entry.chunks) for path, (entry, _) in anew.items()}

    def taken(self) -> int:
        """How many chunks were written since this was asked last."""
        taken, self._taken = self._taken, 0
        return taken

    def remove(self, paths: Iterable[str]) -> None:
        """Of both tables."""
        for path in (gone := sorted(paths)):
            self._batch.pop(path, None)
        for table in (self._chunks, self._files):
            self._delete(table, gone)
        for path in gone:
            self._held.pop(path, None)
            self._entries.pop(path, None)

    def _differs(self, entry: Entry) -> bool:
        """Whether other chunks are in the table."""
        return self._held.get(entry.doc_uri, ("", 0)) != (entry.doc_sha, entry.chunks)

    def _read(self) -> dict[str, Entry]:
        columns = ", ".join(Entry.__annotations__)
        rows = self._warehouse.run(f"SELECT {columns} FROM {self._files}")  # noqa: S608
        return {str(row[0]): _entry([cell or "" for cell in row]) for row in rows}

    def _delete(self, table: str, paths: Sequence[str]) -> None:
        for start in range(0, len(paths), _AT_ONCE):
            named = ", ".join(map(literal, paths[start : start + _AT_ONCE]))
            self._warehouse.run(f"DELETE FROM {table} WHERE doc_uri IN ({named})")  # noqa: S608


def _entry(cells: Sequence[str]) -> Entry:
    path, size, modified, recipe, text_sha, doc_sha, chunks, status, detail = cells
    return Entry(path, int(size), int(modified), recipe, text_sha, doc_sha, int(chunks), status, detail)
