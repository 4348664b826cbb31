"""What a question asks, as a frame; and which kinds of things its items name."""

from dataclasses import dataclass, field

from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.roles import is_year
from mocks.genie.knowledge.space import DATE, NUMBER, TEXT, Column, Space, Table
from mocks.genie.language.units import Unit
from mocks.genie.language.words import stems
from mocks.genie.reading.items import Item


@dataclass
class Comparison:
    """A comparison with what it is about: a column or the number of a table's rows, and a number or another column.

    With `usual`, a function, it is compared with the average or the like, of all or of those in the same group, or
    with so many `times` of it.
    """

    item: Item
    of: Column | Table | None = None
    other: Column | None = None
    unit: Unit | None = None
    function: str = ""
    usual: str = ""
    times: float = 1
    among: Item | None = None
    measure: Item | None = None


@dataclass
class Extreme:
    """The first or last of something, by a column, by a curated measure or by how many rows."""

    item: Item
    by: Item | None = None
    dated: bool = False
    counting: bool = False


@dataclass
class Frame:
    """What a question asks."""

    counted: Item | None = None
    counting: bool = False
    function: str = ""
    measured: Item | None = None
    share: bool = False
    present: list[Item] = field(default_factory=list)
    whole: list[Item] = field(default_factory=list)
    distinct: bool = False
    groups: list[Item] = field(default_factory=list)
    grain: str = ""
    spans: list[tuple[Item, Column | None]] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    extreme: Extreme | None = None
    like: list[tuple[Item, Column | None]] = field(default_factory=list)
    also: list[tuple[str, Item]] = field(default_factory=list)
    order: list[tuple[Item | None, bool]] = field(default_factory=list)
    overdue: Item | None = None
    late: list[tuple[Item, Column | None]] = field(default_factory=list)
    subject: Item | None = None


def is_within(frame: Frame) -> bool:
    """Whether the most of each group is asked for: `the best paid employee of every department`."""
    subject = frame.subject or frame.counted
    other = subject is not None and all(subject.meaning != group.meaning for group in frame.groups)
    ranked = frame.extreme is not None and (frame.extreme.by is not None or bool(frame.extreme.item.dimension))
    return ranked and bool(frame.groups) and other


def is_role(space: Space, item: Item) -> bool:
    """A value that stands for things of another table, such as a party's role."""
    return item.value is not None and not space.table(item.value.column.table).labels


def is_quantity(item: Item) -> bool:
    """Whether it names how many of a thing there are."""
    column = item.column
    return (
        is_number(item)
        and column is not None
        and bool({"quantity", "qty", "unit"} & set(stems(column.spoken)) or "quantit" in stems(column.description))
    )


def is_table(item: Item) -> bool:
    """Whether it names a table."""
    return item.table is not None


def is_column(item: Item) -> bool:
    """Whether it names a column."""
    return item.column is not None


def is_number(item: Item) -> bool:
    """Whether it names a column of numbers."""
    return item.column is not None and item.column.kind == NUMBER


def is_date(item: Item) -> bool:
    """Whether it names a column of dates."""
    return item.column is not None and item.column.kind == DATE


def is_dated(item: Item) -> bool:
    """Whether it names a column of dates or years."""
    return is_date(item) or (item.column is not None and is_year(item.column))


def is_text(item: Item) -> bool:
    """Whether it names a column of texts."""
    return item.column is not None and item.column.kind == TEXT


def is_thing(item: Item) -> bool:
    """Whether it names something to group by."""
    return (
        item.column is not None
        or item.table is not None
        or (item.snippet is not None and item.snippet.kind == "expressions")
    )


def is_measure(item: Item) -> bool:
    """Whether it names a number that is no key."""
    column = item.column
    if not is_number(item) or column is None or column.refers:
        return False
    return bool(column.aggregates) or stems(column.spoken)[-1] not in ("id", "number", "no", "cod", "key", "by")


def is_rankable(item: Item) -> bool:
    """Whether there can be the most of it."""
    return is_measure(item) or item.table is not None or (item.snippet is not None and item.snippet.kind == "measures")


def table_of(meaning: Meaning | None) -> str:
    """The table that the meaning belongs to; none for a snippet."""
    match meaning:
        case Table(full_name=name):
            return name
        case Column(table=name):
            return name
        case Value(column=column):
            return column.table
    return ""


def is_filter(item: Item) -> bool:
    """`total unpaid bills`, where a curator says which are unpaid."""
    return item.snippet is not None and item.snippet.kind == "filters"
