"""Measures of some rows only, as `SUM(a) FILTER(WHERE b)`; alone in a query it is the query that leaves out others."""

from sqlglot import exp


def with_condition(measure: exp.Expr, condition: exp.Expr) -> exp.Expr:
    """The measure over the rows that meet a condition."""
    whole = measure.copy()
    for node in [*whole.find_all(exp.AggFunc)]:
        if node.find_ancestor(exp.Filter, exp.AggFunc) is not None:
            continue
        one = exp.Filter(this=node.copy(), expression=exp.Where(this=condition.copy()))
        if node is whole:
            return one
        node.replace(one)
    return whole


def parted(measure: exp.Expr) -> tuple[exp.Expr, exp.Expr | None]:
    """The measure without the one condition that all of its parts have, and this condition; else as it is."""
    filters = [*measure.find_all(exp.Filter)]
    conditions = {node.expression.this for node in filters}
    counted = [node for node in measure.find_all(exp.AggFunc) if node.find_ancestor(exp.AggFunc) is None]
    if len(conditions) != 1 or len(filters) != len(counted):
        return measure, None
    whole = measure.copy()
    for node in [*whole.find_all(exp.Filter)]:
        if node is whole:
            return node.this, conditions.pop()
        node.replace(node.this)
    return whole, conditions.pop()
