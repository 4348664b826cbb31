"""Measures that example queries teach: `approval rate by product`, where no table speaks of approval."""

import re
from collections.abc import Callable, Iterator

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.conditional import with_condition
from mocks.genie.knowledge.queried import queried, sources_of
from mocks.genie.knowledge.space import DATE, Column, Example, Snippet, Space

_TERM = re.compile(
    r"^(?:what (?:is|was|are|were) |what's |how much (?:is |was )?|show (?:me )?|give me |list )?(?:the |our )?"
    r"(?P<term>[A-Za-z][\w -]*?)"
    r"(?P<groups>,? (?:by|per|for each|for every|of each|of every|in each) [^,]+)?[?.]?$",
    re.IGNORECASE,
)
_MORE = (exp.With, exp.Subquery, exp.Window, exp.Having, exp.Limit, exp.Qualify)
_NARROWED = re.compile(r"\b(?:(?:for|in|of) (?!each|every)|(?:at|with|from|since|where|last|this)\b)")
_TOTAL = re.compile(r"^(?:total|overall|sum of|total of) ", re.IGNORECASE)
_WORDS = 4


def learned_measures(space: Space, is_known: Callable[[str], bool]) -> Iterator[Snippet]:
    """What the examples compute, under the words before `by`, if these mean nothing as one phrase without them."""
    for example in space.examples:
        found = _TERM.match(example.question.strip())
        if found is None or example.parameters or _NARROWED.search(found["groups"] or ""):
            continue
        words = found["term"].split()
        if not 0 < len(words) <= _WORDS or is_known(" ".join(words)):
            continue
        measure = _measure(example, space)
        if measure is not None:
            short = _TOTAL.sub("", found["term"]) if measure.find(exp.Sum) else found["term"]
            names = [" ".join(words), *([short] if short != found["term"] and not is_known(short) else [])]
            yield Snippet("measures", tuple(names), measure.sql("databricks"))


def _measure(example: Example, space: Space) -> exp.Expr | None:
    """The one number that a plain query computes for each of its groups, each column with its table."""
    try:
        tree = parse_one(example.sql, read="databricks")
    except SqlglotError:
        return None
    if not isinstance(tree, exp.Select) or tree.find(*_MORE) or tree.args.get("distinct"):
        return None
    outputs = [output.unalias() for output in tree.expressions]
    measures = [output for output in outputs if output.find(exp.AggFunc)]
    groups = [output for output in outputs if isinstance(output, exp.Column)]
    if len(measures) != 1 or len(groups) != len(outputs) - 1:
        return None
    where = tree.args.get("where")
    measure: exp.Expr = measures[0].copy()
    condition = where.this.copy() if where is not None else None
    if not _resolved(measure, tree, space):
        return None
    if condition is None:
        return measure
    limited = _resolved(condition, tree, space)
    dated = any(column.kind == DATE for column in limited) and not _is_state(condition)  # a period is the question's
    return with_condition(measure, condition) if limited and not dated else None


def _is_state(condition: exp.Expr) -> bool:
    """Whether days are only asked to be there or not."""
    return condition.find(exp.Is) is not None and condition.find(exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between) is None


def _resolved(part: exp.Expr, tree: exp.Select, space: Space) -> list[Column]:
    """The columns of a part of a query, which afterwards are named with their tables; none if one is not known."""
    sources = sources_of(tree)
    found: list[Column] = []
    for node in part.find_all(exp.Column):
        column = queried(node, sources, space)
        if column is None:
            return []
        node.set("table", exp.to_identifier(column.table_name))
        found.append(column)
    return found
