"""An example's SQL for a question that asks the same of another period or of other values."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from sqlglot import exp, parse_one

from mocks.genie.language.dates import Span, day_before, find_spans
from mocks.genie.language.days import normalised

_TODAYS = date(2001, 7, 17), date(2013, 2, 5)  # what both read alike does not hang on the day of asking
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?: 00:00:00)?")
_PARTS: dict[type[exp.Expr], str] = {exp.Year: "year", exp.Month: "month", exp.Quarter: "quarter"}
_NEEDED = {"1 months": {"year", "month"}, "3 months": {"year", "quarter"}, "12 months": {"year"}}


class UnfitError(Exception):
    """The example's SQL has no place for what the question asks otherwise."""


def without_periods(question: str) -> tuple[str, tuple[Span, ...]]:
    """The question without the periods that it names by their dates, and these in order."""
    text = normalised(question)
    one, other = (find_spans(text, today) for today in _TODAYS)
    fixed = [found for found in one if found in other]
    for start, end, _ in reversed(fixed):
        text = f"{text[:start]} {text[end:]}"
    return text, tuple(span for _, _, span in fixed)


def _with_periods(tree: exp.Expr, old: Sequence[Span], new: Sequence[Span]) -> None:
    """Puts the new periods where the SQL has the old ones.

    Raises: UnfitError if a date of the SQL is none of the old periods', or the new ones are not as long
    """
    if len(old) != len(new) or [_length(span) for span in old] != [_length(span) for span in new]:
        raise UnfitError
    changed = [(a, b) for a, b in zip(old, new, strict=True) if (a.start, a.end) != (b.start, b.end)]
    if not changed:
        return
    dates = {told: put for a, b in zip(old, new, strict=True) for told, put in _written(a, b).items()}
    replaced = [_replaced_parts(tree, a, b) for a, b in changed]
    for node in [node for node in tree.find_all(exp.Literal) if node.is_string and _DATE.fullmatch(node.this)]:
        if node.this not in dates:
            raise UnfitError
        replaced.append(True)
        node.replace(exp.Literal.string(dates[node.this]))
    if not any(replaced):
        raise UnfitError


def _with_values(tree: exp.Expr, changed: Mapping[str, str]) -> None:
    """Puts new values where the SQL has the old ones.

    Raises: UnfitError if an old one is not there exactly once
    """
    for before, after in changed.items():
        places = [node for node in tree.find_all(exp.Literal) if str(node.this).lower() == before.lower()]
        if len(places) != 1:
            raise UnfitError
        places[0].replace(exp.Literal(this=after, is_string=places[0].is_string))


def refilled(sql: str, old: Sequence[Span], new: Sequence[Span], changed: Mapping[str, str]) -> str | None:
    """The statement for other periods and values, as it is where none differs; nothing if it has no place for one."""
    tree = parse_one(sql, read="databricks")
    try:
        _with_periods(tree, old, new)
        _with_values(tree, changed)
    except UnfitError:
        return None
    return sql if not changed and tuple(old) == tuple(new) else tree.sql(dialect="databricks", pretty=True)


@lru_cache(maxsize=16384)
def texts(sql: str) -> tuple[str, ...]:
    """The texts that a statement compares with."""
    literals = parse_one(sql, read="databricks").find_all(exp.Literal)
    return tuple(node.this for node in literals if node.is_string and not _DATE.fullmatch(node.this))


def _length(span: Span) -> str:
    """How long it is, in the unit that it is named by; periods of one length stand in for one another."""
    if span.start is None or span.end is None:
        return "until" if span.start is None else "since"
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    if span.start.day == span.end.day == 1:
        return f"{months} months"
    return "day" if span.end - span.start == timedelta(days=1) else "days"


def _written(old: Span, new: Span) -> dict[str, str]:
    """Each way in which SQL writes an end of the old period, and the same of the new one."""
    pairs = [(old.start, new.start), (old.end, new.end), (day_before(old.end), day_before(new.end))]
    days = {str(a): str(b) for a, b in pairs if a and b}
    months = {a[:7]: b[:7] for a, b in days.items()} if _length(old) == "1 months" else {}
    return days | months | {f"{a} 00:00:00": f"{b} 00:00:00" for a, b in days.items()}


def _replaced_parts(tree: exp.Expr, old: Span, new: Span) -> bool:
    """Whether `YEAR(day) = 2024` and the like were there, and became the new period's.

    Raises: UnfitError if they tell the old period in part only
    """
    needed = _NEEDED.get(_length(old), set())
    if old.start is None or new.start is None or not needed:
        return False
    tests = [(_PARTS.get(type(t.this)) or _extracted(t.this), t.expression) for t in tree.find_all(exp.EQ)]
    told = [
        (part, number) for part, number in tests if part in needed and number.name == str(_part(old.start, str(part)))
    ]
    if not told:
        return False
    if {part for part, _ in told} != needed:
        raise UnfitError
    for part, number in told:
        number.replace(exp.Literal.number(_part(new.start, str(part))))
    return True


def _extracted(node: exp.Expr) -> str:
    return node.name.lower() if isinstance(node, exp.Extract) else ""


def _part(day: date, part: str) -> int:
    return (day.month + 2) // 3 if part == "quarter" else int(getattr(day, part))
