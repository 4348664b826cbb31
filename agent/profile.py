"""What steers retrieval beside the words of a document: its kind, and whether it may be trusted."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from agent.parsing import Document

_DRAFT = re.compile(
    r"\b(drafts?|redlines?|not executed|unsigned|entw(?:u|ü)rfe?|brouillons?|borrador(?:es)?|bozz[ae]|rascunhos?)\b",
    re.I,
)
_MARKED = re.compile(r"\b(DRAFT|REDLINE|NOT EXECUTED|UNSIGNED|ENTWURF|BROUILLON|BORRADOR|BOZZA|RASCUNHO)\b")
_TOP = 300


@dataclass(frozen=True)
class Profile:
    """Facts about a document; what does not apply to its kind is empty."""

    kind: str
    contract_id: str
    amendment_no: int
    effective_date: date | None
    status: str
    parties: str


def plain(document: Document, _: str = "") -> Profile:
    """Of any document: that it is one, or a draft of one."""
    draft = is_draft(document)
    return Profile("draft" if draft else "", "", 0, None, "draft" if draft else "final", "")


def is_draft(document: Document) -> bool:
    """By its title, file name or folder; else by a mark in capitals at its top."""
    path = PurePosixPath(document.path)
    name = f"{document.title} {path.stem} {path.parent.name}".replace("_", " ")
    return bool(_DRAFT.search(name) or _MARKED.search(document.text[:_TOP]))
