"""When and how often something happened: `the date of the last order`, `how often were members fined`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.composing.counting import is_event
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import first_or_last
from mocks.genie.knowledge.space import DATE, NUMBER, Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.grammar import ENDS, HOW_OFTEN
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_ONLY_SAID = ({kinds.UNKNOWN}, {kinds.UNKNOWN, kinds.SPAN})
_DAY = stem_set("date day time")
_WHICH = ("what", "which")
_MORE = (kinds.BY, kinds.GRAIN, kinds.COUNT, kinds.AGGREGATE, kinds.COMPARE, kinds.SORT, kinds.SHARE)
_TIMES = stem_set("number count times often many")
_OF = frozenset(("of", "was", "is"))
_ANY = frozenset(("a", "an", "any"))


def day_of_last(items: list[Item]) -> list[Item]:
    """The items, where the first or last of what has no name but its number is asked for by its day.

    Raises: AskBack if it has several days that may be meant
    """
    for at, end in enumerate(items[:-1]):
        if end.kind != kinds.EXTREME or end.detail not in ("first", "last") or end.numbers:
            continue
        place = at + 1
        while place < len(items) - 1 and items[place].value is not None:  # `the last critical ticket`
            place += 1
        event, day = items[place], _day_behind(items, place)
        asked = _asked(items[:at], end)
        if day is not None and place + 2 == len(items) and not at and not end.before:  # `earliest order start date`
            asked = []
        if asked is not None and event.table is not None and is_event(event.table):
            most = replace(end, kind=kinds.AGGREGATE, detail=ENDS[end.detail], dimension="", before="")
            when = day or replace(event, meaning=first_or_last(event.table))
            rest = items[place + 1 + (day is not None) :]
            return [most, replace(when, before=""), *asked, *items[at + 1 : place], *rest]
    return _when(items)


def _when(items: list[Item]) -> list[Item]:
    """`on what day did anybody last hire a boat`, `when was the very first shed put up`: the day alone."""
    which = [item for item in items if item.detail == "day" and item.words.lower().split()[0] in _WHICH]
    named = [item for item in items if item.table is not None]
    anybody = [item for item in named[:-1] if _ANY & set(item.before.split())]
    rest = [item for item in items if item not in (*which, *anybody)]
    ends = [item for item in rest if item.kind == kinds.EXTREME and item.detail in ("first", "last")]
    more = any(item.kind in _MORE or item.numbers or item.used for item in rest) or len(ends) != 1
    if more or not (which or any("when" in item.before.split() for item in rest[: rest.index(ends[0]) + 1])):
        return items
    days = [i for i in rest if i.column is not None and i.column.kind == DATE and not (i.negated or i.inner)]
    things = [item for item in rest if item.table is not None and not item.negated]
    tables = [item.table for item in things if item.table is not None]
    if len(days) > 1 or (not days and len(tables) != 1):
        return items
    try:
        when = days[0] if days else replace(things[0], meaning=first_or_last(tables[0]))
    except AskBack:
        return items
    end = rest.index(ends[0])
    most = replace(ends[0], kind=kinds.AGGREGATE, detail=ENDS[ends[0].detail], dimension="")
    left = [item for item in rest[end + 1 :] if item not in days]
    return [*(item for item in rest[:end] if item not in days), most, replace(when, before=""), *left]


def _day_behind(items: Sequence[Item], place: int) -> Item | None:
    """`When was the last ticket opened`: the column of the day that follows the name of its table."""
    day, table = items[place + 1] if place + 1 < len(items) else None, items[place].table
    if day is None or table is None or day.before:
        return None
    if day.value is not None and is_participle(day.words):  # `was the last ticket solved`, where there is a solved_at
        named = [c for c in table.columns if c.kind == DATE and stem(day.words) in stems(c.spoken)]
        return replace(day, meaning=named[0]) if len(named) == 1 else None
    own = day.column is not None and day.column.kind == DATE and day.column.table == table.full_name
    return day if own else None


def _asked(before: Sequence[Item], end: Item) -> list[Item] | None:
    """What is left of the items before the extreme if they ask for its day; nothing if they do not."""
    if not before:
        return [] if "when" in end.before.split() else None
    first = before[0]
    if len(before) == 1 and first.meaning is None and stem(first.words.split()[-1]) in _DAY:
        return [] if set(end.before.split()[:1]) & _OF else None
    whole = first.kind == kinds.GRAIN and first.words.lower().startswith("which")
    named = [*before[1:]] if whole else [*before] if "when" in first.before.split() else []
    if len(named) != 1 or end.before:
        return None
    anyone = named[0].table is not None and bool(_ANY & set(named[0].before.split()))
    return [] if anyone else [replace(named[0], before="of")] if named[0].value is not None else None


def often_of_rows(items: list[Item], space: Space) -> list[Item]:
    """`how often was the gauge broken`, where the gauge has km/h: so many rows, and never a sum of these.

    `how often was something played` counts plays, and not the seconds played.
    """
    first, thing = items[:2] if len(items) > 1 else (None, None)
    column = thing.column if thing is not None else None
    often = first is not None and first.kind == kinds.COUNT and first.words.lower() in HOW_OFTEN
    if not often or thing is None or column is None or column.kind != NUMBER or thing.several:
        return items
    if _TIMES & {*stems(column.spoken), *stems(column.description)}:
        return items
    return [items[0], replace(thing, meaning=space.table(column.table)), *items[2:]]


def counted_deeds(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`how often were ships inspected`: the inspections are counted, and not the ships.

    Raises: AskBack if it is not said what the things did so often
    """
    if len(items) < 2 or items[0].kind != kinds.COUNT or items[0].words.lower() not in HOW_OFTEN:
        return items
    thing, rest = items[1], items[2:]
    deeds = [i for i in rest if i.table is not None and i.table != thing.table and is_participle(i.words.split()[-1])]
    if thing.table is None or any(item.kind in (kinds.BY, kinds.GRAIN) for item in items[:2]):
        return items
    if {item.kind for item in rest} in _ONLY_SAID and not is_event(thing.table):
        raise AskBack(f"How often did what happen to {thing.words}? I see no table for it.")
    if len(deeds) != 1 or deeds[0].table is None or not graph.reaches(deeds[0].table, thing.table.full_name):
        return items
    others = [item for item in rest if item is not deeds[0]]
    return [items[0], replace(deeds[0], words=deeds[0].table.spoken, before=""), *others]
