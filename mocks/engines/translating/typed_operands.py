"""Which operand has a type before DuckDB has bound the statement: it chooses among macros by type before that."""

from sqlglot import exp

from mocks.engines.translating.duck_templates import call

_UNTYPED = (exp.AggFunc, exp.Window, exp.Subquery, exp.Lambda, exp.Placeholder)
_OF_ITS_OPERAND = (
    exp.AnyValue,
    exp.Coalesce,
    exp.Filter,
    exp.First,
    exp.FirstValue,
    exp.IgnoreNulls,
    exp.Lag,
    exp.Last,
    exp.LastValue,
    exp.Lead,
    exp.Max,
    exp.Min,
    exp.Paren,
    exp.RespectNulls,
    exp.Window,
)


def is_typed(operand: exp.Expr) -> bool:
    """Whether a macro would be chosen by the type that it has."""
    return operand.find(*_UNTYPED) is None


def difference(node: exp.Expr) -> exp.Expr:
    """Days between dates are an interval; DuckDB makes a number of them."""
    sides = (node.this, node.expression)
    if all(is_typed(side) for side in sides):
        return call("minus", *sides)
    told = [found.copy() for found in map(_witness, sides) if found is not None]
    return call("minus", *sides, told[0], told[-1]) if told else node


def _witness(operand: exp.Expr) -> exp.Expr | None:
    """What has a type and gives it to the operand: `day` in `lag(max(day)) OVER (…)`; none if nothing does."""
    while not is_typed(operand) and isinstance(operand, _OF_ITS_OPERAND):
        operand = operand.this
    return operand if is_typed(operand) else None
