"""Stretches of time set beside each other: the one before, the current one, and how long each of them is."""

from collections.abc import Sequence
from datetime import date, timedelta

from mocks.genie.language import grammar as kinds
from mocks.genie.language.dates import Span
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def shifted(item: Item, unit: str) -> Item:
    """The period before."""
    assert item.span is not None
    if item.span.start is None or item.span.end is None:
        raise AskBack("Which two periods shall I compare?")
    unit = unit or unit_of([item]) or "year"
    start, end = (_back(day, unit) for day in (item.span.start, item.span.end))
    words = f"the {unit} before"
    return Item(kinds.SPAN, words, item.at, item.end, span=Span(words, start, end))


def _back(day: date, unit: str) -> date:
    if unit in _DAYS:
        return day - timedelta(days=_DAYS[unit])
    months = day.year * 12 + day.month - 1 - _MONTHS[unit]
    return day.replace(year=months // 12, month=months % 12 + 1)


def period(today: date, unit: str) -> tuple[date, date]:
    """The day, week, month, quarter or year that a day is in: its first day, and the first day after it."""
    if unit in _DAYS:
        start = today - timedelta(days=today.weekday() if unit == "week" else 0)
        return start, start + timedelta(days=_DAYS[unit])
    length = _MONTHS[unit]
    start = today.replace(month=(today.month - 1) // length * length + 1, day=1)
    months = start.year * 12 + start.month - 1 + length
    return start, date(months // 12, months % 12 + 1, 1)


def unit_of(spans: Sequence[Item]) -> str:
    """The unit of which each of the spans is exactly one."""
    lengths = [(s.span.end - s.span.start).days for s in spans if s.span and s.span.start and s.span.end]
    for unit, (least, most) in {
        "day": (1, 1),
        "week": (7, 7),
        "month": (28, 31),
        "quarter": (90, 92),
        "year": (365, 366),
    }.items():
        if lengths and all(least <= length <= most for length in lengths):
            return unit
    return ""
