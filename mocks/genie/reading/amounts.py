"""What a question measures and counts, and in which order it wants the result."""

from collections.abc import Sequence

from mocks.genie.knowledge.names import CURATED, PARTIAL, QUANTITY, SAID, WORD
from mocks.genie.knowledge.roles import adds_up, is_money, main_number
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.grammar import HOW_OFTEN
from mocks.genie.language.units import unit_among
from mocks.genie.language.verbs import PAYING, is_participle, is_verb
from mocks.genie.language.words import is_plural, stem, stem_set, stems
from mocks.genie.reading.frame import is_date, is_measure, is_number, is_quantity, table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.scopes import Scopes

_DAY = stem_set("date day time month year week quarter when on at since until deadline")


class Amounts(Scopes):
    """Reads measures, counts and orders of one question."""

    def _read_order(self) -> None:
        """`sorted by price`, `in descending order`: of what is measured, where nothing else is named."""
        descending = any(item.detail == "desc" for _, item in self._each(kinds.ORDER))
        sorts = [*self._each(kinds.SORT)]
        for at, item in sorts:
            item.used = True
            after = at + 1
            while (following := self._at(after)) is not None and following.kind in (kinds.COUNT, kinds.AGGREGATE):
                following.used = True
                after += 1
            named = self._at(after)
            if named is not None and named.kind == kinds.NAMED and not named.used:
                named.used = True
                self._frame.order.append((named if after == at + 1 else None, descending))
            elif after > at + 1:
                self._frame.order.append((None, descending))
            else:
                item.used = False
        for _, item in self._each(kinds.ORDER):
            item.used = True
            if not sorts:
                self._frame.order.append((None, descending))

    def _read_measure(self) -> None:
        snippet = next((i for i in self._items if i.snippet and i.snippet.kind == "measures" and not i.used), None)
        if snippet is not None and self._frame.extreme is None:
            snippet.used = True
            self._frame.measured = snippet
            counts = [
                item for at, item in self._each(kinds.COUNT) if self._at(at + 1) is snippet
            ]  # `how many regulars`
            asked = [item for _, item in self._each(kinds.AGGREGATE)]
            for item in [*counts, *asked]:
                item.used = True
            self._frame.function = next((item.detail for item in asked if item.detail != "SUM"), "")
            return
        functions = [*self._each(kinds.AGGREGATE)]
        if not functions:
            self._read_units()
            return
        if len(functions) == 1 and self._is_having(*functions[0]):
            return
        at, chosen = next(((a, i) for a, i in functions if i.detail != "SUM"), functions[0])
        column = self._measured_column(at, chosen) or self._summed(chosen)
        for _, item in functions:
            item.used = (
                column is not None or item.detail == chosen.detail or chosen.detail == "AVG" == functions[0][1].detail
            )
        self._frame.function = chosen.detail
        if column is None and chosen.detail == "AVG" and len(functions) == 1:
            self._read_average_number(at)
        if column is not None:
            column.used = True
            self._frame.measured = column
            self._read_also(functions, chosen, column)
            for at, counter in [*self._each(kinds.COUNT)]:
                thing, described = self._counted_thing(at)
                added = self._added(at, functions[0][0])
                counter.used = not added or (thing is not None and described is None and not thing.used)
                if thing is not None and not thing.used and added:
                    thing.used = True
                    self._frame.also.append(("COUNT", thing))

    def _read_units(self) -> None:
        """`km driven by Ada`: as many of the unit as there are in all, where nothing else says what to do with them."""
        first = self._items[0] if self._items else Item("", "", 0, 0)
        alone = self._frame.extreme is None and not [*self._each(kinds.COUNT)] and not self._frame.share
        column = (
            first.column
            if first.rank in (QUANTITY, SAID, CURATED) and not first.used and unit_among(first.words) is not None
            else None
        )
        if column is not None and alone and adds_up(column, asked=True):
            first.used = True
            self._frame.function, self._frame.measured = "SUM", first

    def _read_average_number(self, at: int) -> None:
        """`average orders per customer`: of several the number is meant, where `average order` is about an amount."""
        counted, per = self._at(at + 1), next(iter(self._frame.groups), None)
        if counted is None or counted.table is None or counted.used or per is None or per.table is None:
            return
        to, last = per.table.full_name, counted.words.lower().split()[-1]
        if len(self._frame.groups) > 1 or not is_plural(last):
            return
        if to != counted.table.full_name and self._graph.path(counted.table, to) is not None:
            counted.used = self._frame.counting = True
            self._frame.counted = counted

    def _is_having(self, at: int, item: Item) -> bool:
        """`branches with an average income above 80,000`: a condition on what is put together for each of them."""
        things = [i for i in self._items[:at] if i.table or (i.column and (i.column.refers or not is_number(i)))]
        for comparison in self._frame.comparisons:
            column = comparison.of if isinstance(comparison.of, Column) and comparison.other is None else None
            alone = not any(is_measure(i) and not i.used for i in self._items)
            on_average = "average" in item.words.lower() and item.words.lower().startswith("on")
            behind = self._items.index(comparison.item) > at or on_average
            if things and column is not None and column.kind == NUMBER and alone and behind and not self._frame.groups:
                item.used = True
                comparison.function = item.detail
                return True
        return False

    def _read_also(self, functions: Sequence[tuple[int, Item]], chosen: Item, column: Item) -> None:
        """`the lowest and the highest price`: more than one number of the same rows."""
        for at, item in functions:
            if item is chosen or not self._added(at, self._items.index(chosen)):
                continue
            own = next((i for i in self._items[at + 1 :] if i.kind in (kinds.NAMED, kinds.AGGREGATE)), None)
            if own is not None and own.kind == kinds.AGGREGATE and not own.before:
                continue  # `average total amount`
            if own is not None and is_number(own) and own is not column:
                own.used = True
                self._frame.also.append((item.detail, own))
            elif item.detail != chosen.detail:
                self._frame.also.append((item.detail, column))

    def _added(self, one: int, other: int) -> bool:
        """Whether `and` stands between two places."""
        between = self._items[min(one, other) + 1 : max(one, other) + 1]
        return any({"and", "plus", "with"} & set(item.before.split()) for item in between)

    def _measured_column(self, at: int, item: Item) -> Item | None:
        wanted = (lambda i: is_measure(i) or is_date(i)) if item.detail in ("MIN", "MAX") else is_measure
        after = [i for i in self._items[at + 1 :] if not i.used and wanted(i)]
        before = [i for i in reversed(self._items[:at]) if not i.used and wanted(i)]
        first = next(iter([*after, *before]), None)
        if first is None or first.column is None or not is_money(first.column) or first.column.formula:
            return first
        timed = [i for i in before if i.column is not None and i.column.formula]
        return next(iter(timed), first)  # `how long do we wait for the money`

    def _summed(self, item: Item) -> Item | None:
        """`the sum of all sales`: of the one column that a curator adds up among the things that are named."""
        named = [i for i in self._items if i.table is not None and not i.negated]
        found = {c: i for i in named for c in (i.table.columns if i.table else ()) if is_money(c) and adds_up(c)}
        if len(found) != 1 or "sum" not in item.words.lower() or "SUM" not in next(iter(found)).aggregates:
            return None
        column, thing = found.popitem()
        thing.used = True
        return Item(kinds.NAMED, column.spoken, -1, -1, meaning=column)

    def _read_count(self) -> None:
        for at, item in self._each(kinds.COUNT):
            if self._is_of_number(at):
                item.used = True
                continue
            if self._frame.counted is not None:
                return
            item.used = self._frame.counting = True
            self._frame.counted = self._counted(at)
            self._count_events(item)
            if self._frame.counted is None and (not self._frame.groups or self._frame.measured is not None):
                item.used = False
            if self._frame.function == "AVG" and not self._frame.groups and not self._frame.grain:
                per = next((i for i in self._items[at + 1 :] if i.table is not None and not i.used), None)
                if per is not None:
                    per.used = True
                    self._frame.groups.append(per)
            return

    def _count_events(self, counter: Item) -> None:
        """`how often has each member hired a boat`: the hires, which refer to both, and no different boats."""
        counted, by = self._frame.counted, next(iter(self._frame.groups), None)
        if counter.words.lower() not in HOW_OFTEN or counted is None:
            return
        if by is None:
            event = self._only_event(counted)
        else:
            event = self._event_between([by, counted], len(self._items)) if counted.table != by.table else None
        if event is not None:
            self._frame.counted = Item(kinds.NAMED, event.spoken, -1, -1, meaning=event, used=True)

    def _only_event(self, thing: Item) -> Table | None:
        """`how many times was a customer refunded`: the payments of which that is said, which refer to customers."""
        named = {table_of(i.meaning) for i in self._items if i.kind == kinds.NAMED and i is not thing} - {""}
        of = table_of(thing.meaning)
        events = self._graph.about(of) & named
        deeds = {i.table for i in self._items if i.table is not None and i.kind == kinds.NAMED and self._is_deed(i)}
        events = events or {deed.full_name for deed in deeds if self._graph.reaches(deed, of)}
        others = (self._space.table(name) for name in named)  # `did guests review us`
        events = events or {other.full_name for other in others if self._graph.reaches(other, of)} - {of}
        return self._space.table(events.pop()) if thing.table is not None and len(events) == 1 else None

    def _read_event(self) -> None:
        """`bookings by month`: how many there were, where nothing else is asked of each period or group."""
        frame = self._frame
        asked = frame.counted or frame.measured or frame.function or frame.extreme or frame.share
        event = self._event() if not asked and (frame.grain or frame.groups) else None
        if event is None or event.column is None:
            return
        if stem(event.words) in PAYING and is_verb(event.words):
            amount = main_number(self._space.table(event.column.table))
            frame.measured = Item(kinds.NAMED, event.words, -1, -1, meaning=amount, used=True) if amount else None
        frame.counted = event if frame.measured is None else None
        frame.counting = frame.counted is not None

    def _event(self) -> Item | None:
        """`discharges in May`: what happened on a day, where a column says when and no table is called so."""
        named = [i for i in self._items if i.kind == kinds.NAMED and not i.negated]
        days = [
            i
            for i in named
            if is_date(i) and i.rank > WORD and not _DAY & set(stems(i.words)) and i not in self._frame.groups
        ]
        others = [i for i in named if i.table is not None or (i not in days and not i.used and i.value is None)]
        return days[0] if len({i.column for i in days}) == 1 and not others else None

    def _drop_existence(self) -> None:
        """`the average number of orders of customers with at least one order`: others are in no average of orders."""
        counted = self._frame.counted.table if self._frame.counted is not None else None
        if counted is None or self._frame.function != "AVG" or self._frame.measured is not None:
            return
        said = {(">", 0.0), (">=", 1.0)}
        self._frame.comparisons = [
            c for c in self._frame.comparisons if c.of != counted or (c.item.detail, *c.item.numbers) not in said
        ]

    def _is_of_number(self, at: int) -> bool:
        """`whose number of beds exceeds the mean`: the number is a column, and a comparison is about it."""
        compared = [c.of for c in self._frame.comparisons if isinstance(c.of, Column) and c.item.kind != kinds.NUMBER]
        near = [self._at(at + 1), self._at(at - 1) if self._items[at].words.lower() == "count" else None]
        return any(i is not None and i.used and is_number(i) and i.column in compared for i in near)

    def _counted(self, at: int) -> Item | None:
        thing, described = self._counted_thing(at)
        if thing is not None:
            thing.used = True
            return thing
        quantity = [i for i in self._items[at + 1 :] if is_quantity(i) and not i.used]
        if described is not None and described.value is not None and len(quantity) == 1:
            quantity[0].used = True
            return quantity[0]
        other = self._head(at)
        if other is None and described is None:
            other = next((i for i in self._items if i.table is not None and not i.used and not i.negated), None)
        if other is not None:
            other.used = True
        return other or described or self._deed()

    def _deed(self) -> Item | None:
        """`discharges in May`: what happened on the day that a stretch of time is about, if a noun names that day."""
        dated = [i for i in self._items if i.used and is_date(i) and not i.negated and i.rank >= PARTIAL]
        nouns = [i for i in dated if not is_participle(i.words.split()[-1]) and not _DAY & set(stems(i.words))]
        return nouns[0] if nouns else None

    def _head(self, at: int) -> Item | None:
        """`legs driven with electric vans, number`: of what stands before, the first thing is counted."""
        before = [i for i in self._items[:at] if i.table is not None and not i.used and not i.negated]
        near = self._near(at, -1, lambda i: i.table is not None and not i.negated)
        return before[0] if before and at == len(self._items) - 1 else near

    def _counted_thing(self, at: int) -> tuple[Item | None, Item | None]:
        """What follows `how many`: a thing, or only what describes one."""
        described = None
        for place, item in enumerate(self._items[at + 1 :], at + 1):
            skipped = item.used and item.kind == kinds.NAMED
            if skipped or item.kind in (kinds.DISTINCT, kinds.NOT):
                continue
            if item.kind != kinds.NAMED or (described is not None and item.before):
                break
            if item.table is not None:
                return item, described
            if item.column is not None and item.rank <= WORD and item.column.kind == BOOLEAN:
                break
            if item.column is not None and not self._describes(place) and not item.negated:
                return (item, None) if described is None else (None, described)
            described = described or item
        return None, described

    def _describes(self, at: int) -> bool:
        """A flag, or the day of what befell the thing that follows: `retired aircraft`."""
        column, following = self._items[at].column, self._at(at + 1)
        assert column is not None
        if column.kind != DATE or column.filled == 1 or following is None or following.before:
            return column.kind == BOOLEAN
        return following.table is not None and following.table.full_name == column.table
