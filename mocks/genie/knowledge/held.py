"""Filters that say no more than that a column holds a value or a day."""

from sqlglot import exp, parse_one
from sqlglot.errors import ParseError, TokenError

from mocks.genie.knowledge.conditions import column_named
from mocks.genie.knowledge.space import DATE, Column, Snippet, Space


def held_values(snippet: Snippet, space: Space) -> tuple[Column, tuple[str, ...]] | None:
    """The column and the values of a filter that says no more than that the column holds one of them."""
    tree = _filter(snippet)
    literals = [tree.expression] if isinstance(tree, exp.EQ) else tree.expressions if isinstance(tree, exp.In) else []
    if tree is None or not literals or not all(isinstance(one, exp.Literal) and one.is_string for one in literals):
        return None
    column, texts = _column_at(tree.this, space), tuple(one.this for one in literals)
    return (column, texts) if column is not None and set(texts) <= set(column.values) else None


def held_day(snippet: Snippet, space: Space) -> Column | None:
    """The column of a filter that says no more than that it holds a day."""
    tree = _filter(snippet)
    empty = tree.this.unnest() if isinstance(tree, exp.Not) else None
    if not isinstance(empty, exp.Is) or not isinstance(empty.expression, exp.Null):
        return None
    column = _column_at(empty.this, space)
    return column if column is not None and column.kind == DATE else None


def _filter(snippet: Snippet) -> exp.Expr | None:
    try:
        return parse_one(snippet.sql, read="databricks").unnest() if snippet.kind == "filters" else None
    except (ParseError, TokenError):
        return None


def _column_at(node: exp.Expr, space: Space) -> Column | None:
    if not isinstance(node, exp.Column):
        return None
    return column_named(f"{node.table}.{node.name}" if node.table else node.name, None, space)
