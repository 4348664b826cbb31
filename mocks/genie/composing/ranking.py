"""The first or last of a result, of all or of each group, and its order."""

from sqlglot import exp

from mocks.genie.composing.having import Having
from mocks.genie.knowledge.roles import units_of
from mocks.genie.knowledge.space import Column
from mocks.genie.reading.frame import is_within
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack


class Ranking(Having):
    """The ranking of one query."""

    def _extreme(self, measure: exp.Expr | None) -> None:
        extreme, query = self._frame.extreme, self._query
        if extreme is None:
            return
        if measure is not None and not query.grouped:
            if extreme.by is None or not self._is_extreme(measure):
                raise AskBack(f"The {extreme.item.words} of what? I do not see what to compare.")
            return
        by = extreme.by
        if (
            (self._frame.groups or self._is_of_each())
            and self._frame.subject is None
            and by is not None
            and by.column
            and not extreme.item.numbers
        ):
            return  # `the highest price by category`: of each, not the highest of all
        if measure is None:
            if by is None or by.column is None:
                raise AskBack(f"By what is it the {extreme.item.words}? Name a number or a date of the tables.")
            measure = query.column(by.column)
            self._show_ranked(measure, by.column)
        descending = extreme.item.detail in ("desc", "last")
        if is_within(self._frame):
            if self._query.grouped:
                self._partition(extreme.item.words)
            query.within(measure.copy(), descending, int(extreme.item.numbers[0]) if extreme.item.numbers else 1)
            self._notes.append(f"the {extreme.item.words} of each")
            return
        self._rank(measure, extreme.item, descending)

    def _show_ranked(self, measure: exp.Expr, column: Column) -> None:
        """The number beside the thing; `which contract expires first` names none and asks for the contract alone."""
        asked = self._items[0].before.split()[:1] if self._items else []
        extreme = self._frame.extreme
        single = extreme is not None and not extreme.item.numbers and not is_within(self._frame)
        alone = asked in (["which"], ["who"]) and single and not self._query.empty and not self._is_of_each()
        named = extreme is not None and extreme.by is not None and extreme.by.at >= 0 and not extreme.dated
        if alone and not named:
            self._query.distinct(False)  # one row has no double
            return
        self._query.output(measure.copy())
        own = column.table == self._query.base.full_name and not alone
        for unit in units_of(self._query.base) if own else ():
            self._query.output(self._query.column(unit))

    def _rank(self, measure: exp.Expr, item: Item, descending: bool) -> None:
        """The first of all, or of each stretch of time."""
        query, count = self._query, int(item.numbers[0]) if item.numbers else 1
        self._notes.append(f"the {item.words}")
        if self._cut is not None and self._is_of_each() and self._frame.subject is not None:
            query.partition([self._cut.copy()])
            query.within(measure.copy(), descending, count)
            return
        query.order(measure.copy(), descending)
        query.order(query.first(), descending=False)
        query.limit(count)

    def _partition(self, words: str) -> None:
        parts = [self._query.column(c) for g in self._frame.groups for c in self._group_columns(g)]
        if not self._query.partition(parts):
            raise AskBack(f"The {words} of what? Each group has one number only.")

    def _is_extreme(self, measure: exp.Expr) -> bool:
        """Whether the number is that of what is ranked: `first attempts` are no condition on a share."""
        by = self._frame.extreme.by if self._frame.extreme else None
        column = by.column if by is not None else None
        return column is not None and any(node.name == column.name for node in measure.find_all(exp.Column))

    def _sort(self, measure: exp.Expr | None) -> None:
        """The order that is asked for: by a column that is named, else by what is measured or shown first."""
        for item, descending in self._frame.order:
            by = item.column if item is not None and measure is None else None
            expression = self._query.column(by) if by is not None else (measure or self._query.first()).copy()
            self._query.order(expression, descending)
