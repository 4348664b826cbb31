"""The text in force: a section with the replacements of its executed amendments made in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlflow.entities import Document

from agent.parsing.headings import without_number

_REPLACED = re.compile(
    r"(?:^|[:.;]\s+)([^:;]{1,200}?)\s+(?:is|are)\s+(?:hereby\s+)?(?:deleted and )?replaced (?:with|by)\s+"
    r"(.{1,200}?)(?:\.(?=\s|$)|;|$)",
    re.I | re.M,
)
_VALUE = re.compile(r"\$?\d")
_QUOTES = "\"'“”‘’ "


@dataclass(frozen=True)
class InForce:
    """A passage as it reads today, and the amendments that made it so."""

    passage: Document
    text: str
    amendments: tuple[Document, ...] = ()


def in_force(found: Sequence[Document]) -> list[InForce]:
    """The passages, sections before amendments; a replacement that does not fit is left for the reader to see."""
    amendments = [one for one in found if one.metadata["kind"] == "amendment"]
    sections = [_amended(one, amendments) for one in found if one.metadata["kind"] != "amendment"]
    return sections + [InForce(one, one.page_content) for one in amendments]


def order(amendment: Document) -> tuple[int, str]:
    """By number, then by date: the last one governs."""
    return int(amendment.metadata["amendment_no"]), str(amendment.metadata.get("effective_date") or "")


def amends(amendment: Document, section: Document) -> bool:
    """Whether it is an amendment of the same contract that names the section."""
    title = without_number(section.metadata["section"] or "").casefold()
    same = amendment.metadata["contract_id"] == section.metadata["contract_id"]
    named = rf"\b{re.escape(title)}\b"
    return same and bool(title) and bool(re.search(named, amendment.page_content.casefold()))


def _amended(section: Document, amendments: Iterable[Document]) -> InForce:
    text, applied = section.page_content, []
    if section.metadata["kind"] != "contract":
        return InForce(section, text)
    for amendment in sorted(amendments, key=order):
        before = text
        if amends(amendment, section):
            for old, new in _REPLACED.findall(amendment.page_content):
                text = _replaced(text, old.strip(_QUOTES), new.strip(_QUOTES))
        if text != before:
            applied.append(amendment)
    return InForce(section, text, tuple(applied))


def _replaced(text: str, old: str, new: str) -> str:
    """`the notice period of 90 days` becoming `45 days` stands as `90 days` in the section; it must be there once."""
    named = old
    if _VALUE.match(new) and (value := _VALUE.search(old)):
        named = old[value.start() :]
    pattern = rf"(?<![\w.$]){re.escape(named)}(?!\w)"
    return re.sub(pattern, lambda _: new, text) if len(re.findall(pattern, text)) == 1 else text
