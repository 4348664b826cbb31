"""How well the meanings of two neighbours in a question go together."""

from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import FULL, PARTIAL, QUANTITY
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Table
from mocks.genie.reading.frame import table_of


def own_name(before: Entry, entry: Entry, between: str) -> float:
    """`claims whose amount`: the table's name beside a column makes up for its lack in the column's."""
    for one, other in ((before, entry), (entry, before)):
        near = len(between.split()) <= 2 and "and" not in between.split()
        number = isinstance(one.meaning, Column) and one.meaning.kind == NUMBER and one.rank == PARTIAL
        if near and number and isinstance(other.meaning, Table) and table_of(one.meaning) == other.meaning.full_name:
            return 3.0 * (FULL - PARTIAL)
        said_of = isinstance(one.meaning, Value) and isinstance(other.meaning, Column) and other.rank == QUANTITY
        if said_of and table_of(one.meaning) == table_of(other.meaning):
            return 1.0  # `how many hectares does Thornbury have`: those of a farm, not of its fields
    return 0.0


def pair(before: Meaning, meaning: Meaning, between: str) -> float:
    """How well two neighbours go together."""
    near = len(between.split()) <= 2
    for one, other in ((before, meaning), (meaning, before)):
        if isinstance(one, Value) and one.column == other:
            return 6.0 if near else 2.0
        if isinstance(one, Column) and one == other:
            return 3.0
        if isinstance(one, Snippet) and isinstance(other, Table) and f"{other.name}." in one.sql:
            return 2.5 if near else 1.0
        if isinstance(one, Value | Column) and isinstance(other, Table) and table_of(one) == other.full_name:
            return 2.5 if near else 1.0
    return 0.5 if table_of(before) == table_of(meaning) else 0.0
