"""Stretches of time in questions: `in 2024`, `May 2025`, `since Q1 2025`, `last 6 months`, `before 2024-03-01`."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from mocks.genie.language.days import MONTH, MONTHS, TO, YEAR

_BEFORE, _AFTER = r"(?:before|prior to|earlier than|until|up to|till|ahead of)", r"(?:after|later than|following)"
_LAST_DAY = (
    r"(?:by|until|till|up to|before|through|no later than|as at|up until) (?:the )?(?:very )?(?:end|close|last day)"
)
_SAID = r"(?:(?:in|during|for|of|on|as of|at|over|within|throughout) )?(?:the )?"
_FROM = r"(?:\b(?:in|during|for) )?(?:\b(?:between|from) )?(?:the )?"
_NOT_A_YEAR = frozenset(
    ("than", "over", "above", "below", "under", "least", "most", "exactly", "exceeding", "to", "=", ">", "<")
)
_RELATIVE = r"(this|current|last|previous|preceding|next|coming|upcoming)"
_SHIFTS = {"this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1}
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_FEW = {"a": 1, "an": 1, "one": 1, "couple of": 2}


@dataclass(frozen=True)
class Span:
    """A stretch of time: from the first day to the day after the last; either end may be open.

    With `parts`, names of parts of a date and the numbers that they may be, it comes back: every Monday, every morning.
    """

    words: str = field(compare=False)
    start: date | None
    end: date | None
    parts: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it has two ends."""
        return self.start is not None and self.end is not None


_Ends = tuple[date | None, date | None]
_Build = Callable[[re.Match[str], date], _Ends]
_Found = tuple[int, int, Span]


def find_spans(question: str, today: date) -> list[_Found]:
    """The stretches of time that a normalised question names, in order, with where they begin and end.

    Relative words count from `today`; "the last 6 months" are whole months and include the current one.
    """
    text = question.lower()
    periods: list[_Found] = []
    for pattern, build in _PERIODS:
        for found in re.finditer(pattern, text):
            if build is _year and _is_a_number(text, found):
                continue
            try:
                start, end = build(found, today)
            except ValueError:  # the 31st of February
                continue
            periods.append((found.start(), found.end(), Span(found[0], start, end)))
            text = text[: found.start()] + "\0" * (found.end() - found.start()) + text[found.end() :]
    return _placed(question.lower(), sorted(periods, key=lambda period: period[0]))


def _placed(text: str, periods: list[_Found]) -> list[_Found]:
    """The periods with the words that say whether before, after, since, or from one to another is meant."""
    spans: list[_Found] = []
    while periods:
        (at, end, span), periods = periods[0], periods[1:]
        begin = max((other for _, other, _ in spans), default=0)
        if periods and _joins(text[begin:at], text[end : periods[0][0]]) and span.start and periods[0][2].end:
            (_, end, last), periods = periods[0], periods[1:]
            span = Span("", span.start, last.end)
            at = _begins(_FROM, text, begin, at)
        elif span.closed:
            at, span = _opened(text, begin, at, span)
        spans.append((at, end, Span(text[at:end].strip(), span.start, span.end)))
    return spans


def _joins(before: str, between: str) -> bool:
    """`between 2021 and 2023`, `from May 2024 to today`, `2024-01-01 - 2024-02-01`."""
    opened = re.search(r"\b(between|from) (?:the )?$", before)
    word = rf"(?:{TO}|and)" if opened and opened[1] == "between" else TO
    return re.fullmatch(rf",? ?{word} ?(?:the )?", between) is not None


def _opened(text: str, begin: int, at: int, span: Span) -> tuple[int, Span]:
    """Where the words of a stretch begin, and the stretch, open towards one end if its words say so."""
    day = span.start is not None and span.end == span.start + timedelta(days=1)
    for words, start, end in (
        (rf"{_LAST_DAY} of ", None, span.end),
        (r"(?:at|on|as of|as at) (?:the )?(?:end|last day) of ", day_before(span.end), span.end),
        (r"\b(?:no later than|not later than|up to and including|until and including) ", None, span.end),
        (
            r"\b(?:since|starting|beginning|from) (?:in |from |with )?(?:the )?(?:start|beginning) of ",
            span.start,
            None,
        ),
        (rf"\b{_BEFORE} (?:the )?(?:(?:start|beginning) of )?", None, span.start),
        (rf"\b{_AFTER} (?:the )?(?:end of )?", span.end, None),
        (r"\b(?:ever )?since (?:the )?", span.start, None),
        (r"\b(?:starting|beginning) (?:in |on |from |with )(?:the )?", span.start, None),
        (r"\bfrom " if day else r"\0", span.start, None),
    ):
        if (found := re.search(rf"{words}$", text[begin:at])) is not None:
            return begin + found.start(), Span("", start, end)
    return _begins(rf"(?:\b{_SAID})?(?:year )?", text, begin, at), span


def _begins(words: str, text: str, begin: int, at: int) -> int:
    """Where words begin that may stand before a place."""
    found = re.search(rf"{words}$", text[begin:at])
    return begin + found.start() if found else at


def day_before(day: date | None) -> date | None:
    """The day before, of a day that is known."""
    return day - timedelta(days=1) if day else None


def _is_a_number(text: str, found: re.Match[str]) -> bool:
    """`more than 2000`: not a year."""
    return bool(_NOT_A_YEAR & set(text[: found.start()].split()[-1:])) and not re.search(
        r"\b(?:later|earlier) than $|\bup to $|\bfrom .{4,30} to $|\bprior to $", text[: found.start()]
    )


def _month(year: int, month: int) -> date:
    """The first day of a month; months beyond December belong to later years, those before January to earlier ones."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _from_day(day: date) -> _Ends:
    return day, day + timedelta(days=1)


def _back(today: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    first = _month(today.year, today.month - months)
    return first.replace(day=min(today.day, calendar.monthrange(first.year, first.month)[1]))


def _day(found: re.Match[str], _: date) -> _Ends:
    return _from_day(date(*(int(found[1 + i]) for i in range(3))))


def _quarter(found: re.Match[str], _: date) -> _Ends:
    year, quarter = int(found["year"]), int(found["quarter"])
    return _month(year, 3 * quarter - 2), _month(year, 3 * quarter + 1)


def _half(found: re.Match[str], _: date) -> _Ends:
    year, half = int(found[2]), 1 if found[1] in ("h1", "first half", "1st half") else 2
    return _month(year, 6 * half - 5), _month(year, 6 * half + 1)


def _of_month(found: re.Match[str], _: date) -> _Ends:
    year, month = int(found[2]), MONTHS[found[1]]
    return _month(year, month), _month(year, month + 1)


def _calendar_week(found: re.Match[str], _: date) -> _Ends:
    monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    return monday, monday + timedelta(days=7)


def _decade(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 10, 1, 1)


def _year(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 1, 1, 1)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _FEW[words]


def _last_n(found: re.Match[str], today: date) -> _Ends:
    count, unit = _count(found[1]), found[2]
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return today - timedelta(days=days - 1), today + timedelta(days=1)
    months = _LENGTHS[unit] * count
    return _month(today.year, today.month - months + 1), _month(today.year, today.month + 1)


def _next_n(found: re.Match[str], today: date) -> _Ends:
    """From today on: `the next 7 days`."""
    count, unit = _count(found[1]), found[2]
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return today, today + timedelta(days=days + 1)
    return today, _back(today, -_LENGTHS[unit] * count) + timedelta(days=1)


def _relative(found: re.Match[str], today: date) -> _Ends:
    shift = _SHIFTS.get(found[1], -1)
    if found[2] == "week":
        monday = today - timedelta(days=today.weekday() - 7 * shift)
        return monday, monday + timedelta(days=7)
    length = _LENGTHS[found[2]]
    first = (today.month - 1) // length * length + 1 + shift * length
    return _month(today.year, first), _month(today.year, first + length)


def _month_of_relative(found: re.Match[str], today: date) -> _Ends:
    """`March last year`, `January of this year`."""
    year = today.year + _SHIFTS.get(found[2], -1)
    return _month(year, MONTHS[found[1]]), _month(year, MONTHS[found[1]] + 1)


def _quarter_of_relative(found: re.Match[str], today: date) -> _Ends:
    year, quarter = today.year + _SHIFTS.get(found[2], -1), int(found[1])
    return _month(year, 3 * quarter - 2), _month(year, 3 * quarter + 1)


def _so_far(found: re.Match[str], today: date) -> _Ends:
    """`this year so far`: from its first day to today."""
    length = _LENGTHS[{"ytd": "year", "qtd": "quarter", "mtd": "month"}.get(found[1], found[1])]
    return _month(today.year, (today.month - 1) // length * length + 1), today + timedelta(days=1)


def _ago(found: re.Match[str], today: date) -> _Ends:
    """`3 months ago`: in that month; `more than a year ago`: before this day of last year."""
    far, count, unit = found[1] or "", _count(found[2]), found[3]
    days = count * {"day": 1, "week": 7}.get(unit, 0)
    day = today - timedelta(days=days) if days else _back(today, count * _LENGTHS[unit])
    if far:
        less = far.startswith(("less", "fewer", "under", "at most", "no more"))
        return (day, None) if less else (None, day)
    if unit == "day":
        return _from_day(day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = (day.month - 1) // _LENGTHS[unit] * _LENGTHS[unit] + 1
    return _month(day.year, first), _month(day.year, first + _LENGTHS[unit])


def _day_word(found: re.Match[str], today: date) -> _Ends:
    return _from_day(today + timedelta(days=_DAY_WORDS[found[1]]))


_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_FAR = r"(more than|over|longer than|at least|less than|fewer than|under|at most|no more than)"
_N = r"(\d+|an?|one|couple of)"
_PERIODS: list[tuple[str, _Build]] = [
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", _day),
    (rf"\b(h1|h2|first half|second half|1st half|2nd half),? (?:of |in )?({YEAR})\b", _half),
    (rf"\bq(?P<quarter>[1-4])[ /-]*(?:of )?(?P<year>{YEAR})\b", _quarter),
    (rf"\b(?P<year>{YEAR})[ -]*q(?P<quarter>[1-4])\b", _quarter),
    (rf"\b(?:calendar )?week (?P<week>\d\d?),?(?: of)? (?P<year>{YEAR})\b", _calendar_week),
    (rf"\b({MONTH})\.?,? (?:of )?({YEAR})\b", _of_month),
    (rf"\b({MONTH}),? (?:of )?(this|last|next) year\b", _month_of_relative),
    (r"\bq([1-4]) (?:of )?(this|last|next) year\b", _quarter_of_relative),
    (r"\b(?:this|current) (month|quarter|year),? (?:so far|to date|until now|up to now|till now)\b", _so_far),
    (r"\bso far this (month|quarter|year)\b", _so_far),
    (r"\b(year|quarter|month)[- ]to[- ]date\b", _so_far),
    (r"\b(ytd|qtd|mtd)\b", _so_far),
    (r"\b((?:19|20)\d0)s\b", _decade),
    (rf"\b({YEAR})\b", _year),
    (rf"\b(?:{_FAR} )?{_N} (day|week|month|quarter|year)s? ago\b", _ago),
    (rf"\b(?:last|past|previous|preceding) {_N} (day|week|fortnight|month|quarter|year)s?\b", _last_n),
    (rf"\b(?:next|coming|following|upcoming) {_N} (day|week|fortnight|month|quarter|year)s?\b", _next_n),
    (rf"\b({'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})\b", _day_word),
    (rf"\b{_RELATIVE} (week|month|quarter|year)\b", _relative),
]
