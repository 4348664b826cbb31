"""From a volume of files to a searchable index: read, parse, chunk, write, sync, and a report of what was left out."""

import hashlib
import itertools
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from databricks.sdk import WorkspaceClient
from tqdm import tqdm

from agent import index, volume
from agent.chunking import Chunk, Chunking, chunks
from agent.parsing import Document, Section, UnreadableError, parse
from agent.profile import profile
from agent.settings import Settings
from agent.warehouse import Warehouse, insert, literal

_ROWS_PER_INSERT = 200
_COPY = re.compile(r"\bcopy\b|\(\d+\)$", re.I)
_TABLE = """CREATE TABLE IF NOT EXISTS {table} (
  chunk_id STRING NOT NULL, doc_uri STRING, doc_sha STRING, title STRING, kind STRING, status STRING,
  contract_id STRING, amendment_no INT, effective_date DATE, section STRING, content STRING
) TBLPROPERTIES (delta.enableChangeDataFeed = true)"""


@dataclass
class Report:
    """What an ingest did with each file."""

    files: int = 0
    chunks: int = 0
    written: int = 0
    removed: int = 0
    unreadable: dict[str, str] = field(default_factory=dict)
    duplicates: dict[str, str] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        read = self.files - len(self.unreadable)
        lines = [
            f"{self.files} files: {read} read, {len(self.unreadable)} not readable, {len(self.duplicates)} duplicates",
            f"{self.chunks} chunks: those of {self.written} documents written, of {self.removed} removed",
        ]
        lines += [f"  not readable  {path}: {reason}" for path, reason in sorted(self.unreadable.items())]
        lines += [f"  duplicate     {path}: same text as {of}" for path, of in sorted(self.duplicates.items())]
        lines += [f"  draft         {path}: indexed, never trusted" for path in sorted(self.drafts)]
        return "\n".join(lines)


def ingest(w: WorkspaceClient, settings: Settings) -> Report:
    """May be run again at any time: only documents that changed are written."""
    report = Report()
    documents = _distinct(_documents(w, settings, report), report)
    wanted = {document.path: _chunks(document, settings, report) for document in documents}
    wanted |= {path: _stub(path, reason, settings) for path, reason in report.unreadable.items()}
    report.chunks = sum(map(len, wanted.values()))
    _write(Warehouse(w, settings), settings.chunks_table, wanted, report)
    index.follow(w, settings, report.chunks)
    return report


def _documents(w: WorkspaceClient, settings: Settings, report: Report) -> Iterator[Document]:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it cannot read is in the report
    for path in tqdm(list(volume.files(w, settings.volume_path)), desc="parse", unit="file"):
        report.files += 1
        try:
            yield parse(path, volume.read(w, path))
        except UnreadableError as error:
            report.unreadable[path] = str(error)


def _distinct(documents: Iterable[Document], report: Report) -> list[Document]:
    """Of documents with the same text, the one that is not called a copy; else the one with the shortest path."""
    kept: dict[str, Document] = {}
    for document in sorted(documents, key=lambda d: (bool(_COPY.search(d.path)), len(d.path), d.path)):
        first = kept.setdefault(_text_sha(document), document)
        if first is not document:
            report.duplicates[document.path] = first.path
    return sorted(kept.values(), key=lambda document: document.path)


def _text_sha(document: Document) -> str:
    words = " ".join(f"{document.title} {document.text}".split()).casefold()
    return hashlib.sha256(words.encode()).hexdigest()


def _chunks(document: Document, settings: Settings, report: Report) -> list[Chunk]:
    about = profile(document, settings.identifier)
    if about.status == "draft":
        report.drafts.append(document.path)
    made = chunks(document, about, _chunking(settings))
    return [chunk.stamped(_sha(made)) for chunk in made]


def _chunking(settings: Settings) -> Chunking:
    return Chunking(settings.chunking, settings.chunk_characters, settings.chunk_overlap)


def _stub(path: str, reason: str, settings: Settings) -> list[Chunk]:
    """One chunk that says that the file is there and unread, so that the agent can say so too."""
    told = f"The file {PurePosixPath(path).name} could not be read: {reason}. Nothing is known of its content."
    document = Document(path, PurePosixPath(path).stem, (Section("", told),))
    about = replace(profile(document, settings.identifier), kind="unreadable", status="unreadable")
    made = chunks(document, about, _chunking(settings))
    return [chunk.stamped(_sha(made)) for chunk in made]


def _sha(made: list[Chunk]) -> str:
    """Changes with the text, the metadata and the way of chunking."""
    return hashlib.sha256(repr(made).encode()).hexdigest()[:32]


def _write(warehouse: Warehouse, table: str, wanted: dict[str, list[Chunk]], report: Report) -> None:
    """A document whose writing was cut short is written again by the next run, because its chunks are not all there."""
    warehouse.run(_TABLE.format(table=table))
    held = warehouse.run(f"SELECT doc_uri, max(doc_sha), count(*) FROM {table} GROUP BY doc_uri")  # noqa: S608
    there = {(row[0], row[1], int(row[2] or 0)) for row in held}
    stays = {path for path, made in wanted.items() if made and (path, made[0].doc_sha, len(made)) in there}
    gone = sorted({str(row[0]) for row in held} - stays)
    changed = [made for path, made in wanted.items() if path not in stays]
    if gone:
        warehouse.run(f"DELETE FROM {table} WHERE doc_uri IN ({', '.join(map(literal, gone))})")  # noqa: S608
    rows = list(itertools.chain.from_iterable(changed))
    with tqdm(total=len(rows), desc="write", unit="chunk") as bar:
        for start in range(0, len(rows), _ROWS_PER_INSERT):
            batch = rows[start : start + _ROWS_PER_INSERT]
            warehouse.run(insert(table, [chunk.row() for chunk in batch]))
            bar.update(len(batch))
    report.written = len(changed)
    report.removed = len(set(gone) - set(wanted))


if __name__ == "__main__":
    print(ingest(WorkspaceClient(), Settings.load()))
