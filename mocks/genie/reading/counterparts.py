"""The two columns of a comparison: `paid after it was due`, `sold below list price`, `longer than planned`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import WORD
from mocks.genie.knowledge.quantities import unit_of
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import UNITS
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import is_date, is_measure, table_of
from mocks.genie.reading.items import Item

# What says that a number or a day was meant beforehand, and what says that it came to be.
PLANNED = stem_set("""
planned plan budget budgeted target targeted expected estimated estimate scheduled schedule forecast projected quoted
promised agreed intended anticipated due allowed original
""")
_ACTUAL = stem_set("actual real final realised realized effective true spent total")
_KINDS = _ACTUAL | PLANNED | UNITS.keys() | stem_set("date day time at on dt usd eur gbp amount number")


def with_planned(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where `than planned` names the columns that hold what was planned."""
    tables = {table_of(entry.meaning) for item in items for entry in item.entries[:1]} - {""}
    found = [*items]
    for at, item in enumerate(items[1:], 1):
        before = items[at - 1]
        compared = before.kind == kinds.COMPARE and not before.numbers
        state = item.kind == kinds.NAMED and isinstance(item.likeliest, Value) and not item.before
        weak = item.kind == kinds.UNKNOWN or all(entry.rank <= WORD for entry in item.entries)
        if compared and (weak or state) and stem(item.words) in PLANNED:
            columns = [c for t in space.tables if t.full_name in tables for c in t.columns if is_planned(c)]
            columns = [c for c in columns if c.kind == DATE or not is_of_time(before)]
            if columns:
                item.kind, item.entries = kinds.NAMED, tuple(Entry(column, 3) for column in columns)
    return _without_actual(found)


def is_of_time(comparison: Item) -> bool:
    """Whether it compares days: `later than agreed` is not about a price."""
    return bool({"later", "earlier", "after", "before", "prior"} & set(comparison.words.lower().split()))


def _without_actual(items: list[Item]) -> list[Item]:
    """The items, where `the actual yield` names all numbers of that name but those that were only planned."""
    for at, (item, number) in enumerate(pairwise(items)):
        columns = [e for e in number.entries if isinstance(e.meaning, Column) and e.meaning.kind == NUMBER]
        real = tuple(e for e in columns if isinstance(e.meaning, Column) and not is_planned(e.meaning))
        actual = item.kind == kinds.UNKNOWN and item.words.lower() in ("actual", "real", "effective")
        if actual and not number.before and real and len(real) < len(columns):
            return [*items[:at], replace(number, entries=real, before=item.before), *items[at + 2 :]]
    return items


def planned(item: Item, meaning: Meaning, items: Sequence[Item]) -> float:
    """What speaks against a number that was only planned, where nothing says so and the real one may be meant."""
    if not isinstance(meaning, Column) or meaning.kind != NUMBER or not is_planned(meaning):
        return 0.0
    real = [e.meaning for e in item.entries if isinstance(e.meaning, Column) and e.meaning.table == meaning.table]
    real = [c for c in real if c.kind == NUMBER and not is_planned(c) and unit_of(c) == unit_of(meaning)]
    said = any(PLANNED & set(stems(f"{one.before} {one.words}")) for one in items)
    return 3.0 if real and not said else 0.0


def behind(items: Sequence[Item], at: int) -> Item | None:
    """What something is compared with: the number or the day behind a place, be it behind the thing that has it."""
    first, second = (items[n] if n < len(items) else None for n in (at + 1, at + 2))
    if first is None or first.used or first.kind != kinds.NAMED:
        return None
    if is_measure(first) or is_date(first):
        return first
    owner = first.table is not None or (first.column is not None and first.column.refers)
    if owner and second is not None and not second.used and (is_measure(second) or is_date(second)):
        close = set(second.before.split()) <= {"s", "is", "was", "were", "are", "has", "had", "been", "of", "own"}
        first.used = close
        return second if close else None
    return None


def counterpart(other: Column, near: Iterable[Column]) -> Column | None:
    """What is compared with a column, if nothing says so: what is called like it, or for a day the only other day."""
    alike = [c for c in near if c.kind == other.kind and c != other and not (c.unique and c.keys) and not c.refers]
    alike = [c for c in alike if not _begins(c, other)]
    same = [c for c in alike if _core(other) & _core(c)]
    if other.kind == NUMBER:
        alike = [c for c in alike if unit_of(c) == unit_of(other)]
        same = [c for c in same if unit_of(c) == unit_of(other) or c.spoken.split()[-1] == other.spoken.split()[-1]]
    for chosen in (same, alike if other.kind == DATE or is_planned(other) else []):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _begins(column: Column, other: Column) -> bool:
    """Whether it is the day on which something began that is to be done by another: no day is compared with that."""
    days = column.kind == DATE and column.table == other.table and column.filled == 1
    return days and column.first < other.first and column.last < other.last


def is_planned(column: Column) -> bool:
    """Whether it holds what was meant beforehand."""
    return column.kind in (NUMBER, DATE) and bool(PLANNED & {*stems(column.spoken), *stems(column.name)})


def _core(column: Column) -> set[str]:
    """The words of its name that say what it is of."""
    return set(stems(column.spoken)) - _KINDS
