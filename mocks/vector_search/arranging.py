"""Results in the order of their columns, and what they have in common: `sort_columns` and `facets`.

The grammar is that of `AISearchIndex.similarity_search` in databricks-ai-search. Sorted and counted is what a query
matches: for FULL_TEXT every row that has one of its words, otherwise the nearest rows that are asked for.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.vector_search.wire import Query

_SORT = re.compile(r"(?P<column>.+?)(?:\s+(?P<way>ASC|DESC))?", re.I)
_FACET = re.compile(r"(?P<column>.+?)(?:\s+TOP\s+(?P<top>\d+)|\s+BUCKETS\s+(?P<buckets>\[.*\]))?", re.I)
_TOP = 10
FACET_COLUMNS = ("column", "value", "count")
Row = dict[str, Any]


def check(query: Query, columns: Sequence[str]) -> None:
    """Raises: InvalidParameterValue"""
    for clause in query.sort_columns or ():
        _known(_parsed(_SORT, clause)["column"], columns)
    named = [_known(_parsed(_FACET, facet)["column"], columns) for facet in query.facets or ()]
    if len(named) > len(set(named)):
        raise InvalidParameterValue("A column may be named in facets once at most.")
    for facet in query.facets or ():
        _ranges(facet)


def ordered(rows: Iterable[tuple[str, Row]], clauses: Sequence[str]) -> list[str]:
    """The keys of the rows by their columns, the first clause weighing most; rows without a value come last."""
    kept = list(rows)
    for clause in reversed(clauses):
        told = _parsed(_SORT, clause)
        column, descending = told["column"], (told["way"] or "").upper() == "DESC"
        with_value = [pair for pair in kept if pair[1].get(column) is not None]
        without = [pair for pair in kept if pair[1].get(column) is None]
        kept = sorted(with_value, key=lambda pair: pair[1][column], reverse=descending) + without
    return [key for key, _ in kept]


def facets(rows: Sequence[Row], wanted: Sequence[str]) -> list[list[Any]]:
    """`[column, value or range, count]`, the most frequent values first."""
    return [line for facet in wanted for line in _facet(rows, facet)]


def _facet(rows: Sequence[Row], facet: str) -> list[list[Any]]:
    told = _parsed(_FACET, facet)
    column = told["column"]
    values = [value for row in rows for value in _listed(row.get(column))]
    if told["buckets"]:
        return [
            [column, json.dumps([low, high]), sum(_within(value, low, high) for value in values)]
            for low, high in _ranges(facet)
        ]
    counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [[column, value, count] for value, count in counted[: int(told["top"] or _TOP)]]


def _within(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


def _ranges(facet: str) -> list[list[float]]:
    told = _parsed(_FACET, facet)
    if told["top"] and int(told["top"]) <= 0:
        raise InvalidParameterValue(f"TOP of the facet '{facet}' must be greater than 0.")
    try:
        found = json.loads(told["buckets"] or "[]")
    except ValueError:
        found = None
    pairs = isinstance(found, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in found)
    if not pairs or not all(isinstance(end, int | float) for pair in found or () for end in pair):
        raise InvalidParameterValue(f"The facet '{facet}' wants BUCKETS [[from, to], …] of numbers.")
    return found or []


def _listed(value: Any) -> list[Any]:
    """The values that are counted: those of an array one by one."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str | int | float)]


def _parsed(form: re.Pattern[str], text: str) -> dict[str, Any]:
    found = form.fullmatch(text.strip())
    if found is None:
        raise InvalidParameterValue(f"'{text}' is not understood.")
    return found.groupdict()


def _known(column: str, columns: Sequence[str]) -> str:
    if column not in columns:
        raise InvalidParameterValue(f"The index has no column {column}; it has {', '.join(columns)}.")
    return column
