"""By which date the things of a table count, where an instruction says so: `use order_date, not created_at`."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mocks.genie.knowledge.space import DATE, Column, Space
from mocks.genie.language.sentences import sentences

_COLUMN = r"(?:the )?(?:column |field )?[`\"]?(?P<column>\w+(?:\.\w+)?)[`\"]?(?: column| field)?"
_INSTEAD = r",? (?:(?:for|as) [\w ]*?,? ?)?(?:and not|not|never|instead of|rather than) (?:the )?\w+"
_TIMES = r"(?:dates?|times?|(?:time )?periods?|date filters?|time filters?|filtering by (?:date|time)|time-based \w+)"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:use|filter (?:on|by)) {_COLUMN}{_INSTEAD}",
        rf"^(?:for|when (?:asked about|filtering (?:on|by))) (?:all |any |the )?{_TIMES},? (?:always )?use {_COLUMN}$",
        rf"\buse {_COLUMN} (?:for|as) (?:all |any |the )?(?:default )?{_TIMES}\b",
        rf"^the (?:default )?date of (?:an? |the )?\w+ (?:is|means) {_COLUMN}$",
    )
)


def with_dates(space: Space) -> Space:
    """The space, whose tables know the date by which their things count, where one is told."""
    told = {column.table: column.name for column in told_dates(space)}
    return replace(space, tables=tuple(replace(t, dated=told.get(t.full_name, "")) for t in space.tables))


def told_dates(space: Space) -> Iterator[Column]:
    """The dates that instructions name."""
    for sentence in sentences(space):
        found = next((match for pattern in _SAID if (match := pattern.search(sentence))), None)
        owner, _, name = found["column"].rpartition(".") if found else ("", "", "")
        for table in space.tables if name else ():
            column = table.column(name)
            if column is not None and column.kind == DATE and owner.lower() in ("", table.name.lower()):
                yield column
