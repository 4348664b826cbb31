"""Measures that example queries teach: `approval rate by product`, where no table speaks of approval."""

import re
from collections.abc import Callable, Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.space import Example, Snippet, Space

_TERM = re.compile(
    r"^(?:what (?:is|was|are|were) |show (?:me )?|give me |list )?(?:the |our )?(?P<term>[A-Za-z][\w -]*?)"
    r"(?:,? (?:by|per|for each|for every|of each|of every|in each) [^,]+)?[?.]?$",
    re.IGNORECASE,
)
_MORE = (exp.With, exp.Subquery, exp.Window, exp.Having, exp.Limit, exp.Distinct, exp.Where, exp.Qualify)
_WORDS = 3


def learned_measures(space: Space, is_known: Callable[[str], bool]) -> Iterator[Snippet]:
    """What the examples compute, under the words before `by`, if these mean nothing as one phrase without them."""
    for example in space.examples:
        found = _TERM.match(example.question.strip())
        words = found["term"].split() if found else []
        if not 0 < len(words) <= _WORDS or is_known(" ".join(words)) or example.parameters:
            continue
        measure = _measure(example, space)
        if measure is not None:
            yield Snippet("measures", (" ".join(words),), measure.sql("databricks"))


def _measure(example: Example, space: Space) -> exp.Expr | None:
    """The one number that a plain query computes for each of its groups, each column with its table."""
    try:
        tree = parse_one(example.sql, read="databricks")
    except SqlglotError:
        return None
    if not isinstance(tree, exp.Select) or tree.find(*_MORE):
        return None
    outputs = [output.unalias() for output in tree.expressions]
    measures = [output for output in outputs if output.find(exp.AggFunc)]
    groups = [output for output in outputs if isinstance(output, exp.Column)]
    tables = {table.alias_or_name: table.name for table in tree.find_all(exp.Table)}
    if len(measures) != 1 or len(groups) != len(outputs) - 1:
        return None
    measure = measures[0].copy()
    for node in measure.find_all(exp.Column):
        owners = [t.name for t in space.tables if t.name in tables.values() and t.column(node.name) is not None]
        owner = tables.get(node.table) if node.table else next(iter(owners), None) if len(owners) == 1 else None
        if owner is None:
            return None
        node.set("table", exp.to_identifier(owner))
    return measure if measure.find(exp.Column) else None
