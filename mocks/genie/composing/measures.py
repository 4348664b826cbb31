"""What a query measures: counts, sums, averages, shares, and conditions on them."""

from sqlglot import exp

from mocks.genie.composing.counting import in_one
from mocks.genie.composing.filters import snippet_tables
from mocks.genie.composing.implied import Implied
from mocks.genie.composing.periods import by_unit
from mocks.genie.knowledge.conditional import parted
from mocks.genie.knowledge.roles import COMPONENTS, adds_up, happened, is_money, is_scale, main_number
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Snippet, Table
from mocks.genie.knowledge.written import not_null
from mocks.genie.language import grammar as kinds
from mocks.genie.language.recurring import PARTS
from mocks.genie.language.units import unit_among
from mocks.genie.language.verbs import MEASURING, is_verb
from mocks.genie.language.words import stem, stems
from mocks.genie.reading.frame import is_filter, is_measure, is_within, table_of
from mocks.genie.reading.happenings import is_done_to
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_HOW_MUCH = ("how much", "what did we", "what have we")


class Measures(Implied):
    """The measure of one query."""

    def _measure(self) -> exp.Expr | None:
        frame, query = self._frame, self._query
        if frame.share:
            return self._share()
        if frame.counting and frame.function == "AVG" and frame.measured is None:
            return self._count_per()
        if frame.measured is not None:
            return self._aggregate(frame.function or "SUM", frame.measured)
        by = frame.extreme.by if frame.extreme else None
        if by is not None and (by.table is not None or by.snippet is not None):
            self._group_subject()
            return self._count_rows(by.table) if by.table else self._aggregate("", by)
        if by is not None and by.column is not None and self._is_aggregated(by):
            function = frame.function or self._ranking_function()
            if frame.subject is not None or frame.counted is not None:
                self._group_subject()
            return self._aggregate(function, by)
        if frame.counting:
            return self._count(frame.counted)
        if frame.function:
            measure = self._only_measure()
            subject = frame.subject
            named = subject is not None and (subject.table is not None or is_filter(subject))
            if subject is not None and not named and not query.grouped and not self._is_row(subject):
                self._group_subject()
            return measure
        return self._implied() if query.grouped else self._amount()

    def _ranking_function(self) -> str:
        by = self._frame.extreme.by if self._frame.extreme else None
        if (self._most() or self._is_of_thing()) and not in_one(self._items, by):
            return "AVG" if by is not None and by.column is not None and is_scale(by.column) else "SUM"
        return kinds.ENDS.get(self._frame.extreme.item.detail, "MIN") if self._frame.extreme else "MIN"

    def _is_of_thing(self) -> bool:
        """`the biggest customer, by amounts`: by all of them, where `the highest amount of a customer` is by one."""
        frame, subject = self._frame, self._frame.subject or self._frame.counted
        if frame.extreme is None or subject is None or subject.table is None or subject not in self._items:
            return False
        at = self._items.index(subject)
        return at > 0 and self._items[at - 1] is frame.extreme.item

    def _most(self) -> bool:
        extreme = self._frame.extreme
        return extreme is not None and bool(
            extreme.item.numbers
            or (not extreme.dated and "most" in extreme.item.words.lower())
            or "top" in extreme.item.words.lower()
        )

    def _is_aggregated(self, by: Item) -> bool:
        """Whether what it is ranked by is put together for each group or over all; else single rows are shown."""
        frame = self._frame
        subject = frame.subject
        assert by.column is not None
        if subject is None and frame.counted is None:
            return True
        asked = subject or frame.counted
        assert asked is not None
        home = self._home(asked)
        own = home.full_name == by.column.table and (asked.table is not None or asked.column in home.labels)
        if self._is_row_with(by.column):
            return False
        if frame.function or (frame.groups and not (own and is_within(frame))):
            return True
        if asked.column is not None and asked.column not in self._home(asked).labels and asked.column.kind == TEXT:
            if adds_up(by.column) and self._most():
                return True
            raise AskBack(f"Do you mean the total, the average or the single highest {by.column.name}?")
        other = table_of(asked.meaning) != by.column.table
        return other and self._most() and adds_up(by.column, asked=unit_among(by.words) is not None)

    def _is_row_with(self, column: Column) -> bool:
        """`at which venue was the event with the most guests`: one row has them, and not all of a venue together."""
        extreme = self._frame.extreme
        at = self._items.index(extreme.item) if extreme is not None and extreme.item in self._items else 0
        thing = self._items[at - 1] if at else None
        one = thing is not None and thing.table is not None and not thing.several and thing.before.endswith("the")
        joined = extreme is not None and extreme.item.before.split()[:1] == ["with"]
        return one and joined and thing is not None and table_of(thing.meaning) == column.table

    def _group_subject(self) -> None:
        subject = self._frame.subject or self._frame.counted
        if subject is not None and self._only_restricts(subject):
            subject.used = True
            for item in (subject, *self._items):
                if item.column is not None and item.column.kind == DATE and is_verb(item.words):
                    item.used = True
                    self._only_filled(item.column)
        elif subject is not None and (not self._frame.groups or is_within(self._frame)):
            self._group_by(subject)
            subject.used = True
            ranked = self._frame.extreme is not None or bool(self._frame.comparisons)
            if ranked and subject.column is not None:
                self._only_filled(subject.column)  # the most of all is never nothing

    def _only_restricts(self, subject: Item) -> bool:
        """`how much did Ada pay`, `how much was paid for landing`: one number, and none for each row or each day."""
        dated = subject.column is not None and subject.column.kind == DATE
        asked = any(i.kind == kinds.AGGREGATE and i.words.lower() in _HOW_MUCH for i in self._items)
        return asked and self._frame.extreme is None and (subject.value is not None or dated)

    def _count_per(self) -> exp.Expr:
        """`how many orders per customer on average`."""
        per, grain = self._per, self._frame.grain
        if (per is None) == (not grain):
            raise AskBack("The average number for what? Name one thing or one stretch of time.")
        if per is not None:
            column = per.table.key if per.table is not None else self._group_columns(per)[0]
            if column is None:
                raise AskBack(f"I cannot tell the rows of {per.words} apart.")
            each: exp.Expr = self._query.column(column)
        else:
            date = happened(self._query.base, f"by {grain}")
            if grain in PARTS:
                raise AskBack(f"Do you mean how many in all by {grain}, or the average of a single {grain}?")
            self._query.column(date)
            each = by_unit(date, grain)
        counted = self._count(self._frame.counted)
        self._notes.append(f"divided by the number of {per.words if per else grain}s")
        return exp.Div(
            this=exp.Mul(this=exp.Literal.number("1.0"), expression=counted),
            expression=exp.Count(this=exp.Distinct(expressions=[each])),
        )

    def _aggregate(self, function: str, of: Item) -> exp.Expr:
        if of.snippet is not None:
            return self._defined(of.snippet, function)
        assert of.column is not None
        if function == "AVG" and self._frame.grain and self._is_of_each_period():
            raise AskBack(
                f"Do you mean the average of all {of.column.name}, or of their totals by {self._frame.grain}?"
            )
        if of.column.kind == NUMBER and (not is_measure(of) or of.column == self._home(of).key):
            raise AskBack(f"{of.column.name} only refers to something. Of which number do you mean that?")
        if self._query.grouped and of.column.filled < 1 and "empty if there is no" in of.column.description.lower():
            self._query.filter(of.column, not_null(of.column))
        asked = bool(self._frame.function) or unit_among(of.words) is not None
        if function == "SUM" and not adds_up(of.column, asked):
            raise AskBack(f"Adding up {of.column.name} makes no sense to me. Do you mean its average?")
        self._notes.append(f"{function.lower()} of {of.column.name}")
        written = self._query.column(of.column)
        if of.column.formula and isinstance(written, exp.Div | exp.Mul) and isinstance(written.expression, exp.Literal):
            whole = exp.func(function, written.this.copy())  # turned into another unit once, and not row by row
            return type(written)(this=whole, expression=written.expression.copy())
        return exp.func(function, written)

    def _defined(self, snippet: Snippet, function: str = "") -> exp.Expr:
        """A curated measure; the query leaves out the rows that are not of it, where it is about nothing else.

        What a curator adds up may be averaged as well, or its least or most be asked for.
        """
        tables = snippet_tables(snippet, self._space)
        for table in tables:
            self._query.column(table.columns[0])
        self._notes.append(snippet.names[0])
        whole = _by_function(exp.maybe_parse(snippet.sql, dialect="databricks"), function)
        measure, condition = parted(whole)
        if condition is None or self._frame.also or self._frame.counting or self._frame.share:
            return whole
        said = condition.sql("databricks")
        self._notes.append(f"where {said}")
        self._query.raw_filter(said, tables)
        return measure

    def _is_of_each_period(self) -> bool:
        """`per month` and `monthly`, which may be about totals, where `by month` and `by hour of the day` group."""
        grains = [i.words.lower().split() for i in self._items if i.kind == kinds.GRAIN]
        told = self._frame.grain not in PARTS
        return told and any(len(words) == 1 or words[0] in ("per", "every") for words in grains)

    def _count(self, counted: Item | None) -> exp.Expr:
        self._check_how_much()
        if counted is None:
            return exp.Count(this=exp.Star())
        column = counted.column
        self._notes.append(f"number of {counted.words}")
        value = counted.value
        if value is not None and value.column.unique:
            raise AskBack(f"There is one {value.text}. The number of what do you want?")
        if column is None:
            return self._count_rows(self._home(counted))
        home = self._space.table(column.table)
        grouped = any(group.column == column for group in self._frame.groups)
        named = column.kind == NUMBER and bool({"amount", "total", "price", "cost"} & set(stems(column.spoken)))
        often = any(i.kind == kinds.COUNT and i.words.lower() in kinds.HOW_OFTEN for i in self._items)
        events = (column.kind == DATE or (often and not is_measure(counted))) and not self._frame.distinct
        if events or is_done_to(counted):
            self._only_filled(column)
        if column in home.labels or column == home.key or grouped or named or events or is_done_to(counted):
            return self._count_rows(home)
        if is_measure(counted) and not self._frame.distinct:
            return self._counted_number(counted, column)
        if column.kind == BOOLEAN and counted.words.endswith("s"):  # `how many hubs`, where a flag says what is one
            return self._count_rows(home)
        if column.kind == BOOLEAN:
            raise AskBack(f"How many of what? {column.name} only says yes or no.")
        return exp.Count(this=exp.Distinct(expressions=[self._query.column(column)]))

    def _counted_number(self, counted: Item, column: Column) -> exp.Expr:
        """`how many tonnes` are their sum, `how many ratings` the rows that have one."""
        if is_scale(column):
            self._only_filled(column)
            return self._count_rows(self._home(counted))
        if not adds_up(column, asked=True):
            raise AskBack(f"Do you mean how many different values {column.name} has, or its average?")
        self._notes.append(f"sum of {column.name}")
        return exp.func("SUM", self._query.column(column))

    def _only_filled(self, column: Column) -> None:
        """`graduates` where a column says on which day they graduated, if they did."""
        if column.filled < 1:
            self._query.filter(column, not_null(column))

    def _count_rows(self, table: Table) -> exp.Expr:
        if table.full_name == self._query.base.full_name:
            return exp.Count(this=exp.Star())
        if table.key is None:
            raise AskBack(f"I cannot tell the rows of {table.name} apart, so I cannot count them here.")
        return exp.Count(this=exp.Distinct(expressions=[self._query.column(table.key)]))

    def _only_measure(self) -> exp.Expr:
        """`the sum of all fines`, where one column of that table is a number that adds up."""
        base = self._query.base
        parts = COMPONENTS - set(stems(base.spoken))
        numbers = [c for c in base.columns if c.kind == NUMBER and not (c.unique and c.keys) and not c.refers]
        numbers = [c for c in numbers if not parts & set(stems(c.spoken))]
        if self._frame.function == "SUM":
            numbers = [
                c for c in numbers if adds_up(c) and stems(c.spoken)[-1] not in ("id", "no", "number", "cod", "year")
            ]
        if any(i.kind == kinds.UNKNOWN and stem(i.words) in MEASURING for i in self._items):
            numbers = [c for c in numbers if is_money(c)]
        if (main := main_number(base)) in numbers and self._speaks_of_amounts():
            numbers = [main]
        subject = self._frame.subject
        named = [i.table for i in self._items if i.table and not i.negated and i not in self._frame.groups]
        if any(table != base and main_number(table) is not None for table in named):
            raise AskBack(f"Of which number do you mean that: one of {base.name}, or of {named[-1].name}?")
        of_rows = len(numbers) < 2 and not any(
            is_money(c) or set(stems(base.spoken)) & {*stems(c.spoken)} for c in numbers
        )
        if of_rows and subject is not None and subject.table is not None and self._is_total_of(subject):
            return self._count_rows(subject.table)
        if len(numbers) != 1 or (self._frame.subject is None and not self._frame.groups):
            raise AskBack(
                f"Of which number do you mean that? {base.name} has {', '.join(c.name for c in numbers) or 'none'}."
            )
        return self._aggregate(self._frame.function, Item(kinds.NAMED, numbers[0].name, -1, -1, meaning=numbers[0]))

    def _is_row(self, subject: Item) -> bool:
        """`total invoiced`: what tells the rows apart stands for all of them."""
        base = self._query.base
        return subject.column is not None and subject.column in (base.key, *base.labels)

    def _is_total_of(self, subject: Item) -> bool:
        """`total customers`: how many there are, where they have no number that adds up."""
        at = self._items.index(subject) if subject in self._items else 0
        said = [item for item in self._items if item.kind == kinds.UNKNOWN and not item.used]
        beside = [*self._items[max(0, at - 1) : at], *self._items[at + 1 : at + 2]]
        return not said and any(item.words.lower() in ("total", "overall total") for item in beside)


def _by_function(measure: exp.Expr, function: str) -> exp.Expr:
    """`the average fee` where the fees are added up; another measure stays as it is."""
    of = measure.this if isinstance(measure, exp.Filter) else measure
    if function in ("", "SUM", "COUNT") or not isinstance(of, exp.Sum):
        return measure
    other = exp.func(function, of.this.copy())
    return exp.Filter(this=other, expression=measure.expression.copy()) if of is not measure else other
