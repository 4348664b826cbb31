"""What a question denies: values that things shall not have, columns that are empty, things without others."""

from mocks.genie.knowledge.space import BOOLEAN, Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import LIGHT, TIES
from mocks.genie.language.words import stem, stems
from mocks.genie.reading.comparing import Comparing
from mocks.genie.reading.frame import is_column, is_measure, table_of
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

# What stands between a verb and what it is done to.
_OF_THINGS = frozenset(("a", "an", "any", "for", "to", "in", "on", "at", "with"))

_LEAVING_OUT = frozenset(("excluding", "except", "exclude", "excludes", "other than", "without"))
# What denies something of a row, where `no` and `never` deny that there is one.
_OF_ROWS = frozenset(
    ("not", "non", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't", "hasn't", "haven't")
)
_COORDINATED = frozenset(("and", "but", "or", "who", "whose"))
_LESS = frozenset(("net", "without", "before", "excluding", "excl"))
_CLAUSE = frozenset(("that", "which", "who", "where", "whose"))
# What stands between several values of one column, or before the next of them.
_LISTING = frozenset(("and", "or", "nor", "in", "from", "at", "by", "of"))


def _is_without(column: Column, part: Column) -> bool:
    """Whether a number of the same rows is told to be the one without that part: `without the tip`."""
    said = column.description.lower()
    found = (said.partition(f"{word} ")[2] for word in ("without", "excluding", "before", "net of", "excl."))
    return column.table == part.table and any(set(stems(part.spoken)) <= set(stems(rest)) for rest in found if rest)


class Denying(Comparing):
    """The items of one question, and which of them are denied."""

    def _negate(self) -> None:
        for at, item in self._each(kinds.NOT):
            place = at + 1
            while (skipped := self._at(place)) is not None and (
                skipped.kind == kinds.DISTINCT
                or (skipped.kind == kinds.BY and item.words.lower() in ("neither", "nor", "not"))
                or (skipped.kind == kinds.UNKNOWN and stem(skipped.words) in LIGHT | TIES)
            ):
                place += 1
            place = self._left_out(item, place)
            following, thing = self._at(place), self._at(place + 1)
            for skipped in self._items[at + 1 : place]:  # `neither by card nor by invoice`
                skipped.used = skipped.used or (skipped.kind == kinds.BY and following is not None)
            if following is not None and thing is not None and self._is_verb_of(item, following, thing):
                following.used = True
                following = thing
            if following is not None and following.used and following.column is not None:
                meant = following.column
                behind = [i for i in self._items[place:] if not i.used]
                same = (i for i in behind if i.column == meant or (i.value is not None and i.value.column == meant))
                following = next(same, following)
            if following is not None and self._is_denied_already(following):
                item.used = True
                continue
            if following is not None and following.kind in (kinds.NAMED, kinds.LATE, kinds.OVERDUE, kinds.SPAN):
                following.negated = not following.negated
                item.used = True
                self._scope(at, following)
                self._deny_also(following)
                self._use_twins(following)
                if following.table is not None and thing is not None and thing.before in ("a", "an", "any"):
                    thing.negated = thing.table is not None or thing.negated
        self._read_presence()
        self._check_sums()

    def _check_sums(self) -> None:
        """`how much did we bill, not counting VAT`: what is left out of a sum is not the sum.

        Raises: AskBack
        """
        adds = any(item.detail == "SUM" for _, item in self._each(kinds.AGGREGATE))
        left = [item for _, item in self._each(kinds.NAMED) if item.negated and is_measure(item)]
        numbers = [item for _, item in self._each(kinds.NAMED) if is_measure(item) and not item.negated]
        if adds and left and not numbers:
            raise AskBack(f"Which number is it without {left[0].words}? Name its column.")
        told = (f"{item.column.spoken} {item.column.description}" for item in numbers if item.column is not None)
        if adds and left and any(_LESS & set(text.lower().split()) for text in told):
            left[0].used, left[0].negated = True, False  # `the net amount without tax`
        for item in left:
            if item.column is not None and any(_is_without(c, item.column) for c in self._space.columns()):
                item.used, item.negated = True, False  # `at least 200 euros, not counting the tip`

    def _left_out(self, denial: Item, place: int) -> int:
        """`leave out the stages that aren't covered`: where it stands what is said of those that are left out."""
        thing, clause = self._at(place), self._at(place + 1)
        again = thing is not None and any(i.table is not None and i.table == thing.table for i in self._items[:place])
        if thing is None or clause is None or not again or denial.words.lower() not in _LEAVING_OUT:
            return place
        if not _CLAUSE & set(clause.before.split()):
            return place
        thing.used = True
        return place + 1 + (clause.kind == kinds.NOT)

    def _deny_also(self, denied: Item) -> None:
        """`not in Berlin or Hamburg`, `except Berlin, Hamburg and Munich`: the other values of the column as well."""
        for at in range(self._items.index(denied) + 1, len(self._items)):
            other = self._items[at]
            if other.value is None or denied.value is None or other.value.column != denied.value.column:
                return
            if not set(other.before.split()) <= _LISTING:
                return
            other.negated, other.inner = denied.negated, denied.inner

    def _scope(self, at: int, denied: Item) -> None:
        """Whether it is denied of a row, `orders that are not paid`, or that there is such a row: `no paid orders`."""
        said, things = self._items[at].words.lower(), [i for i in self._items[:at] if i.table is not None]
        others = things and any(
            i.column is not None and table_of(i.meaning) != table_of(things[-1].meaning) for i in self._items[:at]
        )
        near = things[-1] if len(things) > 1 or others else None
        own = near is not None and (table_of(denied.meaning) == table_of(near.meaning) or self._at(at - 1) is near)
        if said == "non" or (said in _OF_ROWS and near is not None and own and not near.negated):
            denied = self._described(denied)
            denied.inner = True
        elif denied.table is not None and things:
            self._deny_what_follows(denied, things[0])
        elif things and (thing := self._at(self._items.index(denied) + 1)) is not None and thing.table is not None:
            of_it = not thing.before and thing.table.full_name == table_of(denied.meaning)
            thing.used = thing.used or (of_it and thing.table != things[0].table)

    def _described(self, denied: Item) -> Item:
        """`stays not in the house Fir`: the value that follows the name of its table."""
        following = self._at(self._items.index(denied) + 1)
        if denied.table is None or following is None or following.value is None or following.before:
            return denied
        if table_of(following.meaning) != denied.table.full_name:
            return denied
        denied.negated, denied.used, following.negated = False, True, True
        return following

    def _deny_what_follows(self, denied: Item, subject: Item) -> None:
        """`no stays in the house Fir`: what is said of the rows that there shall not be."""
        for item in self._items[self._items.index(denied) + 1 :]:
            mine = table_of(item.meaning) == table_of(subject.meaning)
            if item.kind != kinds.NAMED or mine or item.negated or _COORDINATED & set(item.before.split()):
                return
            following = self._at(self._items.index(item) + 1)
            if item.table is not None and following is not None and table_of(following.meaning) == item.table.full_name:
                item.used = True
            elif item.value is None and item.snippet is None and not (item.column and item.column.kind == BOOLEAN):
                return
            else:
                item.negated = True

    def _read_presence(self) -> None:
        """`with an unknown phone`, `whose phone is missing`, `a known phone`: whether a column holds something."""
        for at, item in self._each(kinds.MISSING):
            column = self._near(at, -1, is_column) or self._near(at, 1, is_column)
            if column is not None:
                column.negated, item.used = not column.negated, True
        for at, item in self._each(kinds.PRESENT):
            column = self._near(at, 1, is_column) or self._near(at, -1, is_column)
            item.used = True
            if column is not None:
                column.used = True
                self._frame.present.append(column)

    def _is_denied_already(self, item: Item) -> bool:
        """`lack tenure, not tenured`: the same said twice."""
        return item.used and item.column is not None and any(i.negated and i.column == item.column for i in self._items)

    def _use_twins(self, item: Item) -> None:
        """Further words for the same column say the same: `not take part in the on-call rota`."""
        for other in self._items if item.column is not None else ():
            other.used = other.used or (other is not item and other.column == item.column)

    def _is_verb_of(self, denial: Item, verb: Item, thing: Item) -> bool:
        """`never assigned a work order`: the column only says how the thing belongs to it."""
        if verb.column is None or thing.table is None or not set(thing.before.split()) <= _OF_THINGS:
            return False
        others = [i for i in self._items if i.table is not None and i.table != thing.table]
        if not thing.before and (
            verb.column.kind == BOOLEAN or not denial.words.lower().endswith(("never", "not", "n't"))
        ):
            return False  # `without paid orders`
        return verb.column.table == thing.table.full_name and bool(others)
