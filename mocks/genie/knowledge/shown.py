"""By which date example queries count the things of a table, where their questions only name a period."""

import re
from collections import defaultdict
from collections.abc import Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.queried import queried, sources_of
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Example, Space
from mocks.genie.language.words import stem_set, stems

_PERIOD = re.compile(
    r"\b(?:(?:19|20)\d\d|today|yesterday"
    r"|(?:last|past|this|previous|next) (?:\d+ |\w+ )?(?:day|week|month|quarter|year)s?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = stem_set("date day dt ts time timestamp at on year month in")
_COMPARED = (exp.EQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between)


def shown_dates(space: Space) -> Iterator[tuple[str, Column]]:
    """The one date or year of each table that examples hold against the periods of their questions."""
    found: dict[str, set[Column]] = defaultdict(set)
    for example in space.examples:
        for column in _compared(example, space) if _PERIOD.search(example.question) else ():
            found[column.table].add(column)
    yield from ((table, columns.pop()) for table, columns in found.items() if len(columns) == 1)


def _compared(example: Example, space: Space) -> Iterator[Column]:
    """The columns that are compared with a period, and of which the question does not speak."""
    try:
        tree = parse_one(example.sql, read="databricks")
    except SqlglotError:
        return
    sources = sources_of(tree)
    years, said = set(_YEAR.findall(example.question)), set(stems(example.question))
    for node in tree.find_all(*_COMPARED):
        columns = [queried(one, sources, space) for one in node.find_all(exp.Column)]
        column = columns[0] if len(columns) == 1 else None
        if (
            column is None
            or said & {word for name in (column.spoken, *column.synonyms) for word in stems(name)} - _DATED
        ):
            continue
        numbers = {one.this for one in node.find_all(exp.Literal)}
        if column.kind == DATE or (column.kind == NUMBER and isinstance(node, exp.EQ) and numbers <= years):
            yield column
