"""Fiscal years, where an instruction says when they begin."""

import calendar
import re
from datetime import date

from mocks.genie.knowledge.space import Space

_KIND = "(?:fiscal|financial|business|accounting|budget|reporting)"
_FISCAL = re.compile(
    rf"\b{_KIND} years? (?:always )?(?:starts?|begins?|runs? from)(?: on| in)?(?: the)?(?: 1(?:st)?(?: of)?)? ?"
    r"([A-Za-z]+)",
    re.I,
)
_FISCAL_YEAR = re.compile(rf"\b(?:(?:in|for|during) )?(?:the )?(?:{_KIND}(?: year)?|FY) ?'?((?:20)?\d\d)\b", re.I)

_STEPS = {"this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "prior": -1, "next": 1, "coming": 1}
_RELATIVE = re.compile(rf"\b(?:(?:in|for|during) )?(?:the |our )?({'|'.join(_STEPS)}) (?:{_KIND} year|FY)\b", re.I)


def first_fiscal_month(space: Space) -> int | None:
    """The month with which fiscal years begin, if an instruction says so."""
    months = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    found = (months.get(match[1].lower()) for text in space.instructions for match in _FISCAL.finditer(text))
    return next((month for month in found if month is not None), None)


def in_calendar_days(question: str, month: int | None, today: date) -> str:
    """The question with fiscal years, which are named for the year in which they end, as days."""
    if month is None:
        return question
    current = today.year + (month > 1 and today.month >= month)
    named = _FISCAL_YEAR.sub(lambda found: _days(int(found[1]) + (2000 if len(found[1]) == 2 else 0), month), question)
    return _RELATIVE.sub(lambda found: _days(current + _STEPS[found[1].lower()], month), named)


def _days(year: int, month: int) -> str:
    first = year if month == 1 else year - 1
    last, ends = (12, year) if month == 1 else (month - 1, year)
    return f"between {first}-{month:02d}-01 and {ends}-{last:02d}-{calendar.monthrange(ends, last)[1]:02d}"
