"""In which unit a column of numbers is, and the words by which its kind of quantity is asked for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.knowledge.unit_rates import rated_unit
from mocks.genie.knowledge.written import column_of
from mocks.genie.language.units import ASKED, DATA, DISTANCE, MASS, MONEY, OF_TWO, PERIODS, TIME, UNITS, Unit
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import is_plural, stem, stems
from mocks.genie.refusal import AskBack

_IN = re.compile(r"\bin ([a-z]+)\b", re.IGNORECASE)
_PART = re.compile(r"\bpart of|\bof which\b|\bincluded in\b|\bbeyond\b", re.IGNORECASE)
_BESIDE = frozenset(("on", "in", "at", "of", "for", "to", "with"))
_PERIODS = frozenset(UNITS[word] for word in PERIODS)
_KEPT_IN_OTHERS = (TIME, DISTANCE, MASS, DATA)
_PLAIN = frozenset(map(stem, ("total", "planned", "actual", "overall", "gross", "net", "time", "runtime", "playing")))
PERCENT = frozenset(("percent", "percentage", "pct", "%", "percent of", "percentage of"))


def is_percentage(column: Column) -> bool:
    """Whether its numbers are in percent."""
    said = {*column.spoken.lower().split(), *column.name.lower().split("_"), *column.description.lower().split()}
    return column.kind == NUMBER and bool(PERCENT & {word.strip(".,;()") for word in said})


def unit_of(column: Column) -> Unit | None:
    """The unit of a column's numbers, by the end of its name or else by its comment."""
    written = _unit_word(column)
    return UNITS.get(written) if written else None


def _unit_word(column: Column) -> str:
    if column.kind != NUMBER or column.refers:
        return ""
    if (both := OF_TWO.get(stems(column.spoken)[-2:])) is not None:
        return both
    raw, said = stem(column.name.lower().split("_")[-1]), column.description.strip(" .")
    spoken = stems(column.spoken)[-1:]
    told = [stem(word) for word in _IN.findall(said)] + ([stem(said)] if said.isalpha() else [])
    told += _told_first(said)
    if rated_unit(column):
        return next((word for word in told if word in UNITS and UNITS[word].quantity == MONEY), "")
    words = column.spoken.split()
    leads = is_participle(words[-1]) or bool(_BESIDE & {*words[1:2]})  # `hours spent`, `minutes on site`
    first = stems(words[0]) if leads else ()
    return next((word for word in (raw, *spoken, *first, *told) if word in UNITS), "")


def _told_first(description: str) -> list[str]:
    """The unit with which a comment begins, `Minutes from the order to the first dish`, if it is the only one."""
    words = stems(description)
    both = [pair for pair in pairwise(words) if pair in OF_TWO]
    rest = {word for word in words if len(word) > 1 and word in UNITS} - {word for pair in both for word in pair}
    found = [*both, *rest]
    leading = OF_TWO.get(words[:2], words[0] if words else "")
    several = [is_plural(word) for word in description.split()[:2]][-1 if leading not in words else 0 :][:1]
    return [leading] if leading in UNITS and any(several) and not found[1:] else []


def asked_by(table: Table, column: Column) -> Iterator[str]:
    """The stems of words that ask for a column, beside those of its name: its unit, and its kind of quantity."""
    written = _unit_word(column)
    if not written or UNITS[written].quantity == MONEY:
        return
    if written not in PERIODS:
        yield from (word for word, unit in UNITS.items() if unit == UNITS[written])
    asked = ASKED.get(UNITS[written].quantity, frozenset())
    core = {word for word in stems(column.spoken) if word not in UNITS} - set(stems(table.spoken)) - _PLAIN
    if core <= asked:
        yield from asked


def with_quantity(column: Column) -> Iterator[frozenset[str]]:
    """The stems of its name with what is asked for in place of its unit: `travel time` of travel_minutes."""
    written = _unit_word(column)
    quantity = UNITS[written].quantity if written else MONEY
    core = {word for word in stems(column.spoken) if word not in UNITS}
    if quantity != MONEY and core and not rated_unit(column) and core.isdisjoint(_PLAIN):
        yield from (
            frozenset((*core, asked)) for asked in (*ASKED.get(quantity, ()), stem(quantity)) if asked not in core
        )


def in_other_units(table: Table, column: Column) -> Iterator[tuple[str, Column]]:
    """The stems of other units, each with the column in it: hours of what is kept in minutes.

    Nothing where the table holds several columns of the same quantity.
    """
    own = unit_of(column)
    if (
        own is None
        or own.quantity not in _KEPT_IN_OTHERS
        or own in _PERIODS
        or the_measured(table.columns, own) != column
    ):
        return
    for word, told in UNITS.items():
        if told.quantity == own.quantity and told != own and word not in PERIODS and len(word) > 1:
            yield word, turned(column, own, told, word)


def turned(column: Column, own: Unit, told: Unit, written: str) -> Column:
    """The column, computed in another unit than its own."""
    much, by = (own.size / told.size, "*") if own.size > told.size else (told.size / own.size, "/")
    formula = f"{column_of(column).sql('databricks')} {by} {much:.10g}"
    return replace(column, name=f"{column.name}_in_{written}", formula=formula)


def scale(column: Column, unit: Unit) -> float:
    """How many of the column's own units another unit is.

    Raises: AskBack
    """
    own = unit_of(column) or _mentioned(column)
    if unit.quantity == MONEY:
        return 1
    if own is None or own.quantity != unit.quantity:
        raise AskBack(f"I do not know the unit of {column.name}.")
    return unit.size / own.size


def _mentioned(column: Column) -> Unit | None:
    words = (*stems(column.spoken), *stems(column.description))
    return next((UNITS[word] for word in words if word in UNITS and UNITS[word].quantity != MONEY), None)


def may_be_in(column: Column, unit: Unit) -> bool:
    """Whether a column's numbers may be in a unit: they are in one of the same quantity, or in none that is known."""
    own = unit_of(column)
    return own is None or own.quantity == unit.quantity


def the_measured(columns: Iterable[Column], unit: Unit) -> Column | None:
    """The one column of a quantity."""
    found = [column for column in columns if (own := unit_of(column)) and own.quantity == unit.quantity]
    found = [column for column in found if unit_of(column) == unit] or found
    found = [column for column in found if not _PART.search(column.description)] or found
    return found[0] if len(found) == 1 and unit.quantity != MONEY else None
