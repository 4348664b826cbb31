"""What a query measures where its question names a number or a thing and says no more of it."""

from sqlglot import exp

from mocks.genie.composing.shares import Shares
from mocks.genie.knowledge.roles import adds_up, is_scale
from mocks.genie.knowledge.space import NUMBER, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import word_set
from mocks.genie.reading.items import Item
from mocks.genie.reading.totals import is_listed
from mocks.genie.refusal import AskBack

# What is said of money, and of no rate.
_TAKEN = word_set("earned paid spent charged collected received billed")


class Implied(Shares):
    """The number that a question implies."""

    def _count_rows(self, table: Table) -> exp.Expr:
        raise NotImplementedError

    def _amount(self) -> exp.Expr | None:
        """`units made in May`, `the area sown with beet`: a number that adds up, asked for over what is not one row."""
        subject = self._frame.subject
        column = subject.column if subject is not None else None
        if subject is None or column is None or column.kind != NUMBER or self._frame.extreme or not adds_up(column):
            return None
        summed = column.event or (len(self._items) > 1 and "SUM" in column.aggregates and not self._has_names(column))
        over = self._frame.spans or (
            summed and self._query.narrowed and not is_listed(subject, column, self._frame, self._items)
        )
        return self._aggregate("SUM", subject) if over else None

    def _check_how_much(self) -> None:
        """`how much is due by client`: no number of them is asked for.

        Raises: AskBack
        """
        sums = [i for i in self._items if i.kind == kinds.AGGREGATE and i.detail == "SUM"]
        if any("and" in item.before.split() for item in sums):
            raise AskBack("How many, or how much? Ask for one at a time.")
        much = any(item.words.lower() == "how much" for item in sums)
        if much and not any(item.kind == kinds.COUNT for item in self._items):
            raise AskBack("How much of what? Name the number that I shall add up.")

    def _has_names(self, column: Column) -> bool:
        """Whether the rows are told apart by names, so that the number of one of them may be meant."""
        home = self._space.table(column.table)
        return any(label.kind == TEXT and label != home.key for label in home.labels)

    def _implied(self) -> exp.Expr | None:
        """`cost per category` adds up; `orders per category` counts; `the rate of each contract` does neither."""
        if self._frame.grain and any(c.function or c.measure for c in self._frame.comparisons):
            return None  # `months with more than 700 invoiced`
        number = next(
            (
                i
                for i in self._items
                if i.column and i.column.kind == NUMBER and (not i.used or i is self._frame.subject)
            ),
            None,
        )
        if number is None and (self._frame.subject is None or self._is_thing(self._frame.subject)):
            if self._frame.subject is None:
                each = self._frame.groups[0].words if self._frame.groups else self._frame.grain
                raise AskBack(f"What do you want to know of each {each}?")
            return self._count_rows(self._home(self._frame.subject))
        if number is not None and number.column is not None and (adds_up(number.column) or is_scale(number.column)):
            number.used = True
            if is_scale(number.column) and any(i.words.lower() in _TAKEN for i in self._items):
                raise AskBack(f"How much was that? {number.column.name} only says at which rate.")
            return self._aggregate("AVG" if is_scale(number.column) else "SUM", number)
        groups = {group.column for group in self._frame.groups}
        if number is not None and groups and all(map(self._is_sort, groups)):
            raise AskBack(f"Do you mean the average of {number.words}, its total, or all of them?")
        self._query.ungroup()
        return None

    def _is_sort(self, column: Column | None) -> bool:
        """A column of kinds: its values name no single thing."""
        if column is None or column.kind != TEXT:
            return False
        home = self._space.table(column.table)
        return column not in home.labels and column != home.key

    def _is_thing(self, subject: Item) -> bool:
        """A table, the names of its things, or several of a kind: `cancellations by month`."""
        kind = subject.value is not None or (subject.snippet is not None and subject.snippet.kind == "filters")
        several = kind and subject.several
        return (
            several
            or subject.table is not None
            or (
                subject.column is not None
                and subject.column in self._home(subject).labels
                and subject.column.kind == TEXT
            )
        )
