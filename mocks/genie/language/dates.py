"""Stretches of time in questions: `in 2024`, `May 2025`, `since Q1 2025`, `last 6 months`, `before 2024-03-01`."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from mocks.genie.language.days import MONTH, MONTHS, TO, YEAR
from mocks.genie.language.relative import RELATIVE, Build, Ends, first_of, from_day

_BEFORE, _AFTER = r"(?:before|prior to|earlier than|until|up to|till|ahead of)", r"(?:after|later than|following)"
_LAST_DAY = (
    r"(?:by|until|till|up to|before|through|no later than|as at|up until) (?:the )?(?:very )?(?:end|close|last day)"
)
_SAID = r"(?:(?:in|during|for|of|on|as of|at|over|within|throughout) )?(?:the )?"
_FROM = r"(?:\b(?:in|during|for) )?(?:\b(?:between|from) )?(?:the )?"
_NOT_A_YEAR = frozenset(
    ("than", "over", "above", "below", "under", "least", "most", "exactly", "exceeding", "to", "=", ">", "<")
)


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


def _day(found: re.Match[str], _: date) -> Ends:
    return from_day(date(*(int(found[1 + i]) for i in range(3))))


def _week_of(found: re.Match[str], _: date) -> Ends:
    day = date(int(found[2]), int(found[3]), int(found[4]))
    monday = day - timedelta(days=day.weekday()) if found[1] == "of" else day
    return monday, monday + timedelta(days=7)


def _quarter(found: re.Match[str], _: date) -> Ends:
    year, quarter = int(found["year"]), int(found["quarter"])
    return first_of(year, 3 * quarter - 2), first_of(year, 3 * quarter + 1)


def _half(found: re.Match[str], _: date) -> Ends:
    year, half = int(found[2]), 1 if found[1] in ("h1", "first half", "1st half") else 2
    return first_of(year, 6 * half - 5), first_of(year, 6 * half + 1)


def _of_month(found: re.Match[str], _: date) -> Ends:
    year, month = int(found[2]), MONTHS[found[1]]
    return first_of(year, month), first_of(year, month + 1)


def _calendar_week(found: re.Match[str], _: date) -> Ends:
    monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    return monday, monday + timedelta(days=7)


def _century(found: re.Match[str], _: date) -> Ends:
    last = 100 * int(found[1])
    return date(last - 99, 1, 1), date(last + 1, 1, 1)


def _decade(found: re.Match[str], _: date) -> Ends:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 10, 1, 1)


def _year(found: re.Match[str], _: date) -> Ends:
    return date(int(found[1]), 1, 1), date(int(found[1]) + 1, 1, 1)


_PERIODS: list[tuple[str, Build]] = [
    (r"\bweek (of|starting|beginning|commencing|from)(?: on)? (\d{4})-(\d{2})-(\d{2})\b", _week_of),
    (r"\b(\d{4})-(\d{2})-(\d{2})\b", _day),
    (rf"\b(h1|h2|first half|second half|1st half|2nd half),? (?:of |in )?({YEAR})\b", _half),
    (rf"\bq(?P<quarter>[1-4])[ /-]*(?:of )?(?P<year>{YEAR})\b", _quarter),
    (rf"\b(?P<year>{YEAR})[ -]*q(?P<quarter>[1-4])\b", _quarter),
    (rf"\b(?:calendar )?week (?P<week>\d\d?),?(?: of)? (?P<year>{YEAR})\b", _calendar_week),
    (rf"\b({MONTH})\.?,? (?:of )?({YEAR})\b", _of_month),
    (r"\b(\d\d)(?:st|nd|rd|th)[ -]century\b", _century),
    (r"\b((?:1[5-9]|20)\d0)s\b", _decade),
    (rf"\b({YEAR})\b", _year),
    *RELATIVE,
]
