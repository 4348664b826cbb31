"""All that is special to contracts when they are read: number, amendment, date and parties, from their own words."""

import re
from datetime import date, datetime
from pathlib import PurePosixPath

from agent.parsing import Document
from agent.profile import Profile, is_draft

_AMENDMENT = re.compile(r"\bamendment\s*(?:no\.?|number|#)?\s*(\d+)", re.I)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+amendment\b", re.I)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DATE = r"([A-Z][a-z]+ \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2})"
_EFFECTIVE = re.compile(rf"\b[Ee]ffective(?:\s+(?:as\s+of|date|on|from))?[\s:]+{_DATE}")
_END_OF_PARTY = r"(?=\s*\(|,?\s+effective\b|,?\s+dated\b|\.\s+[A-Z]|\.?$)"
_PARTIES = re.compile(rf"\bbetween\s+(.{{3,90}}?)\s*(?:\([^)]*\)\s*)?,?\s+and\s+(.{{3,90}}?){_END_OF_PARTY}", re.M)


def contract(document: Document, identifier: str) -> Profile:
    """`identifier` is the pattern of a contract's number."""
    path = PurePosixPath(document.path)
    name = f"{document.title} {path.stem}"
    contract_id = _contract_id(document, name, identifier)
    amendment_no = _amendment_no(name)
    draft = is_draft(document)
    return Profile(
        kind="draft" if draft else _kind(name, path, amendment_no, contract_id),
        contract_id=contract_id,
        amendment_no=amendment_no,
        effective_date=_effective_date(document.text),
        status="draft" if draft else "executed",
        parties=_parties(document.text),
    )


def _contract_id(document: Document, name: str, identifier: str) -> str:
    """The number in the title or file name; else the only one that the text names; else none."""
    if not identifier:
        return ""
    if named := re.search(identifier, name):
        return named[0]
    mentioned = set(re.findall(identifier, document.text))
    return mentioned.pop() if len(mentioned) == 1 else ""


def _amendment_no(name: str) -> int:
    if numbered := _AMENDMENT.search(name):
        return int(numbered[1])
    ordinal = _ORDINAL.search(name)
    return _ORDINALS.index(ordinal[1].lower()) + 1 if ordinal else 0


def _kind(name: str, path: PurePosixPath, amendment_no: int, contract_id: str) -> str:
    if amendment_no:
        return "amendment"
    if re.search(r"\bnotice\b", f"{name} {path.parent.name.rstrip('s')}", re.I):
        return "notice"
    return "contract" if contract_id else "reference"


def _effective_date(text: str) -> date | None:
    found = _EFFECTIVE.search(" ".join(text.split()))
    if not found:
        return None
    for form in ("%B %d, %Y", "%b %d, %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(found[1], form).date()
        except ValueError:
            continue
    return None


def _parties(text: str) -> str:
    found = _PARTIES.search(" ".join(text.split()))
    return f"{found[1].strip()} and {found[2].strip()}" if found else ""
