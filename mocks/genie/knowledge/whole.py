"""What the whole of a space is called: `the cooperative` whose members, farms and deliveries the tables hold."""

import re
from collections.abc import Iterator

from mocks.genie.knowledge.names import table_names
from mocks.genie.knowledge.space import Space
from mocks.genie.language.english import FILLERS, KINDS, PLACES
from mocks.genie.language.words import stem, stem_set, stems

_OF_THE = re.compile(
    r"\b(?:of|at|in|for|by|with|to|on|from|that|which|who|whom) (?:the|our|this) ([a-z-]+)(?=\W*$|\s*[.,;:(])", re.I
)
_FIRMS = stem_set("""
company companies firm business organisation organization corporation enterprise institution institute association
society foundation cooperative
""")


def whole(space: Space) -> frozenset[str]:
    """The stems of those nouns: of the schema, of `of the cooperative` in a table's comment, and of any firm."""
    parts = {part for table in space.tables for part in table.full_name.split(".")[-2:-1]}
    called = {word for table in space.tables for word in stems(table.spoken)}
    called |= {word for table in space.tables for name in table_names(table.description) for word in stems(name)[-1:]}
    called |= {word for column in space.columns() for word in stems(column.spoken)}
    named = {word for part in parts if len(parts) == 1 for word in stems(part)} | {*_told(space)} | _FIRMS
    return frozenset(named - called - FILLERS - KINDS - PLACES)


def _told(space: Space) -> Iterator[str]:
    for table in space.tables:
        for found in _OF_THE.findall(table.description):
            if stem(found) == stem(found.removesuffix("s")):
                yield stem(found)
