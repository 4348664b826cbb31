"""Who earns most in a stretch of time: by what the tables hold of the pay for one, and not month by month."""

from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, stems, word_set
from mocks.genie.reading.items import Item, named_tables

_EARN = word_set("earn earns earned earning paid make makes")
_PAY = stem_set("salary wage pay compensation remuneration earnings income")
_RATE = stem_set("rate fee")
_PERIODS = {"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}


def with_pay(items: list[Item], space: Space) -> list[Item]:
    """The items with the pay in place of the verb, and without the time that it is for: `earns the most per month`."""
    for at, item in enumerate(items):
        ranked = next((n for n in range(at + 1, min(at + 3, len(items))) if items[n].kind == kinds.EXTREME), None)
        if ranked is None or item.words.lower() not in _EARN or item.kind not in (kinds.NAMED, kinds.UNKNOWN):
            continue
        after = items[ranked + 1] if ranked + 1 < len(items) else None
        grain = (
            after.detail if after is not None and after.kind == kinds.GRAIN and after.words.startswith("per") else ""
        )
        named = named_tables(items)
        people = [table for table in named or space.tables if is_of_people(table)]
        found = [(table, column) for table in people for column in _paid(table, grain)]
        if len(found) != 1:
            continue
        table, pay = found[0]
        number = replace(item, kind=kinds.NAMED, entries=(Entry(pay, CURATED),), before="")
        person = Item(kinds.NAMED, table.spoken, item.at, item.at, entries=(Entry(table, CURATED),), before=item.before)
        who = [] if named else [person]
        rest = items[ranked + (2 if grain else 1) :]
        return [*items[:at], *who, *items[at + 1 : ranked + 1], number, *rest]
    return items


def _paid(table: Table, grain: str) -> list[Column]:
    """What somebody is paid, for the stretch of time if one is said."""
    numbers = [c for c in table.columns if c.kind == NUMBER and not c.refers]
    pay = [c for c in numbers if _PAY & {*stems(c.spoken), *stems(c.description)}]
    timed = [c for c in numbers if (_PAY | _RATE) & {*stems(c.spoken), *stems(c.description)} and _is_for(c, grain)]
    return timed if grain else pay


def _is_for(column: Column, grain: str) -> bool:
    said = {*stems(column.spoken), *stems(column.description)}
    return bool(grain) and bool({stem(grain), stem(_PERIODS.get(grain, grain))} & said)
