"""Dates in questions: `in 2024`, `May 2025`, `Q1 2025`, `last 6 months`, `before 2024-03-01`."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_BEFORE, _AFTER = r"(?:before|prior to|earlier than|until|up to)", r"(?:after|later than)"


@dataclass(frozen=True)
class Span:
    """A stretch of time: from the first day to the day after the last; either end may be open."""

    words: str
    start: date | None
    end: date | None


def find_span(question: str, today: date) -> tuple[Span | None, str]:
    """The stretch of time that a question names, and the question without it.

    Relative words count from `today`; "the last 6 months" are whole months and include the current one.
    """
    lowered = question.lower()
    for pattern, build in _PATTERNS:
        found = re.search(pattern, lowered)
        if found:
            start, end = build(found, today)
            return Span(found[0].strip(), start, end), f"{question[: found.start()]} {question[found.end() :]}"
    return None, question


_Ends = tuple[date | None, date | None]
_Build = Callable[[re.Match[str], date], _Ends]


def _month(year: int, month: int) -> date:
    """The first day of a month; months beyond December belong to later years, those before January to earlier ones."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _days(found: re.Match[str], first: int = 1) -> date:
    return date(*(int(found[first + i]) for i in range(3)))


def _between(found: re.Match[str], _: date) -> _Ends:
    return _days(found, 1), _days(found, 4) + timedelta(days=1)


def _before_day(found: re.Match[str], _: date) -> _Ends:
    return None, _days(found)


def _after_day(found: re.Match[str], _: date) -> _Ends:
    return _days(found) + timedelta(days=1), None


def _since_day(found: re.Match[str], _: date) -> _Ends:
    return _days(found), None


def _on_day(found: re.Match[str], _: date) -> _Ends:
    return _days(found), _days(found) + timedelta(days=1)


def _quarter(found: re.Match[str], _: date) -> _Ends:
    year, quarter = int(found["year"]), int(found["quarter"])
    return _month(year, 3 * quarter - 2), _month(year, 3 * quarter + 1)


def _in_month(found: re.Match[str], _: date) -> _Ends:
    year, month = int(found[2]), _MONTHS[found[1]]
    return _month(year, month), _month(year, month + 1)


def _before_year(found: re.Match[str], _: date) -> _Ends:
    return None, date(int(found[1]), 1, 1)


def _after_year(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]) + 1, 1, 1), None


def _since_year(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]), 1, 1), None


def _in_year(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 1, 1, 1)


def _last_n(found: re.Match[str], today: date) -> _Ends:
    count, unit = int(found[1]), found[2]
    if unit == "day":
        return today - timedelta(days=count - 1), today + timedelta(days=1)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
    return _month(today.year, today.month - months + 1), _month(today.year, today.month + 1)


def _relative(found: re.Match[str], today: date) -> _Ends:
    shift = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}[found[1]]
    if found[2] == "year":
        return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1)
    length = {"month": 1, "quarter": 3}[found[2]]
    first = (today.month - 1) // length * length + 1 + shift * length
    return _month(today.year, first), _month(today.year, first + length)


_YEAR = r"((?:19|20)\d{2})"
_PATTERNS: list[tuple[str, _Build]] = [
    (rf"\bbetween {_DAY} and {_DAY}\b", _between),
    (rf"\bfrom {_DAY} (?:to|until) {_DAY}\b", _between),
    (rf"\b{_BEFORE} {_DAY}\b", _before_day),
    (rf"\b{_AFTER} {_DAY}\b", _after_day),
    (rf"\b(?:since|from) {_DAY}\b", _since_day),
    (rf"\b(?:on )?{_DAY}\b", _on_day),
    (r"\b(?:in |during |for )?(?:the )?q(?P<quarter>[1-4])[ /-]*(?:of )?(?P<year>(?:19|20)\d{2})\b", _quarter),
    (r"\b(?:in |during |for )?(?P<year>(?:19|20)\d{2})[ -]*q(?P<quarter>[1-4])\b", _quarter),
    (rf"\b(?:in |during |for |of )?({_MONTH})\.?,? (?:of )?{_YEAR}\b", _in_month),
    (rf"\b{_BEFORE} {_YEAR}\b", _before_year),
    (rf"\b{_AFTER} {_YEAR}\b", _after_year),
    (rf"\bsince {_YEAR}\b", _since_year),
    (rf"\b(?:in |during |for |of )?(?:the )?(?:year )?{_YEAR}\b", _in_year),
    (r"\b(?:in |during |over |for )?(?:the )?(?:last|past) (\d+) (day|month|quarter|year)s?\b", _last_n),
    (r"\b(?:in |during |for )?(?:the )?(this|current|last|previous|next) (month|quarter|year)\b", _relative),
]
