"""From a volume of files to a searchable index: only what changed is read, chunked, written and embedded again."""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors.base import DatabricksError
from tqdm import tqdm

from agent import volume
from agent.index import Following
from agent.library import DUPLICATE, Entry, Library
from agent.readers import Reader, reader
from agent.reading import UNREADABLE, Reading, Recipe
from agent.settings import FILE, Settings
from agent.volume import File
from agent.warehouse import StatementError, Warehouse

_COPY = re.compile(r"\b(copy|kopie|copie|copia)\b|\(\d+\)(\.\w+)?$", re.I)
_SETTLED_MS = 2_000  # a file may change again within the same tick of its clock


@dataclass
class Report:
    """What an ingest did with each file."""

    files: int = 0
    read: int = 0
    chunks: int = 0
    written: int = 0
    removed: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, str] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        same = f"{self.read} read, {self.files - self.read} unchanged"
        lines = [
            f"{self.files} files: {same}; {len(self.unreadable)} not readable, {len(self.duplicates)} duplicates",
            f"{self.chunks} chunks: those of {self.written} documents written, of {self.removed} removed",
        ]
        lines += [f"  not readable  {path}: {reason}" for path, reason in sorted(self.unreadable.items())]
        lines += [f"  duplicate     {path}: same text as {of}" for path, of in sorted(self.duplicates.items())]
        lines += [f"  draft         {path}: indexed, never trusted" for path in sorted(self.drafts)]
        return "\n".join("".join(c if c.isprintable() else "?" for c in line) for line in lines)


def ingest(w: WorkspaceClient, settings: Settings) -> Report:
    """May be run again at any time, also after a run that was killed."""
    started = time.time_ns() // 1_000_000
    files = {file.path: file for file in volume.files(w, settings.volume_path)}
    library = Library(Warehouse(w, settings), settings)
    gone = library.paths - set(files)
    library.remove(gone)
    shelf = Shelf(library, Recipe.of(settings).sha, started)
    with Following(w, settings) as following:
        for reading in _read(reader(w, settings), shelf.unknown(files)):
            shelf.place(files[reading.path], reading)
            following.wrote(library.taken())
        vanished = shelf.vanished(files)
        library.remove(vanished)
        shelf.settle()
        report = shelf.report(len(files), len(gone))
        report.unreadable |= dict.fromkeys(vanished, "gone before it could be read")
        following.finish(report.chunks, library.last)
    return report


def _read(reads: Reader, files: list[File]) -> Iterator[Reading]:
    with tqdm(total=len(files), desc="read", unit="file") as bar:
        for reading in reads.read(files) if files else ():
            yield reading
            bar.update()
        bar.update(len(files) - bar.n)


class Shelf:
    """Where each file goes: of files with the same text one is kept, the others are listed as its duplicates."""

    def __init__(self, library: Library, recipe: str, now: int) -> None:
        self._library, self._recipe, self._now = library, recipe, now
        self._entries: dict[str, Entry] = {}
        self._kept: dict[str, Entry] = {}
        self._read: set[str] = set()
        self._written: set[str] = set()

    def unknown(self, files: Mapping[str, File]) -> list[File]:
        """The files that must be read: new or changed ones, and duplicates of what is no longer there."""
        entries = filter(None, map(self._library.entry, files))
        same = {entry.doc_uri: entry for entry in entries if self._is_same(files[entry.doc_uri], entry)}
        for path, entry in same.items():
            if entry.status != DUPLICATE or self._is_kept(same.get(entry.detail)):
                self._note(path, entry)
        return sorted((f for path, f in files.items() if path not in self._entries), key=lambda f: _rank(f.path, ""))

    def place(self, file: File, reading: Reading) -> None:
        """Keeps the file, or notes whose duplicate it is; the better of two is kept even if it comes later."""
        settled = file.modified if file.modified < self._now - _SETTLED_MS and not reading.again else 0
        sha, number = reading.doc_sha, len(reading.chunks)
        entry = Entry(
            file.path, file.size, settled, self._recipe, reading.text_sha, sha, number, reading.status, reading.reason
        )
        self._read.add(file.path)
        first = self._kept.get(reading.text_sha) if reading.text_sha else None
        if first is None or first.doc_uri == file.path:
            self._put(entry, reading)
        elif _rank(file.path, reading.status) < _rank(first.doc_uri, first.status):
            self._put(_duplicate(first, file.path))
            self._put(entry, reading)
        else:
            self._put(_duplicate(entry, first.doc_uri))

    def vanished(self, files: Mapping[str, File]) -> set[str]:
        """The files that were there, and were gone when they should be read."""
        return set(files) - set(self._entries)

    def settle(self) -> None:
        """Writes the rest; a duplicate names the one that is kept in the end."""
        for entry in list(self._entries.values()):
            if entry.status == DUPLICATE and entry.detail != self._kept[entry.text_sha].doc_uri:
                self._put(_duplicate(entry, self._kept[entry.text_sha].doc_uri))
        self._library.flush()

    def report(self, files: int, removed: int) -> Report:
        told = Report(files, len(self._read), written=len(self._written), removed=removed)
        for path, entry in self._entries.items():
            told.chunks += entry.chunks
            if entry.status == UNREADABLE:
                told.unreadable[path] = entry.detail
            elif entry.status == DUPLICATE:
                told.duplicates[path] = entry.detail
            elif entry.status == "draft":
                told.drafts.append(path)
        return told

    def _is_same(self, file: File, entry: Entry) -> bool:
        return (entry.size, entry.modified, entry.recipe) == (file.size, file.modified, self._recipe)

    def _is_kept(self, original: Entry | None) -> bool:
        return original is not None and original.status != DUPLICATE

    def _put(self, entry: Entry, reading: Reading | None = None) -> None:
        self._note(entry.doc_uri, entry)
        if self._library.put(entry, reading.chunks if reading else ()) and reading:
            self._written.add(entry.doc_uri)

    def _note(self, path: str, entry: Entry) -> None:
        self._entries[path] = entry
        if entry.text_sha and entry.status != DUPLICATE:
            self._kept[entry.text_sha] = entry


def _duplicate(entry: Entry, of: str) -> Entry:
    return replace(entry, doc_sha="", chunks=0, status=DUPLICATE, detail=of)


def _rank(path: str, status: str) -> tuple[bool, bool, int, str]:
    """Less is better: what is no draft, what is not called a copy, the shorter path."""
    return status == "draft", bool(_COPY.search(path)), len(path), path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m agent.ingest", description=__doc__)
    parser.add_argument(
        "--settings", type=Path, default=FILE, help="YAML with the names and knobs of agent/settings.py"
    )
    told = parser.parse_args()
    try:
        print(ingest(WorkspaceClient(), Settings.load(told.settings)))
    except (DatabricksError, StatementError, ValueError, OSError) as error:
        sys.exit(f"ingest: {error}")
    except KeyboardInterrupt:
        sys.exit("ingest: stopped; run it again and it goes on from here")


if __name__ == "__main__":
    main()
