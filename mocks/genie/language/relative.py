"""Stretches of time reckoned from today: `last month`, `3 weeks ago`, `the past year`, `last Monday`, `since May`."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from mocks.genie.language.days import MONTH, MONTHS, SEASONS

Ends = tuple[date | None, date | None]
Build = Callable[[re.Match[str], date], Ends]

_RELATIVE = r"(this|current|last|previous|preceding|next|coming|upcoming)"
_SHIFTS = {"this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1}
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_FEW = {"a": 1, "an": 1, "one": 1, "couple of": 2}
_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_FAR = r"(more than|over|longer than|at least|less than|fewer than|under|at most|no more than)"
_N = r"(\d+|an?|one|couple of)"
_WEEKDAYS = [name.lower() for name in calendar.day_name]


def first_of(year: int, month: int) -> date:
    """The first day of a month; months beyond December belong to later years, those before January to earlier ones."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def from_day(day: date) -> Ends:
    """That day alone."""
    return day, day + timedelta(days=1)


def back(today: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    first = first_of(today.year, today.month - months)
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _FEW[words]


def _last_n(found: re.Match[str], today: date) -> Ends:
    count, unit = _count(found[1]), found[2]
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return today - timedelta(days=days - 1), today + timedelta(days=1)
    months = _LENGTHS[unit] * count
    return first_of(today.year, today.month - months + 1), first_of(today.year, today.month + 1)


def _next_n(found: re.Match[str], today: date) -> Ends:
    """From today on: `the next 7 days`."""
    count, unit = _count(found[1]), found[2]
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return today, today + timedelta(days=days + 1)
    return today, back(today, -_LENGTHS[unit] * count) + timedelta(days=1)


def _relative(found: re.Match[str], today: date) -> Ends:
    shift = _SHIFTS.get(found[1], -1)
    if found[2] == "week":
        monday = today - timedelta(days=today.weekday() - 7 * shift)
        return monday, monday + timedelta(days=7)
    length = _LENGTHS[found[2]]
    first = (today.month - 1) // length * length + 1 + shift * length
    return first_of(today.year, first), first_of(today.year, first + length)


def _month_of_relative(found: re.Match[str], today: date) -> Ends:
    """`March last year`, `January of this year`."""
    year = today.year + _SHIFTS.get(found[2], -1)
    return first_of(year, MONTHS[found[1]]), first_of(year, MONTHS[found[1]] + 1)


def _quarter_of_relative(found: re.Match[str], today: date) -> Ends:
    year, quarter = today.year + _SHIFTS.get(found[2], -1), int(found[1])
    return first_of(year, 3 * quarter - 2), first_of(year, 3 * quarter + 1)


def _so_far(found: re.Match[str], today: date) -> Ends:
    """`this year so far`: from its first day to today."""
    length = _LENGTHS[{"ytd": "year", "qtd": "quarter", "mtd": "month"}.get(found[1], found[1])]
    return first_of(today.year, (today.month - 1) // length * length + 1), today + timedelta(days=1)


def _ago(found: re.Match[str], today: date) -> Ends:
    """`3 months ago`: in that month; `more than a year ago`: before this day of last year."""
    far, count, unit = found[1] or "", _count(found[2]), found[3]
    days = count * {"day": 1, "week": 7}.get(unit, 0)
    day = today - timedelta(days=days) if days else back(today, count * _LENGTHS[unit])
    if far:
        less = far.startswith(("less", "fewer", "under", "at most", "no more"))
        return (day, None) if less else (None, day)
    if unit == "day":
        return from_day(day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = (day.month - 1) // _LENGTHS[unit] * _LENGTHS[unit] + 1
    return first_of(day.year, first), first_of(day.year, first + _LENGTHS[unit])


def _day_word(found: re.Match[str], today: date) -> Ends:
    return from_day(today + timedelta(days=_DAY_WORDS[found[1]]))


def _past(found: re.Match[str], today: date) -> Ends:
    """`the past week`: its days up to today, where `last week` is that of the calendar."""
    begin = today - timedelta(days=6) if found[1] == "week" else back(today, _LENGTHS[found[1]]) + timedelta(days=1)
    return begin, today + timedelta(days=1)


def _last_weekday(found: re.Match[str], today: date) -> Ends:
    return from_day(today - timedelta(days=(today.weekday() - _WEEKDAYS.index(found[1]) - 1) % 7 + 1))


def _weekend(found: re.Match[str], today: date) -> Ends:
    saturday = today + timedelta(days=5 - today.weekday() + 7 * _SHIFTS.get(found[1], -1))
    return saturday, saturday + timedelta(days=2)


def _last_month_named(found: re.Match[str], today: date) -> Ends:
    """`last May`: the latest that is over."""
    number = MONTHS[found[1]]
    year = today.year - (number >= today.month)
    return first_of(year, number), first_of(year, number + 1)


def _since_month(found: re.Match[str], today: date) -> Ends:
    """`since May`: the latest that has begun."""
    number = MONTHS[found[1]]
    year = today.year - (number > today.month)
    return first_of(year, number), first_of(year, number + 1)


def _season(found: re.Match[str], today: date) -> Ends:
    first = SEASONS[found[2]]
    over = first_of(today.year, first + 3) <= today
    year = today.year + (_SHIFTS.get(found[1], 0 if over else -1))
    return first_of(year, first), first_of(year, first + 3)


RELATIVE: list[tuple[str, Build]] = [
    (rf"\b({MONTH}),? (?:of )?(this|last|next) year\b", _month_of_relative),
    (r"\bq([1-4]) (?:of )?(this|last|next) year\b", _quarter_of_relative),
    (r"\b(?:this|current) (month|quarter|year),? (?:so far|to date|until now|up to now|till now)\b", _so_far),
    (r"\bso far this (month|quarter|year)\b", _so_far),
    (r"\b(year|quarter|month)[- ]to[- ]date\b", _so_far),
    (r"\b(ytd|qtd|mtd)\b", _so_far),
    (rf"(?<=since )({MONTH})\b(?!,? \d)", _since_month),
    (rf"\b(?:{_FAR} )?{_N} (day|week|month|quarter|year)s? ago\b", _ago),
    (rf"\b(?:last|past|previous|preceding) {_N} (day|week|fortnight|month|quarter|year)s?\b", _last_n),
    (rf"\b(?:next|coming|following|upcoming) {_N} (day|week|fortnight|month|quarter|year)s?\b", _next_n),
    (rf"\b({'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})\b", _day_word),
    (rf"\b{_RELATIVE} (week|month|quarter|year)\b", _relative),
    (r"\bpast (week|month|quarter|year)\b", _past),
    (rf"\b(?:last|past|previous) ({'|'.join(_WEEKDAYS)})\b", _last_weekday),
    (r"\b(last|past|previous|this|coming|next) weekend\b", _weekend),
    (rf"\b(?:last|past|previous) ({MONTH})\b(?!,? \d)", _last_month_named),
    (rf"\b(last|past|previous|this|next) ({'|'.join(SEASONS)})\b", _season),
]
