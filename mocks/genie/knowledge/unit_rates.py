"""Numbers that hold for each one of a unit, such as euros a tonne or litres per 100 km: they have no total."""

import re
from collections.abc import Iterator

from mocks.genie.knowledge.space import NUMBER, Column
from mocks.genie.language.units import MONEY, UNITS
from mocks.genie.language.words import is_plural, stem, stem_set

# `each year`, `a month`: what is owed for a period is still an amount that adds up.
_PERIODS = stem_set("week month quarter year")
_EACH = re.compile(r"\b(?:an?|per|each|every|for (?:an?|each|every|one)) (?:\d+ ?)?([a-z]+\d?)\b", re.IGNORECASE)
_PER_PERIOD = re.compile(r"\b(?:per|an?|each|every) (hour|day|week|month|quarter|year)\b", re.I)
_PRICE = stem_set("price prc cost fee rate rt charge tariff fare rent pay wage eur usd gbp euro dollar surcharge")


def rated_unit(column: Column) -> str:
    """The stem of the unit, by name or comment: `tonne` for prc_t and for `Price in euros a tonne`; else nothing."""
    if column.kind != NUMBER or column.refers:
        return ""
    words = [stem(word) for word in column.name.lower().split("_")]
    spoken = [stem(word) for word in column.spoken.lower().split()]
    for named in (words, spoken):
        others, last = named[:-1], named[-1]
        several = is_plural(column.spoken.split()[-1])  # `payment_days`: so many days, and no price of one
        per = ("per" in others and last in UNITS) or (
            len(named) > 1 and not several and _is_unit(last) and _PRICE & set(others)
        )
        if per and last not in _PERIODS:
            return last
        if len(named) == 2 and _is_unit(named[0]) and last in _PRICE:
            return named[0] if named[0] not in _PERIODS else ""
    told = [stem(word) for word in _EACH.findall(column.description)]
    return next((word for word in told if _is_unit(word) and word not in _PERIODS), "")


def is_of_one(column: Column) -> bool:
    """Whether it holds for one of the unit, and not for as many as `per 100 km` tells."""
    return not any(number for number in re.findall(r"\bper (\d+)", f"{column.description} {column.spoken}"))


def by_period(column: Column) -> Iterator[str]:
    """`hours per week` for the hours of which a comment says so."""
    told = _PER_PERIOD.search(column.description) if column.kind == NUMBER and not column.refers else None
    said = column.spoken if told is not None and told[1].lower() not in column.spoken.lower().split() else ""
    yield from (f"{said} {of} {told[1].lower()}" for of in ("per", "a") if told is not None and said)


def _is_unit(word: str) -> bool:
    return word in UNITS and UNITS[word].quantity != MONEY
