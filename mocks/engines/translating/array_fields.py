"""`items.sku` of an array of structs: the array of that field, which only DuckDB can tell from a field of a struct."""

import re

from sqlglot import exp

from mocks.engines.translating.duck_templates import made
from mocks.engines.warehouse.sql_error import SqlError

CONDITION = "INVALID_EXTRACT_BASE_FIELD_TYPE"
_BASE = re.compile(r"'([^']+)'\)$|\"?([^\s\".()]+)\"?$")
Field = tuple[str, str]


def refusal(match: re.Match[str]) -> SqlError:
    """The complaint that something is no struct; its subject is what that something is called, and the field."""
    base = _BASE.search(match["base"])
    name = (base[1] or base[2] if base else "").lower()
    text = f'Can\'t extract a value from "{name}". Need a complex type [STRUCT, ARRAY, MAP].'
    return SqlError(CONDITION, text, "42000", f"{name}.{match['name'].lower()}")


def field_of(error: SqlError) -> Field | None:
    """The field that was asked of something that may be an array."""
    name, _, field = error.subject.partition(".")
    return (name, field) if error.condition == CONDITION and name and field else None


def spread(tree: exp.Expr, fields: tuple[Field, ...]) -> None:
    """Takes those fields of each element, in place."""
    for node in list(tree.find_all(exp.Column, exp.Dot)) if fields else ():
        parts = list(node.parts) if isinstance(node, exp.Column) else []
        for at in range(1, len(parts)):
            if (parts[at - 1].name.lower(), parts[at].name.lower()) in fields:
                _put(node, _column(parts[:at]), parts[at].name, parts[at + 1 :])
                break
        if isinstance(node, exp.Dot) and (_last(node.this), node.expression.name.lower()) in fields:
            _put(node, node.this, node.expression.name, [])


def _put(node: exp.Expr, base: exp.Expr, field: str, rest: list[exp.Expr]) -> None:
    text = "list_transform(_0, lambda sandbricks_item: struct_extract(sandbricks_item, _1))"
    found = made(text, base, exp.Literal.string(field))
    for part in rest:
        found = exp.Dot(this=found, expression=part.copy())
    node.replace(exp.alias_(found, field, quoted=True) if isinstance(node.parent, exp.Select) else found)


def _column(parts: list[exp.Expr]) -> exp.Column:
    levels = ("this", "table", "db", "catalog")
    return exp.Column(**dict(zip(levels, (part.copy() for part in reversed(parts)), strict=False)))


def _last(node: exp.Expr) -> str:
    return (node.expression.name if isinstance(node, exp.Dot) else node.name).lower()
