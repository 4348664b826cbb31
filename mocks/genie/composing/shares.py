"""What part of a whole something is, in percent: of rows, or of what a column adds up to."""

import re
from collections.abc import Iterator, Sequence

from sqlglot import exp

from mocks.genie.composing.rows import Rows
from mocks.genie.knowledge.conditional import with_condition
from mocks.genie.knowledge.roles import done, main_number
from mocks.genie.knowledge.space import BOOLEAN, DATE, Column
from mocks.genie.knowledge.written import not_null
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_OF_WHAT = re.compile(r"\b(?:of|from) (?:everything|all that|what) (?:we|they|it|is|was)\b|\bmoney\b")
_AMOUNTS = frozenset(("amount", "value", "money", "amounts", "worth", "values"))


class Shares(Rows):
    """The shares of one query."""

    def _aggregate(self, function: str, of: Item) -> exp.Expr:
        raise NotImplementedError

    def _count(self, counted: Item | None) -> exp.Expr:
        raise NotImplementedError

    def _part_of_all(self) -> exp.Expr:
        """Each group's part of the whole, in percent."""
        numbers = (
            i for i in (*self._items, self._frame.subject, self._frame.counted) if i is not None and is_measure(i)
        )
        measured = self._frame.measured or next((i for i in numbers if i not in self._frame.groups), None)
        measured = measured or self._money()
        if measured is not None:
            measured.used = True
        own = self._aggregate("SUM", measured) if measured is not None else self._count(self._frame.counted)
        whole = exp.Window(this=exp.Sum(this=own.copy()))
        self._notes.append("in percent of all")
        return _percent(own, whole)

    def _share(self) -> exp.Expr:
        conditions = self._query.take_conditions()
        if len(conditions) > 1 and not (self._frame.late or self._is_coordinated()):
            raise AskBack("Which of these conditions holds for all, and which for the share? Ask for the two numbers.")
        if not conditions and self._query.grouped:
            return self._part_of_all()
        late = [told or done(self._query.base) for _, told in self._frame.late]
        told = [*late, *self._days_not_reached(conditions), *self._flags_not_set(conditions)]
        for one in dict.fromkeys(told):  # what is not done yet is neither late nor in time
            self._query.filter(one, not_null(one))
        measured = self._frame.measured or self._money()
        if conditions and measured is not None and measured.snippet is not None:
            whole = self._aggregate("", measured)
            return _percent(exp.paren(with_condition(whole, exp.and_(*conditions))), exp.paren(whole))
        if conditions and measured is not None and measured.column is not None:
            amount = self._query.column(measured.column)
            part = exp.Sum(this=exp.Case(ifs=[exp.If(this=exp.and_(*conditions), true=amount)]))
            return _percent(part, exp.Sum(this=amount.copy()))
        if not conditions:
            raise AskBack("The share of what? Name a condition, such as a state or a kind.")
        counted = exp.func("COUNT_IF", exp.and_(*conditions), dialect="databricks")
        self._notes.append(f"percent of {self._query.base.name}")
        return _percent(counted, exp.Count(this=exp.Star()))

    def _is_coordinated(self) -> bool:
        """`what share of orders were paid and shipped`: all that is said of the part holds of it together."""
        part = [
            i for i in self._items if i not in self._frame.whole and (i.value or i.negated or i.kind == kinds.COMPARE)
        ]
        return len(part) > 1 and all("and" in item.before.split() for item in part[1:])

    def _days_not_reached(self, conditions: Sequence[exp.Expr]) -> Iterator[Column]:
        """The days that are compared with others and may be empty."""
        for tree in conditions:
            for node in tree.find_all(exp.GT, exp.LT, exp.GTE, exp.LTE):
                sides = [side for side in (node.this, node.expression) if isinstance(side, exp.Column)]
                named = {(side.table, side.name) for side in sides} if len(sides) == 2 else set()
                days = [c for c in self._space.columns() if (c.table_name, c.name) in named]
                yield from (c for c in days if c.kind == DATE and c.filled < 1)

    def _flags_not_set(self, conditions: Sequence[exp.Expr]) -> Iterator[Column]:
        """The flags that are empty for rows of which they say nothing: whether a call broke off."""
        named = {(node.table, node.name) for tree in conditions for node in tree.find_all(exp.Column)}
        for column in self._space.columns():
            if column.kind == BOOLEAN and 0 < column.filled < 1 and (column.table_name, column.name) in named:
                yield column

    def _money(self) -> Item | None:
        """What is added up where a share is one of money: `what part of what we invoice`.

        Raises: AskBack
        """
        named = [i for i in self._items if i.column is not None and i.used and _AMOUNTS & {*i.words.lower().split()}]
        amounts = self._speaks_of_amounts() and not named
        if not (amounts or any(_OF_WHAT.search(item.before) for item in self._items)):
            return None
        base = self._query.base
        if (number := main_number(base)) is None:
            raise AskBack(f"The share of which number of {base.name}?")
        return Item(kinds.NAMED, number.name, -1, -1, meaning=number, used=True)

    def _speaks_of_amounts(self) -> bool:
        """Whether the question says `amount`, `money` or the like, without naming a column."""
        return any(_AMOUNTS & {*i.before.lower().split(), *i.words.lower().split()} for i in self._items)


def _percent(part: exp.Expr, whole: exp.Expr) -> exp.Expr:
    """A part of a whole in percent, with two decimals."""
    ratio = exp.Div(this=exp.Mul(this=exp.Literal.number("100.0"), expression=part), expression=whole)
    return exp.func("ROUND", ratio, exp.Literal.number(2))
