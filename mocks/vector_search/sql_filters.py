"""Filters in SQL form, as the storage-optimized endpoints take them."""

from collections.abc import Callable
from typing import Any

import sqlglot
from sqlglot import exp

from mocks.core.errors import InvalidParameterValue
from mocks.vector_search.filters import Condition, compared, joined, path_of

_COMPARED: dict[type[exp.Expr], str] = {exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<="}


def parse(text: str, columns: set[str]) -> Condition:
    """The condition as the rows are asked for it.

    Raises: InvalidParameterValue
    """
    try:
        tree = sqlglot.parse_one(text, read="databricks")
    except sqlglot.errors.SqlglotError as error:
        raise InvalidParameterValue(f"The filter is not a SQL condition: {error}") from None
    return _node(tree, columns)


def _node(node: exp.Expr, columns: set[str]) -> Condition:
    match node:
        case exp.Paren():
            return _node(node.this, columns)
        case exp.And():
            return joined([_node(node.left, columns), _node(node.right, columns)], "AND")
        case exp.Or():
            return joined([_node(node.left, columns), _node(node.right, columns)], "OR")
        case exp.Not():
            inner = _node(node.this, columns)
            return Condition(f"NOT coalesce({inner.sql}, 0)", inner.values)
    return _leaf(node, columns)


def _leaf(node: exp.Expr, columns: set[str]) -> Condition:
    if not isinstance(node.this, exp.Column):
        raise InvalidParameterValue(f"This part of the filter is not understood: {node.sql()}")
    path = path_of(node.this.name, columns)
    make: Callable[[str, Any], Condition] = lambda operator, value: compared(path, operator, value)  # noqa: E731
    match node:
        case exp.EQ():
            return make("", _literal(node.expression))
        case exp.NEQ():
            return make("NOT", _literal(node.expression))
        case exp.In():
            return make("", [_literal(one) for one in node.expressions])
        case exp.Between():
            low, high = make(">=", _literal(node.args["low"])), make("<=", _literal(node.args["high"]))
            return joined([low, high], "AND")
        case exp.Like():
            return Condition(f"{path} LIKE ?", (_literal(node.expression),))
        case exp.Is():
            return Condition(f"{path} IS NULL", ())
    if type(node) in _COMPARED:
        return make(_COMPARED[type(node)], _literal(node.expression))
    raise InvalidParameterValue(f"This part of the filter is not understood: {node.sql()}")


def _literal(node: exp.Expr) -> Any:
    if isinstance(node, exp.Neg):
        return -_literal(node.this)
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if not isinstance(node, exp.Literal):
        raise InvalidParameterValue(f"A filter compares with a constant, not with {node.sql()}.")
    if node.is_string:
        return node.this
    return float(node.this) if "." in node.this else int(node.this)
