"""Expressions of DuckDB written down as text, with places for arguments."""

from functools import lru_cache

from sqlglot import exp


def made(text: str, *arguments: exp.Expr) -> exp.Expr:
    """The expression, its columns `_0`, `_1`, … replaced by the arguments."""
    tree = exp.Paren(this=_parsed(text).copy())
    for column in list(tree.find_all(exp.Column)):
        place = column.name.removeprefix("_")
        if column.name.startswith("_") and place.isdigit() and not column.table:
            column.replace(arguments[int(place)].copy())
    found: exp.Expr = tree.this
    return exp.Paren(this=found) if isinstance(found, (exp.Binary, exp.Unary)) else found


@lru_cache(maxsize=512)
def _parsed(text: str) -> exp.Expr:
    tree: exp.Expr = exp.maybe_parse(text, dialect="duckdb")
    return tree


def text_of(value: exp.Expr | None) -> str | None:
    """The text of a literal; nothing of anything else."""
    return value.name if isinstance(value, exp.Literal) else None


def call(macro: str, *arguments: exp.Expr) -> exp.Dot:
    """A call of one of our macros."""
    called = exp.Anonymous(this=exp.to_identifier(macro, quoted=True), expressions=list(arguments))
    return exp.Dot(this=exp.to_identifier("sandbricks"), expression=called)
