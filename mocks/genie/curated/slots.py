"""What a parameter of a trusted asset takes: a value of which columns, a number, the first day or the last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.space import TEXT, Column, Parameter, Space
from mocks.genie.language.english import KINDS
from mocks.genie.language.words import stem_set, stems

TEXTS = frozenset(("STRING", "VARCHAR", "CHAR"))
LISTS = frozenset(("ARRAY<STRING>",))
WHOLE = frozenset(("INT", "INTEGER", "BIGINT", "LONG", "SMALLINT", "TINYINT"))
DATES = frozenset(("DATE", "TIMESTAMP", "TIMESTAMP_NTZ"))
_ENDS = stem_set("end to until before through upper latest till last max")
_STARTS = stem_set("start from since begin after lower earliest first min")
_TOLD = re.compile(r"[\"'“‘]([^\"'”’]{1,60})[\"'”’]")
_TURNED: dict[type[exp.Expr], type[exp.Expr]] = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE}
_COMPARED = (exp.Predicate, exp.In, exp.Between, exp.ArrayContains)


@dataclass(frozen=True)
class Slot:
    """A parameter; the columns whose values it takes, and values that its comment names, where any are known."""

    name: str
    type: str
    is_optional: bool
    words: frozenset[str]
    columns: frozenset[Column] = frozenset()
    told: tuple[str, ...] = ()
    is_pattern: bool = False
    is_exclusive: bool = False
    is_start: bool = False
    is_end: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it is a year as a number."""
        return "year" in self.words and self.type not in TEXTS | DATES


def slots(parameters: Sequence[Parameter], sql: str, space: Space) -> tuple[Slot, ...]:
    """The parameters of a statement or of a function's body."""
    tree = _parsed(sql)
    return tuple(_slot(parameter, list(_uses(tree, parameter.name)) if tree else [], space) for parameter in parameters)


def _slot(parameter: Parameter, uses: Sequence[exp.Expr], space: Space) -> Slot:
    names = {column.name.lower() for use in uses for column in use.find_all(exp.Column)} - {parameter.name.lower()}
    texts = [column for column in space.columns() if column.kind == TEXT]
    columns = [column for column in texts if column.name.lower() in names]
    name = set(stems(parameter.name))
    at_most = any(isinstance(use, exp.LT | exp.LTE) for use in uses)
    at_least = any(isinstance(use, exp.GT | exp.GTE) for use in uses)
    return Slot(
        parameter.name,
        parameter.type.partition("(")[0].upper(),
        parameter.optional,
        frozenset(stems(f"{parameter.name} {parameter.comment}")),
        frozenset(columns or _called(name - KINDS, texts, space)),
        tuple(_TOLD.findall(parameter.comment)),
        is_pattern=any(isinstance(use, exp.Like | exp.ILike | exp.RegexpLike) for use in uses),
        is_exclusive=any(isinstance(use, exp.LT) for use in uses),
        is_start=bool(_STARTS & name) or (at_least and not _ENDS & name),
        is_end=bool(_ENDS & name) or (at_most and not _STARTS & name),
    )


def _called(name: set[str], texts: Sequence[Column], space: Space) -> Iterator[Column]:
    """The columns that are called as the parameter is, or as what it is of."""
    for column in texts:
        table = space.table(column.table)
        of = set(stems(table.spoken)) if column in table.labels else set()
        if name and name <= set(stems(column.spoken)) | of:
            yield column


def _uses(tree: exp.Expr, name: str) -> Iterator[exp.Expr]:
    """The comparisons in which a parameter stands."""
    for node in tree.find_all(exp.Column, exp.Placeholder, exp.Parameter):
        is_marker = not isinstance(node, exp.Column)
        if node.name.lower() == name.lower() and (is_marker or not getattr(node, "table", "")):
            use = node.find_ancestor(*_COMPARED)
            if use is not None and not isinstance(use, exp.Is):
                yield _turned(use, node)


def _turned(use: exp.Expr, node: exp.Expr) -> exp.Expr:
    """A comparison with the parameter on its right."""
    if isinstance(use, exp.Between):
        kind = exp.GTE if use.args["low"] in (node, *_above(node)) else exp.LTE
        return kind(this=use.this.copy(), expression=node.copy())
    if type(use) in _TURNED and use.this in (node, *_above(node)):
        return _TURNED[type(use)](this=use.expression.copy(), expression=node.copy())
    return use


def _above(node: exp.Expr) -> Iterator[exp.Expr]:
    while node.parent is not None:
        node = node.parent
        yield node


def _parsed(sql: str) -> exp.Expr | None:
    try:
        return parse_one(sql, read="databricks") if sql.strip() else None
    except SqlglotError:
        return None
