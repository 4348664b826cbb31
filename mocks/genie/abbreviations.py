"""Names as a warehouse shortens them, spelled out: `cust_nm` is a customer's name, `appl_dt` an application date."""

import re
from collections.abc import Sequence

from mocks.genie.english import ABBREVIATIONS
from mocks.genie.words import FUNCTION_WORDS, tokens

_VOWELS = re.compile(r"(?<=.)[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


def spelled_out(name: str, comment: str, elsewhere: str = "") -> str:
    """The words of a name; what a short form stands for tell its own comment, the list, then what is said elsewhere."""
    own, others = _said(comment), _said(elsewhere)
    return " ".join(_whole(token.text.lower(), own, others) for token in tokens(name.replace("_", " ")))


def is_short_for(short: str, word: str) -> bool:
    """Whether one word is an abbreviation of the other: its beginning, or its first letter and consonants."""
    if len(short) < 2 or len(word) < len(short) + 2 or short[0] != word[0]:
        return False
    if len(short) >= 3 and word.startswith(short) and word.removeprefix(short) not in ("s", "es", "ed", "ing", "er"):
        return True
    return _VOWELS.search(short) is None and _is_within(short, word) and len(_bones(word)) <= len(short) + 2


def _bones(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _is_within(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)


def _said(comment: str) -> list[str]:
    return [token.text.lower() for token in tokens(comment) if token.text.lower() not in FUNCTION_WORDS]


def _whole(part: str, own: Sequence[str], others: Sequence[str]) -> str:
    known = "id" if part == "id" else ABBREVIATIONS.get(part)
    if part in FUNCTION_WORDS and known is None:
        return part
    if part in own or f"{part}s" in own or (known is not None and len(part) < 3):
        return known or part
    told = next((word for word in own if word.isalpha() and is_short_for(part, word)), None)
    if told or known or part in others:
        return told or known or part
    return next((word for word in others if word.isalpha() and is_short_for(part, word)), part)
