"""In which unit a column of numbers is, and the words by which its kind of quantity is asked for."""

import re
from collections.abc import Iterable, Iterator

from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.knowledge.unit_rates import rated_unit
from mocks.genie.language.units import ASKED, MONEY, PERIODS, UNITS, Unit
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import stem, stems
from mocks.genie.refusal import AskBack

_IN = re.compile(r"\bin ([a-z]+)\b", re.IGNORECASE)
_OF_TWO = {" ".join(stems(f"{size}watt hours")): f"{size[0]}wh" for size in ("kilo", "mega", "giga")}
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
    if (both := _OF_TWO.get(" ".join(stems(column.spoken)[-2:]))) is not None:
        return both
    raw, said = stem(column.name.lower().split("_")[-1]), column.description.strip(" .")
    spoken = stems(column.spoken)[-1:]
    told = [stem(word) for word in _IN.findall(said)] + ([stem(said)] if said.isalpha() else [])
    if rated_unit(column):
        return next((word for word in told if word in UNITS and UNITS[word].quantity == MONEY), "")
    first = stems(column.spoken)[:1] if is_participle(column.spoken.split()[-1]) else ()  # `hours spent`
    return next((word for word in (raw, *spoken, *first, *told) if word in UNITS), "")


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
    return found[0] if len(found) == 1 and unit.quantity != MONEY else None
