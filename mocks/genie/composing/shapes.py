"""What shape an answer has: a number or a list, which numbers beside each other, and for each of what."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from mocks.genie.composing.agents import of_agents
from mocks.genie.composing.counting import (
    counted_events,
    counted_last,
    counted_list,
    counted_of_them,
    counted_once,
    counted_ones,
    counted_totals,
    first_of,
    per_event,
    summed_money,
)
from mocks.genie.composing.moments import counted_deeds, day_of_last, often_of_rows
from mocks.genie.composing.participles import had_amounts, without_participles
from mocks.genie.composing.together import HEADS
from mocks.genie.composing.tops import best_paid, most_done, paid_most, ranked_beside, ranked_by_those
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.names import SAID, WORD
from mocks.genie.knowledge.roles import adds_up, happened
from mocks.genie.knowledge.space import DATE, TEXT, Column, Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import PEOPLE
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import stem, stems, word_set
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_TIED = frozenset(("their", "its", "his", "her"))
_PLACES = frozenset(("under", "over", "above", "below"))  # without a number: `billed under this plan`
_ALL = word_set("the our all its their")
_RANKED = frozenset((kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.COMPARE, kinds.NOT))


def shaped(items: list[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items of a question whose meanings are known, with what the order of its words leaves unsaid."""
    for settle in (
        partial(without_participles, space=space),
        partial(had_amounts, space=space),
        _only_those,
        partial(_those_of, graph=graph),
        _number_of_thing,
        _day_of_most,
        ranked_by_those,
        counted_totals,
        summed_money,
        partial(paid_most, space=space),
        partial(most_done, graph=graph),
        partial(best_paid, space=space, graph=graph),
        _both_ends,
        day_of_last,
        partial(often_of_rows, space=space),
        partial(counted_deeds, graph=graph),
        ranked_beside,
        partial(of_agents, graph=graph),
        counted_ones,
        counted_of_them,
        counted_once,
        _measured_beside,
        partial(per_event, graph=graph),
        partial(counted_events, graph=graph),
        counted_last,
        _grouped_subject,
        counted_list,
        _own_kind,
    ):
        items = settle(items)
    return items


def headed(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`ticket orders`, `member payments`: the orders, the payments, as the last of two nouns is what both name.

    `crew members` are the crew, where only a comment speaks of members.
    """
    found: list[Item] = []
    for item in items:
        grouped = len(found) > 1 and found[-2].kind == kinds.BY
        if found and not grouped and _modifies(found[-1], item, graph):
            found[-1] = replace(item, before=found[-1].before)
        elif found and _is_part_of(item, found[-1]):
            found[-1] = replace(found[-1], words=f"{found[-1].words} {item.words}")
        else:
            found.append(item)
    return found


def _is_part_of(person: Item, people: Item) -> bool:
    column = person.column if person.rank <= WORD and not (person.before or person.negated) else None
    same = column is not None and people.table is not None and column.table == people.table.full_name
    return same and stem(person.words) in PEOPLE


def _modifies(noun: Item, head: Item, graph: JoinGraph) -> bool:
    if noun.table is None or head.table is None or noun.table == head.table or noun.negated or head.negated:
        return False
    if head.before or noun.several or not head.several or is_participle(noun.words.split()[-1]):
        return False
    ends = ((noun.table, head.table), (head.table, noun.table))
    return any(graph.path(one, other.full_name) is not None for one, other in ends)


def _those_of(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`annexes of the Old Mint`, `team members of Ada`: who refers to it, where the column itself is not called so."""
    for at, (those, one) in enumerate(pairwise(items)):
        own = any(link.left == those.column for link in graph.own) and those.rank <= SAID
        said = those.column is not None and set(stems(those.words)) & set(stems(those.column.spoken))
        whose = one.value is not None and those.column is not None and one.value.column.table == those.column.table
        if own and whose and those.several and not said and one.before in ("of", "of the"):
            before = those.before if at else "which"
            return [*items[:at], replace(those, before=before), replace(one, before="does"), *items[at + 2 :]]
    return items


def _only_those(items: list[Item]) -> list[Item]:
    """`how many orders does each customer have? Only customers with at least one`: so many of what is counted."""
    *rest, again, least = items if len(items) > 4 else [Item("", "", 0, 0)] * 3
    each = any(one.kind == kinds.BY and other.table == again.table for one, other in pairwise(rest))
    counted = [other for one, other in pairwise(rest) if one.kind == kinds.COUNT and other.kind == kinds.NAMED]
    things = [i for i in rest if i.table is not None and i.table != again.table]
    if not (each and counted and things and again.table is not None and least.kind == kinds.COMPARE and least.numbers):
        return items
    some = (least.detail, *least.numbers) in ((">=", 1), (">", 0))  # none are listed anyway
    return rest if some else [*rest, replace(least, before=""), replace(things[0], before="")]


def _number_of_thing(items: list[Item]) -> list[Item]:
    """`what is the number of the invoice with ..`: what it is called by, where the thing has such a number."""
    head, thing = items[:2] if len(items) > 1 else (None, None)
    if head is None or thing is None or head.words.lower() != "number of":
        return items
    if thing.table is None or thing.before != "the":
        return items
    called = [c for c in thing.table.columns if stems(c.spoken)[-1:] in (("no",), ("number",), ("nr",))]
    if "is the" not in head.before or thing.several or len(called) != 1:
        return items
    return [replace(thing, meaning=called[0], before=head.before), *items[1:]]


def _day_of_most(items: list[Item]) -> list[Item]:
    """`on which day did our articles get the most views`: of all of them together."""
    asked = bool(items) and items[0].kind == kinds.GRAIN and items[0].words.lower().startswith("which")
    ranked = any(item.kind == kinds.EXTREME for item in items)
    thing = items[1] if len(items) > 2 and asked and ranked else None
    ours = thing is not None and thing.table is not None and bool({"our", "we"} & set(thing.before.split()))
    return [items[0], *items[2:]] if ours else items


def _both_ends(items: list[Item]) -> list[Item]:
    """`the lowest and the highest fee`: two numbers of the same rows, where no thing is asked for that has them."""
    ends = [at for at, item in enumerate(items) if item.kind == kinds.EXTREME]
    if len(ends) != 2 or ends[1] + 1 >= len(items) or any(_is_thing(item) for item in items[: ends[0]]):
        return items
    one, other = (items[at] for at in ends)
    place = ends[1] + 1
    place += items[place].kind == kinds.COUNT and place + 1 < len(items)  # `the largest number of seats`
    column = _ended(items, items[place], one.detail in ("first", "last"))
    said_once = all(item.meaning == items[place].meaning for item in items[ends[0] + 1 : ends[1]])
    joined = "and" in other.before.split() and not (one.numbers or other.numbers)
    if column is None or not joined or not said_once or kinds.ENDS[one.detail] == kinds.ENDS[other.detail]:
        return items
    number = replace(items[place], meaning=column)
    least, most = (
        replace(end, kind=kinds.AGGREGATE, detail=kinds.ENDS[end.detail], dimension="") for end in (one, other)
    )
    return [*items[: ends[0]], least, most, number, *items[place + 1 :]]


def _ended(items: Sequence[Item], item: Item, dated: bool) -> Column | None:
    """The number or, of what is dated, the day of which there is a first and a last."""
    if not dated:
        return item.column if is_measure(item) else None
    if item.column is not None:
        return item.column if item.column.kind == DATE else None
    asked = "when" in items[0].before.split()
    return happened(item.table, f"the first and the last {item.words}") if item.table is not None and asked else None


def _measured_beside(items: list[Item]) -> list[Item]:
    """`farms and net weight by district`, `the number of farms and the weight per district`: how many, and how much."""
    if not any(item.kind == kinds.BY for item in items) or any(item.kind in _RANKED for item in items):
        return items
    for at, item in enumerate(items):
        before, joint = items[at - 1] if at else None, at + 1
        if (
            item.table is None
            or not item.several
            or (before is not None and before.kind in (kinds.BY, kinds.AGGREGATE))
        ):
            continue
        counted = before is not None and before.kind == kinds.COUNT
        if before is not None and is_measure(before) and item.before in ("and", "and the"):
            return [*items[:at], Item(kinds.COUNT, "number of", item.at, item.at, before="and"), *first_of(items[at:])]
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
    return [Item(kinds.AGGREGATE, "total", first.at, first.at, "SUM", before=first.before), *first_of(items[at:])]


def _grouped_subject(items: list[Item]) -> list[Item]:
    """`customers and their total amount`, `who was billed, and how much`: what has a number of its own groups it."""
    compared = any(item.kind == kinds.COMPARE and item.words.lower() not in _PLACES for item in items)
    if compared or any(item.kind in (kinds.BY, kinds.GRAIN, kinds.EXTREME) for item in items):
        return items
    for at, item in enumerate(items):
        often = item.kind == kinds.COUNT and "often" in item.words.lower()
        added = item is items[-1] and (often or item.kind == kinds.AGGREGATE) and item.before.split()[-1:] == ["and"]
        tied = item.kind in HEADS and (added or set(item.before.split()) & _TIED)
        asked = item.kind in HEADS and _asks_who(items, at)
        if (
            (tied or asked)
            and at
            and (_is_thing(items[0]) or ((often or asked) and items[0].column is not None))
            and not any(i.kind in HEADS for i in items[:at])
        ):
            by = Item(kinds.BY, "each", items[0].at, items[0].at)
            return [by, *items]
    return items


def _asks_who(items: Sequence[Item], at: int) -> bool:
    """`which airline had how many flights`, `who signed how many permits`: how many each of them had."""
    number, following = items[at], items[at + 1] if at + 1 < len(items) else None
    joined = {"and", "or", "but", "of"} & set(number.before.split()) or not number.words.lower().startswith("how")
    asks = set(items[0].before.lower().split()[-2:]) & {"which", "what", "who", "whose"}
    other = following is not None and following.kind == kinds.NAMED and following.meaning != items[0].meaning
    return bool(asks) and not joined and (other or (following is None and number.kind == kinds.AGGREGATE))


def _own_kind(items: list[Item]) -> list[Item]:
    """`request categories with 50 requests or more`: the thing before its own column only says whose it is."""
    first, column = items[:2] if len(items) > 2 else (None, None)
    if first is None or column is None or first.table is None or column.column is None or column.before:
        return items
    again = any(one.kind == kinds.COMPARE and other.table == first.table for one, other in pairwise(items[2:]))
    own = column.column.table == first.table.full_name and column.column.kind == TEXT and not first.several
    return [replace(column, before=first.before), *items[2:]] if own and again else items


def _is_thing(item: Item) -> bool:
    """Whether it names rows: of a table, or of the one to which a column refers."""
    return item.table is not None or (item.column is not None and item.column.refers)
