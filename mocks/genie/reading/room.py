"""For how many persons something is: `halls that hold over 80 people`, `a table for four people`, `teams of 12`."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.people import is_of_people, is_person
from mocks.genie.knowledge.space import NUMBER, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import Comparison
from mocks.genie.reading.items import Item

_HOLDING = stem_set("""
seat seats take takes hold holds fit fits accommodate accommodates sleep sleeps carry carries contain contains room
space place places capacity
""")
_PLACES = stem_set("capacity seat seats place places bed beds berth berths spot spots slot slots room chair chairs")
_HEADS = stem_set("headcount pax party attendance audience crowd turnout")
_COUNTING = stem_set("count number num no qty size max maximum capacity total limit of per")
_LEAST = stem_set("min minimum least")
_NO_NUMBER = stem_set("id by price fee cost rate wage amount salary age rating score year percent")
_ANYONE = stem_set("people person persons individual individuals head heads")


def room(items: Sequence[Item], at: int) -> Column | None:
    """The number of persons that a comparison with a number at that place is about, and not rows of a table of them.

    That is so behind a verb such as `hold`, behind `for`, and where nobody in particular is spoken of.
    """
    persons = items[at + 1] if at + 1 < len(items) else None
    if persons is None or not _are_persons(persons):
        return None
    last = items[at - 1] if at else Item("", "", 0, 0)
    homes = [item.table for item in items[:at] if item.table is not None]
    held = last.kind == kinds.UNKNOWN and stem(last.words) in _HOLDING
    size = _size(items[:at])
    lead = {*items[at].before.split(), *(last.words.lower().split() if last.kind == kinds.UNKNOWN else ())}
    anyone = stem(persons.words) in _ANYONE or (bool(homes) and _is_of_one(homes[-1], persons.table))
    if size is None or not (held or "for" in lead or anyone):
        return None
    last.used = last.used or held or last.column == size
    persons.used = True
    return size


def exact_room(items: Sequence[Item]) -> Iterator[Comparison]:
    """`reservations for two people`, `a party of six guests`: as many exactly."""
    for at, item in enumerate(items):
        alone = item.kind == kinds.NUMBER and not item.used and item.before.split()[-1:] in (["for"], ["of"], ["with"])
        if alone and (size := room(items, at)) is not None:
            item.used, item.detail = True, "="
            yield Comparison(item, size)


def _is_of_one(home: Table, persons: Table | None) -> bool:
    """Whether each thing refers to one of the persons, so that it has no number of them: `bookings with 3 guests`."""
    said = set(stems(persons.spoken)) if persons is not None else set()
    return any(said & set(stems(c.spoken)) and c.spoken.endswith((" id", " key", " no")) for c in home.columns)


def _are_persons(item: Item) -> bool:
    named = item.table is not None and is_of_people(item.table)
    return not item.before and not item.used and (named or stem(item.words.split()[-1]) in _ANYONE)


def _size(before: Sequence[Item]) -> Column | None:
    """The one number of persons that the thing asked for has, of a least and a largest number the latter."""
    homes = [item.table for item in before if item.table is not None]
    sizes = [c for home in homes[-1:] for c in home.columns if c.kind == NUMBER and _is_size(c, home)]
    sizes = [c for c in sizes if not _LEAST & set(stems(c.spoken))] if len(sizes) > 1 else sizes
    return sizes[0] if len(sizes) == 1 else None


def _is_size(column: Column, home: Table) -> bool:
    said = set(stems(column.spoken)) - set(stems(home.spoken))
    if column.refers or _NO_NUMBER & said:
        return False
    persons = {word for word in said if is_person(word) or word in _ANYONE}
    counted = bool(persons) and said <= persons | _COUNTING
    told = set(stems(column.description)) & _ANYONE
    return bool(said & (_PLACES | _HEADS)) or {"head", "count"} <= said or counted or bool(told)
