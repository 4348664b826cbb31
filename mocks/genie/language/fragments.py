"""Parts of names: `called Archer`, `the Cathedral branch`, `whose email contains mail.test`."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.genie.knowledge.space import TEXT, Column, Space
from mocks.genie.language.english import KINDS
from mocks.genie.language.units import UNITS
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES
from mocks.genie.language.words import FUNCTION_WORDS, Token, number, plain, word_set

_SAYS_NOTHING = LIGHT | TIES | MEASURING | KINDS | FUNCTION_WORDS | UNITS.keys() | {"time"}
_ADDRESSES = frozenset(("address", "street", "email", "mail", "url", "link", "website", "site", "path"))
CONTAINS, STARTS, ENDS = "contains", "starts", "ends"
_MARKS = frozenset("\"“'‘")
_HOW_MANY = word_set("over more most under less fewer least above below exactly between up several many no another")
_TEXT = r"[\"“'‘]?([\w@.][\w@.+-]*[\w@]|\w)[\"”'’]?"
_NO_NUMBER = r"(?! (?:over|more|less|fewer|at|under|up|no|any|\d+ [a-z]+)\b)"  # `contain over 3 rooms`
_WORD = r"the (?:word|text|term|string|phrase|letters?)"
_IN_ONE = (
    r"in (?:it\b|them\b|(?:the|its|their|his|her) (?:\w+ )?(?:names?|titles?|subjects?|headlines?|descriptions?|"
    r"labels?|notes?|comments?|texts?|address|emails?)\b)"
)
_PATTERNS = (
    (
        CONTAINS,
        (
            rf"\b(?:contain(?:s|ing)?{_NO_NUMBER}|includ(?:es|ing) {_WORD}|with {_WORD}|mention(?:s|ing)?) "
            rf"(?:{_WORD} )?{_TEXT}"
        ),
    ),
    (
        CONTAINS,
        rf"\b(?:with|has|have|having|had|by) (?:{_WORD} )?{_TEXT}(?= (?:(?:some|any)where )?{_IN_ONE})",
    ),
    (
        CONTAINS,
        rf"\b(?:where|whose) (?:{_WORD} )?{_TEXT}(?: (?:is|appears|occurs|stands|comes))(?= (?:up )?{_IN_ONE})",
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
        if not _is_said(question[match.start(1) - 1], match[1].lower())
    ]
    return sorted(found, key=lambda one: one[0])


def _is_said(before: str, word: str) -> bool:
    """Whether a word without quotation marks is none of a text: `contains over three rooms`."""
    return before not in _MARKS and (word in FUNCTION_WORDS | _HOW_MANY or number(Token(word, word)) is not None)


class Pieces:
    """The words inside the values of a space's columns of texts."""

    def __init__(self, space: Space) -> None:
        self._found: dict[str, dict[Column, set[str]]] = defaultdict(lambda: defaultdict(set))
        names = {label for table in space.tables for label in table.labels if label.kind == TEXT}
        self._names = {c for c in space.columns() if c in names or c.spoken.endswith(("name", "title"))}
        for column in space.columns():
            if column.kind == TEXT:
                for value in column.values:
                    for word in re.findall(r"[^\W\d_]{2,}", value):
                        self._found[plain(word)][column].add(value)

    def of(self, words: Sequence[Token]) -> list["Piece"]:
        """The columns in whose values all these words stand side by side, and those values; names come first."""
        first = self._found.get(plain(words[0].text))
        if first is None or not (words[0].text[0].isupper() or _is_telling(words)):
            return []
        found = []
        told = {c: values for c, values in first.items() if words[0].text[0].isupper() or not _is_address(c)}
        for column, values in told.items():
            holds = _is_whole if all(word.text.lower() in FUNCTION_WORDS for word in words) else _holds
            inside = tuple(sorted(value for value in values if holds(value, words)))
            if inside and (column in self._names or (len(words) == 1 and any(" " in value for value in inside))):
                found.append(Piece(column, inside, _pattern(words, inside, column.values), column in self._names))
        return found


@dataclass(frozen=True)
class Piece:
    """What is inside some values of a column: those values, the same for LIKE, and whether they are names of things."""

    column: Column
    values: tuple[str, ...]
    pattern: str
    is_name: bool


def _is_address(column: Column) -> bool:
    """`on the road` asks for nobody who lives in Canal Road."""
    return bool(_ADDRESSES & set(column.spoken.lower().split()))


def _is_telling(words: Sequence[Token]) -> bool:
    """`fracture`, in small letters: a word that means nothing but by itself; `hours` are no part of a title."""
    alone = len(words) == 1 and len(words[0].text) > 3
    return alone and words[0].text.isalpha() and words[0].stem not in _SAYS_NOTHING


def _is_whole(value: str, words: Sequence[Token]) -> bool:
    """`Now Here`, of which each word says nothing: no part of a longer title is called so."""
    return value.lower().split() == [word.text.lower() for word in words]


def _holds(value: str, words: Sequence[Token]) -> bool:
    """Whether the words stand in a value, the last of several perhaps cut short: `Cathedral Sq`."""
    said, there = [plain(word.text) for word in words], [plain(word) for word in re.findall(r"[^\W\d_]+", value)]
    for at in range(len(there) - len(said) + 1):
        part = there[at : at + len(said)]
        if part == said or (len(said) > 1 and part[:-1] == said[:-1] and part[-1].startswith(said[-1])):
            return True
    return False


def _pattern(words: Sequence[Token], inside: Sequence[str], values: Sequence[str]) -> str:
    """What is alike in the values, for LIKE; nothing where other values have it as well."""
    for said in (" ".join(form(word.text) for word in words) for form in (str.lower, plain)):
        if {value for value in values if said in value.lower()} == set(inside):
            return f"%{said}%"
    return ""
