"""What happened, by a noun that only columns have: `bookings` where a day is called `booked_on`, `check-ins`."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import FULL, SAID
from mocks.genie.knowledge.people import is_person
from mocks.genie.knowledge.roles import happened
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import PARTICLES, is_participle
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

# What an item is detailed as that names rows by what was done to them.
DONE = "done"
_DAYS = stem_set("date day time month year week start end deadline")
_TIMED = frozenset((kinds.SPAN, kinds.GRAIN))


def with_happenings(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where such a noun in the plural stands for the rows of the table that tells of it.

    It stays the day where the question speaks of times and the rows have others.
    """
    timed = any(item.kind in _TIMED for item in items)
    return [_told(item, space, timed) for item in items]


def _is_deed(noun: str, role: Column) -> bool:
    """Whether it says what somebody in a role does: `approvals` by whom they are `approved_by`; no `destinations`."""
    done = "by" in role.spoken.split() and noun.lower().endswith(("ings", "als", "ions", "ments"))
    return noun.lower() in PARTICLES or done


def is_done_to(counted: Item) -> bool:
    """`referred customers`, where a column holds by whom: those that it was done to."""
    column = counted.column
    words = counted.words.lower().split()
    passive = words[0].endswith("ed") or bool({"is", "are", "was", "were", "been"} & set(words))
    told = column is not None and (column.refers or "by" in column.spoken.split())
    return column is not None and told and (passive or _is_deed(words[-1], column))


def _tied(item: Item, space: Space) -> Table | None:
    """`contracts` where a table that ties two others holds a `contract_amount`: its rows."""
    columns = [entry.meaning for entry in item.entries if isinstance(entry.meaning, Column)]
    numbers = [c for c in columns if c.kind == NUMBER and stems(item.words) == stems(c.spoken)[:1] and not c.refers]
    homes = {c.table for c in numbers if stems(c.spoken)[-1:] != stems(item.words)}
    ties = [table for table in map(space.table, homes) if table.key is None and len(table.references) > 1]
    named = any(isinstance(entry.meaning, Table) for entry in item.entries)
    return ties[0] if len(ties) == 1 and item.several and not named else None


def _told(item: Item, space: Space, timed: bool) -> Item:
    if item.kind != kinds.NAMED or item.negated:
        return item
    if (tie := _tied(item, space)) is not None:
        return replace(item, entries=(Entry(tie, FULL),), detail=DONE)
    best = [entry.meaning for entry in item.entries if entry.rank >= max(SAID, item.entries[0].rank)]
    columns = [meaning for meaning in best if isinstance(meaning, Column)]
    done = [c for c in columns if c.kind == DATE or c.refers]
    if not item.several or not done or len(columns) < len(best):
        return item
    last = item.words.split()[-1]
    thing = any(isinstance(entry.meaning, Table) for entry in item.entries) or is_person(stem(last))
    if (
        thing
        or is_participle(last)
        or stem(last) in _DAYS
        or len({c.table for c in columns}) > 1
        or len(done) < len(columns)
    ):
        return item
    event = space.table(done[0].table)
    days = [c for c in done if c.kind == DATE]
    if not _is_event(event) or (not days and (done[0].filled < 1 or not _is_deed(last, done[0]))):
        return item
    if days and (days[0].filled < 1 or (timed and _day(event) not in days)):
        return replace(item, entries=tuple(entry for entry in item.entries if entry.meaning in days))
    return replace(item, entries=(Entry(event, FULL),), detail=DONE)


def _is_event(table: Table) -> bool:
    return table.key is not None and table.key.kind == NUMBER and table.labels == (table.key,)


def _day(table: Table) -> Column | None:
    with contextlib.suppress(AskBack):
        return happened(table, "")
    return None
