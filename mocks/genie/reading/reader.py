"""Reading the items of a question: what is measured or counted, by what, of what, and what is the most of it."""

from collections.abc import Callable, Sequence

from mocks.genie.knowledge.space import BOOLEAN, TEXT
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import is_participle
from mocks.genie.reading.frame import (
    Extreme,
    Frame,
    is_date,
    is_measure,
    is_number,
    is_rankable,
    is_role,
    is_table,
    is_text,
    is_thing,
    table_of,
)
from mocks.genie.reading.items import Item
from mocks.genie.reading.lists import is_of_all
from mocks.genie.reading.references import References, asked_role
from mocks.genie.reading.subjects import Subjects
from mocks.genie.reading.wholes import shared_number, whole_of


class Reader(Subjects):
    """Reads one question."""

    def read(self) -> Frame:
        """The frame; what it holds is marked as used."""
        self._settle()
        self._frame.whole = whole_of(self._items)
        self._read_roles()
        self._read_order()
        self._read_extreme()
        self._read_groups()
        if (shared := shared_number(self._items)) is not None:
            self._frame.measured = shared
        else:
            self._read_measure()
        self._read_count()
        self._read_event()
        self._drop_existence()
        self._read_alternatives()
        self._read_subject()
        return self._frame

    def _read_roles(self) -> None:
        """`doctors whose mentor is Ann Lee`: the column only says in which role the value is meant."""
        if (asked := asked_role(self._items, self._graph)) is not None:
            asked.used = True
            self._frame.subject = asked
            return
        roles = References(self._items, self._graph)
        for at, item in self._each(kinds.NAMED):
            if item.value is not None and any(link.left.table == item.value.column.table for link in self._graph.own):
                roles.link(self._space.table(item.value.column.table), at)

    def _read_extreme(self) -> None:
        for at, item in self._each(kinds.EXTREME):
            item.used = True
            following = self._at(at + 1)
            if (
                item.detail == "first"
                and following is not None
                and any(c == following.column for _, c in self._frame.spans)
            ):
                continue
            extreme = self._frame.extreme = Extreme(item, dated=item.detail in ("first", "last"))
            later = [by for by, _ in self._each(kinds.BY) if by > at]
            measured = following is not None and not following.before and is_measure(following)
            if item.dimension and not measured and not any(self._near(by, 1, is_rankable) for by in later):
                self._leading_number(item)
                return
            often = item.words.lower().split()[-1:] in (["often"], ["frequently"])
            extreme.counting = often
            wanted = is_date if extreme.dated else is_table if often else is_rankable
            extreme.by = self._referring(self._ranked_by(at, wanted), often)
            self._leading_number(item)
            numbers = [i for i in self._items if i.kind == kinds.NAMED and not i.used and is_measure(i)]
            if extreme.by is None and item.words.lower() in ("biggest", "largest", "smallest") and len(numbers) == 1:
                extreme.by = numbers[0]
            if extreme.by is not None:
                extreme.by.used = True
            return

    def _referring(self, by: Item | None, often: bool) -> Item | None:
        """`the busiest agent (tickets)`: of two tables the rows of that are counted which refers to the other."""
        if by is None or by.table is None or not often:
            return by
        refers = self._graph.about(by.table.full_name)
        named = [i for i in self._items if i.table is not None and not i.used and not i.negated]
        others = [i for i in named if i.table is not None and i.table.full_name in refers]
        return others[0] if len(others) == 1 else by

    def _leading_number(self, item: Item) -> None:
        """`the five books with the highest price`."""
        for at, number in self._each(kinds.NUMBER):
            following = self._at(at + 1)
            if not item.numbers and following is not None and following.kind == kinds.NAMED and not following.before:
                item.numbers, number.used = number.numbers, True

    def _ranked_by(self, at: int, wanted: Callable[[Item], bool]) -> Item | None:
        if (found := self._ranked_behind(at, wanted)) is not None:
            return found
        after = at + 1
        while (item := self._at(after)) is not None and item.kind in (kinds.COUNT, kinds.AGGREGATE):
            item.used = True
            self._counted_ranking(item)
            if item.kind == kinds.AGGREGATE:
                self._frame.function = item.detail
            after += 1
        counting = after > at + 1
        numbers = self._near(after - 1, 1, lambda i: wanted(i) and i.table is None and "and" not in i.before.split(), 2)
        back = self._near(at, -1, lambda i: wanted(i) and (i.table is None or self._is_counted_before(at)))
        if counting:
            return self._near(after - 1, 1, wanted) if numbers is None else numbers
        if numbers is not None:
            return numbers
        follows = self._near(after - 1, 1, wanted, 2) if not self._items[at].numbers else None
        return follows if follows is not None and self._has_other_thing(follows) else back

    def _ranked_behind(self, at: int, wanted: Callable[[Item], bool]) -> Item | None:
        """`the top customers by total amount`; what is said of each is no rank."""
        for by, said in self._each(kinds.BY):
            if {"each", "every", "per"} & set(said.words.lower().split()):
                continue
            counter = self._at(by + 1)
            if by > at and counter is not None and counter.kind in (kinds.COUNT, kinds.AGGREGATE):
                found = self._near(by + 1, 1, wanted)
                if found is not None:
                    self._items[by].used = counter.used = True
                    self._frame.function = counter.detail
                    self._counted_ranking(counter)
                    return found
            if by > at and counter is not None and counter.table is not None and self._is_ranking(at, by):
                self._items[by].used = True
                if self._frame.extreme is not None:
                    self._frame.extreme.counting = True
                return counter
            found = self._near(by, 1, lambda i: wanted(i) and i.table is None, 2)
            if by > at and found is not None and (found.column is None or found.column.kind != TEXT):
                self._items[by].used = True
                return found
        return None

    def _is_ranking(self, at: int, by: int) -> bool:
        """`top 3 plans by lines`: something else is ranked, by how many of them it has."""
        said = self._items[at].words.lower().split()
        ranked = self._items[at].numbers or {"top", "bottom", "often", "best", "worst"} & set(said)
        others = any(i.table is not None or is_text(i) for i in self._items[at + 1 : by])
        return bool(ranked) and others and self._items[by].words.lower() in ("by", "sorted by")

    def _counted_ranking(self, counter: Item) -> None:
        if self._frame.extreme is not None and counter.kind == kinds.COUNT:
            self._frame.extreme.counting = True

    def _is_counted_before(self, at: int) -> bool:
        """`customers, orders most`; what it is grouped by ranks nothing."""
        grouped = self._at(at - 2)
        if grouped is not None and grouped.kind == kinds.BY:
            return False
        return any(i.table is not None for i in self._items[: at - 1]) or any(
            i.table is not None for i in self._items[at + 1 :]
        )

    def _has_other_thing(self, than: Item) -> bool:
        """Something is asked for besides what it is ranked by."""
        return any(
            i is not than and not i.used and (i.table is not None or is_text(i) or i.value is not None)
            for i in self._items
        )

    def _read_groups(self) -> None:
        frame = self._frame
        self._read_beside_time()
        for at, item in self._each(kinds.BY):
            item.used = True
            place = at + 1
            last, following = self._at(at - 1), self._at(place)
            everyone = item.words.lower() in ("every", "each") and last is not None and not item.before
            if is_of_all(self._items, at) or (everyone and last and last.kind in (kinds.COUNT, kinds.AGGREGATE)):
                continue  # `count every flight`
            if (
                item.words.lower() == "by"
                and following is not None
                and (
                    {"all", "a", "an", "another", "other", "same"} & set(following.before.split())
                    or self._is_deadline(at, following)
                )
            ):
                continue  # `burned by all flights`, `bound by a contract`
            if following is not None and following.used and is_date(following) and (frame.grain or frame.spans):
                continue  # `invoiced per month, going by the day of issue`
            if not self._group(place):
                told = [column for _, column in self._frame.spans if column is not None]
                item.used = following is not None and following.used and following.column in told
                continue
            following = self._at(place + 1)
            place += following is not None and following.used and following in self._frame.groups
            while (
                (more := self._at(place + 1)) is not None
                and more.before in ("and", "and by", ",")
                and is_thing(more)
                and not self._is_done(place + 1)
            ):
                place += 1
                self._group(place)

    def _is_done(self, at: int) -> bool:
        """`edited by Ann and written by Bo`: what was done by somebody else, and nothing to group by."""
        following, item = self._at(at + 1), self._items[at]
        by = following is not None and following.kind == kinds.BY
        told = item.column is not None and (item.column.refers or is_date(item))
        return by and told and is_participle(item.words)

    def _read_beside_time(self) -> None:
        """`per year and kind`, `by year of filing and kind`: what else it is grouped by."""
        for at in [at for at, item in enumerate(self._items) if item.kind == kinds.GRAIN]:
            after = self._at(at + 1)
            more = self._at(at + 2) if after is not None and is_date(after) and after.before.startswith("of") else after
            thing = more is not None and is_thing(more) and not is_date(more) and not is_number(more)
            if more is not None and thing and more.before in ("and", "and by", "and per"):
                self._group(self._items.index(more))

    def _read_alternatives(self) -> None:
        """`the average fee of prepaid and postpaid plans`: of each, as wherever all values of a column are named."""
        values = [i for i in self._items if i.value is not None and not i.negated and i.kind == kinds.NAMED]
        for column in dict.fromkeys(i.value.column for i in values if i.value is not None):
            others = [i for i in values if i.value is not None and i.value.column == column]
            whole = {t for i in others if i.value for t in i.value.texts} >= set(column.values)
            either = self._frame.counting and len(others) > 2  # `how many are employed, students or retired`
            whole = whole and len(others) > 1 and ("and" in others[-1].before.split() or either)
            if not self._are_alternatives(others, whole) or self._frame.groups or self._frame.grain:
                continue
            self._frame.groups.append(Item(kinds.NAMED, column.spoken, -1, -1, meaning=column, used=True))
            for item in others if whole else ():  # they exclude nothing
                item.used, item.kind = True, kinds.UNKNOWN
            return

    def _are_alternatives(self, others: Sequence[Item], whole: bool) -> bool:
        several = (
            whole
            or len(others) > 2
            or any("versus" in i.before.split() for i in others)
            or (len(others) == 2 and self._frame.function == "AVG")
        )
        beside = self._frame.measured and any("versus" in i.before.split() for i in others)
        asked = self._frame.function or self._frame.counting or beside or (self._frame.share and whole)
        shared = self._frame.share and not whole
        return several and bool(asked) and not shared and (whole or not any("or" in i.before.split() for i in others))

    def _is_deadline(self, at: int, day: Item) -> bool:
        """`arrived by the promised date`: in time, where `sales by the day of the order` are grouped."""
        last = self._at(at - 1)
        verb = last is not None and (last.words + self._items[at].before).lower().endswith("ed")
        return is_date(day) and verb and "the" in day.before.split()

    def _group(self, at: int) -> bool:
        item, following = self._at(at), self._at(at + 1)
        each = (self._at(at - 1) or Item("", "", 0, 0)).words.lower()
        of_each = each != "by" and following is not None and following.table is not None and not following.before
        if of_each and item is not None and item.value is not None:
            return self._group(at + 1)
        if item is not None and self._only_owns(item, following):
            item.used = True
            return self._group(at + 1)
        if item is not None and item.used and item.column is not None and item not in self._frame.groups:
            refers = any(link.left == item.column for link in self._graph.links)
            return refers and self._group(at + 1)
        if item is not None and each != "by" and (those := self._those_of_kind(item)) is not None:
            self._frame.groups.append(those)
            return True
        if item is not None and self._is_doer(item, following):
            return True
        if item is None or not (is_thing(item) or item.value is not None):
            return False
        of_it = self._its_column(item, following)
        item.used = True
        item = of_it or item
        item.used = True
        self._frame.groups.append(item)
        return True

    def _is_doer(self, item: Item, following: Item | None) -> bool:
        """`made by Kitano`, `written by Irish authors`, `by authors from Ireland`: who did it, not a group."""
        if item.value is not None and is_role(self._space, item):
            return False
        if (
            item.value is not None
            or (item.column is not None and item.column.kind == BOOLEAN)
            or item.snippet is not None
        ):
            return bool(self._space.table(table_of(item.meaning)).labels) if item.value is not None else True
        same = following is not None and following.value is not None and item.table is not None
        return bool(same and following is not None and table_of(following.meaning) == table_of(item.meaning))
