"""Amounts that are asked for without a part of theirs, or with it: `takings without tips`, `billed before VAT`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED, FULL, WORD
from mocks.genie.knowledge.space import NUMBER, Column, Space
from mocks.genie.knowledge.written import column_of
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import PAYING
from mocks.genie.language.words import stem, stem_set, stems, word_set
from mocks.genie.reading.items import Item, named_tables
from mocks.genie.refusal import AskBack

_OUT = frozenset(("without", "excluding", "exclude", "excludes", "except", "before"))
_WITHOUT = re.compile(
    r"\b(?:without|exclud(?:ing|es)|exclusive of|excl\.?|net of|before|less|minus|not including|free of) ([\w -]+)"
    r"|\b([\w -]+?) (?:(?:is|are) )?(?:excluded|not included|not counted|deducted|excl\b)",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:includ(?:ing|es)|inclusive of|incl\.?|plus|with) ([\w -]+)"
    r"|\b([\w -]+?) (?:(?:is|are) )?(?:included|incl\b)",
    re.IGNORECASE,
)
_NET = stem_set("net untaxed")
_KEYS = tuple((stem(word),) for word in ("id", "no", "number", "code", "key", "year"))
_TAX = stem_set("tax taxes vat gst")
_SUM_WORDS = word_set("amount amounts money sum total value takings revenue sales turnover income")
_NAMELESS = frozenset(("a", "an", "any"))


def with_left_out(items: list[Item], space: Space) -> list[Item]:
    """The items with the number that is without it in place of what is left out.

    Raises: AskBack if nothing tells whether it is part of the number
    """
    for at, item in enumerate(items[:-1]):
        denied = item.kind == kinds.NOT or (item.kind == kinds.COMPARE and not item.numbers)
        if denied and item.words.lower() in _OUT and (told := _Part(items, at, space)).is_amount:
            return told.read()
    return items


class _Part:
    """A part of an amount that is left out of it."""

    def __init__(self, items: list[Item], at: int, space: Space) -> None:
        self._items, self._at, self._space = items, at, space
        self._part = items[at + 1]
        said = set(stems(self._part.words))
        self._said = said | _TAX if said & _TAX else said
        self._own = [
            e.meaning
            for e in self._part.entries
            if isinstance(e.meaning, Column) and e.rank > WORD and e.meaning.kind == NUMBER and not e.meaning.refers
        ]
        self._rest = [*items[:at], *items[at + 2 :]]

    @property
    def is_amount(self) -> bool:
        """Whether a part of a number is left out, and no row for which there is none."""
        part, last = self._part, self._items[self._at - 1] if self._at else None
        if part.kind == kinds.NAMED and not (self._own or part.entries[0].rank <= WORD):
            return False
        if part.kind not in (kinds.NAMED, kinds.UNKNOWN):
            return False
        if _NAMELESS & set(part.before.split()) and last is not None and last.is_thing:
            return False
        return bool(self._own or self._without(self._numbers())) and bool(self._named() or self._asks())

    def read(self) -> list[Item]:
        """The items as they are meant."""
        named = self._named()
        for item in named:
            if left := self._less(_columns(item)):
                entries = tuple(Entry(column, item.entries[0].rank) for column in left)
                return [replace(i, entries=entries) if i is item else i for i in self._rest]
        if named:
            raise AskBack(f"Is {self._part.words} part of {named[0].words}? Say which columns to take.")
        tables = {c.table for c in self._own} or {t.full_name for t in named_tables(self._items)}
        numbers = [c for c in self._numbers() if not tables or c.table in tables]
        found = self._less(numbers)
        if len(found) != 1:
            raise AskBack(f"Which number is it without {self._part.words}? Name its column.")
        return self._placed(
            Item(kinds.NAMED, self._part.words, self._part.at, self._part.end, entries=(Entry(found[0], CURATED),))
        )

    def _placed(self, number: Item) -> list[Item]:
        """The items with the number where it is asked for or compared, else where the part was left out."""
        at, items = self._at, self._items
        if asked := [i for i in self._rest if _is_sum(i)]:
            said = replace(number, words=asked[0].words, before=asked[0].before)
            return [said if i is asked[0] else i for i in self._rest if i not in asked[1:]]
        compared = next((p for p, i in enumerate(items) if i.kind == kinds.COMPARE and i.numbers), None)
        if compared is not None:
            return [*items[:compared], number, *(i for i in items[compared:] if i in self._rest)]
        return [*items[:at], number, *items[at + 2 :]]

    def _less(self, numbers: Sequence[Column]) -> list[Column]:
        """Those of the numbers that are without the part, or else those that are with it, less it."""
        if found := self._without(numbers):
            return found
        parts = {part.table: part for part in self._own}
        whole = [c for c in numbers if c.table in parts and c != parts[c.table] and _tells(_WITH, c, self._said)]
        return [_difference(column, parts[column.table]) for column in whole]

    def _without(self, numbers: Iterable[Column]) -> list[Column]:
        homes = {part.table for part in self._own}
        taxed = bool(self._said & _TAX)
        return [
            c
            for c in numbers
            if c not in self._own
            and (_tells(_WITHOUT, c, self._said) or (taxed and c.table in homes and _NET & set(stems(c.spoken))))
        ]

    def _named(self) -> list[Item]:
        """The numbers that the question names besides."""
        found = [i for i in self._rest if i.kind == kinds.NAMED and i.entries[0].rank > WORD and not _is_sum(i)]
        return [i for i in found if isinstance(i.likeliest, Column) and _is_number(i.likeliest)]

    def _numbers(self) -> list[Column]:
        return [c for c in self._space.columns() if _is_number(c)]

    def _asks(self) -> bool:
        """Whether the question asks for an amount without naming it."""
        asking = any(
            item.kind in (kinds.AGGREGATE, kinds.EXTREME) or (item.kind == kinds.COMPARE and item.numbers)
            for item in self._rest
        )
        return asking or any(_is_sum(item) or stem(item.words) in PAYING for item in self._rest)


def _is_sum(item: Item) -> bool:
    weak = item.kind == kinds.UNKNOWN or (item.kind == kinds.NAMED and item.entries[0].rank < FULL)
    return weak and item.words.lower() in _SUM_WORDS


def _is_number(column: Column) -> bool:
    return column.kind == NUMBER and not column.refers and stems(column.spoken)[-1:] not in _KEYS


def _columns(item: Item) -> list[Column]:
    return [e.meaning for e in item.entries if isinstance(e.meaning, Column) and _is_number(e.meaning)]


def _tells(pattern: re.Pattern[str], column: Column, said: set[str]) -> bool:
    """Whether the comment of a number says that of one of the words."""
    return any(said & set(stems(found[1] or found[2])) for found in pattern.finditer(column.description))


def _difference(whole: Column, part: Column) -> Column:
    """The one less the other, which may be empty."""
    one, other = (column_of(column).sql("databricks") for column in (whole, part))
    other = other if part.filled == 1 else f"COALESCE({other}, 0)"
    return replace(whole, name=f"{whole.name}_less_{part.name}", formula=f"{one} - {other}")
