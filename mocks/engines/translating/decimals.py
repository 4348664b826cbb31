"""The types of divisions, averages and sums of decimals, which DuckDB gives as DOUBLE or wider than Databricks does.

The rules are those of Spark's DecimalPrecision: docs.databricks.com/sql/language-manual/functions/{avg,sum,slashsign}.
The values are computed in double precision, so of a quotient some 15 digits are exact.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp
from sqlglot.errors import SqlglotError

from mocks.engines.metastore.names import Name
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.translating.dialect import Session
from mocks.engines.translating.references import table_name
from mocks.engines.warehouse.sql_error import SqlError

MOST, LEAST_SCALE = 38, 6
_TYPED = (exp.Div, exp.Avg, exp.Sum)
_WHOLE = {exp.DType.TINYINT: 3, exp.DType.SMALLINT: 5, exp.DType.INT: 10, exp.DType.BIGINT: 20}
_NUMBER = "sandbricks_number"


class Digits(NamedTuple):
    """A decimal type; `whole` if it stands for an integer, which counts as a decimal beside one only."""

    precision: int
    scale: int
    whole: bool = False

    @property
    def fitted(self) -> "Digits":
        """Within 38 digits; the scale gives way first, but not below six."""
        if self.precision <= MOST:
            return self
        before = self.precision - self.scale
        return Digits(MOST, max(MOST - before, min(self.scale, LEAST_SCALE)))


def mark(statement: exp.Expr, session: Session, tables: TableCatalog) -> None:
    """Notes at each division, average and sum of decimals which type it has; what cannot be told stays as it is."""
    wanted = list(statement.find_all(*_TYPED))
    if not wanted:
        return
    columns = dict(_columns(statement, session, tables))
    if not _has_decimals(statement, columns):
        return
    for number, node in enumerate(wanted):
        node.meta[_NUMBER] = number
    found = {node.meta[_NUMBER]: _digits(node) for node in _annotated(statement, columns).find_all(*_TYPED)}
    for node in wanted:
        digits = found.get(node.meta[_NUMBER])
        if digits is not None and not digits.whole:
            _outermost(node).meta["decimal"] = digits


def _columns(statement: exp.Expr, session: Session, tables: TableCatalog) -> Iterator[tuple[Name, dict[str, str]]]:
    for table in statement.find_all(exp.Table):
        if isinstance(table.this, exp.Identifier):
            try:
                name = table_name(table, session.defaults)
                yield name, {column.name: column.type.text for column in tables.table(name).columns}
            except SqlError:  # a common table expression, or nothing; whoever runs the statement says so
                continue


def _has_decimals(statement: exp.Expr, columns: dict[Name, dict[str, str]]) -> bool:
    if any("DECIMAL" in kind for table in columns.values() for kind in table.values()):
        return True
    if any(kind.this is exp.DType.DECIMAL for kind in statement.find_all(exp.DataType)):
        return True
    fractions = (node for node in statement.find_all(exp.Literal) if "." in node.name)
    return any(_literal(node) is not None for node in fractions)


def _annotated(statement: exp.Expr, columns: dict[Name, dict[str, str]]) -> exp.Expr:
    """A copy whose columns know their types, as far as that can be found out."""
    from sqlglot.optimizer.annotate_types import annotate_types
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.schema import MappingSchema

    copy = statement.copy()
    schema = MappingSchema(dialect="databricks")
    for name, kinds in columns.items():
        schema.add_table(exp.table_(name.object, name.schema, name.catalog), kinds, dialect="databricks")
    first = next(iter(columns), Name("main", "default", ""))
    try:
        copy = qualify(
            copy,
            dialect="databricks",
            catalog=first.catalog,
            db=first.schema,
            schema=schema,
            validate_qualify_columns=False,
            quote_identifiers=False,
            expand_stars=False,
        )
        return annotate_types(copy, schema=schema, dialect="databricks")
    except (SqlglotError, AttributeError, KeyError, TypeError, ValueError):  # its optimiser does not know all of SQL
        return copy


def _outermost(node: exp.Expr) -> exp.Expr:
    """The node, or the window over it, since a cast must not come between the two."""
    parent = node.parent
    while isinstance(parent, exp.Window | exp.Filter) and node.arg_key == "this":
        node, parent = parent, parent.parent
    return node


def _digits(node: exp.Expr) -> Digits | None:
    match node:
        case exp.Paren() | exp.Neg() | exp.Max() | exp.Min() | exp.Coalesce() | exp.Distinct() | exp.Window():
            inner = node.this if not isinstance(node, exp.Distinct) else node.expressions[0]
            return _digits(inner)
        case exp.Literal():
            return _literal(node)
        case exp.Avg() | exp.Sum():
            return _aggregated(node)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return _combined(node)
    return _of_type(node)


def _aggregated(node: exp.Expr) -> Digits | None:
    inner = _digits(node.this)
    if inner is not None and inner.whole and isinstance(node, exp.Sum):
        return Digits(_WHOLE[exp.DType.BIGINT], 0, True)
    if inner is None or inner.whole:
        return None
    if isinstance(node, exp.Sum):
        return Digits(min(MOST, inner.precision + 10), inner.scale)
    return Digits(inner.precision + 4, inner.scale + 4).fitted


def _combined(node: exp.Expr) -> Digits | None:
    left, right = _digits(node.this), _digits(node.expression)
    if left is None or right is None or (left.whole and right.whole):
        return None
    (p1, s1, _), (p2, s2, _) = left, right
    match node:
        case exp.Mul():
            return Digits(p1 + p2 + 1, s1 + s2).fitted
        case exp.Div():
            scale = max(LEAST_SCALE, s1 + p2 + 1)
            return Digits(p1 - s1 + s2 + scale, scale).fitted
    scale = max(s1, s2)
    return Digits(max(p1 - s1, p2 - s2) + scale + 1, scale).fitted


def _literal(node: exp.Expr) -> Digits | None:
    text = node.name.lower()
    if not isinstance(node, exp.Literal) or node.is_string or "e" in text:
        return None
    whole, _, fraction = text.partition(".")
    return Digits(max(len(whole.lstrip("0")) + len(fraction), len(fraction), 1), len(fraction), "." not in text)


def _of_type(node: exp.Expr) -> Digits | None:
    kind = node.args["to"] if isinstance(node, exp.Cast) else node.type
    if kind is None:
        return None
    if kind.this in _WHOLE:
        return Digits(_WHOLE[kind.this], 0, True)
    if kind.this is not exp.DType.DECIMAL:
        return None
    told = [int(part.name) for part in kind.expressions if part.name.isdigit()]
    precision, scale = (*told, *(10, 0)[len(told) :])
    return Digits(precision, scale)
