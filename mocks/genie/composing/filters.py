"""The conditions of a question: values, curated filters, comparisons, negations and stretches of time."""

from collections.abc import Callable, Sequence

from sqlglot import exp, parse_one

from mocks.genie.composing.periods import column_of_periods, within
from mocks.genie.composing.query import Query
from mocks.genie.composing.values import Values, like
from mocks.genie.knowledge.limits import lapse
from mocks.genie.knowledge.links import Link, is_plain
from mocks.genie.knowledge.names import STATE, WORD
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.prose import prose, substance
from mocks.genie.knowledge.roles import dates, happened
from mocks.genie.knowledge.space import BOOLEAN, DATE, TEXT, Column, Snippet, Space, Table
from mocks.genie.knowledge.written import is_null, is_true, not_null
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import is_participle, is_verb
from mocks.genie.language.words import stems
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack


class Filters(Values):
    """The conditions of one question."""

    def apply(self, query: Query) -> None:
        """Adds them to the query, those first which say of what a share is taken."""
        query.denies_once = sum(item.kind == kinds.NOT for item in self._items) == 1
        whole = [id(item) for item in self._frame.whole]
        if whole:
            self._apply(query, lambda item: id(item) in whole)
            query.settle()
        self._apply(query, lambda item: id(item) not in whole)

    def _apply(self, query: Query, chosen: Callable[[Item], bool]) -> None:
        self._values(query, chosen)
        self._directed(query, chosen)
        for item in filter(chosen, self._items):
            if item.kind == kinds.NAMED and not item.used:
                self._named(query, item)
        for item in filter(chosen, self._frame.present):
            self._filled(query, item)
        self._fragments(query, chosen)
        for comparison in self._frame.comparisons:
            whole = isinstance(comparison.of, Table) or comparison.function or comparison.measure
            if not whole and chosen(comparison.item):
                self._compare(query, comparison)
        if self._frame.overdue is not None and chosen(self._frame.overdue):
            self._overdue(query, self._frame.overdue)
        for item, column in self._frame.late:
            if chosen(item):
                self._late(query, item, column)

    def _filled(self, query: Query, item: Item) -> None:
        """`a known allergy`: there is one."""
        if item.column is not None:
            self._check_reach(query, item, item.column)
            query.filter(item.column, not_null(item.column), item.negated, item.inner)
            self.notes.append(f"{item.column.name} is {'' if item.negated else 'not '}empty")

    def _fragments(self, query: Query, chosen: Callable[[Item], bool]) -> None:
        for item, column in self._frame.like:
            if not chosen(item):
                continue
            shown = column or substance(query.base) or self._text_of(query.base) or prose(query.base)
            if shown is None:
                raise AskBack(f"Which column shall hold {item.words!r}?")
            query.filter(shown, like(shown, item.detail), item.negated, item.inner)
            self.notes.append(f"{shown.name} like {item.detail}")

    @staticmethod
    def _text_of(table: Table) -> Column | None:
        """The name of a thing, or the one text of a table that is called so."""
        if table.label is not None and table.label.kind == TEXT and table.label != table.key:
            return table.label
        named = [c for c in table.columns if c.kind == TEXT and c.spoken.endswith(("name", "title"))]
        return named[0] if len(named) == 1 else table.label if table.label and table.label.kind == TEXT else None

    def within(self, query: Query) -> None:
        """Adds the stretches of time."""
        spans: dict[tuple[Column, bool], list[Item]] = {}
        for item, told in self._frame.spans:
            self._check_reach(query, item, told)
            partner = None if told is not None else self._partner(query, item)
            home = partner.table if partner else None
            if home is None and self._elsewhere is not None and not dates(query.base):
                home = self._elsewhere
            home = home or self._taking_place(query, item) or query.base
            column = told or self._coming(home, item) or self._by_periods(home) or happened(home, item.words)
            negated = item.negated or bool(partner and partner.negated)
            spans.setdefault((column, negated), []).append(item)
        for (column, negated), items in sorted(spans.items(), key=lambda one: not one[0][1]):
            self._within(query, column, items, negated)

    def _within(self, query: Query, column: Column, items: Sequence[Item], negated: bool) -> None:
        times = [item.span for item in items if item.span is not None]
        yearly = self._frame.grain == "year"
        self.notes.append(f"{column.name} {'not ' if negated else ''}{' '.join(item.words for item in items)}")
        if query.reaches(column) or negated or not self._is_all_of(items):
            if items[0].negated and query.speaks_of(column.table):
                raise AskBack(f"Without {items[0].words}: any {column.table_name}, or only those that are spoken of?")
            query.filter(column, within(column, times, self._today, yearly), negated)
        else:
            query.filter_each(column, [within(column, [time], self._today, yearly) for time in times])

    def _by_periods(self, table: Table) -> Column | None:
        """`settled by month in 2024`: by the same day as the months are told apart by."""
        unit = self._frame.grain
        column = column_of_periods(self._items, self._frame, unit) if unit else None
        return column if column is not None and column.table == table.full_name else None

    def _coming(self, table: Table, item: Item) -> Column | None:
        """`in the next 7 days`: of what is still to come, the one date of the table that has such days."""
        span = item.span
        ahead = span is not None and span.start is not None and span.start >= self._today
        found = [c for c in dates(table) if c.last[:10] >= self._today.isoformat()] if ahead else []
        return found[0] if len(found) == 1 else None

    def _partner(self, query: Query, span: Item) -> Item | None:
        """`customers without orders in 2024`: the rows elsewhere that the stretch of time is about."""
        if span not in self._items:
            return None
        before = [i for i in self._items[: self._items.index(span)] if i.table is not None and i.kind == kinds.NAMED]
        last = before[-1] if before else None
        if last is None or last.table is None or last in self._frame.groups or query.reaches(last.table.columns[0]):
            return None
        return last if dates(last.table) else None

    def _taking_place(self, query: Query, span: Item) -> Table | None:
        """`tickets for matches played in May`: when the matches were, and not when the tickets were bought."""
        at = self._items.index(span) if span in self._items else 0
        thing, verb = (self._items[at - 2], self._items[at - 1]) if at > 1 else (None, None)
        if thing is None or verb is None or thing.table is None or thing.table == query.base:
            return None
        said = is_verb(verb.words) and (verb.kind == kinds.UNKNOWN or verb.table == thing.table)
        own = {word for day in dates(thing.table) for word in stems(day.spoken)} & set(stems(thing.table.spoken))
        happens = own and not is_of_people(thing.table) and query.reaches(thing.table.columns[0])
        return thing.table if said and not thing.negated and happens else None

    def _directed(self, query: Query, chosen: Callable[[Item], bool]) -> None:
        """`from how many airports`: those from which something went."""
        asked = self._frame.counted or self._frame.subject
        if asked is None or asked not in self._items or not chosen(asked):
            return
        if asked.column is not None or self._frame.groups:
            return
        for link in self._roles.led(self._items.index(asked), query.base.full_name):
            self._referred(query, link)

    def _named(self, query: Query, item: Item) -> None:
        column = item.column
        link = self._refers(query, column) if column is not None and not item.negated else None
        if link is not None and not is_plain(link):
            self._referred(query, link)
            item.used = True
            return
        self._check_reach(query, item, column)
        own = column is not None and (column.table == query.base.full_name or self._is_of_thing(column))
        if column is not None and own and (over := lapse(column, item.words, item.negated, self._today)) is not None:
            query.filter(column, over, inner=item.inner and not query.reaches(column))
            self.notes.append(f"{column.name} is {'before today' if isinstance(over, exp.LT) else 'today or later'}")
        elif item.snippet is not None and item.snippet.kind == "filters":
            self._defined(query, item, item.snippet)
        elif column is not None and column.kind == BOOLEAN:
            query.filter(column, is_true(column), item.negated, item.inner)
            none = "no " if item.inner and not item.negated else ""
            self.notes.append(f"{none}{column.name} is {'not ' if item.negated or none else ''}true")
        elif column is not None and (item.negated or (item.inner and not query.reaches(column))):
            self._lacking(query, item, column)
        elif column is not None and column.kind == DATE and not self._is_shown(item):
            if not self._has_day(query, item, column):
                return
        elif column is not None and column.filled < 1 and (_is_had(item) or _is_referred(item)):
            query.filter(column, not_null(column))
            self.notes.append(f"{column.name} is not empty")
        elif item.table is not None and item.negated and item.table.full_name != query.base.full_name:
            self._without(query, item.table)
        else:
            return
        item.used = True

    def _is_of_thing(self, column: Column) -> bool:
        """`customers who applied for a loan`: the verb says no more than that they have one."""
        return any(i.table is not None and i.table.full_name == column.table for i in self._items)

    def _lacking(self, query: Query, item: Item, column: Column) -> None:
        """`without a due date`: it is empty; of a column elsewhere that refers to the base, none refers to it."""
        if (link := self._refers(query, column)) is not None:
            query.lacks(link)
            for other in self._items:
                other.used = other.used or (other.table is not None and other.table.full_name == column.table)
            self.notes.append(f"not {column.name} of any {column.table_name}")
            return
        self._check_own(query, item, column)
        if column.filled == 1 and column.values != ("",):
            raise AskBack(f"{column.name} is never empty, so I do not see what {item.words!r} shall mean.")
        if item.inner or query.reaches(column):  # `no unpaid bills`: none for which it is empty
            query.filter(column, is_null(column), negated=not item.negated)
        else:
            query.filter(column, not_null(column), negated=True)
        self.notes.append(f"{'' if item.negated else 'no '}{column.name} is empty")

    def _referred(self, query: Query, link: Link) -> None:
        """`airports that are the origin of a flight`: some row elsewhere refers to them by that column."""
        self._elsewhere = self._space.table(link.left.table)
        query.partner(self._elsewhere, negated=False)
        for other in self._items:
            other.used = other.used or (other.table is not None and other.table.full_name == link.left.table)
        self.notes.append(f"{link.left.name} of a row of {link.left.table_name}")

    def _refers(self, query: Query, column: Column) -> Link | None:
        """`doctors who are the surgeon of no operation`: the column elsewhere that refers to rows of the base."""
        if query.reaches(column):
            return None
        own = [n for n in self._graph.links if n.left == column and n.right.table == query.base.full_name]
        return own[0] if len(own) == 1 else None

    def _without(self, query: Query, table: Table) -> None:
        """`loans without an officer`: none is referred to; `customers without loans`: none refers to them."""
        ends = query.base.full_name, table.full_name
        refers = [link.left for link in self._graph.links if (link.left.table, link.right.table) == ends]
        if len(refers) == 1 and refers[0].filled < 1:
            query.filter(refers[0], is_null(refers[0]))
        else:
            query.partner(table, negated=True)
        self.notes.append(f"without {table.name}")

    def _defined(self, query: Query, item: Item, snippet: Snippet) -> None:
        if item.rank == STATE and not self._is_of_column(item, snippet) and self._contradicts(snippet):
            return
        query.raw_filter(snippet.sql, snippet_tables(snippet, self._space), item.negated, item.inner)
        self.notes.append(f"{'not ' if item.negated else ''}{item.words} as defined")

    def _is_of_column(self, item: Item, snippet: Snippet) -> bool:
        """`a vacant manager post`: the state is said of the column that is empty."""
        at = self._items.index(item)
        following = self._items[at + 1] if at + 1 < len(self._items) else None
        if following is None or following.column is None or following.before:
            return False
        following.used = following.used or f".{following.column.name} " in f".{snippet.sql.partition('.')[2]} "
        return following.used

    def _contradicts(self, snippet: Snippet) -> bool:
        """`retired from the fleet`, where a comment says that nothing in the fleet is retired."""
        columns = {i.column.name for i in self._items if i.column is not None and i.kind == kinds.NAMED}
        return any(column.name in columns for column in parse_one(snippet.sql, read="databricks").find_all(exp.Column))

    def _has_day(self, query: Query, item: Item, column: Column) -> bool:
        """Whether the day says that it came about: not `open tickets`, where every ticket has a day of its opening, nor
        `sales`, where only the comment of a day has `selling`."""
        said = item.words.split()
        if column.filled == 1:
            return (query.reaches(column) or self._is_of_thing(column)) and any(map(is_verb, said))
        if item.rank <= WORD and not any(map(is_participle, said)):
            return False
        query.filter(column, not_null(column))
        self.notes.append(f"{column.name} is not empty")
        return True

    def _is_shown(self, item: Item) -> bool:
        """`names and hire dates of ...`: asked for, not a condition."""
        first = next((i for i in self._items if i.before), item)
        return "date" in item.words.lower() or "when" in (*item.before.split(), *first.before.split()[:1])


def _is_referred(item: Item) -> bool:
    """`customers referred by another customer`, `tickets assigned to an agent`: there is one."""
    return item.column is not None and item.column.refers and is_participle(item.words.split()[0])


def _is_had(item: Item) -> bool:
    """`orders with a promo code`: it is there."""
    words = item.before.split()
    return bool({"with", "have", "has", "having", "had"} & set(words)) and words[-1] in ("a", "an", "any", "some")


def snippet_tables(snippet: Snippet, space: Space) -> list[Table]:
    """The tables that a curated piece of SQL is over; first those whose columns it counts, not only tests.

    Raises: AskBack
    """
    columns = [*parse_one(snippet.sql, read="databricks").find_all(exp.Column)]
    named = {column.table.lower() for column in columns}
    counted = {column.table.lower() for column in columns if column.find_ancestor(exp.Where) is None}
    found = [table for table in space.tables if table.name.lower() in named]
    found.sort(key=lambda table: table.name.lower() not in counted)
    if not found:
        raise AskBack(f"The {snippet.kind.rstrip('s')} {snippet.names[0]!r} names no table of this space.")
    return found
