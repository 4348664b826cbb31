"""Documents to chunks: by default a section each, under a header that says which document it is from."""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from agent.parsing import Document, Section
from agent.parsing.headings import without_number
from agent.profile import Profile

_SEPARATORS = (r"\n\n", r"\n", r"[.;!?] ", " ")


@dataclass(frozen=True)
class Chunk:
    """A row of the chunks table; `content` is what is embedded."""

    chunk_id: str
    doc_uri: str
    doc_sha: str
    title: str
    kind: str
    status: str
    contract_id: str
    amendment_no: int
    effective_date: date | None
    section: str
    content: str

    def row(self) -> dict[str, Any]:
        return asdict(self)

    def stamped(self, doc_sha: str) -> "Chunk":
        return replace(self, doc_sha=doc_sha)


@dataclass(frozen=True)
class Chunking:
    """How documents are cut; sizes in characters, the overlap of neighbouring windows too."""

    strategy: str = "section"
    limit: int = 1200
    overlap: int = 100

    def __post_init__(self) -> None:
        if self.strategy not in STRATEGIES:
            raise ValueError(f"Unknown chunking {self.strategy!r}; there are {', '.join(STRATEGIES)}.")
        if not 0 <= self.overlap < self.limit:
            raise ValueError(f"An overlap of {self.overlap} does not fit into {self.limit} characters.")


def chunks(document: Document, about: Profile, how: Chunking) -> list[Chunk]:
    """The chunks of a document, numbered in their order."""
    document_id = hashlib.sha256(document.path.encode()).hexdigest()[:16]
    return [
        Chunk(
            chunk_id=f"{document_id}-{number:04}",
            doc_uri=document.path,
            doc_sha="",
            title=document.title,
            kind=about.kind,
            status=about.status,
            contract_id=about.contract_id,
            amendment_no=about.amendment_no,
            effective_date=about.effective_date,
            section=title,
            content=content,
        )
        for number, (title, content) in enumerate(STRATEGIES[how.strategy](document, about, how))
    ]


def header(document: Document, about: Profile, section: Section) -> str:
    """Sections of forty contracts read alike; only their header tells them apart."""
    effective = f"effective {about.effective_date}" if about.effective_date else ""
    parts = (about.contract_id, document.title, about.parties, about.kind, effective, without_number(section.title))
    return " | ".join(part for part in parts if part)


def _windows(document: Document, _: Profile, how: Chunking) -> Iterator[tuple[str, str]]:
    """Windows of one length, wherever they cut."""
    text, step = document.text, how.limit - how.overlap
    for start in range(0, max(1, len(text) - how.overlap), step):
        yield "", text[start : start + how.limit]


def _recursive(document: Document, _: Profile, how: Chunking) -> Iterator[tuple[str, str]]:
    """Paragraphs together up to the limit, and only what is longer cut at lines, sentences, words."""
    for text in _joined(_split(document.text, how.limit), how.limit, how.overlap):
        yield "", text


def _by_heading(document: Document, _: Profile, how: Chunking) -> Iterator[tuple[str, str]]:
    """A section each, under its heading."""
    for section in document.sections:
        for text in _cut(section.text, how.limit):
            yield section.title, f"{section.title}\n{text}" if section.title else text


def _by_section(document: Document, about: Profile, how: Chunking) -> Iterator[tuple[str, str]]:
    """A section each, under a header that says which document it is from; a short document is one chunk."""
    for section in _pieces(document, how.limit):
        yield section.title, f"{header(document, about, section)}\n{section.text}"


STRATEGIES: dict[str, Callable[[Document, Profile, Chunking], Iterator[tuple[str, str]]]] = {
    "fixed": _windows,
    "recursive": _recursive,
    "heading": _by_heading,
    "section": _by_section,
}


def _pieces(document: Document, limit: int) -> Iterator[Section]:
    if len(document.text) <= limit // 2 and len(document.sections) > 1:
        yield Section(" / ".join(without_number(s.title) for s in document.sections if s.title), document.text)
        return
    for section in document.sections:
        for text in _cut(section.text, limit):
            yield Section(section.title, text)


def _split(text: str, limit: int, separators: Sequence[str] = _SEPARATORS) -> Iterator[str]:
    """Parts no longer than the limit, each with what ended it, cut at the coarsest separator that does."""
    if len(text) <= limit:
        yield text
        return
    if not separators:
        yield from (text[start : start + limit] for start in range(0, len(text), limit))
        return
    for part in re.split(f"(?<={separators[0]})", text):
        yield from _split(part, limit, separators[1:])


def _joined(parts: Iterable[str], limit: int, overlap: int = 0) -> Iterator[str]:
    """Neighbours together up to the limit; a chunk begins with the last parts of the one before, up to the overlap."""
    held: deque[str] = deque()
    length = 0
    for part in parts:
        if held and length + len(part) > limit:
            yield "".join(held).strip()
            while held and (length > overlap or length + len(part) > limit):
                length -= len(held.popleft())
        held.append(part)
        length += len(part)
    if rest := "".join(held).strip():
        yield rest


def _cut(text: str, limit: int) -> Iterator[str]:
    """Whole sentences up to the limit; only what is longer is cut within."""
    plain = "\n".join(filter(None, map(str.strip, text.splitlines())))
    return _joined(_split(plain, limit, (r"\n", r"[.;!?]\s", r"\s")), limit)
