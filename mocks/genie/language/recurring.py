"""Times that come back: weekends, Mondays, mornings, before noon, months of any year; and to group by such parts."""

import re
from collections.abc import Callable, Iterator

from mocks.genie.language.dates import Span
from mocks.genie.language.days import MONTH, MONTHS, TO

WEEKDAY, HOUR, MONTH_OF_YEAR, QUARTER_OF_YEAR = PARTS = ("weekday", "hour", "month of the year", "quarter of the year")
# The functions of SQL that give each part.
FUNCTIONS = {WEEKDAY: "DAYOFWEEK", HOUR: "HOUR", MONTH_OF_YEAR: "MONTH", QUARTER_OF_YEAR: "QUARTER"}
_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SHORT = {name[:length]: at for at, name in enumerate(_DAYS, 1) for length in (3, 4, len(name))} | {"thurs": 5}
_DAY = rf"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})s?"
# What is no day behind another word: `papers were sat`, `couples wed last year`.
_OTHER_WORD = re.compile(
    r"\b(?!(?:on|at|in|over|during|every|each|any|for|the|an?|last|next|this|and|or|to) )[a-z]+ (?:sat|sun|wed)$"
)
_ON = r"(?:(?:on|at|in|over|during|every|for) )?(?:(?:the|an?|every|each|any) )?"
_ALSO = r"(?:,? (?:and|or|&) |, ?|/)(?:on )?(?:an? |the )?"
_HOURS = {"morning": (*range(6, 12),), "afternoon": (*range(12, 18),), "evening": (*range(18, 22),)}
_HOURS["night"] = (22, 23, *range(6))
_HALF = r"(a\.?m\.?|p\.?m\.?|o'? ?clock|hours|h|in the (?:morning|afternoon|evening))"
_CLOCK = rf"(?:(\d{{1,2}})(?::00)? ?{_HALF}?|(noon|midday|midnight))"
_BEFORE, _AFTER = r"(?:before|until|till|earlier than|prior to|up to)", r"(?:after|since|from|later than|past)"
_IN = r"(?:in|during|for|of) (?:the months? of )?(?:each |every )?"
_Parts = tuple[tuple[str, tuple[int, ...]], ...]


def find_recurring(text: str) -> Iterator[tuple[int, int, Span]]:
    """The recurring times that a normalised question names, with where they begin and end."""
    lowered = text.lower().replace("’", "'")
    for pattern, build in _PATTERNS:
        for found in re.finditer(pattern, lowered):
            parts = build(found) if not _OTHER_WORD.search(text[: found.end()]) else ()
            if parts:
                yield found.start(), found.end(), Span(found[0].strip(), None, None, parts)
                blank = "\0" * (found.end() - found.start())
                lowered = lowered[: found.start()] + blank + lowered[found.end() :]


def _weekdays(found: re.Match[str]) -> _Parts:
    """Mondays, `a Saturday or a Sunday`, Monday to Friday."""
    named = [_SHORT[word.removesuffix("s") if word not in _SHORT else word] for word in re.findall(_DAY, found[0])]
    if re.search(rf"{_DAY} ?{TO} ?{_DAY}", found[0]) and len(named) == 2:
        first, last = named
        named = [(first + step - 1) % 7 + 1 for step in range((last - first) % 7 + 1)]
    return ((WEEKDAY, tuple(sorted(set(named)))),)


def _weekend(_: re.Match[str]) -> _Parts:
    return ((WEEKDAY, (1, 7)),)


def _working_days(_: re.Match[str]) -> _Parts:
    return ((WEEKDAY, (2, 3, 4, 5, 6)),)


def _time_of_day(found: re.Match[str]) -> _Parts:
    return ((HOUR, _HOURS[found[1]]),)


def _hour(number: str | None, half: str | None, word: str | None) -> int:
    if word:
        return {"noon": 12, "midday": 12, "midnight": 0}[word]
    hour = int(number or 0)
    half = {"in the morning": "am", "in the afternoon": "pm", "in the evening": "pm"}.get(half or "", half)
    return hour % 12 + (12 if (half or "").startswith("p") else 0) if (half or "")[:1] in ("a", "p") else hour


def _is_clock(found: re.Match[str], at: int) -> bool:
    return bool(found[at + 1] or found[at + 2] or ":" in found[0])


def _before_hour(found: re.Match[str]) -> _Parts:
    hour = _hour(found[1], found[2], found[3])
    return ((HOUR, tuple(range(hour))),) if _is_clock(found, 1) and 0 < hour < 24 else ()


def _after_hour(found: re.Match[str]) -> _Parts:
    hour = _hour(found[1], found[2], found[3])
    return ((HOUR, tuple(range(hour, 24))),) if _is_clock(found, 1) and 0 < hour < 24 else ()


def _between_hours(found: re.Match[str]) -> _Parts:
    if not (_is_clock(found, 1) or _is_clock(found, 4)):
        return ()
    last = _hour(found[4], found[5], found[6]) or 24
    first = _hour(found[1], found[2] or (found[5] if int(found[1] or 0) < int(found[4] or 0) else None), found[3])
    hours = range(first, last) if first < last else (*range(first, 24), *range(last))
    return ((HOUR, tuple(hours)),) if first != last and max(first, last) <= 24 else ()


def _months(found: re.Match[str]) -> _Parts:
    named = [MONTHS[word] for word in re.findall(rf"\b(?:{MONTH})\b", found[0])]
    if re.search(rf"\b{TO}\b|[-–]|\bbetween\b", found[0]) and len(named) == 2:
        first, last = named
        named = [(first + step - 1) % 12 + 1 for step in range((last - first) % 12 + 1)]
    return ((MONTH_OF_YEAR, tuple(sorted(set(named)))),)


_FULL = "|".join(name for name in MONTHS if len(name) > 4 and name != "march")
# `may` is a verb and `march` may be one, unless they follow a preposition.
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], _Parts]], ...] = (
    (rf"\b{_ON}{_DAY} ?{TO} ?{_DAY}\b", _weekdays),
    (rf"\b{_ON}{_DAY}(?:{_ALSO}{_DAY})*\b", _weekdays),
    (r"\b(?:on |at |over |during |for )?(?:the |a |every )?week-?ends?\b", _weekend),
    (r"\b(?:on |during )(?:the |a )?(?:week-?days|working days|workdays|business days|weekday)\b", _working_days),
    (rf"\b(?:(?:between|from) (?:the hours of )?){_CLOCK} (?:and|{TO}) {_CLOCK}(?![\w:])", _between_hours),
    (rf"\b{_BEFORE} {_CLOCK}(?![\w:])", _before_hour),
    (rf"\b{_AFTER} {_CLOCK}(?: onwards?)?(?![\w:])", _after_hour),
    (r"\b(?:in|during) (?:the )?(morning|afternoon|evening|night)s?\b", _time_of_day),
    (r"\b(?:at|by) (night)s?\b", _time_of_day),
    (r"(?<!\bthe )(?<!\bthis )\b(morning|afternoon|evening)(?= [a-z]+s\b)", _time_of_day),
    (rf"\b(?:from|between) (?:{MONTH}) ?(?:{TO}|and) ?(?:{MONTH})\b(?!,? \d)", _months),
    (rf"\b{_IN}(?:{MONTH})(?:(?:{_ALSO}|,? ?{TO} ?)(?:{MONTH}))*\b(?!,? \d)", _months),
    (rf"\b(?:{_FULL})(?:{_ALSO}(?:{_FULL}))*(?:'s)?(?= [a-z])(?!,? \d)", _months),
)
