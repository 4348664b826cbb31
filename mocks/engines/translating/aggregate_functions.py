"""Aggregates whose arguments or values are others in Spark than in DuckDB."""

from collections.abc import Callable

from sqlglot import exp

from mocks.engines.translating.duck_templates import made
from mocks.engines.translating.named_functions import named

Change = Callable[[exp.Expr], exp.Expr]
# Spark's skewness is that of the population: DuckDB's, without its correction for samples.
_SKEWNESS = (
    "CASE count(_0) WHEN 0 THEN NULL WHEN 1 THEN CAST('NaN' AS DOUBLE) WHEN 2 THEN 0 "
    "ELSE skewness(_0) * (count(_0) - 2) / sqrt(CAST(count(_0) AS DOUBLE) * (count(_0) - 1)) END"
)


_OVER_WINDOWS: dict[type[exp.Expr], type[exp.Expr]] = {exp.First: exp.FirstValue, exp.Last: exp.LastValue}


def _ignoring(node: exp.Expr) -> exp.Expr:
    """`last(x) IGNORE NULLS` where no window is."""
    inner = node.this
    if isinstance(node.parent, exp.Window):
        kind = _OVER_WINDOWS.get(type(inner))
        return exp.IgnoreNulls(this=kind(this=inner.this)) if kind else node
    if not isinstance(inner, (exp.Last, exp.LastValue)):
        return node
    return made("last(_0) FILTER (WHERE _0 IS NOT NULL)", inner.this)


def _percentile(node: exp.Expr) -> exp.Expr:
    value, quantile = node.this, node.args["quantile"]
    if not isinstance(value, exp.Distinct):
        return made("quantile_cont(CAST(_0 AS DOUBLE), _1)", value, quantile)
    [single] = value.expressions
    return made("quantile_cont(DISTINCT CAST(_0 AS DOUBLE), _1)", single, quantile)


def _approximated(node: exp.Expr) -> exp.Expr:
    """A value that is there, as near as one can get: the exact one."""
    return named("quantile_disc", node.this, node.args["quantile"])


def _counted(node: exp.Expr) -> exp.Expr:
    """`count(a, b)` counts the rows in which neither is NULL."""
    if not node.expressions or isinstance(node.this, exp.Distinct):
        return node
    given = [node.this, *node.expressions]
    known = " AND ".join(f"_{at} IS NOT NULL" for at in range(len(given)))
    return made(f"count(CASE WHEN {known} THEN 1 END)", *given)


def _any(node: exp.Expr) -> exp.Expr:
    return node if isinstance(node.parent, (exp.Binary, exp.Like)) else made("bool_or(_0)", node.this)


def _within(node: exp.Expr) -> exp.Expr:
    return (
        exp.Cast(this=node.copy(), to=exp.DataType.build("DOUBLE"))
        if isinstance(node.this, exp.PercentileDisc)
        else node
    )


CHANGES: dict[type[exp.Expr], Change] = {
    exp.Any: _any,
    exp.ApproxQuantile: _approximated,
    exp.Count: _counted,
    exp.IgnoreNulls: _ignoring,
    exp.Kurtosis: lambda node: made("kurtosis_pop(_0)", node.this),
    exp.Quantile: _percentile,
    exp.Skewness: lambda node: made(_SKEWNESS, node.this),
    exp.WithinGroup: _within,
}
