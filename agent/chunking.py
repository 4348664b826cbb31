"""Documents to chunks: a section each, under a header that says which document it is from."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from agent.parsing import Document, Section
from agent.profile import Profile

_NUMBER = re.compile(r"^(?:(?:article|section)\s+)?[\dIVXLC]+(?:\.\d+)*[.:)]?\s+(?=\S)", re.I)


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


def chunks(document: Document, about: Profile, limit: int) -> list[Chunk]:
    """A document that fits into `limit` characters is one chunk; a section that does not is cut at sentences."""
    made = []
    document_id = hashlib.sha256(document.path.encode()).hexdigest()[:16]
    for number, section in enumerate(_pieces(document, limit)):
        made.append(
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
                section=section.title,
                content=f"{header(document, about, section)}\n{section.text}",
            )
        )
    return made


def header(document: Document, about: Profile, section: Section) -> str:
    """Sections of forty contracts read alike; only their header tells them apart."""
    effective = f"effective {about.effective_date}" if about.effective_date else ""
    parts = (about.contract_id, document.title, about.parties, about.kind, effective, plain_title(section.title))
    return " | ".join(part for part in parts if part)


def _pieces(document: Document, limit: int) -> Iterator[Section]:
    if len(document.text) <= limit // 2 and len(document.sections) > 1:
        yield Section(" / ".join(plain_title(s.title) for s in document.sections if s.title), document.text)
        return
    for section in document.sections:
        for text in _cut(section.text, limit):
            yield Section(section.title, text)


def plain_title(title: str) -> str:
    """Without its number."""
    return _NUMBER.sub("", title)


def _cut(text: str, limit: int) -> Iterator[str]:
    piece = ""
    for sentence in re.split(r"(?<=[.;!?])\s+|\n+", text):
        for part in (sentence[start : start + limit] for start in range(0, len(sentence), limit)):
            if piece and len(piece) + 1 + len(part) > limit:
                yield piece
                piece = ""
            piece = f"{piece} {part}" if piece else part
    if piece:
        yield piece
