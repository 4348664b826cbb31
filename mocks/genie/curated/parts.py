"""What the SQL of an example query is made of: the things, columns and conditions that its question has words for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from mocks.genie.knowledge.space import DATE, Column, Example, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of

_MORE = (exp.With, exp.Window, exp.Having, exp.Qualify, exp.SetOperation)
_PARTS_OF_TIMES = (exp.Hour, exp.Minute, exp.DayOfWeek, exp.DayOfWeekIso, exp.DayOfMonth, exp.Extract)


@dataclass(frozen=True)
class Part:
    """One thing, column or condition; whether it shall not be, is the part of a share, is counted, or is a time."""

    meaning: Table | Column | Snippet
    negated: bool = False
    shared: bool = False
    counted: bool = False
    dated: bool = False


@dataclass
class Parts:
    """The parts of a statement, the tables that it goes over, and whether it computes a share or a stretch of time."""

    parts: list[Part] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    share: bool = False
    elapsed: bool = False


class UnreadError(Exception):
    """The statement has something that is no part as they are known here."""


def parts_of(example: Example, space: Space) -> Parts | None:
    """The parts of an example's statement; nothing if it is not a plain one."""
    try:
        tree = parse_one(example.sql, read="databricks")
        return _Statement(tree, space).parts if isinstance(tree, exp.Select) and not tree.find(*_MORE) else None
    except (SqlglotError, UnreadError):
        return None


class _Statement:
    def __init__(self, tree: exp.Select, space: Space) -> None:
        self._space = space
        self._aliases = dict(self._sources(tree))
        self.parts = Parts(tables=[*dict.fromkeys(self._aliases.values())])
        self._base = self._first(tree)
        for output in tree.expressions:
            self._output(output.unalias())
        where = tree.args.get("where")
        for condition in (
            where.this.flatten() if where and isinstance(where.this, exp.And) else [where.this] if where else ()
        ):
            self._condition(condition.unnest())

    def _sources(self, tree: exp.Expr) -> Iterator[tuple[str, Table]]:
        for node in tree.find_all(exp.Table):
            named = [t for t in self._space.tables if t.name.lower() == node.name.lower()]
            if len(named) != 1:
                raise UnreadError
            yield node.alias_or_name.lower(), named[0]

    def _first(self, select: exp.Select) -> Table:
        """The table from which a query begins."""
        source = select.args.get("from_")
        if source is None or not isinstance(source.this, exp.Table):
            raise UnreadError
        return self._aliases[source.this.alias_or_name.lower()]

    def _column(self, node: exp.Column) -> Column:
        owners = [self._aliases[node.table.lower()]] if node.table.lower() in self._aliases else self._aliases.values()
        found = list(dict.fromkeys(c for table in owners if (c := table.column(node.name)) is not None))
        if len(found) != 1:
            raise UnreadError
        return found[0]

    def _add(self, *meanings: Table | Column | Snippet) -> None:
        self.parts.parts += map(Part, meanings)

    def _output(self, node: exp.Expr) -> None:
        counted = [*node.find_all(exp.CountIf)]
        if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
            self._add(self._aliases.get(getattr(node, "table", "").lower(), self._base))
        elif isinstance(node, exp.Column):
            self._add(self._column(node))
        elif len(counted) == 1 and node.find(exp.Div) and isinstance(node.find(exp.Count), exp.Count):
            self.parts.share = True
            self.parts.parts += [Part(self._snippet(counted[0].this), shared=True), Part(self._base, counted=True)]
        elif isinstance(node, exp.Count):
            distinct = node.this.find(exp.Column) if isinstance(node.this, exp.Distinct) else None
            self.parts.parts.append(Part(self._column(distinct)) if distinct else Part(self._base, counted=True))
        elif isinstance(node, exp.Sum | exp.Avg | exp.Min | exp.Max):
            columns = list(dict.fromkeys(map(self._column, node.find_all(exp.Column))))
            days = len(columns) == 2 and {column.kind for column in columns} == {DATE}
            if len(columns) != 1 and not days:
                raise UnreadError
            self.parts.elapsed = days
            self._add(*columns)
        else:
            raise UnreadError

    def _condition(self, node: exp.Expr) -> None:
        inner = node.this if isinstance(node, exp.Not) else node
        if isinstance(inner, exp.Exists) and isinstance(inner.this, exp.Select):
            self.parts.parts.append(Part(self._first(inner.this), negated=inner is not node))
        elif node.find(exp.Query):
            raise UnreadError
        elif node.find(*_PARTS_OF_TIMES):
            self.parts.parts.append(Part(self._snippet(node)))
        elif not (
            isinstance(node, exp.EQ) and isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Column)
        ):
            days = {self._column(column).kind for column in node.find_all(exp.Column)} == {DATE}
            self.parts.parts.append(Part(self._snippet(node), dated=days and not isinstance(inner, exp.Is)))

    def _snippet(self, node: exp.Expr) -> Snippet:
        told = node.copy()
        for column in list(told.find_all(exp.Column)):
            named = column_of(self._column(column))
            if column is told:
                told = named
            else:
                column.replace(named)
        return Snippet("filters", (), told.sql("databricks"))
