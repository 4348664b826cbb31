"""What shape an answer has: a number or a list, which numbers beside each other, and for each of what."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from mocks.genie.composing.together import HEADS
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import adds_up, happened
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import plain, stem_set, stems, word_set
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_TIED = frozenset(("their", "its", "his", "her"))
_PLACES = frozenset(("under", "over", "above", "below"))  # without a number: `billed under this plan`
_LISTS = word_set("list show which what who whose give name")
_ALL = word_set("the our all its their")
_ENDS = {"desc": "MAX", "last": "MAX", "asc": "MIN", "first": "MIN"}
_TOP = word_set("top bottom best worst")
_TERSE = frozenset((kinds.NAMED, kinds.SPAN, kinds.COMPARE))
# Days of what lasts, where an event has the day on which it happened.
_OF_THINGS = stem_set(
    "birth dob hired founded built bought purchased acquired installed joined registered opened launched commissioned "
    "manufactured established last next"
)
_RANKED = frozenset((kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.COMPARE, kinds.NOT))


def shaped(items: list[Item], graph: JoinGraph) -> list[Item]:
    """The items of a question whose meanings are known, with what the order of its words leaves unsaid."""
    for settle in (
        _both_ends,
        _ranked_beside,
        _without_agents,
        _counted_ones,
        _measured_beside,
        partial(_per_event, graph=graph),
        _counted_events,
        _counted_last,
        _grouped_subject,
        _counted_list,
    ):
        items = settle(items)
    return items


def _both_ends(items: list[Item]) -> list[Item]:
    """`the lowest and the highest fee`: two numbers of the same rows, where no thing is asked for that has them."""
    ends = [at for at, item in enumerate(items) if item.kind == kinds.EXTREME]
    if len(ends) != 2 or ends[1] + 1 >= len(items) or any(_is_thing(item) for item in items[: ends[0]]):
        return items
    one, other = (items[at] for at in ends)
    column = _ended(items, items[ends[1] + 1], one.detail in ("first", "last"))
    said_once = all(item.meaning == items[ends[1] + 1].meaning for item in items[ends[0] + 1 : ends[1]])
    joined = "and" in other.before.split() and not (one.numbers or other.numbers)
    if column is None or not joined or not said_once or _ENDS[one.detail] == _ENDS[other.detail]:
        return items
    number = replace(items[ends[1] + 1], meaning=column)
    least, most = (replace(end, kind=kinds.AGGREGATE, detail=_ENDS[end.detail], dimension="") for end in (one, other))
    return [*items[: ends[0]], least, most, number, *items[ends[1] + 2 :]]


def _ended(items: Sequence[Item], item: Item, dated: bool) -> Column | None:
    """The number or, of what is dated, the day of which there is a first and a last."""
    if not dated:
        return item.column if is_measure(item) else None
    if item.column is not None:
        return item.column if item.column.kind == DATE else None
    asked = "when" in items[0].before.split()
    return happened(item.table, f"the first and the last {item.words}") if item.table is not None and asked else None


def _ranked_beside(items: list[Item]) -> list[Item]:
    """`top 3 clubs, number of visits`: they are ranked by what is told beside them."""
    heads = [at for at, item in enumerate(items) if item.kind in HEADS]
    ends = [at for at, item in enumerate(items) if item.kind == kinds.EXTREME]
    if len(ends) != 1 or not heads or heads[0] < ends[0] + 2 or heads[-1] + 1 >= len(items):
        return items
    top, first = items[ends[0]], heads[0]
    ranked = top.numbers or _TOP & set(top.words.lower().split())
    others = any(item.kind in (kinds.BY, kinds.SORT, kinds.GRAIN, kinds.COMPARE) for item in items)
    if not ranked or others or set(items[first].before.split()) - {"the"} or items[first - 1].kind != kinds.NAMED:
        return items
    return [*items[:first], Item(kinds.BY, "by", items[first].at, items[first].at), *items[first:]]


def _without_agents(items: list[Item]) -> list[Item]:
    """`sold by vendors`: who did it, whoever it was, where `sold by vendor` and `sales by vendors` tell of each."""
    for at, item in enumerate(items[1:-1], 1):
        doer, done = items[at + 1], items[at - 1]
        agents = doer.table is not None and _is_plural(doer) and set(doer.before.split()) <= _ALL
        verb = is_participle(done.words.split()[-1]) and done.kind in (kinds.NAMED, kinds.UNKNOWN)
        following = items[at + 2] if at + 2 < len(items) else None
        more = following is not None and (following.kind in _RANKED or following.before.split()[-1:] == ["and"])
        if item.kind == kinds.BY and item.words.lower() == "by" and agents and verb and not item.before and not more:
            return [*items[:at], *items[at + 2 :]]
    return items


def _counted_ones(items: list[Item]) -> list[Item]:
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


def _measured_beside(items: list[Item]) -> list[Item]:
    """`farms and net weight by district`, `the number of farms and the weight per district`: how many, and how much."""
    if not any(item.kind == kinds.BY for item in items) or any(item.kind in _RANKED for item in items):
        return items
    for at, item in enumerate(items):
        before, joint = items[at - 1] if at else None, at + 1
        if (
            item.table is None
            or not _is_plural(item)
            or (before is not None and before.kind in (kinds.BY, kinds.AGGREGATE))
        ):
            continue
        counted = before is not None and before.kind == kinds.COUNT
        if before is not None and is_measure(before) and item.before in ("and", "and the"):
            return [*items[:at], Item(kinds.COUNT, "number of", item.at, item.at, before="and"), *_first(items[at:])]
        number = _number_beside(items, joint)
        if number is None:
            continue
        head = [] if counted else [Item(kinds.COUNT, "number of", item.at, item.at, before=item.before)]
        thing = item if counted else replace(item, before="")
        return [*items[:at], *head, thing, *number]
    return items


def _number_beside(items: Sequence[Item], at: int) -> list[Item] | None:
    """What follows, if that is `and` with a number, which is added up unless it says otherwise."""
    first = items[at] if at < len(items) else None
    if first is None or "and" not in first.before.split():
        return None
    if first.kind == kinds.AGGREGATE:
        return [*items[at:]]
    told = next(
        (item for item in items[at : at + 2] if item.kind not in (kinds.NAMED, kinds.UNKNOWN) or item.column), first
    )
    number = next((item for item in items[at : at + 2] if is_measure(item)), None)
    if number is None or number.column is None or not adds_up(number.column, asked=True) or told.kind in HEADS:
        return None
    return [Item(kinds.AGGREGATE, "total", first.at, first.at, "SUM", before=first.before), *_first(items[at:])]


def _first(items: Sequence[Item]) -> list[Item]:
    return [replace(items[0], before=""), *items[1:]]


def _per_event(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`tickets per order`: how many on average, as nobody wants to read of each order by its key alone."""
    kept = [item for item in items if item.kind not in (kinds.SPAN, kinds.NOT, kinds.COUNT) and item.value is None]
    if [item.kind for item in kept] != [kinds.NAMED, kinds.BY, kinds.NAMED] or kept[1].words.lower() != "per":
        return items
    many, event = kept[0], kept[2]
    plain_words = not set(items[0].before.split()) & _LISTS and many.table is not None and _is_plural(many)
    if not plain_words or many.table is None or event.table is None or not is_event(event.table):
        return items
    if many.table == event.table or graph.path(many.table, event.table.full_name) is None:
        return items
    return [Item(kinds.AGGREGATE, "average", items[0].at, items[0].at, "AVG", before=items[0].before), *_first(items)]


def _counted_events(items: list[Item]) -> list[Item]:
    """`orders May 2024`: in a few words about what has no name, how many; who wants the rows asks to see them."""
    first = items[0] if items else None
    said = [item for item in items if item.kind != kinds.UNKNOWN or unit(item.words) is None]
    if first is None or first.before or any(item.kind not in _TERSE or item.negated for item in said):
        return items
    things = [item for item in items if item.table is not None]
    if len(things) != 1 or things[0].table is None or not is_event(things[0].table) or not _is_plural(things[0]):
        return items
    told = [item for item in items if item.kind == kinds.NAMED and item.column is not None and not is_measure(item)]
    limits = [item for item in items if item.kind in (kinds.SPAN, kinds.COMPARE)]
    leading = items[: items.index(things[0])]  # `over 8 orders`, `payers of orders`
    asked = any(item.kind == kinds.COMPARE or item.column is not None for item in leading)
    if not limits or asked or any(is_participle(item.words.split()[-1]) for item in told):
        return items
    return [Item(kinds.COUNT, "number of", first.at, first.at), *items]


def is_event(table: Table) -> bool:
    """Whether its rows are what happened some day, and have no name but a number."""
    days = [c for c in table.columns if c.kind == DATE and not _OF_THINGS & set(stems(c.spoken))]
    return table.key is not None and table.labels == (table.key,) and table.key.kind == NUMBER and bool(days)


def _counted_last(items: list[Item]) -> list[Item]:
    """`open tickets, count`: what is asked at the end is asked of all that stands before it."""
    heads = [item for item in items if item.kind in HEADS]
    others = {kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.BY, kinds.GRAIN} & {item.kind for item in items}
    also = bool(heads) and "often" in heads[0].words.lower() and heads[0].before.split()[-1:] == ["and"]
    if len(items) < 2 or heads != items[-1:] or heads[0].kind != kinds.COUNT or others or also:
        return items
    return [heads[0], *_first(items[:-1])]


def _grouped_subject(items: list[Item]) -> list[Item]:
    """`customers and their total amount`, `who was billed, and how much`: what has a number of its own groups it."""
    compared = any(item.kind == kinds.COMPARE and item.words.lower() not in _PLACES for item in items)
    if compared or any(item.kind in (kinds.BY, kinds.GRAIN, kinds.EXTREME) for item in items):
        return items
    for at, item in enumerate(items):
        often = item.kind == kinds.COUNT and "often" in item.words.lower()
        added = item is items[-1] and (often or item.kind == kinds.AGGREGATE) and item.before.split()[-1:] == ["and"]
        tied = item.kind in HEADS and (added or set(item.before.split()) & _TIED)
        if (
            tied
            and at
            and (_is_thing(items[0]) or (often and items[0].column is not None))
            and not any(i.kind in HEADS for i in items[:at])
        ):
            by = Item(kinds.BY, "each", items[0].at, items[0].at)
            return [by, *items]
    return items


def _is_thing(item: Item) -> bool:
    """Whether it names rows: of a table, or of the one to which a column refers."""
    return item.table is not None or (item.column is not None and item.column.refers)


def _counted_list(items: list[Item]) -> list[Item]:
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


def _is_plural(item: Item) -> bool:
    last = item.words.lower().split()[-1]
    return plain(last) != last
