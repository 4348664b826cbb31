"""Dates in questions: `in 2024`, `May 2025`, `Q1 2025`, `last 6 months`, `before 2024-03-01`."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR_ONLY = r"(?:19|20)\d{2}"
_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_BEFORE, _AFTER = r"(?:before|prior to|earlier than|until|up to)", r"(?:after|later than)"


@dataclass(frozen=True)
class Span:
    """A stretch of time: from the first day to the day after the last; either end may be open."""

    words: str = field(compare=False)
    start: date | None
    end: date | None


def normalised(question: str) -> str:
    """The question with days, months and quarters written in one way: 2025-06-01, June 2025, Q2 2025."""
    question = _days_of_a_month(question)
    text = re.sub(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})\.?,? ({_YEAR_ONLY})\b", _iso(1, 2, 3), question, flags=re.I
    )
    text = re.sub(rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? ({_YEAR_ONLY})\b", _iso(2, 1, 3), text, flags=re.I)
    text = re.sub(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH})(?= (?:and|to|until|through|till) ({_YEAR_ONLY})-)",
        lambda m: _iso(1, 2, 3)(m),
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?= (?:and|to|until|through|till) ({_YEAR_ONLY})-)",
        lambda m: _iso(2, 1, 3)(m),
        text,
        flags=re.I,
    )
    text = re.sub(r"\bthe (?:start|beginning) of ((?:19|20)\d{2})\b", r"\1-01-01", text, flags=re.I)
    text = re.sub(r"\bthe end of ((?:19|20)\d{2})\b", r"\1-12-31", text, flags=re.I)
    text = re.sub(
        r"\b((?:19|20)\d{2})-(0[1-9]|1[0-2])(?![-\d])", lambda m: f"{calendar.month_name[int(m[2])]} {m[1]}", text
    )
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
    return re.sub(
        rf"\b({'|'.join(words)}) quarter (?:of |in )?(?=(?:19|20)\d\d)",
        lambda m: f"Q{words[m[1].lower()]} ",
        text,
        flags=re.I,
    )


def _days_of_a_month(question: str) -> str:
    """`1-15 Feb 2025` and `15 Jan - 15 Apr 2025` as from one day to another; `the last three months of 2023` too."""
    text = re.sub(r"\bthe (?=\d{1,2}(?:st|nd|rd|th)\b)", "", question, flags=re.I)
    day = r"(\d{1,2})(?:st|nd|rd|th)?"
    text = re.sub(
        rf"\b(?:between |from )?{day} ?(?:-|–|to|and|until|through) ?{day} (?:of )?({_MONTH})\.?,? ({_YEAR_ONLY})\b",
        r"from \1 \3 \4 to \2 \3 \4",
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b(?:from )?{day} (?:of )?({_MONTH})\.? ?[-–] ?{day} (?:of )?({_MONTH})\.?,? ({_YEAR_ONLY})\b",
        r"from \1 \2 \5 to \3 \4 \5",
        text,
        flags=re.I,
    )
    months = rf"\b(?:in |during )?(?:the )?(first|last) (two|three|four|six|\d) months of ({_YEAR_ONLY})\b"
    return re.sub(months, _months, text, flags=re.I)


def _months(found: re.Match[str]) -> str:
    count = {"two": 2, "three": 3, "four": 4, "six": 6}.get(found[2].lower()) or int(found[2])
    first, last = (1, count) if found[1].lower() == "first" else (13 - count, 12)
    return f"from {calendar.month_name[first]} {found[3]} to {calendar.month_name[last]} {found[3]}"


def find_spans(question: str, today: date) -> list[tuple[int, int, Span]]:
    """The stretches of time that a normalised question names, in order, with where they begin and end.

    Relative words count from `today`; "the last 6 months" are whole months and include the current one.
    """
    lowered = question.lower()
    found_spans: list[tuple[int, int, Span]] = []
    for pattern, build in _PATTERNS:
        for found in re.finditer(pattern, lowered):
            if build is _in_year and _is_a_number(lowered, found):
                continue
            try:
                start, end = build(found, today)
            except ValueError:  # the 31st of February
                continue
            found_spans.append((found.start(), found.end(), Span(found[0].strip(), start, end)))
            lowered = lowered[: found.start()] + " " * (found.end() - found.start()) + lowered[found.end() :]
    return sorted(found_spans, key=lambda span: span[0])


def _is_a_number(text: str, found: re.Match[str]) -> bool:
    """`more than 2000`: not a year."""
    before = text[: found.start()].split()[-1:]
    return found[0].strip().isdigit() and before[0:1] in [
        [word]
        for word in (
            "than",
            "over",
            "above",
            "below",
            "under",
            "least",
            "most",
            "exactly",
            "exceeding",
            "to",
            "=",
            ">",
            "<",
        )
    ]


def _iso(day: int, month: int, year: int) -> Callable[[re.Match[str]], str]:
    return lambda m: f"{m[year]}-{_MONTHS[m[month].lower()]:02d}-{int(m[day]):02d}"


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
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return today - timedelta(days=days - 1), today + timedelta(days=1)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * count
    return _month(today.year, today.month - months + 1), _month(today.year, today.month + 1)


def _relative(found: re.Match[str], today: date) -> _Ends:
    shift = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}[found[1]]
    if found[2] == "year":
        return date(today.year + shift, 1, 1), date(today.year + shift + 1, 1, 1)
    length = {"month": 1, "quarter": 3}[found[2]]
    first = (today.month - 1) // length * length + 1 + shift * length
    return _month(today.year, first), _month(today.year, first + length)


def _months_between(found: re.Match[str], _: date) -> _Ends:
    year = int(found[4])
    return _month(int(found[2] or year), _MONTHS[found[1]]), _month(year, _MONTHS[found[3]] + 1)


def _years_between(found: re.Match[str], _: date) -> _Ends:
    return date(int(found[1]), 1, 1), date(int(found[2]) + 1, 1, 1)


def _before_month(found: re.Match[str], _: date) -> _Ends:
    return None, _month(int(found[2]), _MONTHS[found[1]])


def _after_month(found: re.Match[str], _: date) -> _Ends:
    return _month(int(found[2]), _MONTHS[found[1]] + 1), None


def _since_month(found: re.Match[str], _: date) -> _Ends:
    return _month(int(found[2]), _MONTHS[found[1]]), None


def _half(found: re.Match[str], _: date) -> _Ends:
    year, half = int(found[2]), 1 if found[1] in ("h1", "first half") else 2
    return _month(year, 6 * half - 5), _month(year, 6 * half + 1)


def _day_word(found: re.Match[str], today: date) -> _Ends:
    day = today - timedelta(days=1) if found[1] == "yesterday" else today
    return day, day + timedelta(days=1)


def _until_day(found: re.Match[str], _: date) -> _Ends:
    return None, _days(found) + timedelta(days=1)


def _until_year(found: re.Match[str], _: date) -> _Ends:
    return None, date(int(found[1]) + 1, 1, 1)


def _week(found: re.Match[str], today: date) -> _Ends:
    shift = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1}[found[1]]
    monday = today - timedelta(days=today.weekday() - 7 * shift)
    return monday, monday + timedelta(days=7)


_YEAR = r"((?:19|20)\d{2})"
_PATTERNS: list[tuple[str, _Build]] = [
    (rf"\bbetween {_DAY} and {_DAY}\b", _between),
    (rf"\bfrom {_DAY} (?:to|until|through|till) {_DAY}\b", _between),
    (
        rf"\b(?:between|from) ({_MONTH})(?: {_YEAR})? (?:and|to|until|through|till) ({_MONTH}) {_YEAR}\b",
        _months_between,
    ),
    (rf"\b(?:between|from) {_YEAR} (?:and|to|until|through|till) {_YEAR}\b", _years_between),
    (rf"\b{_BEFORE} ({_MONTH}) {_YEAR}\b", _before_month),
    (rf"\b{_AFTER} ({_MONTH}) {_YEAR}\b", _after_month),
    (rf"\bsince ({_MONTH}) {_YEAR}\b", _since_month),
    (rf"\b(?:in |during |for )?(?:the )?(h1|h2|first half|second half) (?:of )?{_YEAR}\b", _half),
    (rf"\bno later than {_DAY}\b", _until_day),
    (rf"\bno later than {_YEAR}\b", _until_year),
    (rf"\b{_DAY} (?:to|until|through|till) {_DAY}\b", _between),
    (rf"\b{_BEFORE} {_DAY}\b", _before_day),
    (rf"\b{_AFTER} {_DAY}\b", _after_day),
    (rf"\b(?:since|from) {_DAY}\b", _since_day),
    (rf"\b(?:on |as of |at )?{_DAY}\b", _on_day),
    (r"\b(?:in |during |for )?(?:the )?q(?P<quarter>[1-4])[ /-]*(?:of )?(?P<year>(?:19|20)\d{2})\b", _quarter),
    (r"\b(?:in |during |for )?(?P<year>(?:19|20)\d{2})[ -]*q(?P<quarter>[1-4])\b", _quarter),
    (rf"\b(?:in |during |for |of )?({_MONTH})\.?,? (?:of )?{_YEAR}\b", _in_month),
    (rf"\b{_BEFORE} {_YEAR}\b", _before_year),
    (rf"\b{_AFTER} {_YEAR}\b", _after_year),
    (rf"\bsince {_YEAR}\b", _since_year),
    (rf"\b(?:in |during |for |of )?(?:the )?(?:year )?{_YEAR}\b", _in_year),
    (r"\b(?:in |during |over |for )?(?:the )?(?:last|past|previous) (\d+) (day|week|month|quarter|year)s?\b", _last_n),
    (r"\b(today|yesterday)\b", _day_word),
    (r"\b(?:in |during |for )?(?:the )?(this|current|last|previous|next) week\b", _week),
    (r"\b(?:in |during |for )?(?:the )?(this|current|last|previous|next) (month|quarter|year)\b", _relative),
]
