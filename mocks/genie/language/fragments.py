"""Parts of names: `called Archer`, `the Cathedral branch`, `whose email contains mail.test`."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.genie.knowledge.space import TEXT, Column, Space
from mocks.genie.language.words import FUNCTION_WORDS, Token

CONTAINS, STARTS, ENDS = "contains", "starts", "ends"
_TEXT = r"[\"“'‘]?([\w@.][\w@.+-]*[\w@]|\w)[\"”'’]?"
_PATTERNS = (
    (
        CONTAINS,
        rf"\b(?:contain(?:s|ing)?|includ(?:es|ing) the (?:word|text)|with the (?:word|text)|mention(?:s|ing)?) {_TEXT}",
    ),
    (STARTS, rf"\b(?:start(?:s|ing)?|begin(?:s|ning)?|beginn?ing) with (?:the letters? )?{_TEXT}"),
    (ENDS, rf"\b(?:end(?:s|ing)?) (?:in|with) {_TEXT}"),
)


@dataclass(frozen=True)
class Fragment:
    """A part of a text, and where in the text it stands."""

    kind: str
    text: str

    @property
    def pattern(self) -> str:
        """The same for LIKE."""
        plain = self.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{'' if self.kind == STARTS else '%'}{plain}{'' if self.kind == ENDS else '%'}"


def find_fragments(question: str) -> list[tuple[int, int, Fragment]]:
    """What a question says of parts of texts, with where it begins and ends; not what is a stretch of time."""
    found = [
        (match.start(), match.end(), Fragment(kind, match[1]))
        for kind, pattern in _PATTERNS
        for match in re.finditer(pattern, question, re.IGNORECASE)
        if match[1].lower() not in FUNCTION_WORDS and not match[1].isdigit()
    ]
    return sorted(found, key=lambda one: one[0])


class Pieces:
    """The words inside the values of a space's columns of names."""

    def __init__(self, space: Space) -> None:
        self._found: dict[str, dict[Column, set[str]]] = defaultdict(lambda: defaultdict(set))
        names = {label for table in space.tables for label in table.labels if label.kind == TEXT}
        for column in space.columns():
            if column.kind == TEXT and (column in names or column.spoken.endswith(("name", "title"))):
                for value in column.values:
                    for word in re.findall(r"[^\W\d_]{3,}", value):
                        self._found[word.lower()][column].add(value)

    def of(self, words: Sequence[Token]) -> tuple[Column, tuple[str, ...]] | None:
        """The one column in whose values all these words stand side by side, and those values."""
        first = self._found.get(words[0].text.lower().removesuffix("'s"))
        if first is None or not words[0].text[0].isupper():
            return None
        phrase = " ".join(word.text for word in words).lower().removesuffix("'s")
        inside = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
        matching = {column: tuple(sorted(v for v in values if inside.search(v))) for column, values in first.items()}
        known = [(column, values) for column, values in matching.items() if values]
        return known[0] if len(known) == 1 else None
