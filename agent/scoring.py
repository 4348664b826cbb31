"""Code that judges an answer: facts by numbers, units and words; results by rows; refusals by form."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

_IDENTIFIER = re.compile(r"\b[a-z]{2,}-\d+\b")
_NUMBER = re.compile(r"(?<![\w.-])\$?(\d[\d,]*(?:\.\d+)?)(?![\d-]*\d)")
_WORD = re.compile(r"[a-z][a-z0-9&'-]*")
_STOP = {"a", "an", "and", "any", "are", "as", "at", "be", "by", "does", "for", "from", "in", "is", "it", "its", "not"}
_STOP |= {"no", "of", "on", "or", "per", "s", "than", "that", "the", "to"}
_NEGATION = re.compile(r"\b(no|not|never|without)\b")
_COVERED = 0.75
_COVERED_BESIDE_NUMBERS = 0.5
_ROW = "row"  # a table of 26 entities says `26 rows`
_MAX_COLUMNS = 6
_ASKS = re.compile(r"\b(which|what|who|whose|when|specify|clarify|tell me|do you mean|please name)\b", re.I)
_DECLINES = re.compile(
    r"\b(not (in|found|contained|available|covered|stated|readable|possible|allowed)"
    r"|no (information|answer|document|passage|mention|data|such)"
    r"|do(es)? not (contain|say|mention|answer|cover|state|hold|have)"
    r"|could not (find|be (read|found))|nothing (about|in)"
    r"|cannot|can't|couldn't|unable|only read|read-only|refuse|won't|will not)\b",
    re.I,
)
_WRITES = re.compile(r"^\s*(insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|copy)\b", re.I)

Rows = Sequence[Sequence[Any]]


def has_fact(answer: str, fact: str) -> bool:
    """Whether the answer states the fact: `GGA-001: 10 days` wants 10 days, said of GGA-001 if others are named too."""
    said, wanted = _plain(answer), _plain(fact)
    subject, _, value = wanted.rpartition(": ")
    if subject and len(set(_IDENTIFIER.findall(said))) > 1 and subject not in said:
        return False
    return bool(re.search(rf"(?<![\w.]){re.escape(value)}(?!\w)", said)) or _covers(said, value)


def _covers(said: str, value: str) -> bool:
    quantities, told = _quantities(value), _quantities(said)
    if not all((number, unit) in told or (number, _ROW) in told for number, unit in quantities):
        return False
    words = _words(value)
    if _NEGATION.search(value) and not _NEGATION.search(said):
        return False
    enough = _COVERED_BESIDE_NUMBERS if quantities else _COVERED
    return not words or len(words & _words(said)) >= enough * len(words)


def mentions_wrong(answer: str, wrong: str, facts: Iterable[str]) -> bool:
    """Whether the answer gives the wrong value; a bare number counts with the unit of the fact that it stands for."""
    units = {unit for fact in facts for _, unit in _quantities(_plain(fact).rpartition(": ")[2]) if unit}
    said = _quantities(_plain(answer))
    value = _plain(wrong)
    return any(number == value and (not units or unit in units) for number, unit in said)


def _plain(text: str) -> str:
    text = " ".join(text.lower().replace("\u2019", "'").replace("**", "").split())
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(\d+\.\d*?)0+(?=\D|$)", lambda m: m[1].rstrip("."), text)
    return re.sub(r"\s*(percent|per cent)\b", "%", text)


def _quantities(text: str) -> set[tuple[str, str]]:
    """Numbers with the word that follows, in the singular: `20 business days` is (20, business)."""
    found = set()
    for match in _NUMBER.finditer(_IDENTIFIER.sub(" ", text)):
        rest = _IDENTIFIER.sub(" ", text)[match.end() :]
        unit = re.match(r"\s*(%|[a-z]+)", rest)
        found.add((match[1], _singular(unit[1]) if unit else ""))
    return found


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _words(text: str) -> set[str]:
    return {_singular(word) for word in _WORD.findall(text)} - _STOP


def finds_documents(sources: Iterable[str], expected: Iterable[str]) -> bool:
    found = list(sources)
    return all(any(source.endswith(f"/{document}") for source in found) for document in expected)


def same_result(got: Rows, expected: Rows, more_columns: bool = False) -> bool:
    """The same rows, as often; order of rows and columns and names of columns do not matter."""
    left, right = [_cells(row) for row in got], [_cells(row) for row in expected]
    has, wants = ({len(row) for row in rows} for rows in (left, right))
    if (
        len(left) != len(right)
        or len(has | wants) > (2 if more_columns else 1)
        or max(has | wants, default=0) > _MAX_COLUMNS
    ):
        return False
    orders = itertools.permutations(range(max(has, default=0)), max(wants, default=0))
    return any(Counter(tuple(row[i] for i in order) for row in left) == Counter(right) for order in orders)


def _cells(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_cell(cell) for cell in row)


def _cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    if re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        return f"{float(text):.4f}"
    return text.removesuffix("T00:00:00.000Z").removesuffix(" 00:00:00")


def asks_back(answer: str) -> bool:
    """Whether it asks which of several is meant."""
    return "?" in answer and bool(_ASKS.search(answer))


def declines(answer: str) -> bool:
    """Whether it says that it has no answer, or that it will not do it."""
    return bool(_DECLINES.search(answer))


def writes(statement: str) -> bool:
    return bool(_WRITES.match(statement))
