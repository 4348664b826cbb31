"""How long a thing lasts, where a question names no days: `length of stay`, `how long does it take`, `over 30 days`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED, HEAD, QUANTITY, SAID
from mocks.genie.knowledge.periods import lasts
from mocks.genie.knowledge.quantities import unit_of
from mocks.genie.knowledge.roles import by_dimension, dates
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import TIME, UNITS, Unit, unit
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.items import Item, named_tables

_UNITS = frozenset(word for word, unit in UNITS.items() if unit.quantity == TIME and len(word) > 1)
_LENGTH = stem_set(
    "long length duration time elapsed runtime last lasts lasted lasting take takes took taken turnaround wait"
    " waited waiting"
)
_SPOKEN = _LENGTH | stem_set("spent actual run running total stay visit session call")
_LONG = ("long", "short")
_OTHER = stem_set("""
due deadline expected promised agreed planned target scheduled birth born dob updated modified changed loaded synced
estimated valid expiry
""")
_TENURE = re.compile(
    r"\b(?:here|with us|around|on board|in (?:the |our )?(?:job|service|company|firm|team|house|fleet|programme))"
    r"(?: for)?(?: the)? (?:longest|shortest)\b|\b(?:longest|shortest)[- ](?:serving|standing|tenured|running)\b"
    r"|\b(?:longest|shortest)\b.*\b(?:with us|tenure|seniority)\b",
    re.IGNORECASE,
)
_MEASURES = stem_set("""
last lasts lasted take takes took taken run runs ran weigh weighs weighed measure measures measured span spans spanned
cover covers covered show shows showed
""")
_WEAK = stem_set("take takes took taken last time wait waited waiting")


def lasting(space: Space, items: Sequence[Item], question: str) -> Iterator[tuple[int, Column | tuple[Column, Column]]]:
    """Which item asks how long something lasts, and the number that tells it or the two days between which it lies."""
    place = next((at for at, item in enumerate(items) if is_length(item)), None)
    compared = next((at for at, item in enumerate(items) if _is_compared(items, at)), None)
    at = place if place is not None else compared
    ranked = next((at for at, item in enumerate(items) if item.kind == kinds.EXTREME and item.dimension in _LONG), None)
    if place is None and compared is None and ranked is not None:
        at = None if by_dimension(items[ranked].dimension, _tables(space, items)[:1]) else ranked
        compared = at
    asked = "how long" in question.lower() or any(stem(i.words) in _LENGTH - _WEAK for i in items)
    asked = asked or compared is not None or any(i.kind == kinds.AGGREGATE and i.detail != "SUM" for i in items)
    if at is None or not asked:
        return
    asked_in = unit(items[compared + 1].words) if compared is not None and compared == at and ranked != at else None
    lengths = [found for table in _tables(space, items) if (found := _length_of(table, asked_in)) is not None]
    if len(lengths) == 1 and not _is_too_fine(lengths[0], asked_in):
        yield at, lengths[0]


def _is_too_fine(length: Column | tuple[Column, Column], asked_in: Unit | None) -> bool:
    """Whether a stretch from day to day is asked for in hours, which are those of something else: `over 60 hours`."""
    days = not isinstance(length, Column) and not all(day.timed for day in length)
    return days and asked_in is not None and asked_in.size < UNITS["day"].size


def tenured(space: Space, items: list[Item], question: str) -> list[Item]:
    """`who has been with us longest`: the first by the day on which it began, in place of the longest."""
    for at, item in enumerate(items):
        began = _began(_tables(space, items)) if item.kind == kinds.EXTREME and item.dimension in _LONG else None
        if began is not None and _TENURE.search(question):
            first = replace(item, detail="first" if item.dimension == "long" else "last", dimension="")
            day = Item(kinds.NAMED, item.words, item.end, item.end, entries=(Entry(began, CURATED),))
            return [*items[:at], first, day, *items[at + 1 :]]
    return items


def _began(tables: Sequence[Table]) -> Column | None:
    days = [c for table in tables[:1] for c in dates(table) if not _OTHER & set(stems(c.spoken))]
    whole = [c for c in days if c.filled == 1] or days
    return whole[0] if len(whole) == 1 else None


def without_lengths(items: list[Item]) -> list[Item]:
    """The items without words that only say what a number beside them is: `duration, minutes`, `lasted over 5 h`."""
    items = [item for at, item in enumerate(items) if not _only_measures(items, at)]
    number = any(_is_told(item) for item in items)
    return [item for item in items if not (number and item.kind == kinds.UNKNOWN and is_length(item))]


def _is_told(item: Item) -> bool:
    """Whether it names a number of seconds, minutes or the like."""
    column = number_of(item)
    return column is not None and bool(_UNITS & set(stems(column.spoken)))


def is_length(item: Item) -> bool:
    tops = [entry.meaning for entry in item.entries if entry.rank >= HEAD]
    said = set(stems(item.words))
    named = any(not isinstance(top, Column) or said & set(stems(top.spoken)) for top in tops)
    return item.kind in (kinds.NAMED, kinds.UNKNOWN) and said <= _LENGTH and not named


def _is_compared(items: Sequence[Item], at: int) -> bool:
    """`over 30 days` and `longer than 30 days`, beside no number that the tables hold."""
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    unit = following is not None and stem(following.words) in _UNITS and not following.before
    return item.kind == kinds.COMPARE and bool(item.numbers) and unit and not any(map(number_of, items))


def number_of(item: Item) -> Column | None:
    """The column of numbers that it most likely names."""
    top = item.entries[0] if item.entries else None
    column = top.meaning if top is not None and top.rank >= HEAD else None
    return column if isinstance(column, Column) and column.kind == NUMBER else None


def _tables(space: Space, items: Sequence[Item]) -> list[Table]:
    """The tables that the items speak of, those that they name before those whose values or columns they name."""
    named, others = list[Table](), list[Table]()
    for item in items:
        for entry in item.entries if not is_length(item) else ():
            meaning = entry.meaning
            if isinstance(meaning, Table) and entry.rank >= min(SAID, item.entries[0].rank):
                named.append(meaning)
            elif isinstance(meaning, Value | Column) and entry.rank == item.entries[0].rank >= HEAD:
                others.append(space.table((meaning.column if isinstance(meaning, Value) else meaning).table))
    return list(dict.fromkeys((*named, *others)))


def _only_measures(items: Sequence[Item], at: int) -> bool:
    """`lasted longer than 2 hours`: the unit says of what kind the number is."""
    after = items[at + 1 : at + 3]
    weak = items[at].kind == kinds.UNKNOWN or (items[at].kind == kinds.NAMED and items[at].entries[0].rank <= QUANTITY)
    measured = len(after) == 2 and after[0].kind == kinds.COMPARE and unit(after[1].words) is not None
    return weak and measured and bool(after[0].numbers) and stem(items[at].words) in _MEASURES


def _length_of(table: Table, asked_in: Unit | None) -> Column | tuple[Column, Column] | None:
    numbers = [c for c in table.columns if asked_in is not None and unit_of(c) == asked_in]
    numbers = numbers or [c for c in table.columns if c.kind == NUMBER and _tells_length(c)]
    if numbers:
        return numbers[0] if len(numbers) == 1 else None
    begin, end = lasts(table)
    return (begin, end) if begin is not None and end is not None else ends_of(dates(table))


def ends_of(days: Sequence[Column]) -> tuple[Column, Column] | None:
    """When it began and when it ended, where of two days one comes first; days of birth and deadlines are no such."""
    days = [c for c in days if not _OTHER & {*stems(c.spoken), *stems(c.name)}]
    if len(days) != 2:
        return None
    first, last = days
    if first.filled < last.filled:
        first, last = last, first
    later = last.filled < first.filled or first.last <= last.last
    return (first, last) if first.first <= last.first and later else None


def _tells_length(column: Column) -> bool:
    said = set(stems(column.spoken))
    return bool(said & _UNITS) and said <= _UNITS | _SPOKEN


def without_owners(items: list[Item]) -> list[Item]:
    """The items without the thing in `between the issue of a bill and its settlement`, `from bill sent to paid`."""
    for at, item in enumerate(items[:-2]):
        thing = any(isinstance(e.meaning, Table) for e in item.entries)
        ended = items[at + 2].before.split()[:1] in (["and"], ["to"], ["until"])
        if thing and ended and {"from", "between"} & set(item.before.split()) and not items[at + 1].before:
            return [*items[:at], replace(items[at + 1], before=item.before), *items[at + 2 :]]
    for at, item in enumerate(items[1:-1], 1):
        thing = bool(named_tables([item]))
        ended = items[at + 1].before.split()[:1] in (["and"], ["to"], ["until"])
        if thing and ended and item.before.split()[:1] == ["of"]:
            return [*items[:at], *items[at + 1 :]]
    return items
