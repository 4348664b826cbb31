"""Building SQL as a syntax tree: columns bring their joins along, and rows are never counted twice."""

from collections.abc import Collection
from typing import Any

from sqlglot import exp, parse_one

from mocks.genie.composing.partners import Partners, source, together
from mocks.genie.knowledge.joins import JoinGraph, Link
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.knowledge.written import column_of, not_null
from mocks.genie.language.words import stems
from mocks.genie.refusal import Declined, NotJoined


class Query:
    """A SELECT over a base table and the tables that each of its rows has one partner in."""

    def __init__(
        self, base: Table, space: Space, graph: JoinGraph, through: Collection[str] = (), said: Collection[str] = ()
    ) -> None:
        self.base, self._space, self._graph, self._through = base, space, graph, through
        self._partners = Partners(base, space, graph, through, said)
        self._joined: dict[str, Link | None] = {base.full_name: None}
        self._others: dict[str, Link] = {}
        self._elsewhere: dict[tuple[str, bool], list[exp.Expr]] = {}
        self._outputs: list[exp.Expr] = []
        self._conditions: list[exp.Expr] = []
        self._settled: list[exp.Expr] = []
        self._away: set[str] = set()
        self._groups: list[exp.Expr] = []
        self._having: list[exp.Expr] = []
        self._order: list[exp.Expr] = []
        self._limit: int | None = None
        self._distinct = False
        self._parts: list[exp.Expr] = []
        self._qualify: exp.Expr | None = None

    def column(self, column: Column) -> exp.Expr:
        """The column, with the joins that lead to it.

        Raises: AskBack, Declined
        """
        written = column_of(column)
        named = {node.table for node in written.find_all(exp.Column)} if column.formula else set()
        for table in (column.table, *(t.full_name for t in self._space.tables if t.name in named)):
            self._reach(table)
        return written

    def _reach(self, table: str) -> None:
        way = self._graph.path(self.base, table, self._through)
        if way is None:
            raise Declined(
                f"I cannot combine {self.base.name} with {_last(table)} row by row: the space has "
                "no join that gives each row one partner. A join spec or an example query would teach it."
            )
        for link in way:
            self._joined.setdefault(link.right.table, link)

    def through(self, link: Link, column: Column) -> exp.Column:
        """A column of the row that a link within one table leads to, such as a manager's name."""
        alias = "_".join(stems(link.left.spoken)[:1])
        self._others[alias] = link
        self.column(link.left)
        return exp.column(column.name, table=alias, quoted=not column.name.isidentifier())

    def refers(self, link: Link, condition: exp.Expr, negated: bool = False) -> None:
        """Keeps the rows whose column is the key of a row for which the condition holds."""
        mine, theirs = zip(*link.pairs, strict=True)
        inner = exp.select(*map(column_of, theirs)).from_(source(self._space.table(link.right.table))).where(condition)
        self.filter(link.left, exp.In(this=together(mine), query=exp.Subquery(this=inner)), negated)

    def told(self) -> bool:
        """Whether the result would show nothing but a value that a condition names."""
        equal = [
            c.this
            for c in self._conditions + self._settled
            if isinstance(c, exp.EQ) and isinstance(c.expression, exp.Literal)
        ]
        return bool(self._outputs) and all(output in equal for output in self._outputs)

    def lacks(self, link: Link) -> None:
        """Keeps the rows whose key is not in the column that refers to them from elsewhere."""
        theirs, mine = zip(*link.pairs, strict=True)
        present = [not_null(column) for column in theirs]
        inner = exp.select(*map(column_of, theirs)).from_(source(self._space.table(link.left.table))).where(*present)
        self._conditions.append(exp.not_(exp.In(this=together(mine), query=exp.Subquery(this=inner))))

    def reaches(self, column: Column) -> bool:
        """Whether each row of the base has one value of that column."""
        return self._graph.path(self.base, column.table, self._through) is not None

    def output(self, expression: exp.Expr, name: str | None = None) -> None:
        """Adds a column to the result, once."""
        if name is None and expression in self._outputs:
            return
        self._outputs.append(exp.alias_(expression, name) if name else expression)

    def filter(self, column: Column, condition: exp.Expr, negated: bool = False) -> None:
        """Keeps the rows for which the condition on that column holds, there or in a table that refers to the base."""
        if self.reaches(column):
            self.column(column)
            self._conditions.append(exp.not_(exp.paren(condition)) if negated else condition)
        else:
            self._elsewhere.setdefault((column.table, negated), []).append(condition)

    def raw_filter(self, sql: str, tables: list[Table], negated: bool = False) -> None:
        """Keeps the rows for which a curated condition holds."""
        condition = exp.paren(parse_one(sql, read="databricks"))
        if len(tables) == 1 and not self.reaches(tables[0].columns[0]):
            self._elsewhere.setdefault((tables[0].full_name, negated), []).append(condition)
            return
        for table in tables:
            self.column(table.columns[0])
        self._conditions.append(exp.not_(condition) if negated else condition)

    def settle(self) -> None:
        """Has the conditions so far hold for all that the query is about, also if it takes a share."""
        self._settled = self._taken()

    def take_conditions(self) -> list[exp.Expr]:
        """The conditions that are not settled, or else all, which the query no longer has."""
        taken = self._taken()
        if not taken:
            taken, self._settled = self._settled, []
        return taken

    def _taken(self) -> list[exp.Expr]:
        taken = self._found()
        self._away |= {name for name, _ in self._elsewhere}
        self._conditions, self._elsewhere = [], {}
        return taken

    @property
    def tables(self) -> set[str]:
        """The tables that the query is about."""
        return {*self._joined, *self._away, *(name for name, _ in self._elsewhere)}

    def partner(self, table: Table, negated: bool) -> None:
        """Keeps the rows that some row of the other table refers to, or none."""
        self._elsewhere.setdefault((table.full_name, negated), [])

    def condition(self, condition: exp.Expr) -> None:
        """Keeps the rows for which it holds."""
        self._conditions.append(condition)

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
        parts = [
            *self._outputs,
            *self._conditions,
            *self._settled,
            *self._having,
            *(c for cs in self._elsewhere.values() for c in cs),
        ]
        return [column for part in parts for column in part.find_all(exp.Column)]

    @property
    def grouped(self) -> bool:
        """Whether there is a GROUP BY."""
        return bool(self._groups)

    @property
    def narrowed(self) -> bool:
        """Whether it is about some rows only."""
        return bool(self._conditions or self._settled or self._elsewhere or self._groups or self._outputs)

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
            select = select.join(named, on=on, join_type="inner")
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

    def _all_conditions(self) -> list[exp.Expr]:
        found = self._settled + self._found()
        return found + self._always(found)

    def _found(self) -> list[exp.Expr]:
        """The conditions with those on other tables: what one row elsewhere can fulfil together, one row has to."""
        found = list(self._conditions)
        for negated in (False, True):
            asked = {name: conditions for (name, no), conditions in self._elsewhere.items() if no == negated}
            whole = self._partners.bridge([*asked]) if len(asked) > 1 and not negated else None
            parts = [[*asked]] if whole else [[name] for name in asked]
            for names in parts if asked else []:
                bridge = whole or self._partners.bridge(names)
                if bridge is None:
                    raise NotJoined(
                        f"How do {self.base.name} and {_last(names[0])} belong together? "
                        "The space has no single join between them."
                    )
                if not (negated or any(asked[name] for name in names)) and not self._partners.belongs(bridge):
                    raise NotJoined(
                        f"Rows of {self.base.name} do not belong to rows of {_last(names[0])}. How do you mean that?"
                    )
                self.column(bridge.mine)
                condition = self._partners.condition(bridge, [c for name in names for c in asked[name]], names)
                found.append(exp.not_(condition) if negated else condition)
        return found

    def _always(self, conditions: list[exp.Expr]) -> list[exp.Expr]:
        """What a curator wants of every question, unless this one speaks of that column itself."""
        said = {(node.table, node.name) for condition in conditions for node in condition.find_all(exp.Column)}
        return [
            exp.paren(parse_one(sql, read="databricks"))
            for column, sql in self._space.always
            if column.table in self._joined and (column.table_name, column.name) not in said
        ]


def _equality(link: Link) -> exp.Expr:
    return exp.and_(*(exp.EQ(this=column_of(left), expression=column_of(right)) for left, right in link.pairs))


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def literal(value: Any) -> exp.Expr:
    """A text or a number as a literal."""
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)
