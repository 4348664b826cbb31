"""Writing days, months and quarters of a question in one way: 2025-06-01, June 2025, Q2 2025, H1 2025."""

import calendar
import re
from collections.abc import Callable

from mocks.genie.language.turns import turned
from mocks.genie.refusal import AskBack

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_NAMES = "|".join(calendar.month_name[1:])
YEAR = r"(?:19|20)\d{2}"
TO = r"(?:to|until|through|thru|till|up to|[-–])"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_IN = r"(?:in |during |for )?(?:the )?"
_AND = r"(?:,? (?:and|or|&) |, ?|/)"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_TEENTHS = [f"{word}teenth" for word in ("thir", "four", "fif", "six", "seven", "eigh", "nine")]
_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TWENTIES = ["twentieth", *(f"20-{word}" for word in _ONES), "thirtieth", "30-first"]
_NTH = {word: at for at, word in enumerate([*_ONES, "tenth", "eleventh", "twelfth", *_TEENTHS, *_TWENTIES], 1)}
_NTH_WORD = "|".join(sorted(_NTH, key=len, reverse=True)).replace("-", "[ -]")
_DECADES = {"fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9}
_MANY = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9}
_Written = str | Callable[[re.Match[str]], str]


def normalised(question: str) -> str:
    """The question with its dates written in one way.

    Raises: AskBack if a date in digits may be either of two days
    """
    years = set(re.findall(rf"\b{YEAR}\b", question))
    if len(years) == 1:  # `in 2024, since January`
        question = _SINCE_MONTH.sub(rf"\g<0> {years.pop()}", question)
    return turned(question, _PATTERNS)


def _iso(day: int, month: int, year: int) -> Callable[[re.Match[str]], str]:
    return lambda m: f"{m[year]}-{MONTHS[m[month].lower()]:02d}-{int(m[day]):02d}"


def _in_digits(found: re.Match[str]) -> str:
    """`3/15/2024`: the part above twelve is the day, and with dots the day stands first."""
    one, other, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "." or one > 12 or one == other:
        return f"{year}-{other:02d}-{one:02d}"
    if other > 12:
        return f"{year}-{one:02d}-{other:02d}"
    days = f"{year}-{one:02d}-{other:02d} or {year}-{other:02d}-{one:02d}"
    raise AskBack(f"Which day is {found[0]}: {days}?")


def _each_with_year(found: re.Match[str]) -> str:
    """`June, July and August 2024`."""
    return re.sub(rf"\b({MONTH})\b\.?(?! {YEAR})", rf"\1 {found[2]}", found[1], flags=re.I)


def _months(found: re.Match[str]) -> str:
    count = _MANY.get(found[2].lower()) or int(found[2])
    first, last = (1, count) if found[1].lower() == "first" else (13 - count, 12)
    return f"from {calendar.month_name[first]} {found[3]} to {calendar.month_name[last]} {found[3]}"


def _season(found: re.Match[str]) -> str:
    first = SEASONS[found[1].lower()]
    return f"from {calendar.month_name[first]} {found[2]} to {calendar.month_name[first + 2]} {found[2]}"


def _half_month(found: re.Match[str]) -> str:
    month, year = MONTHS[found[2].lower()], int(found[3])
    first, last = (1, 15) if found[1].lower() in ("first", "1st") else (16, calendar.monthrange(year, month)[1])
    return f"from {year}-{month:02d}-{first:02d} to {year}-{month:02d}-{last:02d}"


def _nth(found: re.Match[str]) -> str:
    return f"{_NTH[found[1].lower().replace(' ', '-')]}{'th' if found[2] == 'century' else ''} {found[2]}"


def _decade(found: re.Match[str]) -> str:
    return f"the 19{found[1]}0s" if found[1].isdigit() else f"the 19{_DECADES[found[1].lower()]}0s"


def _vague(found: re.Match[str]) -> str:
    """`early March 2024`, `in mid-2022`: nobody knows where it begins and where it ends."""
    raise AskBack(f"Which days are {found[1]!r}? Please name the first and the last of them.")


def _middle(found: re.Match[str]) -> str:
    month = f"{MONTHS[found[2].lower()]:02d}-15" if found[2] else "07-01"
    return f"{found[1]} {found[3]}-{month}"


_SINCE_MONTH = re.compile(rf"\bsince (?:the (?:start|beginning) of )?(?:{MONTH})\b(?!,? \d)", re.I)
_PATTERNS: list[tuple[re.Pattern[str], _Written]] = [
    (re.compile(pattern, re.I), written)
    for pattern, written in (
        (rf"\b({YEAR})/(\d\d)/(\d\d)\b", r"\1-\2-\3"),
        (rf"(?<![\d./-])(\d{{1,2}})([./-])(\d{{1,2}})\2({YEAR})(?![\d/-]|\.\d)", _in_digits),
        (rf"\b(\d{{1,2}})-({MONTH})-({YEAR})\b", _iso(1, 2, 3)),
        (r"\bthe (?=\d{1,2}(?:st|nd|rd|th)\b)", ""),
        (
            rf"\b(?:the )?({_NTH_WORD})(?: day)?(?: of(?: the month of)?)? ({MONTH})\b(?=\.?,?(?: of)? {YEAR}\b)",
            _nth,
        ),
        (rf"\b({_NTH_WORD})[ -](century)\b", _nth),
        (rf"(?<![\d/.])\b(0?[1-9]|1[0-2])/({YEAR})\b", lambda m: f"{calendar.month_name[int(m[1])]} {m[2]}"),
        (rf"\b({YEAR}|today|yesterday|tomorrow)['’]s\b", r"\1"),
        (rf"\bsince (?:the )?(?:start|beginning) of (?=(?:{MONTH})\b)", "since "),
        (r"\b(last|past|previous) half[- ]year\b", r"\1 6 months"),
        (r"(?<!his )(?<!her )(?<!their )\b(?:the )?(?:['’]|(?<!\d))([4-9])0['’]?s\b", _decade),
        (rf"\bthe ({'|'.join(_DECADES)})\b", _decade),
        (r"\b((?:19|20)\d0)['’]s\b", r"\1s"),
        (
            rf"\b{_IN}(first|second|1st|2nd) half of ({MONTH})\.?,? ({YEAR})\b(?:,? \(?from 1(?:st)? to 15(?:th)?\)?)?",
            _half_month,
        ),
        (
            rf"\b(?:between |from )?{_DAY} ?(?:-|–|to|and|until|through) ?{_DAY} (?:of )?({MONTH})\.?,? ({YEAR})\b",
            r"from \1 \3 \4 to \2 \3 \4",
        ),
        (
            rf"\b(?:between |from )?({MONTH})\.? {_DAY} ?(?:-|–|to|and|until|through) ?{_DAY},? ({YEAR})\b",
            r"from \2 \1 \4 to \3 \1 \4",
        ),
        (
            rf"\b(?:from )?{_DAY} (?:of )?({MONTH})\.? ?[-–] ?{_DAY} (?:of )?({MONTH})\.?,? ({YEAR})\b",
            r"from \1 \2 \5 to \3 \4 \5",
        ),
        (rf"\b(?:in |during )?(?:the )?(first|last) ({'|'.join(_MANY)}|\d) months of ({YEAR})\b", _months),
        (rf"\b{_DAY} (?:of )?({MONTH})\.?,? ({YEAR})\b", _iso(1, 2, 3)),
        (rf"\b({MONTH})\.? {_DAY},? ({YEAR})\b", _iso(2, 1, 3)),
        (rf"\b{_DAY} (?:of )?({MONTH})(?= (?:and|to|until|through|till) ({YEAR})-)", _iso(1, 2, 3)),
        (rf"\b({MONTH})\.? {_DAY}(?= (?:and|to|until|through|till) ({YEAR})-)", _iso(2, 1, 3)),
        (rf"\b(?:spring|summer|autumn|fall)(?: of)? ({YEAR}) \((.*?)\)", r"\2 \1"),
        (
            rf"\b(?:in |during |over |for )?(?:the )?({'|'.join(SEASONS)})(?: of)? ({YEAR})\b",
            _season,
        ),
        (
            rf"\b(since|before|after|until|from) (?:mid[- ]?|the middle of )(?:({MONTH})\.? )?({YEAR})\b",
            _middle,
        ),
        (rf"\b((?:early|mid|late|the middle of)[ -](?:in )?(?:(?:{MONTH})\.?,? )?{YEAR})\b(?![-\d])", _vague),
        (rf"\bthe (?:start|beginning) of ({YEAR})\b", r"\1-01-01"),
        (rf"\b({YEAR})-(0[1-9]|1[0-2])(?![-\d])", lambda m: f"{calendar.month_name[int(m[2])]} {m[1]}"),
        (
            rf"\b({'|'.join(_ORDINALS)}) quarter,? (?:of |in )?(?={YEAR})",
            lambda m: f"Q{_ORDINALS[m[1].lower()]} ",
        ),
        (rf"\b(?:between |from )?({MONTH})\.? ?{TO} ?({MONTH})\.?,? ({YEAR})\b", r"from \1 \3 to \2 \3"),
        (rf"\b(q[1-4])((?:{_AND}| ?{TO} ?)q[1-4]) (?:of )?({YEAR})\b", r"\1 \3\2 \3"),
        (rf"\b((?:(?:{MONTH})\.?{_AND})+(?:{MONTH}))\.?,? (?:of )?({YEAR})\b", _each_with_year),
    )
]
