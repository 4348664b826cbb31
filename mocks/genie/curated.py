"""Matching a question with the curated examples: the same words, other values."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp, parse_one

from mocks.genie.english import FILLERS
from mocks.genie.space import Example, Space
from mocks.genie.words import Token, stem, tokens

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
_IS_VALUE = re.compile(r"[\d$]|[A-Z]{2,}.*\d")


@dataclass(frozen=True)
class Shape:
    """A question without its values: the words that carry meaning, and the values in order."""

    words: frozenset[str]
    values: tuple[str, ...]


def shape(question: str) -> Shape:
    """The shape of a question; words that mean the same count as one."""
    words, values = set[str](), list[str]()
    for said in canonical(tokens(question)):
        if isinstance(said, str):
            words.add(said)
        elif _IS_VALUE.match(said.text):
            values.append(said.text)
        elif said.stem not in FILLERS:
            words.add(said.stem)
    return Shape(frozenset(words), tuple(values))


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
        if told.words == asked.words and (sql := _refilled(example, told.values, asked.values)) is not None:
            return sql
    return None


def _refilled(example: Example, old: tuple[str, ...], new: tuple[str, ...]) -> str | None:
    """The example's SQL with new values; nothing if a value that changed cannot be found in it exactly once."""
    if len(old) != len(new):
        return None
    changed = {a: b for a, b in zip(old, new, strict=True) if a.lower() != b.lower()}
    if not changed:
        return example.sql
    tree = parse_one(example.sql, read="databricks")
    for before, after in changed.items():
        places = [node for node in tree.find_all(exp.Literal) if str(node.this).lower() == before.strip("$%").lower()]
        if len(places) != 1:
            return None
        places[0].replace(exp.Literal(this=after.strip("$%").replace(",", ""), is_string=places[0].is_string))
    return tree.sql(dialect="databricks", pretty=True)
