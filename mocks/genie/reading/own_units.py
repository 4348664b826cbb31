"""Units beside a number: `sown hectares`, `mean moisture pct`, `the weight in kg`, also where it is kept in tonnes."""

import re
from collections.abc import Sequence

from mocks.genie.knowledge.quantities import PERCENT, is_percentage, turned, unit_of
from mocks.genie.knowledge.space import Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import MONEY, unit
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_ASKED_IN = re.compile(r"\b(?:in|how many) ([a-z]+)\b", re.I)
_IN = ("in", "as", "as a", "expressed in", "measured in")


def use_units(items: Sequence[Item]) -> None:
    """Marks units that only tell in what the number named before them is, and turns the number into another unit."""
    for item in items:
        twins = [one for one in items if one.column is not None and one.before not in _IN]
        item.used = item.used or any(item.column is not None and _is_turned(one.column, item.column) for one in twins)
    for at, item in enumerate(items):
        written = item.words.lower()
        number = None if item.used or item.before not in ("", *_IN) else _measured(items[:at], item)
        if number is None or number.column is None:
            continue
        told, own = unit(written), unit_of(number.column)
        other = told is not None and own is not None and item.before in _IN and told.quantity == own.quantity != MONEY
        if (told is not None and told == own) or (written in PERCENT and is_percentage(number.column)):
            item.kind, item.used = kinds.UNKNOWN, True
        elif other and told is not None and own is not None:
            item.kind, item.used, number.meaning = kinds.UNKNOWN, True, turned(number.column, own, told, written)


def in_unit_asked(column: Column, question: str) -> Column:
    """The column in the unit of time that the question asks for: `length in minutes` of what is kept in seconds."""
    own = unit_of(column)
    for written in _ASKED_IN.findall(question):
        told = unit(written)
        if told is not None and own is not None and told.quantity == own.quantity and told != own:
            return turned(column, own, told, written.lower())
    return column


def _measured(before: Sequence[Item], item: Item) -> Item | None:
    """The number just before a unit; behind `in` also one farther off, if it is the only one."""
    numbers = [one for one in before if one.column is not None and is_measure(one)]
    if before and before[-1].column is not None:
        return before[-1]
    return numbers[0] if len(numbers) == 1 and item.before in _IN else None


def _is_turned(column: Column | None, own: Column) -> bool:
    """Whether it is the other in another unit: `hours played` of what is kept in seconds played."""
    return column is not None and column.table == own.table and column.name.startswith(f"{own.name}_in_")
