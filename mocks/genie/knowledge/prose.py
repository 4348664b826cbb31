"""Columns of free text: the body of a message, what a review says, notes on an order."""

from mocks.genie.knowledge.space import TEXT, Column, Table
from mocks.genie.language.words import stem_set, stems

_SUBSTANCE = stem_set("body text content contents message transcript wording")
_BESIDES = stem_set("comment comments note notes description remark remarks feedback summary review abstract reason")


def substance(table: Table) -> Column | None:
    """The text for which the rows of a table are kept: the body of a mail, the text of a review."""
    return _only(table, _SUBSTANCE | set(stems(table.spoken)))


def prose(table: Table) -> Column | None:
    """The one text in which anything may stand."""
    return _only(table, _SUBSTANCE | _BESIDES)


def _only(table: Table, names: set[str] | frozenset[str]) -> Column | None:
    found = [c for c in table.columns if c.kind == TEXT and stems(c.spoken)[-1:] and stems(c.spoken)[-1] in names]
    return found[0] if len(found) == 1 else None
