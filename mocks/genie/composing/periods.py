"""Stretches of time as conditions on a date: from a day to another, and parts of a date such as weekdays and hours."""

from collections.abc import Sequence
from datetime import date

from sqlglot import exp

from mocks.genie.knowledge.roles import is_year
from mocks.genie.knowledge.space import DATE, NUMBER, Column
from mocks.genie.knowledge.written import column_of
from mocks.genie.language.dates import Span
from mocks.genie.language.recurring import FUNCTIONS, HOUR, MONTH_OF_YEAR, WEEKDAY
from mocks.genie.reading.frame import Frame
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

SOME_TIME = "time"
_FEW_YEARS = 3 * 366


def within(column: Column, spans: Sequence[Span], today: date, yearly: bool = False) -> exp.Expr:
    """That a date lies in one of the stretches, and in all that come back; months of no year are those of this one.

    `yearly` months may be of any year. Raises: AskBack if the column does not tell so much
    """
    once = [span for span in spans if not span.parts]
    again = [span for span in spans if span.parts]
    ends = [_between(column, span) for span in once]
    alternatives = len(ends) > 1 and all(span.closed for span in once)
    both = [exp.or_(*ends)] if alternatives else ends
    parts = [_part(column, name, values, today, yearly or bool(once)) for s in again for name, values in s.parts]
    return exp.and_(*both, *parts)


def by_unit(column: Column, unit: str) -> exp.Expr:
    """The periods of a date to group by, or a part of it: the name of the weekday, the number of the hour or the year.

    Raises: AskBack if the column holds no such part, such as a time of day
    """
    if unit == "year":
        year = exp.Year(this=column_of(column))
        return column_of(column) if column.kind == NUMBER else year
    if unit not in FUNCTIONS:
        _check(column, unit)
        return exp.func("DATE_TRUNC", exp.Literal.string(unit.upper()), column_of(column), dialect="databricks")
    _check(column, unit)
    if unit == WEEKDAY:
        return exp.func("DATE_FORMAT", column_of(column), exp.Literal.string("EEEE"), dialect="databricks")
    return exp.Anonymous(this=FUNCTIONS[unit], expressions=[column_of(column)])


def column_of_periods(items: Sequence[Item], frame: Frame, unit: str) -> Column | None:
    """The date or year by which a question groups: one of its groups, of its stretches of time, or else one named."""
    told = [g.column for g in frame.groups if tells_periods(g, unit)]
    told += [column for _, column in frame.spans if column is not None]
    told += [i.column for i in items if tells_periods(i, unit) and not i.used]
    named = [i.column for i in items if tells_periods(i, unit) and not i.negated]
    told += named if len(set(named)) == 1 else []
    return next(iter(told), None)


def tells_periods(item: Item, unit: str) -> bool:
    """Whether it names what tells the periods: a date, or for years also a column of years."""
    of_years = unit in ("year", SOME_TIME)
    return item.column is not None and (item.column.kind == DATE or (of_years and is_year(item.column)))


def usual_unit(column: Column, frame: Frame) -> str:
    """The periods of `over time`: years where there are more than three of them, else months."""
    ends = [(s.span.start, s.span.end) for s, _ in frame.spans if s.span is not None and s.span.closed]
    first, last = ends[0] if len(ends) == 1 else (_day(column.first), _day(column.last))
    known = column.kind != NUMBER and first is not None and last is not None
    return "month" if known and first and last and (last - first).days <= _FEW_YEARS else "year"


def _day(written: str) -> date | None:
    return date.fromisoformat(written[:10]) if written else None


def _between(column: Column, span: Span) -> exp.Expr:
    ends: list[exp.Expr] = []
    for end, kind in ((span.start, exp.GTE), (span.end, exp.LT)):
        if end is not None and column.kind == NUMBER and (end.month, end.day) != (1, 1):
            raise AskBack(f"{column.name} holds years only.")
        if end is not None:
            told = exp.Literal.number(end.year) if column.kind == NUMBER else as_day(end)
            ends.append(kind(this=column_of(column), expression=told))
    return exp.and_(*ends)


def _part(column: Column, name: str, values: tuple[int, ...], today: date, yearly: bool) -> exp.Expr:
    _check(column, name)
    if name == MONTH_OF_YEAR and not yearly:
        return _between(column, _in_year(column, values, today))
    part = exp.Anonymous(this=FUNCTIONS[name], expressions=[column_of(column)])
    first, last = values[0], values[-1]
    numbers = [exp.Literal.number(value) for value in values]
    if len(values) == 1:
        return exp.EQ(this=part, expression=numbers[0])
    if [*values] != [*range(first, last + 1)]:
        return exp.In(this=part, expressions=numbers)
    if name == HOUR and first == 0:
        return exp.LT(this=part, expression=exp.Literal.number(last + 1))
    if name == HOUR and last == 23:
        return exp.GTE(this=part, expression=numbers[0])
    return exp.Between(this=part, low=numbers[0], high=numbers[-1])


def _check(column: Column, part: str) -> None:
    if column.kind == NUMBER:
        raise AskBack(f"{column.name} holds years only.")
    if part == HOUR and not column.timed:
        raise AskBack(f"{column.name} holds days without a time of day.")


def _in_year(column: Column, months: tuple[int, ...], today: date) -> Span:
    """Those months in this year if the column has days in them, else in the only year in which it has.

    Raises: AskBack if there are several
    """
    known = [date.fromisoformat(day[:10]) for day in (column.first, column.last) if day]
    spans = {year: _months(year, months) for year in range(known[0].year, known[1].year + 1)} if len(known) > 1 else {}
    found = {y: s for y, s in spans.items() if s.start and s.end and s.start <= known[1] and s.end > known[0]}
    chosen = found.get(today.year) or (next(iter(found.values())) if len(found) == 1 else None)
    if chosen is None or [*months] != [*range(months[0], months[-1] + 1)]:
        raise AskBack("Of which year? Please name it with the month.")
    return chosen


def _months(year: int, months: tuple[int, ...]) -> Span:
    last = months[-1]
    return Span("", date(year, months[0], 1), date(year + last // 12, last % 12 + 1, 1))


def as_day(day: date) -> exp.Expr:
    """The day as a literal."""
    return exp.cast(exp.Literal.string(day.isoformat()), "date")
