"""What the whole of a space is called: `the cooperative` whose members, farms and deliveries the tables hold."""

import re
from collections.abc import Iterator
from functools import partial

from mocks.genie.knowledge.names import table_names
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.space import TEXT, Space, Table
from mocks.genie.language.english import FILLERS, KINDS, PLACES
from mocks.genie.language.words import stem, stem_set, stems

_OF_THE = re.compile(
    r"\b(?:of|at|in|for|by|with|to|on|from|that|which|who|whom) (?:the|our|this) ([a-z-]+)(?=\W*$|\s*[.,;:(])", re.I
)
_FIRMS = stem_set("""
company companies firm business organisation organization corporation enterprise institution institute association
society foundation cooperative
""")

# What there may be several houses of.
_ESTABLISHMENTS = stem_set("""
hotel hostel motel inn restaurant cafe bar pub shop store supermarket library museum gallery gym clinic hospital surgery
school nursery kindergarten cinema theatre pharmacy bakery salon spa garage factory brewery winery zoo campsite office
dealership laundry depot
""")
_WHERE = stem_set("city town address street place location postcode zip village district")


def whole(space: Space) -> frozenset[str]:
    """The stems of those nouns: of the schema, of `of the cooperative` in a table's comment, and of any firm."""
    parts = {part for table in space.tables for part in table.full_name.split(".")[-2:-1]}
    called = {word for table in space.tables for word in stems(table.spoken)}
    called |= {word for table in space.tables for name in table_names(table.description) for word in stems(name)[-1:]}
    called |= {word for column in space.columns() for word in stems(column.spoken)}
    named = {word for part in parts if len(parts) == 1 for word in stems(part)} | {*_told(space)} | _FIRMS
    return frozenset(named - called - FILLERS - KINDS - PLACES)


def houses(space: Space) -> tuple[str, Table] | None:
    """`hotels` in a space of that name: the one table of places with a name to which several others refer."""
    parts = {part for table in space.tables for part in table.full_name.split(".")[-2:-1]}
    called = sorted(_ESTABLISHMENTS & {word for part in parts for word in stems(part)}) if len(parts) == 1 else []
    places = [t for t in space.tables if t.label and t.label.kind == TEXT and _is_place(t) and not is_of_people(t)]
    often = [t for t in places if sum(map(partial(_refers, to=t), space.tables)) > 1]
    return (called[0], often[0]) if len(called) == len(often) == 1 else None


def _is_place(table: Table) -> bool:
    return any(_WHERE & set(stems(column.spoken)) for column in table.columns)


def _refers(table: Table, to: Table) -> bool:
    declared = any(reference.parent == to.full_name for reference in table.references)
    return table != to and (declared or (to.key is not None and table.column(to.key.name) is not None))


def _told(space: Space) -> Iterator[str]:
    for table in space.tables:
        for found in _OF_THE.findall(table.description):
            if stem(found) == stem(found.removesuffix("s")):
                yield stem(found)
