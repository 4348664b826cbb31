"""Reading comparisons: with a number, with another column, with an average."""

from collections.abc import Callable, Iterator, Sequence

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.names import PARTIAL, WORD
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.quantities import may_be_in
from mocks.genie.knowledge.space import NUMBER, TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit
from mocks.genie.language.words import stems
from mocks.genie.reading.averages import than_average
from mocks.genie.reading.counterparts import behind
from mocks.genie.reading.frame import Comparison, Frame, is_measure, is_number
from mocks.genie.reading.items import Item
from mocks.genie.reading.room import exact_room, room
from mocks.genie.reading.sums import of_rows, read_exact, read_sum

_OF_THEM = frozenset(("of", "our", "the", "these", "those", "their", "different", "separate"))


class Comparing:
    """The items of one question, and their comparisons."""

    def __init__(self, items: Sequence[Item], space: Space, lexicon: Lexicon, graph: JoinGraph) -> None:
        self._items, self._space, self._lexicon, self._graph = items, space, lexicon, graph
        self._frame = Frame()

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

    def _read_comparisons(self) -> None:
        for at, item in self._each(kinds.COMPARE):
            found = than_average(self._items, at) if item.numbers and self._is_times(at) else None
            found = found or (self._with_number(at, item) if item.numbers else self._without_number(at, item))
            following = self._at(at + 1)
            if found is None and following is not None and item.words.lower() in ("over", "under"):
                every = following.kind == kinds.BY  # `over every order`, `over all orders`
                item.used = following.table is not None or following.value is not None or every
                following.used = following.used or every
            if found is not None:
                item.used = True
                self._frame.comparisons.append(found)
        self._frame.comparisons += [*exact_room(self._items), *read_exact(self._items)]

    def _is_times(self, at: int) -> bool:
        """`more than 2 times the average`, where `over 120 min` is no minimum, nor `over 80 on average`."""
        usual = self._at(at + 1)
        return (
            usual is not None
            and usual.detail in ("AVG", "MEDIAN")
            and not (usual.before or "on" in usual.words.lower().split())
        )

    def _with_number(self, at: int, item: Item) -> Comparison:
        found = Comparison(item)
        following = self._at(at + 1)
        named = following is not None and not following.before and following.rank > WORD
        named = named and following is not None and (is_number(following) or bool(of_rows(following, self._items)))
        measured = unit(following.words) if following is not None and not named and not following.before else None
        if following is not None and measured is not None:
            following.used = True
            found.unit = measured
            following = self._at(at + 2) if at + 2 < len(self._items) else None
        if (told := self._told(at, following)) is not None:
            found.of = told
            return found
        if following is not None and self._is_unit_of(self._at(at - 1), following):
            following.used = True
            following = None
        if following is not None and not {*following.before.split()} - _OF_THEM and not following.used:
            target = self._described_table(at + 1)
            if is_number(following) or target is not None:
                chosen = target or following
                found.of = chosen.column or chosen.table
                chosen.used = True
                self._drop_same(at, found.of)
                return found
        own = found.unit

        def is_measured(item: Item) -> bool:
            number = is_measure(item) or (is_number(item) and item.rank >= PARTIAL)  # no key, as of `jobs of 100 euros`
            return item.column is not None and number and (not own or may_be_in(item.column, own))

        column = self._near(at, -1, is_measured, 2) or self._near(at, 1, is_measured, 2)
        if column is not None:
            found.of = column.column
            self._use_beside(column, following)
        elif not item.dimension:
            read_sum(found, self._items, self._lexicon)
        return found

    def _use_beside(self, number: Item, following: Item | None) -> None:
        """Uses a number, and what says the same beside it."""
        number.used = True
        if following is not None and number.column in (of_rows(following, self._items), following.column):
            following.used = True  # `over 60 minutes`, of minutes that are summed up elsewhere
        counter = self._at(self._items.index(number) - 1)
        if counter is not None and counter.kind == kinds.COUNT and self._items.index(counter) > 0:
            counter.used = True  # `wards whose number of beds exceeds 20`

    def _happening(self, at: int, times: Item) -> Table | None:
        """`ordered more than 8 times`: what is counted is a table, also one that the verb just before may name."""
        if times.words.lower() not in ("times", "time") or times.before:
            return None
        things = [i for i in self._items[:at] if not i.used and (i.table is not None or i is self._at(at - 1))]
        named = [e.meaning for e in things[-1].entries if isinstance(e.meaning, Table)] if len(things) > 1 else []
        found = self._event_between(things, at) or things[-1].table or next(iter(named), None) if named else None
        if found is not None:
            things[-1].used = True
        return found or self._repeated(at)

    def _repeated(self, at: int) -> Table | None:
        """`cities flown to three times`, `kinds reported more than once`: so many rows with that in their column."""
        kinds_of = [i.column for i in self._items[:at] if i.column is not None and i.column.kind == TEXT]
        home = self._space.table(kinds_of[0].table) if kinds_of and not kinds_of[0].unique else None
        named = [i for i in self._items[:at] if i.table is not None]
        if home is None or any(item.table != home for item in named) or len({*kinds_of}) > 1:
            return None
        for item in named:
            item.used = True
        return home

    def _event_between(self, things: Sequence[Item], at: int) -> Table | None:
        """`members who rented machines more than 4 times`: of the rentals, which refer to both, there are so many."""
        ends = {i.table.full_name for i in (things[0], things[-1]) if i.table is not None}
        about = map(self._graph.about, ends)
        both = set[str].intersection(*about) - ends if len(ends) > 1 else set[str]()
        said = {m.full_name for i in self._items[:at] for e in i.entries if isinstance(m := e.meaning, Table)} & both
        found = said or both
        return self._space.table(found.pop()) if len(found) == 1 else None

    def _told(self, at: int, following: Item | None) -> Table | Column | None:
        """What words around it tell of what the number is: how often something happened, how many have room."""
        if following is not None and (happening := self._happening(at, following)) is not None:
            following.used = True
            return happening
        return self._often(at) or room(self._items, at)

    def _often(self, at: int) -> Table | None:
        """`paid more than once`: of what the verb tells there are so many rows."""
        if not {"once", "twice", "thrice"} & set(self._items[at].words.lower().split()):
            return None
        verbs = [item for item in self._items[:at] if item.kind == kinds.UNKNOWN]
        told = next((meant for verb in verbs if isinstance(meant := verb.likeliest, Table)), None)
        following = self._at(at + 1)
        return told or (self._repeated(at) if following is None or following.before else None)

    def _is_unit_of(self, number: Item | None, thing: Item) -> bool:
        """`seats at least 180 people`, `a capacity of more than 30 students`: of what the number is one."""
        column = number.column if number is not None and number.rank > WORD else None
        if column is None or column.kind != NUMBER or thing.table is None or thing.before:
            return False
        said = {*stems(column.spoken), *stems(column.description)}
        return is_of_people(thing.table) or bool(said & set(stems(thing.words)))

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

    def _without_number(self, at: int, item: Item) -> Comparison | None:
        return than_average(self._items, at) or self._with_column(at, item)

    def _with_column(self, at: int, item: Item) -> Comparison | None:
        """`stock lower than the reorder level`, `closed after the due date`."""
        other = behind(self._items, at)
        if other is None or other.column is None:
            return None
        theirs = other.column

        def is_alike(item: Item) -> bool:
            alike = item.column is not None and item.column != theirs and item.column.kind == theirs.kind
            return alike and (is_measure(item) or not is_number(item))

        mine = self._near(at, -1, is_alike, 3)
        other.used = True
        if mine is not None:
            mine.used = True
        return Comparison(item, mine.column if mine else None, other.column)
