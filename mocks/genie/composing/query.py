"""Building SQL as a syntax tree: what a query gives, in groups and in order, of the rows that it keeps."""

from collections.abc import Collection

from sqlglot import exp

from mocks.genie.composing.narrowing import Narrowing, literal
from mocks.genie.composing.partners import source
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.links import Link
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.knowledge.written import column_of
from mocks.genie.language.words import stems


class Query(Narrowing):
    """A SELECT over a base table and the tables that each of its rows has one partner in."""

    def __init__(
        self, base: Table, space: Space, graph: JoinGraph, through: Collection[str] = (), said: Collection[str] = ()
    ) -> None:
        super().__init__(base, space, graph, through, said)
        self._others: dict[str, Link] = {}
        self._optional: set[str] = set()
        self._outputs: list[exp.Expr] = []
        self._groups: list[exp.Expr] = []
        self._having: list[exp.Expr] = []
        self._order: list[exp.Expr] = []
        self._limit: int | None = None
        self._distinct = False
        self._parts: list[exp.Expr] = []
        self._qualify: exp.Expr | None = None

    def through(self, link: Link, column: Column, optional: bool = False) -> exp.Column:
        """A column of the row that a link leads to by a role, such as a manager's name; rows without one may stay."""
        alias = self._called(link)
        self._optional |= {alias} if optional else set()
        self._others[alias] = link
        self.column(link.left)
        return exp.column(column.name, table=alias, quoted=not column.name.isidentifier())

    def _called(self, link: Link) -> str:
        """A name for rows in a role: that of no table, and of no other role."""
        words = stems(link.left.spoken)
        taken = {table.name.lower() for table in self._space.tables}
        taken |= {name for name, other in self._others.items() if other != link}
        names = ("_".join((*words, "row")[:size]) for size in range(1, len(words) + 2))
        return next((name for name in names if name not in taken), link.left.name)

    def told(self) -> bool:
        """Whether the result would show nothing but a value that a condition names."""
        equal = [
            c.this
            for c in self._conditions + self._settled
            if isinstance(c, exp.EQ) and isinstance(c.expression, exp.Literal)
        ]
        return bool(self._outputs) and all(output in equal for output in self._outputs)

    def output(self, expression: exp.Expr, name: str | None = None) -> None:
        """Adds a column to the result, once."""
        if name is None and expression in self._outputs:
            return
        self._outputs.append(exp.alias_(expression, name) if name else expression)

    def group(self, expression: exp.Expr, shown: bool = True, name: str | None = None) -> None:
        """One row of the result for each value."""
        if expression not in self._groups:
            self._groups.append(expression)
            if shown:
                self.output(expression, name)

    def ungroup(self) -> None:
        """Lists rows after all; what they were to be grouped by stays in the result."""
        self._groups.clear()

    def having(self, condition: exp.Expr) -> None:
        """Keeps the groups for which the condition holds."""
        self._having.append(condition)

    def order(self, expression: exp.Expr, descending: bool) -> None:
        """Sorts the result."""
        self._order.append(exp.Ordered(this=expression, desc=descending, nulls_first=False))

    def within(self, measure: exp.Expr, descending: bool, count: int) -> None:
        """Keeps the first rows of each value of the group."""
        order = exp.Order(expressions=[exp.Ordered(this=measure, desc=descending, nulls_first=False)])
        rank = exp.Window(this=exp.Rank(), partition_by=[group.copy() for group in self._parts], order=order)
        self._qualify = exp.LTE(this=rank, expression=literal(count))

    def partition(self, parts: list[exp.Expr]) -> bool:
        """Says in the values of which columns the first groups are sought, and whether there are several in each."""
        self._parts = parts
        return any(group not in parts for group in self._groups)

    def part(self, expression: exp.Expr) -> None:
        """Shows a column in the values of which the first rows are sought."""
        self._parts.append(expression)
        self.output(expression)

    def limit(self, count: int) -> None:
        """Keeps the first rows."""
        self._limit = count

    def distinct(self, once: bool = True) -> None:
        """Keeps each row of the result once."""
        self._distinct = once

    def first(self) -> exp.Expr:
        """What the first column of the result shows, by which ties are put in order."""
        return self._outputs[0].unalias().copy()

    @property
    def joins(self) -> set[Column]:
        """The columns by which tables are joined."""
        return {link.left for link in self._joined.values() if link is not None}

    def expressions(self) -> list[exp.Column]:
        """The columns that the result and the conditions so far are made of."""
        parts = [*self._outputs, *self._stated(), *self._having]
        return [column for part in parts for column in part.find_all(exp.Column)]

    @property
    def grouped(self) -> bool:
        """Whether there is a GROUP BY."""
        return bool(self._groups)

    @property
    def narrowed(self) -> bool:
        """Whether it is about some rows only."""
        return bool(self._stated() or self.tables != {*self._joined} or self._groups or self._outputs)

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for yet."""
        return not self._outputs

    def tree(self) -> exp.Select:
        """The statement.

        Raises: AskBack
        """
        conditions = self._all_conditions()  # first, since they may need joins
        select = exp.select(*self._outputs).from_(source(self.base))
        for link in list(self._joined.values()):
            if link is not None:
                select = select.join(source(self._space.table(link.right.table)), on=_equality(link), join_type="inner")
        for alias, link in self._others.items():
            named = source(self._space.table(link.right.table), alias)
            on = exp.and_(
                *(exp.EQ(this=column_of(a), expression=exp.column(b.name, table=alias)) for a, b in link.pairs)
            )
            select = select.join(named, on=on, join_type="left" if alias in self._optional else "inner")
        if conditions:
            select = select.where(*conditions)
        if self._groups:
            select = select.group_by(*[group.copy() for group in self._groups])
        if self._having:
            select = select.having(*self._having)
        if self._qualify is not None:
            select.set("qualify", exp.Qualify(this=self._qualify))
        if self._order:
            select = select.order_by(*self._order)
        if self._limit is not None:
            select = select.limit(self._limit)
        return select.distinct() if self._distinct else select


def _equality(link: Link) -> exp.Expr:
    return exp.and_(*(exp.EQ(this=column_of(left), expression=column_of(right)) for left, right in link.pairs))
