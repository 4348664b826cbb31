"""Which text is in force: drafts are no source, and the newest change governs over what it changes."""

import re
from collections.abc import Sequence

from mocks.engines.writer.results import Passage
from mocks.engines.writer.words import mentions, sentences, terms

_DRAFT = re.compile(r"\b(?:draft|redline|not executed|unexecuted|unsigned|proposed|superseded)\b", re.I)
_CHANGES = re.compile(
    r"\b(?:amendment|amended|addendum|supplement|amends|revision|revised|replaces|replaced|supersedes|update[ds]?)\b",
    re.I,
)
_NUMBER = re.compile(
    r"\b(?:amendment|addendum|supplement|revision|version|rev\.?|v)[\s_]*(?:no\.?|number|#|_?no:)?\s*(\d+)", re.I
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:-(\d\d)-(\d\d))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\s+(\d{{1,2}}),?\s+((?:19|20)\d\d)", re.I)
_OLD = (
    re.compile(r"(?:the\s+)?(?P<old>[^:;]{1,120}?)\s+(?:is|are|shall be|was)\s+(?:hereby\s+)?(?:deleted"
    r"|removed|struck)\s+and\s+(?=replaced|substituted)", re.I),
    re.compile(r"\bfrom\s+(?P<old>[^,;:]{1,60}?)\s+(?=to\s+[^\s])", re.I),
    re.compile(r"\s*,?\s*\(?(?:instead of|in lieu of|in place of|rather than|formerly|previously"
    r"|no longer)\s+(?P<old>[^,;.)]{1,60}(?:\.\d[^,;)]{0,40})?)\)?", re.I),
)  # fmt: skip


def is_draft(passage: Passage) -> bool:
    """Whether it says of itself that it was never put in force."""
    return bool(_DRAFT.search(f"{passage.source} {passage.about}"))


def changes(passage: Passage) -> bool:
    """Whether it is a document that changes another one."""
    return bool(_CHANGES.search(f"{passage.source} {passage.about}"))


def age(passage: Passage) -> tuple[int, str]:
    """Sorts from the oldest to the newest: by number of the amendment, then by date."""
    about = f"{passage.about} {passage.source}"
    number = _NUMBER.search(about)
    return int(number[1]) if number and changes(passage) else 0, _date(about) or _date(passage.text[:300])


def _date(text: str) -> str:
    written = [
        f"{year}-{_MONTHS.index(month.lower()[:3]) + 1:02}-{int(day):02}"
        for month, day, year in _WRITTEN_DATE.findall(text)
    ]
    plain = ["-".join(part or "00" for part in found) for found in _YEAR.findall(text)]
    return max(written or plain, default="")


def governing(
    sentence: str, section: str, wanted: Sequence[str], newer: Sequence[Passage]
) -> tuple[str, Passage | None]:
    """The sentence that now stands for this one, following the chain of changes, and where it is."""
    current, where = sentence, None
    for passage in sorted(newer, key=age):
        for change in sentences(passage.text):
            if _CHANGES.search(change) and _supersedes(change, current, section, wanted):
                current, where = change, passage
    return current, where


def _supersedes(change: str, current: str, section: str, wanted: Sequence[str]) -> bool:
    """It deletes what is written now; or, if it names no old value, it speaks of the same subject."""
    old = old_value(change)
    if old:
        return _value(old) in _value(current) and change != current
    told = set(terms(f"{change}"))
    about = bool(section) and mentions(change, re.sub(r"^[\d.\s]+", "", section))
    topical = [term for term in wanted if term in told]
    return len(topical) >= max(1, 0.6 * len(set(wanted))) and (about or len(topical) == len(set(wanted)))


def old_value(change: str) -> str:
    """What a change deletes, as far as it says so."""
    for pattern in _OLD:
        if found := pattern.search(change):
            numbers = re.search(r"[$€£]?\d.*$", found["old"])
            return (numbers[0] if numbers else found["old"]).strip()
    return ""


def in_force(change: str) -> str:
    """The change without the value that it deletes."""
    for pattern in _OLD[:2]:
        if found := pattern.search(change):
            return f"{change[: found.start()].rstrip()} … {change[found.end() :].lstrip()}".strip(" …").replace(
                " … …", " …"
            )
    return _OLD[2].sub("", change)


def _value(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace(",", "")).strip(" .")
