"""Matching a question with the curated examples: the same words, other values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mocks.genie.curated.refilling import refilled, texts, without_periods
from mocks.genie.knowledge.space import Example, Space
from mocks.genie.language.dates import Span
from mocks.genie.language.english import FILLERS
from mocks.genie.language.words import Token, stem, tokens

_ALIKE = [
    ("how many", "number of", "count of", "count"),
    ("highest", "largest", "biggest", "maximum", "greatest", "max"),
    ("lowest", "smallest", "minimum", "min", "least"),
    ("average", "mean", "avg"),
    ("unique", "distinct", "different"),
    ("total", "sum", "sum of"),
    ("per", "by", "for each", "each"),
    ("above", "over", "more than", "greater than", "higher than", "larger than", "exceeding"),
    ("below", "under", "less than", "fewer than", "lower than", "smaller than"),
    ("share", "percentage", "proportion", "percent", "fraction"),
]
_CANONICAL = {tuple(map(stem, phrase.split())): group[0] for group in _ALIKE for phrase in group}
_WORDS_OF_NAMES = 8
_IS_VALUE = re.compile(r"[\d$]|[A-Z]{2,}.*\d")


@dataclass(frozen=True)
class Shape:
    """A question without its values: the words that carry meaning, the values in order, and the periods in order."""

    words: frozenset[str]
    values: tuple[str, ...]
    periods: tuple[Span, ...]


@lru_cache(maxsize=16384)
def shape(question: str) -> Shape:
    """The shape of a question; words that mean the same count as one."""
    text, periods = without_periods(question)
    words, values = set[str](), list[str]()
    for said in canonical(tokens(text)):
        if isinstance(said, str):
            words.add(said)
        elif _IS_VALUE.match(said.text):
            values.append(said.text)
        elif said.stem not in FILLERS:
            words.add(said.stem)
    return Shape(frozenset(words), tuple(values), periods)


def canonical(parts: Sequence[Token]) -> Iterator[str | Token]:
    """The words in order; a phrase that has others of the same meaning as the first of them."""
    at = 0
    while at < len(parts):
        length = next((n for n in (3, 2, 1) if tuple(t.stem for t in parts[at : at + n]) in _CANONICAL), 0)
        yield _CANONICAL[tuple(t.stem for t in parts[at : at + length])] if length else parts[at]
        at += length or 1


def matching(question: str, space: Space) -> str | None:
    """The SQL of the example that asks the same, with the question's values in their places; nothing if none does."""
    asked = shape(question)
    if not asked.words:
        return None
    for example in space.examples:
        if example.parameters:
            continue
        told = shape(example.question)
        for like, named in [(asked, {}), *_named_otherwise(question, asked, told, example, space)]:
            if like.words == told.words and (sql := _refilled(example, told, like, named)) is not None:
                return sql
    return None


def _named_otherwise(
    question: str, asked: Shape, told: Shape, example: Example, space: Space
) -> Iterator[tuple[Shape, dict[str, str]]]:
    """The question as it would be of the example's own value, where it names another value of the same column."""
    if not asked.words ^ told.words or len(asked.words ^ told.words) > _WORDS_OF_NAMES:
        return
    for text in texts(example.sql):
        if not _says(example.question, text) or _says(question, text):
            continue
        known = {value for column in space.columns() if text in column.values for value in column.values}
        for value in sorted((value for value in known if _says(question, value)), key=len, reverse=True)[:1]:
            as_told = re.sub(_whole(value), text.replace("\\", r"\\"), question, flags=re.IGNORECASE)
            yield shape(as_told), {text: value}


def _says(question: str, value: str) -> bool:
    return re.search(_whole(value), question, re.IGNORECASE) is not None


def _whole(value: str) -> str:
    return rf"(?<!\w){re.escape(value)}(?!\w)"


def _refilled(example: Example, told: Shape, asked: Shape, named: Mapping[str, str]) -> str | None:
    """The example's SQL with new values; nothing if a value that changed cannot be found in it exactly once."""
    if len(told.values) != len(asked.values):
        return None
    changed = {a: b for a, b in zip(told.values, asked.values, strict=True) if a.lower() != b.lower()}
    values = {a.strip("$%"): b.strip("$%").replace(",", "") for a, b in changed.items()} | dict(named)
    return refilled(example.sql, told.periods, asked.periods, values)
