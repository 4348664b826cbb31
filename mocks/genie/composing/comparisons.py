"""Comparisons as conditions: with a number, with another column, with an average, with the day something is due."""

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from mocks.genie.composing.counting import paid
from mocks.genie.composing.narrowing import literal
from mocks.genie.composing.periods import as_day
from mocks.genie.composing.query import Query
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.quantities import scale, the_measured
from mocks.genie.knowledge.roles import by_dimension, done, due, the_number
from mocks.genie.knowledge.space import DATE, Column, Space, Table
from mocks.genie.knowledge.written import column_of, is_null
from mocks.genie.language.units import MONEY
from mocks.genie.reading.averages import usual_number
from mocks.genie.reading.counterparts import counterpart, is_of_time, is_planned
from mocks.genie.reading.frame import Comparison, Frame
from mocks.genie.reading.items import Item
from mocks.genie.reading.references import References
from mocks.genie.refusal import AskBack, NotJoined

OPERATORS = {">": exp.GT, "<": exp.LT, ">=": exp.GTE, "<=": exp.LTE, "=": exp.EQ}


class Comparisons:
    """The comparisons of one question."""

    def __init__(self, items: Sequence[Item], frame: Frame, space: Space, graph: JoinGraph, today: date) -> None:
        self._items, self._frame, self._space, self._today = items, frame, space, today
        self._roles, self._graph = References(items, graph, frame.subject.column if frame.subject else None), graph
        self._elsewhere: Table | None = None
        self.notes: list[str] = []

    def _check_reach(self, query: Query, item: Item, column: Column | None) -> None:
        """A condition may be on rows elsewhere if these are named, or if only different things are counted.

        Raises: NotJoined
        """
        if column is None or query.reaches(column) or self._frame.distinct:
            return
        if column.table not in {i.table.full_name for i in self._items if i.table}:
            text = f"{query.base.name} has no {column.name} of its own. How shall I use {item.words!r}?"
            raise NotJoined(text, column)

    def _compare(self, query: Query, comparison: Comparison) -> None:
        item, column = comparison.item, comparison.of
        assert not isinstance(column, Table)
        if comparison.other is not None and item.detail not in OPERATORS:
            raise AskBack(f"What shall lie {item.words} {comparison.other.name} and something else?")
        if comparison.other is not None:
            self._compare_columns(query, item, column, comparison.other)
            return
        column = column or self._meant(query, comparison)
        self._check_reach(query, item, column)
        if comparison.usual:
            self._compare_usual(query, comparison, column)
            return
        scaled = scale(column, comparison.unit) if comparison.unit else 1
        numbers = [n * scaled for n in item.numbers]
        query.filter(column, compared(column_of(column), item, numbers), item.negated, item.inner)
        self.notes.append(f"{column.name} {item.words}")

    def _compare_usual(self, query: Query, comparison: Comparison, column: Column) -> None:
        among = comparison.among
        group = among.column if among is not None else None
        if among is not None and among.table is not None:
            group = among.table.key or among.table.label
        if group is not None:
            query.column(group)
        usual = usual_number(comparison, group, self._space, self._graph)
        query.filter(column, OPERATORS[comparison.item.detail](this=column_of(column), expression=usual))
        each = f" of each {group.name}" if group is not None else ""
        self.notes.append(f"{column.name} {comparison.item.words} {comparison.usual.lower()}{each}")

    def _meant(self, query: Query, comparison: Comparison) -> Column:
        item, unit = comparison.item, comparison.unit
        column = by_dimension(item.dimension, [query.base]) if item.dimension else None
        if column is None and unit is not None:
            column = the_measured(query.base.columns, unit)
        if column is None and not item.dimension:
            in_money = "$" if unit and unit.quantity == MONEY else item.words
            column = the_number(query.base, in_money) or self._amount_of(query.base, item)
        if column is None or (unit is not None and self._is_put_together(column)):
            raise AskBack(f"What is {item.words}? I find no number in the tables that this could be about.")
        return column

    def _amount_of(self, base: Table, item: Item) -> Column | None:
        """`charges over 1200`, `fees of 50 or more`: by their amount, where it is not said of what the number is."""
        at = next((at for at, one in enumerate(self._items) if one is item), 0)
        last = self._items[at - 1] if at else None
        return paid(last) if last is not None and last.table == base else None

    def _is_put_together(self, column: Column) -> bool:
        """`months with invoices over 700 pounds in all`: it may be about the sum and not about each of them."""
        measured = self._frame.measured.column if self._frame.measured is not None else None
        return bool(self._frame.grain) or (measured in (None, column) and bool(self._frame.function))

    def _compare_columns(self, query: Query, item: Item, column: Column | None, other: Column) -> None:
        if column is None:
            column = counterpart(other, query.base.columns) or self._done(other, query.base)
        if column is None or column.kind != other.kind or (is_of_time(item) and other.kind != DATE):
            raise AskBack(f"What shall be {item.words} {other.name}?")
        if column.table != other.table:
            query.column(column)
            query.column(other)
            query.condition(OPERATORS[item.detail](this=column_of(column), expression=column_of(other)))
        else:
            query.filter(
                column, OPERATORS[item.detail](this=column_of(column), expression=column_of(other)), item.negated
            )
        self.notes.append(f"{column.name} {item.detail} {other.name}")

    def _done(self, other: Column, base: Table) -> Column | None:
        """`later than agreed`, of the day on which something is due: the one on which it was done."""
        is_due = other.kind == DATE and other.table == base.full_name and is_planned(other)
        return done(base) if is_due else None

    def _overdue(self, query: Query, item: Item) -> None:
        table = query.base
        deadline, finished = due(table), done(table)
        day = item.span.start or item.span.end if item.span else self._today
        late = exp.LT(this=column_of(deadline), expression=as_day(day or self._today))
        open_still = is_null(finished)
        query.filter(deadline, exp.and_(late, open_still), item.negated)
        self.notes.append(f"{deadline.name} before {day} and {finished.name} empty")

    def _late(self, query: Query, item: Item, column: Column | None) -> None:
        table = self._space.table(column.table) if column else query.base
        finished, deadline = column or done(table), due(table)
        kind = exp.LTE if item.negated else exp.GT
        query.filter(finished, kind(this=column_of(finished), expression=column_of(deadline)))
        self.notes.append(f"{finished.name} after {deadline.name}")


def compared(of: exp.Expr, item: Item, numbers: Sequence[float]) -> exp.Expr:
    """The condition that a comparison states."""
    written = [literal(int(n) if float(n).is_integer() else n) for n in numbers]
    if item.detail == "between":
        return exp.Between(this=of, low=written[0], high=written[1])
    return OPERATORS[item.detail](this=of, expression=written[0])


def rows_compared(frame: Frame, asked: Table, graph: JoinGraph) -> str | None:
    """`invoices paid with less than their amount`: the payments, as each of them has one invoice."""
    pairs = [(c.of.table, c.other.table) for c in frame.comparisons if isinstance(c.of, Column) and c.other is not None]
    for one, other in pairs:
        if one != other and not all(graph.reaches(asked, name) for name in (one, other)):
            return one
    return None
