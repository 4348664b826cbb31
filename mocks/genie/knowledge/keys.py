"""By which columns rows belong together: the keys that the catalog declares, and the joins that a curator tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from mocks.engines.statements.constraints import FOREIGN, PRIMARY
from mocks.engines.warehouse.sql_warehouse import SqlError, TableInfo, Warehouse
from mocks.genie.knowledge.space import Column, Join, Reference, Space, Table
from mocks.genie.knowledge.texts import text_of

# As Genie writes what a join relates, behind its condition.
_RELATION = re.compile(r"--\s*rt=(?:FROM_RELATIONSHIP_TYPE_)?(ONE|MANY)_TO_(ONE|MANY)--", re.IGNORECASE)
Pair = tuple[Column, Column]


def primary_key(info: TableInfo) -> tuple[str, ...]:
    """The columns of a table's declared primary key, in lower case; none if it has none."""
    told = (one for one in info.record.details.get("constraints", ()) if one["kind"] == PRIMARY)
    return tuple(name.lower() for name in next(told, {"columns": ()})["columns"])


def references_of(info: TableInfo) -> tuple[Reference, ...]:
    """The foreign keys that a table declares."""
    return tuple(
        Reference(tuple(one["columns"]), one["parent"].replace("`", "").lower(), tuple(one["parent_columns"]))
        for one in info.record.details.get("constraints", ())
        if one["kind"] == FOREIGN
    )


def declared_joins(space: Space) -> Iterator[Join]:
    """The joins that foreign keys between tables of the space declare."""
    for table in space.tables:
        for reference in table.references:
            parent = _parent(reference, table, space)
            names = reference.parent_columns or (parent.primary if parent else ())
            ends = [parent.column(name) for name in names] if parent else []
            mine = [table.column(name) for name in reference.columns]
            pairs = [(a, b) for a, b in zip(mine, ends, strict=False) if a is not None and b is not None]
            if pairs and len(pairs) == len(mine) == len(ends):
                yield _join(pairs, many_left=True, many_right=False)


def told_joins(specs: Sequence[dict[str, Any]], tables: Sequence[Table], warehouse: Warehouse) -> Iterator[Join]:
    """The joins of a space's `join_specs`; one that does not parse, or is about columns that are not there, is none."""
    for spec in specs:
        told = text_of(spec.get("sql"))
        try:
            tree = sqlglot.parse_one(told, read="databricks")
        except SqlglotError:
            continue
        ends = [(_end(e.left, spec, tables), _end(e.right, spec, tables)) for e in tree.find_all(exp.EQ)]
        pairs = [_turned((a, b), spec) for a, b in ends if a is not None and b is not None]
        if not pairs or len(pairs) < len(ends):
            continue
        relation = _RELATION.search(told)
        many = [relation[side].upper() == "MANY" for side in (1, 2)] if relation else None
        if many is None and len(pairs) > 1:
            many = [not _tells_apart([pair[side] for pair in pairs], warehouse) for side in (0, 1)]
        many_left, many_right = many or (None, None)
        yield _join(pairs, many_left, many_right, _role(spec))


def _role(spec: dict[str, Any]) -> str:
    right = spec.get("right") or {}
    alias, name = str(right.get("alias") or "").lower(), str(right.get("identifier", "")).rpartition(".")[2].lower()
    return "" if alias == name else alias


def _join(pairs: Sequence[Pair], many_left: bool | None, many_right: bool | None, role: str = "") -> Join:
    """The last pair, which says most in a key of several columns, stands for all."""
    *more, (left, right) = pairs
    return Join(left, right, tuple(more), many_left, many_right, role)


def _parent(reference: Reference, table: Table, space: Space) -> Table | None:
    """The table of that name, which without a schema is in the schema of the table that refers to it."""
    parts = reference.parent.split(".")
    near = table.full_name.lower().split(".")[: 3 - len(parts)]
    names = (".".join([*near, *parts]), ".".join([*["main", "default"][: 3 - len(parts)], *parts]))
    return next((one for name in names for one in space.tables if one.full_name.lower() == name), None)


def _turned(pair: Pair, spec: dict[str, Any]) -> Pair:
    """The pair with the column of the spec's left side first."""
    left = str((spec.get("left") or {}).get("identifier", "")).lower()
    return pair if pair[0].table.lower() == left or pair[1].table.lower() != left else (pair[1], pair[0])


def _end(side: exp.Expr, spec: dict[str, Any], tables: Sequence[Table]) -> Column | None:
    if not isinstance(side, exp.Column):
        return None
    for told in (spec.get("left") or {}, spec.get("right") or {}):
        name = str(told.get("identifier", ""))
        if side.table.lower() in (str(told.get("alias") or "").lower(), name.rpartition(".")[2].lower()):
            table = next((one for one in tables if one.full_name.lower() == name.lower()), None)
            return table.column(side.name) if table else None
    return None


def _tells_apart(columns: Sequence[Column], warehouse: Warehouse) -> bool:
    """Whether no two rows are alike in all these columns."""
    source = exp.to_table(columns[0].table, dialect="databricks")
    key = [exp.column(column.name, quoted=True) for column in columns]
    alike = exp.select("1").from_(source).group_by(*key).having("COUNT(*) > 1").limit(1)
    try:
        return not warehouse.run(alike.sql("databricks"), read_only=True).rows()
    except SqlError:
        return False
