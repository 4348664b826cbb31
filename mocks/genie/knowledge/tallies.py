"""Tables whose rows are counts over many things: what `page_views` holds in its column `views` are the page views."""

from mocks.genie.knowledge.roles import adds_up
from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.language.words import stems


def tallied(table: Table) -> Column | None:
    """The column of numbers that is called as the things are of which a row would hold one, if it held no number."""
    head = stems(table.spoken)[-1:]
    plain = [c for c in table.columns if c.kind == NUMBER and not c.refers and c != table.key]
    named = [c for c in plain if stems(c.spoken) in (head, stems(table.spoken)) and adds_up(c, asked=True)]
    return named[0] if len(named) == 1 and head else None
