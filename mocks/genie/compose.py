"""Composing a query from what a question says; an item that finds no use makes the engine ask back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from mocks.genie import items as kinds
from mocks.genie.english import LIGHT
from mocks.genie.filters import Filters, compared, snippet_tables
from mocks.genie.items import Item
from mocks.genie.joins import JoinGraph
from mocks.genie.lexicon import Lexicon
from mocks.genie.query import Query, reference
from mocks.genie.reading import Comparison, Frame
from mocks.genie.refusal import AskBack, Declined
from mocks.genie.resolve import table_of
from mocks.genie.roles import adds_up, by_dimension, first_or_last, happened
from mocks.genie.space import DATE, NUMBER, TEXT, Column, Snippet, Space, Table
from mocks.genie.words import plain, stem, stems


@dataclass
class Composed:
    """The statement, and what it does in words."""

    sql: str
    description: str


class Composer:
    """Composes one query."""

    def __init__(  # noqa: PLR0913  # what a question is about, and what the space knows
        self, items: Sequence[Item], frame: Frame, space: Space, graph: JoinGraph, lexicon: Lexicon, today: date
    ) -> None:
        self._items, self._frame, self._space, self._graph = items, frame, space, graph
        self._lexicon = lexicon
        self._filters = Filters(items, frame, space, today)
        self._notes: list[str] = []

    def compose(self) -> Composed:
        """The query.

        Raises: AskBack, Declined
        """
        through = {table_of(i.meaning) for i in self._items if i.kind == kinds.NAMED and i.meaning}
        self._settle_ranking()
        query = self._query = Query(self._base(), self._space, self._graph, through)
        self._group()
        self._filters.apply(query)
        measure = self._measure()
        self._having()
        self._filters.within(query)
        self._output(measure)
        self._extreme(measure)
        self._check()
        return Composed(query.sql(), "; ".join([*self._notes, *self._filters.notes]))

    # what the rows of the query are

    def _base(self) -> Table:
        frame = self._frame
        counted = next((c for c in frame.comparisons if isinstance(c.of, Table)), None)
        if counted is not None and isinstance(counted.of, Table):
            return self._covering(counted.of)
        by = frame.extreme.by if frame.extreme else None
        for item in (frame.measured, by if by and (by.table or self._sums(by)) else None):
            if item is not None:
                return self._covering(self._home(item))
        for item in (frame.counted, frame.subject, by, *frame.groups):
            if item is not None:
                return self._covering(self._home(item))
        columns = [c.of or c.other for c in frame.comparisons] + [column for _, column in frame.spans]
        homes = [self._space.table(c.table) for c in columns if isinstance(c, Column)]
        homes += [self._home(i) for i in self._items if i.kind == kinds.NAMED and not i.used]
        if homes and (frame.counting or frame.extreme):
            return homes[0]
        raise Declined("I do not see which of this space's tables the question is about.")

    def _home(self, item: Item) -> Table:
        if item.snippet is not None:
            return snippet_tables(item.snippet, self._space)[0]
        return self._space.table(table_of(item.meaning))

    def _covering(self, table: Table) -> Table:
        """The table itself, or the nearest whose rows have one partner in it and in everything that is grouped by."""
        frame = self._frame
        ranked = (frame.extreme is not None and frame.extreme.by is not None and frame.extreme.by.table is not None) or any(
            isinstance(c.of, Table) for c in frame.comparisons
        )
        asked = [frame.subject] if ranked and frame.subject is not None else []
        wanted = {column.table for item in [*frame.groups, *asked] for column in self._group_columns(item)[:1]}
        wanted |= {i.value.column.table for i in [*frame.groups, *asked] if i.value is not None}
        if all(self._graph.path(table, name) is not None for name in wanted) or not wanted:
            return table
        if self._frame.measured is not None:
            return table
        fitting = [
            other
            for other in self._space.tables
            if all(self._graph.path(other, name) is not None for name in (*wanted, table.full_name))
        ]
        fitting.sort(key=lambda other: sum(self._graph.distance(other.full_name, n) for n in (*wanted, table.full_name)))
        return fitting[0] if fitting else table

    def _sums(self, by: Item) -> bool:
        """Ranked by a number of another table: that table's rows are added up."""
        subject = self._frame.subject or self._frame.counted
        if by.snippet is not None:
            return True
        return by.column is not None and subject is not None and table_of(subject.meaning) != by.column.table

    def _settle_ranking(self) -> None:
        """`the 5 most expensive`, `the oldest`: the column that an adjective is about."""
        extreme = self._frame.extreme
        if extreme is None or extreme.by is not None:
            return
        subject = self._frame.subject or self._frame.counted
        if subject is None:
            return
        table = self._home(subject)
        column = by_dimension(extreme.item.dimension, [table]) if extreme.item.dimension else None
        if extreme.dated:
            column = first_or_last(table)
        if column is not None:
            extreme.by = Item(kinds.NAMED, column.name, -1, -1, meaning=column, used=True)

    # groups

    def _group_columns(self, item: Item) -> tuple[Column, ...]:
        if item.column is not None:
            return (item.column,)
        if item.table is not None and item.table.labels:
            return item.table.labels
        if item.value is not None:
            return (self._by_role(item),)
        raise AskBack(f"By which column do you mean {item.words!r}?")

    def _by_role(self, item: Item) -> Column:
        """The name of the things that have a role: the label of the one table that the role's table refers to."""
        assert item.value is not None
        home = self._space.table(item.value.column.table)
        if home.label is not None:  # the rows of that table are the things themselves
            return home.label
        counted = {i.table.full_name for i in self._items if i.table}
        targets = {link.right.table for link in self._graph.links if link.left.table == home.full_name} - counted
        labels = [label for name in targets if (label := self._space.table(name).label) is not None]
        named = [label for label in labels if label.name.lower().endswith("name")] or labels
        if len(named) != 1:
            raise AskBack(f"What shall I show for {item.value.text}?")
        return named[0]

    def _group(self) -> None:
        measured = self._frame.measured
        for item in self._frame.groups:
            own = measured is not None and item.table is not None and item.table.full_name == table_of(measured.meaning)
            if own and self._frame.function == "AVG" and len(self._frame.groups) == 1:
                continue  # the average of each single row would be the row's own number
            self._group_by(item)
        if self._frame.grain:
            self._group_by_time(self._frame.grain)

    def _group_by(self, item: Item) -> None:
        if item.snippet is not None:
            self._query.group(exp.maybe_parse(item.snippet.sql, dialect="databricks"))
            return
        columns = self._group_columns(item)
        table = item.table
        if table is not None and table.key is not None and table.key not in columns and not columns[0].unique:
            self._query.group(self._query.column(table.key), shown=False)
        for column in columns:
            self._query.group(self._query.column(column))
        self._notes.append(f"by {columns[0].name}")

    def _group_by_time(self, unit: str) -> None:
        dated = next((i.column for i in self._items if i.column and i.column.kind == DATE and not i.used), None)
        told = next((column for _, column in self._frame.spans if column is not None), None)
        column = told or dated or happened(self._query.base, f"by {unit}")
        for item in self._items:
            item.used = item.used or (item.column is not None and item.column == column)
        if column.name.lower() == unit:
            self._query.group(self._query.column(column))
        else:
            cut = exp.func("DATE_TRUNC", exp.Literal.string(unit.upper()), self._query.column(column), dialect="databricks")
            self._query.group(cut, name=unit)
        self._notes.append(f"by {unit} of {column.name}")

    # what is measured

    def _measure(self) -> exp.Expr | None:
        frame, query = self._frame, self._query
        if frame.share:
            return self._share()
        if frame.measured is not None:
            return self._aggregate(frame.function or "SUM", frame.measured)
        by = frame.extreme.by if frame.extreme else None
        if by is not None and (by.table is not None or by.snippet is not None):
            self._group_subject()
            return self._count_rows(by.table) if by.table else self._aggregate("", by)
        if by is not None and by.column is not None and self._is_aggregated(by):
            function = frame.function or ("SUM" if self._most() else "MAX" if frame.extreme.item.detail == "desc" else "MIN")
            if frame.subject is not None or frame.counted is not None:
                self._group_subject()
            return self._aggregate(function, by)
        if frame.counting:
            return self._count(frame.counted)
        if frame.function:
            return self._only_measure()
        return self._implied() if query.grouped else None

    def _most(self) -> bool:
        extreme = self._frame.extreme
        return extreme is not None and bool(extreme.item.numbers or "most" in extreme.item.words.lower() or "top" in extreme.item.words.lower())

    def _is_aggregated(self, by: Item) -> bool:
        """Whether what it is ranked by is put together for each group or over all; else single rows are shown."""
        frame = self._frame
        subject = frame.subject
        assert by.column is not None
        if subject is None and frame.counted is None:
            return True
        if frame.function or frame.groups:
            return True
        asked = subject or frame.counted
        assert asked is not None
        if asked.column is not None and asked.column not in self._home(asked).labels and asked.column.kind == TEXT:
            if adds_up(by.column) and self._most():
                return True
            raise AskBack(f"Do you mean the total, the average or the single highest {by.column.name}?")
        return table_of(asked.meaning) != by.column.table and self._most() and adds_up(by.column)

    def _group_subject(self) -> None:
        subject = self._frame.subject or self._frame.counted
        if subject is not None and not self._frame.groups:
            self._group_by(subject)
            subject.used = True

    def _share(self) -> exp.Expr:
        conditions = self._query.take_conditions()
        if not conditions:
            raise AskBack("The share of what? Name a condition, such as a state or a kind.")
        counted = exp.func("COUNT_IF", exp.and_(*conditions), dialect="databricks")
        ratio = exp.Div(this=exp.Mul(this=exp.Literal.number("100.0"), expression=counted), expression=exp.Count(this=exp.Star()))
        self._notes.append(f"percent of {self._query.base.name}")
        return exp.func("ROUND", ratio, exp.Literal.number(2))

    def _aggregate(self, function: str, of: Item) -> exp.Expr:
        if of.snippet is not None:
            for table in snippet_tables(of.snippet, self._space):
                self._query.column(table.columns[0])
            self._notes.append(of.snippet.names[0])
            return exp.maybe_parse(of.snippet.sql, dialect="databricks")
        assert of.column is not None
        if function == "SUM" and not adds_up(of.column):
            raise AskBack(f"Adding up {of.column.name} makes no sense to me. Do you mean its average?")
        self._notes.append(f"{function.lower()} of {of.column.name}")
        return exp.func(function, self._query.column(of.column))

    def _count(self, counted: Item | None) -> exp.Expr:
        if counted is None:
            return exp.Count(this=exp.Star())
        column = counted.column
        self._notes.append(f"number of {counted.words}")
        if column is None:
            return self._count_rows(self._home(counted))
        home = self._space.table(column.table)
        if column in home.labels or column == home.key:
            return self._count_rows(home)
        if column.kind == NUMBER and column.variety < 1 and stems(column.name)[-1] not in ("id", "no", "cod", "number"):
            return self._aggregate("SUM", counted)
        if self._key_owner(column) is not None and not self._frame.distinct:
            return exp.Count(this=exp.Distinct(expressions=[self._query.column(column)]))
        return exp.Count(this=exp.Distinct(expressions=[self._query.column(column)]))

    def _key_owner(self, column: Column) -> Column | None:
        return next((link.right for link in self._graph.links if link.left == column), None)

    def _count_rows(self, table: Table) -> exp.Expr:
        if table.full_name == self._query.base.full_name:
            return exp.Count(this=exp.Star())
        if table.key is None:
            raise AskBack(f"I cannot tell the rows of {table.name} apart, so I cannot count them here.")
        return exp.Count(this=exp.Distinct(expressions=[self._query.column(table.key)]))

    def _only_measure(self) -> exp.Expr:
        """`the sum of all fines`, where one column of that table is a number that adds up."""
        linked = {link.left for link in self._graph.links}
        base = self._query.base
        numbers = [c for c in base.columns if c.kind == NUMBER and not c.unique and c not in linked]
        if len(numbers) != 1 or (self._frame.function == "SUM" and not adds_up(numbers[0])) or self._frame.subject is None:
            raise AskBack(f"Of which number do you mean that? {base.name} has {', '.join(c.name for c in numbers) or 'none'}.")
        return self._aggregate(self._frame.function, Item(kinds.NAMED, numbers[0].name, -1, -1, meaning=numbers[0]))

    def _implied(self) -> exp.Expr | None:
        """`cost per category` adds up; `orders per category` counts; `the rate of each contract` does neither."""
        number = next((i for i in self._items if i.column and i.column.kind == NUMBER and (not i.used or i is self._frame.subject)), None)
        if number is None and (self._frame.subject is None or self._frame.subject.table is not None):
            if self._frame.subject is None:
                return exp.Count(this=exp.Star())
            return self._count_rows(self._home(self._frame.subject))
        if number is not None and number.column is not None and adds_up(number.column):
            number.used = True
            return self._aggregate("SUM", number)
        self._query.ungroup()
        return None

    def _having(self) -> None:
        for comparison in self._frame.comparisons:
            if isinstance(comparison.of, Table):
                self._having_one(comparison, comparison.of)

    def _having_one(self, comparison: Comparison, table: Table) -> None:
        """`authors with more than two books`: a condition on a number of rows."""
        if (self._frame.subject or self._frame.counted) is None:
            raise AskBack(f"What is {comparison.item.words}? I find no number in the tables that this could be about.")
        if self._frame.counted is not None:
            raise AskBack("I cannot count groups by how many rows they have. Ask for a list of them.")
        self._group_subject()
        self._query.having(compared(self._count_rows(table), comparison.item, comparison.item.numbers))
        self._notes.append(f"{comparison.item.words} {table.name}")

    # the result

    def _output(self, measure: exp.Expr | None) -> None:
        query, subject = self._query, self._frame.subject
        if measure is not None:
            if subject is not None and subject.column is not None and not query.grouped and self._frame.measured is not None:
                subject.used = subject.column in query.base.labels
            query.output(measure.copy(), _name_of(measure))
            return
        if query.grouped:
            return
        self._list(subject or self._frame.counted)

    def _list(self, subject: Item | None) -> None:
        query = self._query
        if subject is None:
            raise AskBack("What shall I show?")
        column = subject.column
        home = self._home(subject)
        if column is None or column in home.labels:
            columns = self._group_columns(subject) if subject.value is not None else home.labels
            if not columns:
                raise AskBack(f"Which columns of {home.name} shall I show?")
        else:
            columns = (column,)
            if column.kind == NUMBER and not query.narrowed:
                raise AskBack(f"For what do you want {column.name}, and shall I add it up? Name a thing, a period or a total.")
        for one in columns:
            query.output(query.column(one))
        self._show_more()
        for _, dated in self._frame.spans:
            if dated is not None and dated.kind == DATE and dated.table == home.full_name and (column is None or column in home.labels):
                query.output(query.column(dated))
        if (column is not None and column not in home.labels) or home.full_name != query.base.full_name:
            query.distinct()
        self._notes.append(f"{', '.join(c.name for c in columns)} of {home.name}")

    def _show_more(self) -> None:
        """Further columns that are asked for."""
        for item in self._items:
            if item.column is not None and not item.used and item.kind == kinds.NAMED and self._query.reaches(item.column):
                if item.column not in self._query.base.labels:
                    self._query.output(self._query.column(item.column))
                item.used = True

    def _extreme(self, measure: exp.Expr | None) -> None:
        extreme, query = self._frame.extreme, self._query
        if extreme is None:
            return
        if measure is not None and not query.grouped:
            if extreme.by is None:
                raise AskBack(f"The {extreme.item.words} of what? I do not see what to compare.")
            return
        by = extreme.by
        if measure is None:
            if by is None or by.column is None:
                raise AskBack(f"By what is it the {extreme.item.words}? Name a number or a date of the tables.")
            measure = query.column(by.column)
            query.output(measure.copy())
        descending = extreme.item.detail in ("desc", "last")
        query.order(measure.copy(), descending)
        for column in query.base.labels[:1] if not query.grouped else ():
            query.order(query.column(column), descending=False)
        query.limit(int(extreme.item.numbers[0]) if extreme.item.numbers else 1)
        self._notes.append(f"the {extreme.item.words}")

    def _check(self) -> None:
        """Every word has found its use: as a condition, as what is asked for, or as a name of a table that is there."""
        for item in self._items:
            if not item.used and item.kind == kinds.NAMED:
                self._use(item)
        said: set[str] = set().union(*(self._lexicon.said.get(table, frozenset()) for table in self._query.tables))
        unknown = [
            i.words for i in self._items if i.kind == kinds.UNKNOWN and not i.used and stem(i.words) not in LIGHT | said
        ]
        if unknown:
            raise AskBack(unknown_words(unknown, self._space))
        left = [i.words for i in self._items if not i.used and i.kind != kinds.UNKNOWN]
        if left:
            raise AskBack(f"I do not see how {_one_of([repr(word) for word in left])} belongs to the rest of the question.")

    def _use(self, item: Item) -> None:
        query, column = self._query, item.column
        if column is not None:
            shown = [c.name for c in query.expressions()]
            item.used = (column in query.base.labels or column.name in shown or column == query.base.key) and not item.negated
        elif item.table is not None and not item.negated:
            if not self._is_named(item, item.table):
                return
            if item.table.full_name not in query.tables:
                if self._graph.path(query.base, item.table.full_name) is not None:
                    query.column(item.table.columns[0])
                else:
                    query.partner(item.table, negated=False)
            item.used = True


    def _is_named(self, item: Item, table: Table) -> bool:
        """Whether the table is called by a name of its own, and not by a verb such as `treated` or `borrowed`."""
        known = [*stems_of(table.name), *(plain(word) for name in table.synonyms for word in name.split())]
        return table.full_name in self._query.tables or plain(item.words.split()[-1]) in known


def stems_of(name: str) -> list[str]:
    """The words of a name without plural endings."""
    return [plain(word) for word in name.split("_")]


def _name_of(measure: exp.Expr) -> str:
    column = measure.find(exp.Column)
    function = measure.key if isinstance(measure, exp.Func) else "value"
    return f"{function}_{column.name}" if column is not None and column.name.isidentifier() else function


def unknown_words(unknown: Sequence[str], space: Space) -> str:
    """What to answer when words of the question name nothing in the space."""
    words, tables = _one_of([repr(word) for word in unknown]), ", ".join(sorted(table.name for table in space.tables))
    return (
        f"I do not know what {words} means here. This space has the tables {tables}. Please say it in their words, or "
        "teach the space with a synonym, an instruction or an example query."
    )


def _one_of(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} or {options[-1]}"


__all__ = ["Composed", "Composer", "Snippet", "reference", "unknown_words"]
