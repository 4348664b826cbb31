"""Columns that hold how many there are of what a question counts: `views` of `page_views`, the tickets of a sale."""

import re

from mocks.genie.knowledge.roles import adds_up
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.language.words import stem_set, stems

_COUNTS = stem_set("quantity qty count cnt number pieces units pax pcs")
_OF_THEM = re.compile(
    r"^(?:the )?(?:number of |how many |count of )?(?P<noun>[a-z]+s)"
    r"(?= (?:in|on|of|per|for|that|bought|sold|ordered)\b|$)",
    re.I,
)


def tallied(table: Table) -> Column | None:
    """The column of numbers that is called as the things are of which a row would hold one, if it held no number."""
    head = stems(table.spoken)[-1:]
    plain = [c for c in table.columns if c.kind == NUMBER and not c.refers and c != table.key]
    named = [c for c in plain if stems(c.spoken) in (head, stems(table.spoken)) and adds_up(c, asked=True)]
    return named[0] if len(named) == 1 and head else None


def counted_in(column: Column, space: Space) -> str | None:
    """The noun for what a quantity counts, as its comment says it: `Tickets in this purchase`."""
    told = _OF_THEM.match(column.description.strip()) if column.kind == NUMBER else None
    if told is None or not set(stems(column.spoken)) <= _COUNTS or column.refers:
        return None
    heads = {stems(table.spoken)[-1:] for table in space.tables}
    return None if stems(told["noun"]) in heads else told["noun"].lower()
