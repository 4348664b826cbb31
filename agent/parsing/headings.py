"""How a heading looks where nothing but its words tells: a short line after a number."""

import re

_NUMBER = re.compile(
    r"(?:(?:article|section|chapter|part|artikel|abschnitt|kapitel|teil|article|chapitre|artículo|sección|capítulo)"
    r"\s+[\dIVXLC]+|§+\s*\d+\w?|\d{1,3}(?:\.\d{1,3})*|[IVXLC]+(?=[.)]))[.:)]?\s+(?=\S)",
    re.I,
)
_LONGEST = 90


def is_numbered(line: str) -> bool:
    """`4. Fees`, `Article IV Fees`, `§ 12 Kündigung`; not a numbered sentence."""
    rest = without_number(line)
    return rest != line and len(rest) <= _LONGEST and rest[:1].isupper() and not re.search(r"[.;:](\s|$)", rest)


def without_number(title: str) -> str:
    """A heading's words alone."""
    found = _NUMBER.match(title)
    return title[found.end() :] if found else title
