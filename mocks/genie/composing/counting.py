"""What is counted without the words for it: events told in a few words, things beside each other, totals."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from mocks.genie.composing.together import HEADS
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import adds_up, is_money, main_amount
from mocks.genie.knowledge.space import DATE, NUMBER, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit
from mocks.genie.language.words import stem_set, stems, word_set
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_THEM = frozenset(("them", "those", "these", "which"))
_LISTS = word_set("list show which what who whose give name")
OF_MONEY = stem_set(
    "payment invoice bill donation refund fine fee expense purchase contribution deposit withdrawal sale"
)
# What is money by itself, where an invoice or a sale may be counted.
_PAID = stem_set(
    "payment payout refund donation fine fee expense contribution charge cost premium royalty toll due tip"
)
_ROWS = word_set("list which whose who names ids")
_CLAUSE = word_set("that which who whose")
_TERSE = frozenset((kinds.NAMED, kinds.SPAN, kinds.COMPARE, kinds.NOT))
# Days of what lasts, where an event has the day on which it happened.
_OF_THINGS = stem_set(
    "birth dob hired founded built bought purchased acquired installed joined registered opened launched commissioned "
    "manufactured established last next"
)


def counted_totals(items: list[Item]) -> list[Item]:
    """`total visits`: how many, where they are no money and no number is named."""
    if any(is_measure(item) or item.snippet is not None for item in items):
        return items
    return [
        replace(item, kind=kinds.COUNT, detail="") if _is_total_number(item, following) else item
        for item, following in zip_longest(items, items[1:])
    ]


def _is_total_number(item: Item, following: Item | None) -> bool:
    table = following.table if following is not None and following.several else None
    return item.words.lower() == "total" and table is not None and not _is_money(table)


def summed_money(items: list[Item], compared: bool = False) -> list[Item]:
    """`payments by region`, `ratio of payments to premiums`: what is paid is split and compared by its amount."""
    found = {item.kind for item in items}
    at = next((at for at, item in enumerate(items) if item.kind == kinds.DIVIDED), 0)
    if found & {*HEADS, kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.COMPARE, kinds.NOT, kinds.DISTINCT}:
        return items
    if at:
        sides = (items[:at], items[at + 1 :])
        money = all(any(paid(item) or _is_amount(item) for item in side) for side in sides)
        return [*_summed(sides[0]), items[at], *_summed(sides[1])] if money else items
    listed = not items or set(items[0].before.lower().split()) & _ROWS or any(is_measure(item) for item in items)
    people = any(one.kind == kinds.BY and other.value is not None for one, other in pairwise(items))
    split = compared or found & {kinds.BY, kinds.GRAIN}
    return items if listed or people or not split else _summed(items)


def _summed(items: list[Item]) -> list[Item]:
    """The items with the amount in place of the table that they begin with, if that is of what is paid."""
    lead = 1 if len(items) > 1 and items[0].kind == kinds.GRAIN and not items[1].before else 0  # `yearly payments`
    amount = paid(items[lead]) if items else None
    if amount is None:
        return items
    head = Item(kinds.AGGREGATE, "total", items[0].at, items[0].at, "SUM", before=items[0].before)
    return [head, *items[:lead], replace(items[lead], meaning=amount, before=""), *items[lead + 1 :]]


def paid(item: Item) -> Column | None:
    """The amounts of what is paid, such as fees, where an order may be counted."""
    return main_amount(item.table) if item.table is not None and stems(item.words)[-1] in _PAID else None


def _is_amount(item: Item) -> bool:
    return item.column is not None and is_money(item.column)


def _is_money(table: Table) -> bool:
    """Whether its rows are amounts of money, as payments are; what has a name of its own is a thing."""
    named = any(label.kind == TEXT and label != table.key for label in table.labels)
    return (main_amount(table) is not None and not named) or bool(OF_MONEY & set(stems(table.spoken)))


def counted_ones(items: list[Item]) -> list[Item]:
    """`of all members, how many different ones made a payment`: the members are counted."""
    counts = [at for at, item in enumerate(items) if item.kind == kinds.COUNT]
    if len(counts) != 1 or not counts[0] or items[0].table is None or "of" not in items[0].before.split():
        return items
    after = counts[0] + 1
    after += after < len(items) and items[after].kind == kinds.DISTINCT
    said = items[after].before.split() if after < len(items) else []
    if "ones" not in said and "them" not in said:
        return items
    moved = [*items[1 : counts[0]]]
    return [*items[counts[0] : after], replace(items[0], before=""), *moved, *items[after:]]


def per_event(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`tickets per order`: how many on average, as nobody wants to read of each order by its key alone."""
    kept = [item for item in items if item.kind not in (kinds.SPAN, kinds.NOT, kinds.COUNT) and item.value is None]
    if [item.kind for item in kept] != [kinds.NAMED, kinds.BY, kinds.NAMED] or kept[1].words.lower() != "per":
        return items
    many, event = kept[0], kept[2]
    listed = set(items[0].before.split()) & _LISTS
    if listed or not (many.several or is_measure(many)) or event.table is None or not is_event(event.table):
        return items
    own = many.column is not None and many.column.table == event.table.full_name and adds_up(many.column)
    others = many.table is not None and many.table != event.table
    if not own and not (others and many.table and graph.path(many.table, event.table.full_name) is not None):
        return items
    return [Item(kinds.AGGREGATE, "average", items[0].at, items[0].at, "AVG", before=items[0].before), *first_of(items)]


def counted_events(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`orders May 2024`: in a few words about what has no name, how many; who wants the rows asks to see them."""
    first = items[0] if items else None
    said = [item for at, item in enumerate(items) if not _says_nothing(items, at)]
    if first is None or first.before or any(item.kind not in _TERSE for item in said):
        return items
    if any(_CLAUSE & set(item.before.split()) for item in said):
        return items  # a clause is more than a few words
    things = [item for item in items if item.table is not None]
    if len(things) != 1 or things[0].table is None or not things[0].several:
        return items
    told_apart = is_event(things[0].table) or (graph.refers(things[0].table) and is_event(things[0].table, TEXT))
    if not told_apart:
        return items
    limits = [item for item in said if item is not things[0] and not is_measure(item)]
    leading = items[: items.index(things[0])]  # `over 8 orders`, `payers of orders`
    asked = any(item.kind == kinds.COMPARE or item.column is not None for item in leading)
    if not limits or asked:
        return items
    return [Item(kinds.COUNT, "number of", first.at, first.at), *items]


def _says_nothing(items: Sequence[Item], at: int) -> bool:
    """The unit of a number, `by` before who did it, or `first` before a day on which something can happen but once."""
    item, day = items[at], items[at + 1] if at + 1 < len(items) else None
    if item.kind == kinds.BY and day is not None and day.value is not None:
        return True
    once = item.kind == kinds.EXTREME and item.detail == "first" and day is not None and day.column is not None
    spans = at + 2 < len(items) and items[at + 2].kind == kinds.SPAN
    return (once and spans) or (at > 0 and bool(items[at - 1].numbers) and unit(item.words) is not None)


def is_event(table: Table, kind: str = NUMBER) -> bool:
    """Whether its rows are what happened some day, and have no name but a key of that kind."""
    days = [c for c in table.columns if c.kind == DATE and not _OF_THINGS & set(stems(c.spoken))]
    return table.key is not None and table.labels == (table.key,) and table.key.kind == kind and bool(days)


def counted_of_them(items: list[Item]) -> list[Item]:
    """`how many articles, and how many of them premium`: of the same thing."""
    counts = [at for at, item in enumerate(items[:-1]) if item.kind == kinds.COUNT]
    if len(counts) != 2 or items[counts[0] + 1].table is None:
        return items
    first, after = counts[0] + 1, items[counts[1] + 1]
    if not {"of"} <= set(after.before.split()) or not _THEM & set(after.before.split()):
        return items
    again = replace(items[counts[1]], before="and")
    return [*items[: counts[1]], again, replace(items[first], before=""), *first_of(items[counts[1] + 1 :])]


def counted_once(items: list[Item]) -> list[Item]:
    """`count what was delivered, just the number of deliveries`: the same said twice."""
    counts = [at for at, item in enumerate(items) if item.kind == kinds.COUNT]
    if len(counts) != 2 or counts[1] != len(items) - 2:
        return items
    first, again = items[counts[0] + 1], items[-1]
    same = first.table is not None and first.table == again.table and "and" not in items[-2].before.split()
    return [*items[: counts[0] + 1], replace(again, before=""), *items[counts[0] + 2 : -2]] if same else items


def counted_last(items: list[Item]) -> list[Item]:
    """`open tickets, count`: what is asked at the end is asked of all that stands before it."""
    heads = [item for item in items if item.kind in HEADS]
    doers = [one for one, other in pairwise(items) if one.kind == kinds.BY and other.value is not None]
    found = {item.kind for item in items if not any(item is doer for doer in doers)}
    others = {kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.BY, kinds.GRAIN} & found
    also = bool(heads) and "often" in heads[0].words.lower() and heads[0].before.split()[-1:] == ["and"]
    if len(items) < 2 or heads != items[-1:] or heads[0].kind != kinds.COUNT or others or also:
        return items
    return [heads[0], *first_of(items[:-1])]


def counted_list(items: list[Item]) -> list[Item]:
    """`per city: lines and tickets`: each table of a list is counted."""
    grouped = any(item.kind == kinds.BY for item in items)
    heads = [item for item in items if item.kind in HEADS]
    if not grouped or any(i.kind in (kinds.EXTREME, kinds.COMPARE, kinds.SHARE, kinds.NOT) for i in items):
        return items
    for at, item in enumerate(items[1:], 1):
        before = items[at - 1]
        both = item.table is not None and before.table is not None and item.before.split() in (["and"], ["and", "the"])
        is_group = at > 1 and items[at - 2].kind == kinds.BY
        if both and not is_group and all(head.kind == kinds.COUNT for head in heads):
            count = Item(kinds.COUNT, "number of", before.at, before.at)
            rest = [i for i in items if i.kind != kinds.COUNT]
            first = rest.index(before)
            return [
                *rest[:first],
                count,
                before,
                replace(count, before="and"),
                replace(item, before=""),
                *rest[first + 2 :],
            ]
    return items


def in_one(items: Sequence[Item], by: Item | None) -> bool:
    """`the most faults in a single inspection`: of the number of one row, and not of all together."""
    of = by.column.table if by is not None and by.column is not None else ""
    rows = [item for item in items if item.table is not None and item.table.full_name == of]
    return any(not item.several and item.before.split()[-1:] in (["a"], ["an"], ["one"]) for item in rows)


def first_of(items: Sequence[Item]) -> list[Item]:
    return [replace(items[0], before=""), *items[1:]]
