"""Which columns play which part: the day on which something happens, is due or is done; numbers that add up."""

import re
from collections.abc import Iterable

from mocks.genie.knowledge.space import DATE, NUMBER, TEXT, Column, Table
from mocks.genie.knowledge.unit_rates import rated_unit
from mocks.genie.language.deeds import alike_deeds, is_deed
from mocks.genie.language.english import dimension
from mocks.genie.language.units import UNITS
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.refusal import AskBack, Declined

_ASIDE = re.compile(r"[;.(]")
_DUE = stem_set("due deadline expiry expected promised agreed planned target scheduled")
_ENDS = _DUE | stem_set("end ends until valid to termination expiration")
_BEGINS = stem_set(
    "start begin open birth dob hired founded created built bought purchased installed joined registered from"
)
# What a price is made of: no total of its own.
COMPONENTS = frozenset(("unit", "fee", "tax", "discount", "ship"))
_NEVER = stem_set("""rate percent pct percentage score level grade rating temperature speed latitude longitude
    ratio average margin per lat lon age rank satisfaction csat nps floor priority gpa mark""")
_SCALE = re.compile(r"\b(?:from )?\d+(?:\.\d+)? ?(?:to|-|–|=) ?\w+", re.I)  # fmt: skip
_SELDOM = _NEVER | stem_set("price weight height length width depth capacity stock seats balance")
_WHOLE = stem_set("whole total entire altogether")
_CARRIED = stem_set("weight length")
_EXAMINED = stem_set("""visit exam examination check checkup measurement reading vital vitals sample weighing inspection
    test treatment consultation assessment observation appointment admission screening""")
_UNDONE = re.compile(r"(?:cancel|void|annul|refund|revers|withdr)", re.I)
_MONEY = stem_set("amount total price cost value fee salary fare usd eur gbp paid charge budget revenue")
_OF_ONE = re.compile(r"\b(?:of|for|per|each) (?:(?:one|an?|each|a single) )?(?:unit|piece|item|article|copy)\b", re.I)
_OF_ONE_THING = re.compile(r"\b(?:of|for|per) (?:one|each|a single) ([a-z]+)\b", re.I)
_OF_YEARS = re.compile(r"(?:the )?(?:calendar |fiscal |model )?year (?:of|in|when|that|for|on)\b", re.I)
_A_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:\.0)?")
# What is held again and again, and told apart by its year.
_SERIES = stem_set("edition season vintage cohort class intake campaign term round cycle issue volume model")
# When a row was written, which says nothing of the thing itself.
_WRITTEN = stem_set("create created insert inserted update updated modify modified load loaded ingest ingested etl")
_OF_RECORDS = stem_set("record row last date day on at time timestamp ts dt by utc in into first")
# What is agreed before the thing itself happens: an appointment is booked first, and begins later.
_AGREED = stem_set(
    "book booked request requested reserve reserved order ordered plan planned announce announced assign assigned"
)
_BIRTH = stem_set("birth birthday born dob")
_UNITS = UNITS.keys() | stem_set("feet foot ft inch count number total in per of and or a the amount value")
_NAMES = stem_set("id no number code key year")
_NO_YEAR = _MONEY | stem_set("per count number rate income")


def dates(table: Table) -> list[Column]:
    """The columns of a table that say when."""
    return [c for c in table.columns if c.kind == DATE]


def is_year(column: Column) -> bool:
    """Whether its numbers are years of the calendar, as in birth_year; but not in fee_per_year or years_at_sea.

    Its comment may say so, `Year of the festival`, or its name if all are numbers of years: the edition 2024.
    """
    if column.kind != NUMBER or column.refers or _NO_YEAR & set(stems(column.spoken)):
        return False
    said = column.spoken.lower().split()
    told = said[-1:] and stem(said[-1]) in _SERIES and bool(column.keys) and all(map(_A_YEAR.fullmatch, column.keys))
    return bool({"year", "yr"} & set(said)) or bool(told) or _OF_YEARS.match(column.description) is not None


def happened(table: Table, words: str) -> Column:
    """The day on which the things of a table happened, where a question names none.

    Raises: AskBack, Declined
    """
    if table.dated is not None:
        return table.dated
    every = dates(table) or [c for c in table.columns if is_year(c)]
    every = _of_things([c for c in every if not _BIRTH & set(stems(c.spoken))] or every)
    known = [c for c in every if c.filled == 1]
    for chosen in (
        every,
        _named_as(table, every),
        [c for c in known if _is_deed_of(c, table)],
        [c for c in every if _is_deed_of(c, table)] if len(known) > 1 else [],
        [c for c in every if c.name.lower() in ("date", "day", "month", "created_at", "timestamp", "ts")],
        [c for c in known if not _ENDS & set(stems(c.spoken))],
        known,
        [c for c in known if not (_ENDS | _AGREED) & set(stems(c.spoken))]
        if not _AGREED & set(stems(table.spoken))
        else [],
    ):
        if len(chosen) == 1:
            return chosen[0]
    if not every:
        raise Declined(f"{table.name} has no date, so I cannot say what happened {words}.")
    raise AskBack(f"By which date do you mean {words}: {', '.join(c.name for c in every)}?")


def _is_deed_of(day: Column, table: Table) -> bool:
    """`booked_on` of reservations: the day is named after what they are."""
    said = day.spoken.split()
    return any(alike_deeds(word, own) for word in said for own in table.spoken.split() if is_deed(own))


def _of_things(every: list[Column]) -> list[Column]:
    """The days without that on which the row was written, where another is known of each: `scheduled_at`."""
    others = [c for c in every if not _is_of_record(c)]
    known = [c for c in others if c.filled == 1 and not (_ENDS - {"schedul"}) & set(stems(c.spoken))]
    return others if known else every


def _is_of_record(column: Column) -> bool:
    said = set(stems(column.spoken))
    return bool(said & _WRITTEN) and said <= _WRITTEN | _OF_RECORDS


def _named_as(table: Table, days: list[Column]) -> list[Column]:
    """The days that are named as the thing itself, such as the inspection_date of an inspection."""
    return [c for c in days if set(stems(table.spoken)) & set(stems(c.spoken)) and c.filled == 1]


def first_or_last(table: Table, aged: bool = False) -> Column:
    """The date by which the first of a table's things is found; the oldest, `aged`, by that of birth if there is one.

    Raises: AskBack
    """
    every = _of_things([c for c in dates(table) if bool(_BIRTH & set(stems(c.spoken))) == aged] or dates(table))
    begins = [c for c in every if _BEGINS & {*stems(c.spoken), *stems(c.description)}]
    known = [c for c in every if c.filled == 1]
    for chosen in (every, known, begins, [c for c in begins if _BEGINS & {*stems(c.spoken)}]):
        if len(chosen) == 1:
            return chosen[0]
    if not begins:
        return happened(table, "first or last")
    raise AskBack(f"By which date do you mean that for {table.name}?")


def due(table: Table) -> Column:
    """The day by which something has to be done.

    Raises: AskBack
    """
    return _only([c for c in dates(table) if _DUE & set(stems(c.spoken))], table, "is due")


def done(table: Table) -> Column:
    """The day on which it was done; empty until then.

    Raises: AskBack
    """
    deadline = due(table)
    found = [c for c in dates(table) if c.filled < 1 and c != deadline]
    later = [c for c in found if not (_BEGINS | _AGREED) & set(stems(c.spoken))]
    return _only(later if len(later) == 1 else found, table, "was done")


def _only(columns: list[Column], table: Table, what: str) -> Column:
    if len(columns) != 1:
        raise AskBack(
            f"Which column of {table.name} says when something {what}? An instruction or an example would teach it."
        )
    return columns[0]


def adds_up(column: Column, asked: bool = False) -> bool:
    """Whether the numbers of a column may be summed, as those that a curator sums; others seldom are unless asked.

    What was moved or done has a total, such as the net weight of deliveries; what somebody weighs has none.
    """
    if "SUM" in column.aggregates:
        return True
    name = set(stems(column.spoken))
    moved = column.event and not _EXAMINED & set(stems(column.table_name))
    rates = _NEVER if asked else _SELDOM - _CARRIED if moved else _SELDOM
    unit_price = is_unit_price(column)
    of_year = is_year(column) or column.refers or column.spoken.lower().endswith(" by")
    whole = bool(_WHOLE & set(stems(column.description)))  # `Price of the whole purchase`
    rates = _NEVER if "total" in name else rates
    rated = bool(rates & name) or bool(rates & set(stems(column.description)[:2]) and not whole) or is_scale(column)
    return not rated and not unit_price and not of_year and not rated_unit(column)


def is_unit_price(column: Column) -> bool:
    """Whether its amounts are those of one piece, of which a row may have several."""
    name = set(stems(column.spoken))
    named = "price" in name and bool({"unit", "list", "each"} & name)
    return named or (bool(_MONEY & name) and _OF_ONE.search(column.description) is not None)


def priced_piece(column: Column) -> str:
    """The stem of what its amount is for one of: pack, of `Price of one pack`; nothing for one of its rows."""
    found = _OF_ONE_THING.search(column.description) if _MONEY & set(stems(column.spoken)) else None
    return stem(found[1]) if found and stem(found[1]) not in stems(column.table_name) else ""


def is_scale(column: Column) -> bool:
    """Whether its numbers are marks on a scale, such as 1 to 5: they have an average but no sum."""
    if "SUM" in column.aggregates:
        return False
    marked = _SCALE.search(column.description) is not None and column.variety < 1
    return bool(_NEVER & set(stems(column.spoken))) or (marked and not _MONEY & set(stems(column.spoken)))


def may_be_undone(table: Table) -> bool:
    """Whether its rows have a state such as cancelled: their money may count as taken in, or not."""
    return any(_UNDONE.match(value) for column in table.columns for value in column.values)


def is_money(column: Column) -> bool:
    """Whether its numbers are amounts of money."""
    return column.kind == NUMBER and not column.refers and bool(_MONEY & set(stems(column.spoken)))


def by_dimension(plain: str, tables: Iterable[Table]) -> Column | None:
    """The one column that an adjective such as `heavy` is about, by its name or else by its comment."""
    found = dimension(plain)
    if found is None:
        return None
    numbers = [c for table in tables for c in table.columns if c.kind == NUMBER and not c.refers]
    for said in ({c: stems(c.spoken) for c in numbers}, {c: stems(c.description) for c in numbers}):
        for word in found[0]:
            named = [c for c in numbers if word in said[c] and _is_head(word, said[c])]
            if named:
                return named[0] if len(named) == 1 else None
    return None


def _is_head(word: str, name: tuple[str, ...]) -> bool:
    """`the longest article` is not about its page_views, though pages have a length."""
    return set(name[name.index(word) + 1 :]) <= _UNITS


def the_number(table: Table, words: str) -> Column | None:
    """The column that `over $500` is about: the only one of money, or else the only number that is measured."""
    numbers = [c for c in table.columns if c.kind == NUMBER and not (c.unique and c.keys) and not c.refers]
    money = [c for c in numbers if _MONEY & set(stems(c.spoken))]
    whole = [c for c in money if not COMPONENTS & set(stems(c.spoken))]
    for chosen in (money, whole) if set(words) & set("$€£") else ():
        if len(chosen) == 1:
            return chosen[0]
    return None


def main_amount(table: Table) -> Column | None:
    """The number for which a table is kept, if that is money."""
    number = main_number(table)
    return number if number is not None and is_money(number) else None


def main_number(table: Table) -> Column | None:
    """The number for which a table of measurements is kept: its only one, or the only one named as the table is."""
    said = {*stems(table.spoken), *stems(table.description)}
    none = _NAMES | (COMPONENTS - said)
    numbers = [c for c in table.columns if c.kind == NUMBER and not (c.unique and c.keys) and not c.refers]
    numbers = [c for c in numbers if not none & set(stems(c.spoken)) and not c.spoken.endswith(" by")]
    for chosen in (
        numbers,
        [c for c in numbers if {"amount", "total", "valu"} & set(stems(c.spoken))],
        [c for c in numbers if "total" in stems(c.spoken)],
        [c for c in numbers if said & set(stems(c.spoken))],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def kind_named(table: Table) -> Column | None:
    """What several rows of a table have in common, as its only name: the operation that was performed many times."""
    names = [
        c for c in table.columns if c.kind == TEXT and not c.unique and c.spoken.split()[-1:] in (["name"], ["title"])
    ]
    return names[0] if len(names) == 1 and table.label in (None, table.key) else None


def units_of(table: Table) -> list[Column]:
    """The columns that say in which of several units the numbers of a table are."""
    units = {"uom", "unit", "currenc", "unit of measure"}
    return [c for c in table.columns if len(c.values) > 1 and units & {stems(c.spoken)[-1], c.spoken}]


def role_of(column: Column) -> str:
    """The words for the role in which a column refers to somebody: its name, and what its comment begins with."""
    return f"{column.spoken} {_ASIDE.split(column.description)[0]}"
