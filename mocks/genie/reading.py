"""Reading the items of a question: which belongs to which, and what is asked for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mocks.genie import items as kinds
from mocks.genie.english import KINDS, LIGHT, MONEY, TIME_UNITS
from mocks.genie.items import Item
from mocks.genie.refusal import AskBack
from mocks.genie.resolve import table_of
from mocks.genie.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Space, Table
from mocks.genie.words import stem, stems

_TIME = {stem(unit): seconds for unit, seconds in TIME_UNITS.items()}


@dataclass
class Comparison:
    """A comparison with what it is about: a column or the number of a table's rows, and a number or another column."""

    item: Item
    of: Column | Table | None = None
    other: Column | None = None
    seconds: float | None = None


@dataclass
class Extreme:
    """The first or last of something, by a column, by a curated measure or by how many rows."""

    item: Item
    by: Item | None = None
    dated: bool = False


@dataclass
class Frame:
    """What a question asks."""

    counted: Item | None = None
    counting: bool = False
    function: str = ""
    measured: Item | None = None
    share: bool = False
    distinct: bool = False
    groups: list[Item] = field(default_factory=list)
    grain: str = ""
    spans: list[tuple[Item, Column | None]] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    extreme: Extreme | None = None
    overdue: Item | None = None
    late: list[tuple[Item, Column | None]] = field(default_factory=list)
    subject: Item | None = None


class Reader:
    """Reads one question."""

    def __init__(self, items: Sequence[Item], space: Space) -> None:
        self._items, self._space = list(items), space

    def read(self) -> Frame:
        """The frame; what it holds is marked as used.

        Raises: AskBack
        """
        frame = self._frame = Frame()
        self._drop_kinds()
        self._qualify()
        self._negate()
        self._read_flags()
        self._read_spans()
        self._read_comparisons()
        self._read_extreme()
        self._read_groups()
        self._read_measure()
        self._read_count()
        self._read_subject()
        return frame

    def _each(self, kind: str) -> Iterator[tuple[int, Item]]:
        return ((at, item) for at, item in enumerate(self._items) if item.kind == kind and not item.used)

    def _at(self, at: int) -> Item | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def _near(self, at: int, step: int, wanted: Callable[[Item], bool], within: int = 1) -> Item | None:
        """The first item that is wanted, so many items away at most."""
        for distance in range(1, within + 1):
            item = self._at(at + step * distance)
            if item is not None and not item.used and wanted(item):
                return item
        return None

    def _drop_kinds(self) -> None:
        """`phone number`, `downtime events`: what kind of thing the name stands for."""
        for at, item in self._each(kinds.UNKNOWN):
            before = self._at(at - 1)
            if before is not None and before.kind == kinds.NAMED and not item.before and stem(item.words) in KINDS:
                item.used = True

    def _qualify(self) -> None:
        """`priority high`, `of type Student`, `the Central branch`: the column or table only says what the value is."""
        for at, item in enumerate(self._items):
            if item.value is None:
                continue
            for step in (-1, 1, -2, 2):
                other = self._at(at + step)
                between = self._at(at + step // 2) if abs(step) == 2 else None
                if other is None or (between is not None and between.kind != kinds.NOT and between.value is None):
                    continue
                by = self._at(at + step - 1)
                is_group = by is not None and by.kind == kinds.BY
                if other.column == item.value.column and not is_group:
                    other.used = True
                elif other.table is not None and item.value.column in other.table.labels and abs(step) == 1:
                    other.used = other.used or (step == 1 and not other.before)

    def _negate(self) -> None:
        for at, item in self._each(kinds.NOT):
            place = at + 1
            while (skipped := self._at(place)) is not None and (
                skipped.kind == kinds.DISTINCT or (skipped.kind == kinds.UNKNOWN and stem(skipped.words) in LIGHT)
            ):
                place += 1
            following, thing = self._at(place), self._at(place + 1)
            if following is not None and thing is not None and self._is_verb_of(following, thing):
                following.used = True
                following = thing
            if following is not None and following.kind in (kinds.NAMED, kinds.LATE, kinds.OVERDUE):
                following.negated = not following.negated
                item.used = True
        for at, item in self._each(kinds.MISSING):
            column = self._near(at, -1, _is_column) or self._near(at, 1, _is_column)
            if column is not None:
                column.negated, item.used = not column.negated, True

    def _is_verb_of(self, verb: Item, thing: Item) -> bool:
        """`never assigned a work order`: the column only says how the thing belongs to it."""
        if verb.column is None or thing.table is None or thing.before not in ("", "a", "an", "any"):
            return False
        others = [i for i in self._items if i.table is not None and i.table != thing.table]
        return verb.column.table == thing.table.full_name and bool(others)

    def _read_flags(self) -> None:
        for kind in (kinds.DISTINCT, kinds.SHARE, kinds.GRAIN, kinds.OVERDUE, kinds.LATE):
            for at, item in self._each(kind):
                item.used = True
                self._frame.distinct |= kind == kinds.DISTINCT
                self._frame.share |= kind == kinds.SHARE
                if kind == kinds.GRAIN:
                    self._frame.grain = item.detail
                elif kind == kinds.OVERDUE:
                    self._frame.overdue = item
                elif kind == kinds.LATE:
                    done = self._near(at, -1, _is_date) or self._near(at, 1, _is_date)
                    if done is not None:
                        done.used = True
                    self._frame.late.append((item, done.column if done else None))

    def _read_spans(self) -> None:
        for at, item in self._each(kinds.SPAN):
            last = self._at(at - 1)
            late = last is not None and last.kind == kinds.OVERDUE
            column = None if late else self._dated(at)
            if self._frame.overdue is not None and column is None:
                self._frame.overdue.span = item.span
            else:
                self._frame.spans.append((item, column.column if column else None))
            if column is not None:
                column.used = True
            item.used = True

    def _dated(self, at: int) -> Item | None:
        """The date that a stretch of time is about."""
        back = at - 1
        while (before := self._at(back)) is not None and before.kind in (kinds.GRAIN, kinds.BY, kinds.OVERDUE):
            back -= 1
        for item in (self._at(back), self._at(at + 1)):
            if item is not None and not item.used and _is_dated(item) and not item.negated:
                return item
        free = [i for i in self._items if not i.used and _is_date(i) and not i.negated]
        return free[0] if len(free) == 1 and len([*self._each(kinds.SPAN)]) == 1 else None

    def _read_comparisons(self) -> None:
        for at, item in self._each(kinds.COMPARE):
            found = self._with_number(at, item) if item.numbers else self._with_column(at, item)
            if found is not None:
                item.used = True
                self._frame.comparisons.append(found)

    def _with_number(self, at: int, item: Item) -> Comparison:
        found = Comparison(item)
        following = self._at(at + 1)
        named = following is not None and not following.before and _is_number(following)
        if following is not None and not named and not following.before and (unit := stem(following.words)) in _TIME.keys() | MONEY:
            following.used = True
            found.seconds = _TIME.get(unit)
            following = self._at(at + 2) if at + 2 < len(self._items) else None
        if following is not None and not following.before.replace("of", "").strip() and not following.used:
            target = self._described_table(at + 1)
            if _is_number(following) or target is not None:
                chosen = target or following
                found.of = chosen.column or chosen.table
                chosen.used = True
                self._drop_same(at, found.of)
                return found
        column = self._near(at, -1, _is_number, 2) or self._near(at, 1, _is_number, 2)
        if column is not None:
            column.used = True
            found.of = column.column
        return found

    def _described_table(self, at: int) -> Item | None:
        """The table that is counted, behind what describes it: `more than 8 open orders`."""
        while (item := self._at(at)) is not None and item.kind == kinds.NAMED:
            if item.table is not None:
                return item
            if item.value is None and item.snippet is None:
                return None
            at += 1
        return None

    def _drop_same(self, at: int, of: Column | Table | None) -> None:
        before = self._at(at - 1)
        if before is not None and before.column is not None and before.column == of:
            before.used = True

    def _with_column(self, at: int, item: Item) -> Comparison | None:
        """`stock lower than the reorder level`, `closed after the due date`."""
        other = self._near(at, 1, lambda i: _is_number(i) or _is_date(i))
        if other is None or other.column is None:
            return None
        alike: Callable[[Item], bool] = lambda i: _is_column(i) and i.meaning != other.meaning  # noqa: E731
        mine = self._near(at, -1, lambda i: alike(i) and i.column is not None and i.column.kind == other.column.kind, 2)
        other.used = True
        if mine is not None:
            mine.used = True
        return Comparison(item, mine.column if mine else None, other.column)

    def _read_extreme(self) -> None:
        for at, item in self._each(kinds.EXTREME):
            item.used = True
            following = self._at(at + 1)
            if item.detail == "first" and following is not None and any(c == following.column for _, c in self._frame.spans):
                continue
            extreme = self._frame.extreme = Extreme(item, dated=item.detail in ("first", "last"))
            self._leading_number(item)
            if item.dimension and not any(by > at for by, _ in self._each(kinds.BY)):
                return
            wanted = _is_date if extreme.dated else _is_rankable
            extreme.by = self._ranked_by(at, wanted)
            if extreme.by is None and item.detail == "last":
                extreme.by = None
            if extreme.by is not None:
                extreme.by.used = True
            return

    def _leading_number(self, item: Item) -> None:
        """`the five books with the highest price`."""
        for at, number in self._each(kinds.NUMBER):
            following = self._at(at + 1)
            if not item.numbers and following is not None and following.kind == kinds.NAMED and not following.before:
                item.numbers, number.used = number.numbers, True

    def _ranked_by(self, at: int, wanted: Callable[[Item], bool]) -> Item | None:
        for by, _ in self._each(kinds.BY):
            counter = self._at(by + 1)
            if by > at and counter is not None and counter.kind in (kinds.COUNT, kinds.AGGREGATE):
                found = self._near(by + 1, 1, wanted)
                if found is not None:
                    self._items[by].used = counter.used = True
                    self._frame.function = counter.detail
                    return found
            found = self._near(by, 1, lambda i: wanted(i) and i.table is None, 2)
            if by > at and found is not None and (found.column is None or found.column.kind != TEXT):
                self._items[by].used = True
                return found
        after = at + 1
        while (item := self._at(after)) is not None and item.kind in (kinds.COUNT, kinds.AGGREGATE):
            item.used = True
            if item.kind == kinds.AGGREGATE:
                self._frame.function = item.detail
            after += 1
        counting = after > at + 1
        numbers = self._near(after - 1, 1, lambda i: wanted(i) and i.table is None, 2)
        back = self._near(at, -1, lambda i: wanted(i) and (i.table is None or self._is_counted_before(at)))
        if counting:
            return self._near(after - 1, 1, wanted) if numbers is None else numbers
        if numbers is not None:
            return numbers
        follows = self._near(after - 1, 1, wanted, 2) if not self._items[at].numbers else None
        return follows if follows is not None and self._has_other_thing(follows) else back

    def _is_counted_before(self, at: int) -> bool:
        return any(i.table is not None for i in self._items[: at - 1]) or any(
            i.table is not None for i in self._items[at + 1 :]
        )

    def _has_other_thing(self, than: Item) -> bool:
        """Something is asked for besides what it is ranked by."""
        return any(
            i is not than and not i.used and (i.table is not None or _is_text(i) or i.value is not None)
            for i in self._items
        )

    def _read_groups(self) -> None:
        for at, item in self._each(kinds.BY):
            item.used = True
            place = at + 1
            if not self._group(place):
                item.used = False
                continue
            while (more := self._at(place + 1)) is not None and more.before in ("and", "and by", ",") and _is_thing(more):
                place += 1
                self._group(place)

    def _group(self, at: int) -> bool:
        item, following = self._at(at), self._at(at + 1)
        each = (self._at(at - 1) or Item("", "", 0, 0)).words.lower()
        if item is not None and item.value is not None and following is not None and following.table is not None:
            if not following.before and each != "by":
                return self._group(at + 1)
        if item is not None and self._is_doer(item, following):
            return True
        if item is None or not (_is_thing(item) or item.value is not None):
            return False
        if item.table is not None and following is not None and not following.before and _is_text(following):
            if following.column is not None and following.column.table == item.table.full_name:
                item = following
        item.used = True
        self._frame.groups.append(item)
        return True

    def _is_doer(self, item: Item, following: Item | None) -> bool:
        """`made by Kitano`, `written by Irish authors`, `by authors from Ireland`: who did it, not a group."""
        if item.value is not None and each_is_role(self._space, item):
            return False
        if item.value is not None or (item.column is not None and item.column.kind == BOOLEAN) or item.snippet is not None:
            return bool(self._space.table(table_of(item.meaning)).labels) if item.value is not None else True
        same = following is not None and following.value is not None and item.table is not None
        return bool(same and following is not None and table_of(following.meaning) == table_of(item.meaning))

    def _read_measure(self) -> None:
        snippet = next((i for i in self._items if i.snippet and i.snippet.kind == "measures" and not i.used), None)
        if snippet is not None and self._frame.extreme is None:
            snippet.used = True
            self._frame.measured = snippet
            for _, item in [*self._each(kinds.AGGREGATE)]:
                item.used = True
            return
        functions = [*self._each(kinds.AGGREGATE)]
        if not functions:
            return
        at, chosen = next(((a, i) for a, i in functions if i.detail != "SUM"), functions[0])
        column = self._measured_column(at, chosen)
        for _, item in functions:
            item.used = True
        self._frame.function = chosen.detail
        if column is not None:
            column.used = True
            self._frame.measured = column
            for _, counter in [*self._each(kinds.COUNT)]:
                counter.used = True

    def _measured_column(self, at: int, item: Item) -> Item | None:
        wanted = (lambda i: _is_number(i) or _is_date(i)) if item.detail in ("MIN", "MAX") else _is_number
        after = [i for i in self._items[at + 1 :] if not i.used and wanted(i)]
        before = [i for i in reversed(self._items[:at]) if not i.used and wanted(i)]
        return next(iter([*after, *before]), None)

    def _read_count(self) -> None:
        for at, item in self._each(kinds.COUNT):
            item.used = self._frame.counting = True
            self._frame.counted = self._counted(at)
            if self._frame.counted is None and not self._frame.groups:
                item.used = False
            return

    def _counted(self, at: int) -> Item | None:
        described = None
        for item in self._items[at + 1 :]:
            if item.kind in (kinds.DISTINCT, kinds.NOT) or (item.used and item.kind == kinds.NAMED and described is None):
                continue
            if item.kind != kinds.NAMED:
                break
            if item.used:
                continue
            if described is not None and item.before:
                break
            if item.table is not None or (item.column is not None and item.column.kind != BOOLEAN and not item.negated):
                if described is None or item.table is not None:
                    item.used = True
                    return item
                break
            described = described or item
        quantity = [i for i in self._items[at + 1 :] if _is_quantity(i) and not i.used]
        if described is not None and described.value is not None and len(quantity) == 1:
            quantity[0].used = True
            return quantity[0]
        back = self._near(at, -1, lambda i: i.table is not None)
        if back is not None:
            back.used = True
            return back
        anywhere = next((i for i in self._items if i.table is not None and not i.used and not i.negated), None)
        if described is None and anywhere is not None:
            anywhere.used = True
            return anywhere
        return described

    def _read_subject(self) -> None:
        """What a list is about, or what is ranked: the first thing that nothing else uses."""
        frame = self._frame
        if frame.counted is not None:
            return
        free = [i for i in self._items if i.kind == kinds.NAMED and not i.used and not i.negated]
        tables = [i for i in free if i.table is not None]
        columns = [i for i in free if i.column is not None and i.column.kind != BOOLEAN]
        plain = [i for i in columns if i.column is not None and i.column.kind != DATE] or columns
        chosen = next(iter(tables), None)
        if chosen is None or (plain and self._items.index(plain[0]) < self._items.index(chosen)):
            chosen = next(iter(plain), None)
        if chosen is None and frame.measured is None:
            chosen = next((i for i in free if i.value is not None or i.snippet is not None), None)
            frame.subject = chosen
            return
        if chosen is not None:
            chosen.used = True
            frame.subject = chosen


def each_is_role(space: Space, item: Item) -> bool:
    """A value that stands for things of another table, such as a party's role."""
    return item.value is not None and not space.table(item.value.column.table).labels


def _is_quantity(item: Item) -> bool:
    column = item.column
    return _is_number(item) and column is not None and bool({"quantity", "qty", "unit"} & set(stems(column.name)) or "quantit" in stems(column.description))


def _is_column(item: Item) -> bool:
    return item.column is not None


def _is_number(item: Item) -> bool:
    return item.column is not None and item.column.kind == NUMBER


def _is_date(item: Item) -> bool:
    return item.column is not None and item.column.kind == DATE


def _is_dated(item: Item) -> bool:
    return _is_date(item) or (_is_number(item) and item.column is not None and "year" in item.column.name.lower())


def _is_text(item: Item) -> bool:
    return item.column is not None and item.column.kind == TEXT


def _is_thing(item: Item) -> bool:
    return item.column is not None or item.table is not None or (item.snippet is not None and item.snippet.kind == "expressions")


def _is_rankable(item: Item) -> bool:
    return _is_number(item) or item.table is not None or (item.snippet is not None and item.snippet.kind == "measures")


def is_context(item: Item, tables: set[str]) -> bool:
    """Whether an item only names a table that the query is about anyway."""
    return item.table is not None and table_of(item.meaning) in tables


__all__ = ["AskBack", "Comparison", "Extreme", "Frame", "Reader", "is_context"]
