"""Conditions on what is put together for each thing: `customers with more than three orders`."""

from collections.abc import Sequence
from dataclasses import replace

from sqlglot import exp

from mocks.genie.composing.comparisons import OPERATORS, compared
from mocks.genie.composing.measures import Measures
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.names import PARTIAL
from mocks.genie.knowledge.quantities import scale
from mocks.genie.knowledge.roles import adds_up
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.reading.averages import average_of_groups
from mocks.genie.reading.frame import Comparison, Frame
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack


def listed(frame: Frame) -> Frame | None:
    """`how many customers have more than one order`: the list of those that are counted; nothing if rows are."""
    counted, split = frame.counted, frame.groups or frame.grain or frame.share or frame.function or frame.extreme
    if counted is None or split or frame.also:
        return None
    judged = [c for c in frame.comparisons if isinstance(c.of, Table) or c.function or c.measure]
    if not judged or any(isinstance(c.of, Table) and c.of == counted.table for c in judged):
        return None
    return replace(frame, counted=None, counting=False, subject=counted)


def of_sums(frame: Frame, items: Sequence[Item], space: Space, graph: JoinGraph) -> Frame:
    """`teams with more than 20 training hours`: each has many rows of it, so that their sum is compared.

    But `teams with an hourly rate over 20` asks for such a row.
    """
    shown = frame.subject or frame.counted
    if shown is None or shown.table is None or frame.groups or frame.grain or frame.function or frame.share:
        return frame
    named = {item.table.full_name for item in items if item.table is not None}
    for comparison in frame.comparisons:
        of = comparison.of if comparison.other is None and not comparison.usual else None
        if not isinstance(of, Column) or comparison.function or of.table in named or of.kind != NUMBER:
            continue
        behind = next((item for item in items if item.at == comparison.item.end), None)
        many = not graph.reaches(shown.table, of.table)
        many = many and graph.reaches(space.table(of.table), shown.table.full_name)
        if many and behind is not None and behind.column == of and behind.rank >= PARTIAL and adds_up(of):
            comparison.function = "SUM"
    return frame


def number_of_rows(tree: exp.Select) -> exp.Select:
    """How many rows a statement gives."""
    return exp.select(exp.alias_(exp.Count(this=exp.Star()), "count")).from_(exp.Subquery(this=tree, alias="listed"))


class Having(Measures):
    """The conditions on the groups of one query."""

    def _having(self) -> None:
        for comparison in self._frame.comparisons:
            if isinstance(comparison.of, Table):
                self._having_one(comparison, comparison.of)
            elif comparison.function and isinstance(comparison.of, Column):
                self._having_number(comparison, comparison.of)
            elif comparison.measure is not None:
                self._having_measure(comparison, comparison.measure)

    def _having_measure(self, comparison: Comparison, measure: Item) -> None:
        if not self._frame.grain:
            self._group_subject()
        if not self._query.grouped:
            raise AskBack(f"For what shall {measure.words} be {comparison.item.words}?")
        number = self._aggregate("", measure)
        self._query.output(number.copy(), "value")
        self._query.having(self._judged(number, comparison, comparison.item.numbers))
        self._notes.append(f"{measure.words} {comparison.item.words}")

    def _having_number(self, comparison: Comparison, column: Column) -> None:
        if not self._frame.grain:
            self._group_subject()
        if not self._query.grouped:
            raise AskBack(f"For what shall {column.name} be {comparison.item.words}?")
        number = exp.func(comparison.function, self._query.column(column))
        self._query.output(number.copy(), f"{comparison.function.lower()}_{column.name}")
        scaled = scale(column, comparison.unit) if comparison.unit else 1
        numbers = [n * scaled for n in comparison.item.numbers]
        self._query.having(self._judged(number, comparison, numbers))
        self._notes.append(f"{comparison.function.lower()} of {column.name} {comparison.item.words}")

    def _judged(self, number: exp.Expr, comparison: Comparison, numbers: Sequence[float]) -> exp.Expr:
        if not comparison.usual:
            return compared(number, comparison.item, numbers)
        usual = average_of_groups(self._query, number, comparison.usual)
        return OPERATORS[comparison.item.detail](this=number, expression=usual)

    def _having_one(self, comparison: Comparison, table: Table) -> None:
        """`authors with more than two books`: a condition on a number of rows."""
        if (self._frame.subject or self._frame.counted) is None:
            raise AskBack(f"What is {comparison.item.words}? I find no number in the tables that this could be about.")
        if self._frame.counted is not None:
            raise AskBack("I cannot count groups by how many rows they have. Ask for a list of them.")
        self._group_subject()
        if not self._query.grouped:
            raise AskBack(f"For each of what shall there be {comparison.item.words} {table.name}?")
        self._query.output(self._count_rows(table), "count")
        self._query.having(self._judged(self._count_rows(table), comparison, comparison.item.numbers))
        self._notes.append(f"{comparison.item.words} {table.name}")
