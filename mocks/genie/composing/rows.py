"""What the rows of a query are, and by which columns they are grouped."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlglot import exp

from mocks.genie.composing.comparisons import rows_compared
from mocks.genie.composing.filters import Filters, snippet_tables
from mocks.genie.composing.naming import Naming
from mocks.genie.composing.periods import SOME_TIME, by_unit, column_of_periods, tells_periods, usual_unit
from mocks.genie.composing.persons import asked_persons
from mocks.genie.composing.query import Query
from mocks.genie.composing.telling import told_of
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import by_dimension, first_or_last, happened, is_year, kind_named, main_number
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import adjective
from mocks.genie.language.words import stems
from mocks.genie.reading.frame import Extreme, Frame, is_measure, is_within, table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.references import References
from mocks.genie.reading.unknown import unknown_words
from mocks.genie.refusal import AskBack, Declined, Unknown

_AGED = frozenset(("oldest", "youngest"))
_SIZE = frozenset(("largest", "biggest", "smallest"))
_HIGH = frozenset(("highest", "largest", "biggest", "lowest", "smallest", "greatest", "maximum", "minimum"))


class Rows(Naming):
    """The rows of one query."""

    def __init__(self, items: Sequence[Item], frame: Frame, space: Space, graph: JoinGraph, today: date) -> None:
        super().__init__(items, frame, space, graph)
        self._filters = Filters(items, frame, space, graph, today)
        self._notes: list[str] = []
        self._per: Item | None = None
        self._cut: exp.Expr | None = None
        if (persons := asked_persons(items, frame, space, graph)) is not None:
            frame.subject = persons
        frame.groups = [group for group in frame.groups if not self._is_unit(group)]
        self._settle_ranking()
        through = References(items, graph, frame.subject.column if frame.subject else None).through()
        told = {table.spoken for item in items if (table := told_of(item, space)) is not None}
        said = {stem for text in (*(f"{i.before} {i.words}" for i in items), *told) for stem in stems(text)}
        self._query = Query(self._base(), space, graph, through, said)

    def _is_of_each(self) -> bool:
        """`the highest price in each month`, where `in which month` asks for one of them.

        Raises: AskBack
        """
        grains = [item for item in self._items if item.kind == kinds.GRAIN]
        each = any({"each", "every", "per"} & set(item.words.lower().split()) for item in grains)
        subject = self._frame.subject
        own = subject is None or subject.table == self._query.base
        extreme = self._frame.extreme if own else None
        if each and extreme and extreme.item.numbers and extreme.by:
            raise AskBack(f"{extreme.item.words} of each {self._frame.grain}? Ask for one at a time.")
        return each

    def _base(self) -> Table:
        frame = self._frame
        counted = next((c for c in frame.comparisons if isinstance(c.of, Table)), None)
        if counted is not None and isinstance(counted.of, Table):
            return self._covering(counted.of)
        judged = next((c.of for c in frame.comparisons if c.function), None)
        if isinstance(judged, Column):
            return self._covering(self._space.table(judged.table))
        if (summed := next((c.measure for c in frame.comparisons if c.measure), None)) is not None:
            return self._covering(self._home(summed))
        asked = frame.counted or frame.subject
        if asked is not None and (compared := rows_compared(frame, self._home(asked), self._graph)) is not None:
            return self._covering(self._space.table(compared))
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
        if homes and (frame.counting or frame.extreme or frame.share):
            return homes[0]
        raise Declined("I do not see which of this space's tables the question is about.")

    def _home(self, item: Item) -> Table:
        if item.snippet is not None:
            return snippet_tables(item.snippet, self._space)[0]
        return self._space.table(table_of(item.meaning))

    def _covering(self, table: Table) -> Table:
        """The table itself, or the nearest whose rows have one partner in it and in everything that is grouped by."""
        frame = self._frame
        ranked = (
            frame.extreme is not None and frame.extreme.by is not None and frame.extreme.by.table is not None
        ) or any(isinstance(c.of, Table) for c in frame.comparisons)
        asked = [frame.subject] if ranked and frame.subject is not None else []
        wanted = {column.table for item in [*frame.groups, *asked] for column in self._group_columns(item)[:1]}
        wanted |= {i.value.column.table for i in [*frame.groups, *asked] if i.value is not None}
        named = {item.table for item in self._items if item.table is not None}
        if (tie := self._tie(named, (*wanted, table.full_name)) if ranked and wanted else None) is not None:
            return tie
        if all(self._graph.reaches(table, name) for name in wanted) or not wanted:
            return table
        if self._frame.measured is not None:
            return table
        fitting = [
            other
            for other in self._space.tables
            if all(self._graph.reaches(other, name) for name in (*wanted, table.full_name))
        ]
        far = {t: sum(self._graph.distance(t.full_name, n) for n in (*wanted, table.full_name)) for t in fitting}
        fitting.sort(key=lambda t: (far[t], t not in named, t.key is not None))  # what only ties the two comes first
        return fitting[0] if fitting else table

    def _tie(self, named: Collection[Table], ends: Collection[str]) -> Table | None:
        """`clients with deals on more than two sites`: the deals, which only tie the two, whatever else does."""
        ties = [t for t in named if t.key is None and t.full_name not in ends]
        ties = [t for t in ties if all(self._graph.reaches(t, name) for name in ends)]
        return ties[0] if len(ties) == 1 else None

    def _sums(self, by: Item) -> bool:
        """Ranked by a number of another table: that table's rows are added up."""
        subject = self._frame.subject or self._frame.counted
        if by.snippet is not None:
            return True
        return by.column is not None and subject is not None and table_of(subject.meaning) != by.column.table

    def _settle_ranking(self) -> None:
        """`the 5 most expensive`, `the oldest`: the column that an adjective is about."""
        extreme = self._frame.extreme
        if extreme is None:
            return
        frame = self._frame
        ranked = extreme.by.table if extreme.by is not None else None
        if ranked is not None and not extreme.counting and _HIGH & set(extreme.item.words.lower().split()):
            number = main_number(ranked)
            if number is None:
                raise AskBack(f"The {extreme.item.words} of which number of {ranked.name}?")
            place = extreme.by.at if extreme.by is not None else -1
            extreme.by = Item(kinds.NAMED, number.name, place, place, meaning=number, used=True)
        if extreme.by is not None:
            alone = frame.subject is None and frame.counted is None and not frame.groups
            if alone and extreme.item.numbers and extreme.by.column is not None:
                table = self._space.table(extreme.by.column.table)
                frame.subject = Item(kinds.NAMED, table.name, -1, -1, meaning=table, used=True)
            return
        subject = self._frame.subject or self._frame.counted
        if subject is None:
            return
        if extreme.counting:
            extreme.by = self._counted_by(subject)
            return
        column = self._ranked_column(extreme, self._home(subject))
        if column is not None:
            extreme.by = Item(kinds.NAMED, column.name, -1, -1, meaning=column, used=True)

    def _counted_by(self, subject: Item) -> Item | None:
        """`the most frequent diagnosis`: by how many rows have it, or rows of the one table that refers to it."""
        home = self._home(subject)
        if subject.column is None or subject.column in home.labels:
            tables = self._graph.about(home.full_name)
            named = tables & {i.table.full_name for i in self._items if i.table is not None and i is not subject}
            found = [self._space.table(name) for name in sorted(named or tables)]
            if not found and subject.table is not None and (kind := kind_named(home)) is not None:
                subject.meaning, found = kind, [home]  # `the most frequent procedures`, by their names
            if len(found) != 1:
                raise AskBack(
                    f"Which {home.name} is it by the number of {' or '.join(t.name for t in found) or 'what'}?"
                )
            home = found[0]
        return Item(kinds.NAMED, home.name, -1, -1, meaning=home, used=True)

    def _ranked_column(self, extreme: Extreme, table: Table) -> Column | None:
        column = by_dimension(self._adjective(extreme.item), [table])
        if extreme.dated:
            return first_or_last(table, bool(_AGED & set(extreme.item.words.lower().split())))
        if column is not None or extreme.item.dimension:
            return column
        self._check_size(extreme.item, table)
        behind = next((i for i in self._items if i.kind == kinds.UNKNOWN and i.at == extreme.item.end), None)
        if behind is not None and not behind.before and not behind.used:
            raise Unknown(unknown_words([behind.words], self._space), [behind.words])
        return main_number(table) if _HIGH & set(extreme.item.words.lower().split()) else None

    @staticmethod
    def _check_size(item: Item, table: Table) -> None:
        """`the biggest ward`: what has a name is not ranked by whatever number it has.

        Raises: AskBack
        """
        if _SIZE & set(item.words.lower().split()) and table.label is not None and table.label != table.key:
            raise AskBack(f"The {item.words} {table.name} by which number?")

    @staticmethod
    def _adjective(item: Item) -> str:
        plain = adjective(item.words.split()[-1]) if item.words else None
        return item.dimension or (plain[0] if plain is not None else "")

    # groups

    def _group(self) -> None:
        frame, measured = self._frame, self._frame.measured
        if frame.counting and frame.function == "AVG" and measured is None:
            self._per = frame.groups[0] if len(frame.groups) == 1 else None
            return
        ranks = is_within(frame) and measured is None and not frame.function and not self._counts()
        for item in frame.groups if ranks else ():
            for column in self._group_columns(item):
                self._query.part(self._query.column(column))
        if ranks:
            return
        for item in self._frame.groups:
            if self._frame.grain and tells_periods(item, self._frame.grain):
                continue  # `year by year, by booking date`
            rows = item.table or (self._home(item) if item.column and item.column == self._home(item).key else None)
            own = measured is not None and rows is not None and rows.full_name == table_of(measured.meaning)
            if own and self._frame.function == "AVG":
                continue  # the average of each single row would be the row's own number
            self._group_by(item)
        if self._frame.grain and not (self._frame.grain == SOME_TIME and frame.extreme is not None):
            self._group_by_time(self._frame.grain)

    def _is_unit(self, item: Item) -> bool:
        """`over 50 euros per head`, `the price per seat`, where the number is told to be one per head or seat.

        Raises: AskBack for another number, of whose values none is a group
        """
        before = self._items[self._items.index(item) - 1] if item in self._items[1:] else None
        per = before is not None and before.kind == kinds.BY and before.words.lower() == "per"
        if not per or item.column is None or not is_measure(item) or is_year(item.column):
            return False
        if "per" in item.column.spoken.split() and self._frame.comparisons:
            return True
        others = (other.column for other in self._items if other.column is not None and other is not item)
        if any(set(stems(item.words)) & set(stems(other.description)) for other in others):
            return True
        raise AskBack(f"Per {item.words}? {item.column.name} is a number. Which two numbers shall I divide?")

    def _counts(self) -> bool:
        """Whether what is ranked has to be put together from several rows."""
        by = self._frame.extreme.by if self._frame.extreme else None
        subject = self._frame.subject or self._frame.counted
        apart = by is not None and subject is not None and table_of(by.meaning) != table_of(subject.meaning)
        return by is not None and (by.column is None or apart)

    def _group_by(self, item: Item) -> None:
        if item.snippet is not None:
            self._query.group(exp.maybe_parse(item.snippet.sql, dialect="databricks"))
            return
        columns = self._group_columns(item)
        table = item.table
        if table is not None and table.key is not None and table.key not in columns and not columns[0].unique:
            self._query.group(self._query.column(table.key), shown=False)
        for column in columns:
            self._query.group(self._shown(item, column))
        self._notes.append(f"by {columns[0].name}")

    def _group_by_time(self, unit: str) -> None:
        column = column_of_periods(self._items, self._frame, unit) or happened(self._query.base, f"by {unit}")
        unit = usual_unit(column, self._frame) if unit == SOME_TIME else unit
        for item in self._items:
            item.used = item.used or (item.column is not None and item.column == column)
        if column.name.lower() == unit:
            self._query.group(self._query.column(column))
        else:
            self._query.column(column)
            self._cut = by_unit(column, unit)
            self._query.group(self._cut, name=unit.split()[0])
        self._notes.append(f"by {unit} of {column.name}")
