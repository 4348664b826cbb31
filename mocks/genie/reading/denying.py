"""What a question denies: values that things shall not have, columns that are empty, things without others."""

from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import LIGHT, TIES
from mocks.genie.language.words import stem
from mocks.genie.reading.comparing import Comparing
from mocks.genie.reading.frame import is_column
from mocks.genie.reading.items import Item

# What stands between a verb and what it is done to.
_OF_THINGS = frozenset(("a", "an", "any", "for", "to", "in", "on", "at", "with"))

_LEAVING_OUT = frozenset(("excluding", "except", "exclude", "excludes", "other than", "without"))
_CLAUSE = frozenset(("that", "which", "who", "where", "whose"))
# What stands between several values of one column, or before the next of them.
_LISTING = frozenset(("and", "or", "nor", "in", "from", "at", "by", "of"))


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
            if following is not None and thing is not None and self._is_verb_of(following, thing):
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
                self._deny_also(following)
                self._use_twins(following)
                if following.table is not None and thing is not None and thing.before in ("a", "an", "any"):
                    thing.negated = thing.table is not None or thing.negated
        self._read_presence()

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
            other.negated = denied.negated

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

    def _is_verb_of(self, verb: Item, thing: Item) -> bool:
        """`never assigned a work order`: the column only says how the thing belongs to it."""
        if verb.column is None or thing.table is None or not set(thing.before.split()) <= _OF_THINGS:
            return False
        others = [i for i in self._items if i.table is not None and i.table != thing.table]
        return verb.column.table == thing.table.full_name and bool(others)
