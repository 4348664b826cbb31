"""Verbs of money beside an amount: `the invoiced amount`, `total invoiced`, where invoices have only numbers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED, WORD
from mocks.genie.knowledge.roles import main_amount
from mocks.genie.knowledge.space import NUMBER, TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import PAYING, is_participle
from mocks.genie.language.words import stem
from mocks.genie.reading.items import Item

_SUMS = ("amount", "amounts", "sum", "sums", "total", "totals", "value")


def with_billed(items: list[Item], space: Space) -> list[Item]:
    """The items without such a verb before the amount of its table, or with that amount in its place."""
    items = _of_thing(items)
    for at, item in enumerate(items):
        homes = _homes(item)
        if not homes:
            continue
        for place, near in ((at - 1, item), (at + 1, items[min(at + 1, len(items) - 1)])):
            beside = items[place] if 0 <= place < len(items) and not near.before else None
            if beside is not None and (amounts := _amounts(beside, homes)):
                first = item if place > at else beside
                number = replace(beside, before=first.before, entries=tuple(amounts))
                return [number if i is beside else i for i in items if i is not item]
        asked = any(i.kind == kinds.AGGREGATE for i in items[:at]) and not _numbers(items)
        found = [c for home in homes if (c := main_amount(space.table(home))) is not None]
        if asked and len(found) == 1:
            number = replace(item, entries=(Entry(found[0], CURATED),))
            return [*items[:at], number, *items[at + 1 :]]
    return items


def _of_thing(items: list[Item]) -> list[Item]:
    """`billed amount`, where there are bills that have an amount: that, and no other column called so."""
    for item, amount in pairwise(items):
        meant = item.likeliest
        verb = item.kind == kinds.NAMED and is_participle(item.words) and stem(item.words) in PAYING
        said = amount.kind == kinds.NAMED and not amount.before and amount.words.lower() in _SUMS
        whole = main_amount(meant) if isinstance(meant, Table) else None
        if verb and said and whole is not None:
            number = replace(amount, words=f"{item.words} {amount.words}", at=item.at, before=item.before)
            number.entries = (Entry(whole, CURATED),)
            return [number if i is amount else i for i in items if i is not item]
    return items


def _homes(item: Item) -> set[str]:
    """The tables whose rows are told apart by numbers that a verb of money is about: invoice_no, for invoiced."""
    verb = item.kind == kinds.NAMED and is_participle(item.words) and stem(item.words) in PAYING
    entries = item.entries if verb else ()
    texts = [m for e in entries if isinstance(m := e.meaning, Column) and m.kind == TEXT and e.rank > WORD]
    return {c.table for c in texts} if entries and entries[0].meaning in texts else set()


def _amounts(item: Item, homes: set[str]) -> list[Entry]:
    named = item.entries if item.kind == kinds.NAMED else ()
    return [e for e in named if isinstance(m := e.meaning, Column) and m.kind == NUMBER and m.table in homes]


def _numbers(items: Sequence[Item]) -> bool:
    firsts = [i.likeliest for i in items if i.kind == kinds.NAMED and i.entries[0].rank > WORD]
    return any(isinstance(meaning, Column) and meaning.kind == NUMBER for meaning in firsts)
