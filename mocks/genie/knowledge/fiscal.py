"""Fiscal years, where an instruction says when they begin."""

import calendar
import re

from mocks.genie.knowledge.space import Space

_KIND = "(?:fiscal|financial|business|accounting|budget|reporting)"
_FISCAL = re.compile(
    rf"\b{_KIND} years? (?:always )?(?:starts?|begins?|runs? from)(?: on| in)?(?: the)?(?: 1(?:st)?(?: of)?)? ?"
    r"([A-Za-z]+)",
    re.I,
)
_FISCAL_YEAR = re.compile(rf"\b(?:(?:in|for|during) )?(?:the )?(?:{_KIND}(?: year)?|FY) ?'?((?:20)?\d\d)\b", re.I)


def first_fiscal_month(space: Space) -> int | None:
    """The month with which fiscal years begin, if an instruction says so."""
    months = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    found = (months.get(match[1].lower()) for text in space.instructions for match in _FISCAL.finditer(text))
    return next((month for month in found if month is not None), None)


def in_calendar_days(question: str, month: int | None) -> str:
    """The question with fiscal years, which are named for the year in which they end, as days."""
    if month is None:
        return question

    def days(found: re.Match[str]) -> str:
        year = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
        first = year if month == 1 else year - 1
        last, ends = (12, year) if month == 1 else (month - 1, year)
        return f"between {first}-{month:02d}-01 and {ends}-{last:02d}-{calendar.monthrange(ends, last)[1]:02d}"

    return _FISCAL_YEAR.sub(days, question)
