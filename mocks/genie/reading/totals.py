"""Whether a number of many rows that nothing puts together is meant as their total, or each of them by itself."""

from collections.abc import Sequence

from mocks.genie.knowledge.space import Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit
from mocks.genie.language.words import is_plural, stem, stem_set
from mocks.genie.reading.frame import Frame
from mocks.genie.reading.items import Item

# `the duration of the calls to Lyon`: of each of them.
_TIMES = stem_set("duration length time age")


def is_listed(number: Item, column: Column, frame: Frame, items: Sequence[Item]) -> bool:
    """Whether each number is wanted: `fees paid to Ada`, `the fee and the day of`, `amounts over 9`."""
    last = number.words.lower().split()[-1]
    several = is_plural(last) and unit(last) is None and last not in column.spoken.lower().split()
    beside = any(i.column is not None and i.kind == kinds.NAMED and not i.used for i in items)
    split = frame.distinct or frame.order or frame.comparisons
    return several or beside or bool(split) or stem(last) in _TIMES
