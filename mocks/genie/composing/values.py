"""Conditions on values: of one column either of several, of rows elsewhere each of them."""

from collections.abc import Callable, Sequence

from sqlglot import exp

from mocks.genie.composing.comparisons import Comparisons
from mocks.genie.composing.narrowing import literal
from mocks.genie.composing.query import Query
from mocks.genie.knowledge.links import Link
from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.knowledge.written import column_of, is_null, not_null
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import KINDS
from mocks.genie.language.verbs import TIES
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.wholes import excludes
from mocks.genie.refusal import AskBack, NotJoined

_STATES = stem_set("status state stage phase active stat")
_BESIDE = frozenset(("and", "or"))
_ALL, _ANY = frozenset(("and", "both", "plus", "also")), frozenset(("or", "either"))


class Values(Comparisons):
    """The conditions on values of one question."""

    def _values(self, query: Query, chosen: Callable[[Item], bool]) -> None:
        found: dict[tuple[Link | None, Column, bool, bool], list[Item]] = {}
        link: Link | None = None
        for at, item in enumerate(self._items):
            value = item.value
            if value is None or item.kind != kinds.NAMED or not chosen(item):
                continue
            item.used = True
            last = self._items[at - 1] if at else None
            alike = last is not None and last.value is not None and last.value.column == value.column
            link = link if alike and _BESIDE & set(item.before.split()) else self._roles.link(query.base, at)
            if link is None and self._by_day(query, at, value):
                continue
            if link is None:
                self._check_lack(query, at, value)
                self._check_piece(query, item, value)
            found.setdefault((link, value.column, item.negated, item.inner), []).append(item)
        for (link, column, negated, _), items in found.items():
            self._valued(query, link, column, items, negated)

    def _valued(self, query: Query, link: Link | None, column: Column, items: Sequence[Item], negated: bool) -> None:
        values = [item.value for item in items if item.value is not None]
        place = link.left if link is not None else column
        either = _holds(column, values)
        several = not negated and not query.reaches(place) and self._is_all_of(items)
        if several:
            each = [_holds(column, [value]) for value in values]
            query.filter_each(place, [query.referring(link, one) if link else one for one in each])
        else:
            query.filter(place, query.referring(link, either) if link else either, negated, items[0].inner)
        texts = dict.fromkeys(text for value in values for text in value.texts)
        denied = "none but " if items[0].inner and not negated else "not " if negated else ""
        told = f"{denied}{(' and ' if several else ' or ').join(texts)}"
        self.notes.append(f"{place.name} {told}")

    def _is_all_of(self, items: Sequence[Item]) -> bool:
        """`bought a Bell and a Rover`, but not `a Bell or a Rover`."""
        first, last = self._items.index(items[0]), self._items.index(items[-1])
        between = {word for item in self._items[first + 1 : last + 1] for word in f"{item.before} {item.lead}".split()}
        leading = {*items[0].before.split(), *items[0].lead.split()}
        return len(items) > 1 and bool(_ALL & (between | leading)) and not _ANY & (between | leading)

    def _by_day(self, query: Query, at: int, value: Value) -> bool:
        """`not shipped yet`, `shipped orders that were returned`: said of the day, where the state is another one."""
        day = self._undone(self._items[at], value)
        if day is not None:
            query.filter(day, is_null(day))
            self.notes.append(f"{day.name} is empty")
            return True
        day = self._gone_through(at, value) if not self._items[at].negated else None
        if day is not None:
            query.filter(day, not_null(day))
            self.notes.append(f"{day.name} is not empty")
        return day is not None

    def _check_lack(self, query: Query, at: int, value: Value) -> None:
        """`customers without a phone` have no phone, whatever else is by phone in rows elsewhere.

        Raises: AskBack
        """
        item = self._items[at]
        one = item.negated and bool({"a", "an", "any"} & set(item.before.split()))
        state = bool(_STATES & set(stems(value.column.spoken))) and self._is_adjective(at, query.base)
        kind = item.several and bool(KINDS & set(stems(value.column.spoken)))  # `houses without suites`
        belongs = kind and value.column.table in self._graph.about(query.base.full_name)
        lacking = (one or self._is_lacking(at)) and not (belongs or self._is_done(at, value.column))
        if (lacking or state) and not query.reaches(value.column):
            self._check_own(query, item, value.column)

    def _check_piece(self, query: Query, item: Item, value: Value) -> None:
        """`fracture admissions`: a word inside other texts is of the things that the question names.

        Raises: NotJoined
        """
        named = {table_of(other.meaning) for other in self._items if other is not item}
        if value.inner and not query.reaches(value.column) and value.column.table not in named:
            raise NotJoined(f"{query.base.name} has no {item.words!r} of its own. Where shall it be?")

    def _is_adjective(self, at: int, base: Table) -> bool:
        """`active customers`: a state before a noun is that of the noun, and of nothing that belongs to it."""
        following = self._items[at + 1] if at + 1 < len(self._items) else None
        return following is not None and following.table == base and not following.before

    def _check_own(self, query: Query, item: Item, column: Column) -> None:
        if column.table not in {query.base.full_name, *(i.table.full_name for i in self._items if i.table)}:
            raise AskBack(f"{query.base.name} has no {item.words} of its own. Without what shall they be?")

    def _is_lacking(self, at: int) -> bool:
        before = self._items[at - 1] if at else None
        return before is not None and before.kind == kinds.NOT and before.words.lower() in ("no", "without")

    def _is_done(self, at: int, column: Column) -> bool:
        """`bought no Rover`, `bought a Bell and no Rover`: it says of which rows elsewhere there are none."""
        verbs = [i for i in self._items[:at] if i.kind == kinds.UNKNOWN and stem(i.words) in TIES]
        others = (i.value for i in self._items[:at] if i.kind == kinds.NAMED and i.value is not None)
        return bool(verbs) or any(other.column == column for other in others)

    def _undone(self, item: Item, value: Value) -> Column | None:
        """`not shipped yet`: the day on which a state was reached, empty until then; the state may be a later one."""
        return self._reached(item, value) if item.negated else None

    def _reached(self, item: Item, value: Value) -> Column | None:
        table = self._space.table(value.column.table)
        said = {*stems(value.text), *stems(item.words)}
        days = [c for c in dates(table) if c.filled < 1 and said & set(stems(c.spoken))]
        return days[0] if len(days) == 1 else None

    def _gone_through(self, at: int, value: Value) -> Column | None:
        """`shipped orders that were returned`: the day on which they came to a state that is no longer theirs.

        Raises: AskBack
        """
        for place, item in enumerate(self._items):
            other = item.value if item.kind == kinds.NAMED and not item.negated else None
            if other is None or other.column != value.column or set(other.texts) & set(value.texts):
                continue
            apart = self._items[at] in self._frame.whole and item not in self._frame.whole and self._frame.share
            if apart or (place > at and excludes(self._items, at, place)):
                if (day := self._reached(self._items[at], value)) is None:
                    raise AskBack(f"How can {value.column.name} be both {value.text!r} and {other.text!r}?")
                return day
        return None


def _holds(column: Column, values: Sequence[Value]) -> exp.Expr:
    """That the column holds one of the values, or what they have in common."""
    texts = dict.fromkeys(text for value in values if not value.pattern for text in value.texts)
    plain = [exp.Literal.number(text) if column.kind == NUMBER else literal(text) for text in texts]
    found: list[exp.Expr] = [exp.EQ(this=column_of(column), expression=one) for one in plain]
    found = [column_of(column).isin(*plain)] if len(plain) > 1 else found
    return exp.or_(*found, *(like(column, value.pattern) for value in values if value.pattern))


def like(column: Column, pattern: str) -> exp.Expr:
    """That a text is like a pattern, in capital letters or small ones."""
    return exp.Like(this=exp.Lower(this=column_of(column)), expression=literal(pattern.lower()))
