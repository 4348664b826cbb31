"""A text as statements: what each one says, denies, counts and names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mocks.engines.judging import wording
from mocks.engines.judging.quantities import NUMBERS, Quantity, quantities, without_quantities

_SENTENCE = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[\"“'(]?[A-Z0-9À-Þ-])|\n+|(?<=[;])\s+|\s+[|•]\s+")
_ABBREVIATION = re.compile(
    r"\b(?:(?:Dr|Mr|Mrs|Ms|Prof|St|e\.g|i\.e|vs|approx)\.|(?:No|Nr|Art|Sec|Fig|pp?|Vol|Ch)\.(?=\s\d)|(?:Inc|Ltd|Co|Corp)\.(?=\s[a-z]))\s",
    re.I,
)
_NUMBERED = re.compile(r"\b(?:No|Nr)\.\s*(?=\d)")
_JOINED = "\u2060"  # no white space, so no sentence ends before it
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_CLAUSE = re.compile(
    r",\s+(?=(?:and|but|while|whereas|so)\b)|;\s*|:\s+(?=[A-Za-z])|,\s*(?=not\b)|\s+(?=but\b)|\s+(?=except\b)|,\s+(?=which\b)",
    re.I,
)
_AND = re.compile(r",?\s+and\s+|,\s+", re.I)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly|except)\b|n['’]t\b|\bother than\b", re.I
)
_NAME = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w’'-]*|[A-Za-z]+-?\d+[\w-]*|`[^`]+`")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?(\w+(?:ed|en|ught|ade|old|eld|ent|ilt|id|un))\b.*?\bby\b|\b\w+(?:ed|en|ught|ade|ilt) by\b",
    re.I,
)
_LEADING = re.compile(r"^(?:it|they|he|she|this|these|its|their|his|her|that|the same)\b", re.I)
_HYPOTHETICAL = re.compile(r"^(?:(?:yes|no|sure|of course|well|right|thanks?|thank you)[,.!:;]|please,?)\s+", re.I)
REACH = 2  # how many words after a negation are denied by it


@dataclass(frozen=True)
class Statement:
    """One clause or sentence."""

    text: str
    roots: tuple[str, ...]  # of the words that carry meaning, in their order
    names: frozenset[str]  # roots of those that are names
    initial: str  # the root of a capitalised first word, which may be a name or not
    quantities: tuple[Quantity, ...]
    denied: frozenset[str]  # roots of what is denied
    passive: bool
    words: tuple[str, ...] = ()  # the words of the roots, one for one

    @property
    def empty(self) -> bool:
        """Whether it says nothing that could be compared."""
        return not self.roots and not self.quantities


def sentences(text: str) -> list[str]:
    """The sentences and list items of a text."""
    guarded = _ABBREVIATION.sub(lambda found: f"{found[0].rstrip()}{_JOINED}", text)
    parts = (_BULLET.sub("", part).replace(_JOINED, " ").strip() for part in _SENTENCE.split(guarded))
    return [part for part in parts if any(letter.isalnum() for letter in part)]


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence that state something of their own."""
    parts = [part.strip(" ,;:") for part in _CLAUSE.split(sentence)]
    return [part for part in parts if part]


def statements(text: str) -> list[Statement]:
    """The sentences of a text as statements."""
    return [one for one in map(statement, sentences(text)) if not one.empty]


def parts(sentence: str) -> list[str]:
    """The clauses, and what is joined by `and`, if each part says enough to stand alone."""
    found: list[str] = []
    for clause in clauses(sentence):
        pieces = _AND.split(clause)
        enough = all(len(one.roots) + len(one.quantities) >= 2 for one in map(statement, pieces))
        found += pieces if enough else [clause]
    return found


@lru_cache(maxsize=20_000)
def statement(text: str) -> Statement:
    """One sentence or clause."""
    text = _NUMBERED.sub("number ", _HYPOTHETICAL.sub("", text)).strip()
    plain = wording.plain(text)
    roots, denied, kept = _roots(without_quantities(plain))
    first = wording.words(text)[:1]
    return Statement(
        text=text,
        roots=tuple(roots),
        names=frozenset(_names(without_quantities(text))),
        initial=wording.root(first[0]) if first and first[0][0].isupper() else "",
        quantities=tuple(quantities(plain)),
        denied=frozenset(denied),
        passive=bool(_PASSIVE.search(plain)),
        words=tuple(kept),
    )


def follows(sentence: str) -> bool:
    """Whether a sentence speaks of what the one before it spoke of."""
    return bool(_LEADING.match(sentence))


def _roots(plain: str) -> tuple[list[str], list[str], list[str]]:
    """The roots that carry meaning, negative words turned positive, those that are denied, and their words."""
    roots: list[str] = []
    kept: list[str] = []
    denied: list[str] = []
    reach = 0
    for word in wording.words(plain):
        low = word.lower()
        if _NEGATION.fullmatch(low) or low.endswith(("n't", "n’t")):
            reach = REACH
            continue
        if _means_nothing(word):
            continue
        root = wording.root(low)
        affirmed = wording.positive(root)
        roots.append(affirmed or root)
        kept.append(word)
        if bool(affirmed) != (reach > 0):
            denied.append(affirmed or root)
        reach -= 1
    return roots, denied, kept


def _means_nothing(word: str) -> bool:
    """A stop word or a number; but C of vitamin C and the month of May mean something."""
    if _NEGATION.fullmatch(word):
        return True
    if word == "May" or (len(word) == 1 and word.isupper() and word not in "AI"):
        return False
    return word.lower() in wording.STOP or word.lower() in NUMBERS


def _names(text: str) -> Iterator[str]:
    """Capitalised words that do not only begin a sentence, identifiers, code."""
    for found in _NAME.finditer(text):
        word = found[0].strip("`")
        begins = not text[: found.start()].strip(" \"'“(*-")
        if _means_nothing(word) or (begins and not word.isupper() and wording.is_common(word)):
            continue
        for part in wording.words(word):
            if not part.isdigit():
                yield wording.root(part)
