"""One number divided by another: `fuel per kilometre`, `ratio of visits to beds`, `paid as a percentage of billed`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from mocks.genie.composing.contrasts import with_head
from mocks.genie.composing.together import HEADS, Part, as_number, belongs, both
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import adds_up
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit, unit_among
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_FOR_EACH = ("per", "for every", "for each", "every", "each")


@dataclass(frozen=True)
class Division:
    """The items of either number, with those said of both, and by how much the quotient is multiplied.

    With `minus` the one is taken from the other instead.
    """

    above: list[Item]
    below: list[Item]
    times: float = 1.0
    minus: bool = False


def division(items: Sequence[Item], graph: JoinGraph) -> Division | None:
    """The two numbers, if a question wants the one divided by the other."""
    if (minus := next((at for at, item in enumerate(items) if item.detail == "-"), 0)) and minus + 1 < len(items):
        return _taken_from(items, minus)
    for at, item in enumerate(items):
        percent = _is_percent(items, at)
        if not (item.kind == kinds.DIVIDED or percent or _is_per(items, at, graph)):
            continue
        begin, end = (_begin(items, at), _end(items, at)) if at else (0, len(items))
        above, below, shared = items[begin:at], items[at + 1 : end], [*items[:begin], *items[end:]]
        if at == 0:  # `for every euro invoiced, how much was paid`
            half = next((n for n, other in enumerate(items) if n > 1 and other.kind in HEADS), len(items))
            above, below = items[half:], items[1:half]
        if not above or not below:
            return None
        one = [*as_number(above), *map(replace, shared)]
        other = [*as_number(below), *map(replace, (*shared, *_said_of_both(above, below)))]
        return Division(one, other, 100.0 if percent else 1.0)
    return None


def _taken_from(items: Sequence[Item], at: int) -> Division:
    """`landing minus parking charges per airline`: the groups and a time that is told but once are of both."""
    above, below = (_ended([*side]) for side in (items[:at], items[at + 1 :]))
    end = next((n for n, item in enumerate(below) if item.kind in (kinds.BY, kinds.GRAIN)), len(below))
    below, shared = below[:end], below[end:]
    timed = [any(item.kind == kinds.SPAN for item in side) for side in (above, below)]
    if timed[0] != timed[1]:
        side = above if timed[0] else below
        shared += [item for item in side if item.kind == kinds.SPAN]
        above, below = ([item for item in one if item.kind != kinds.SPAN] for one in (above, below))
    one, other = _completed(above, below), _completed(below, above)
    return Division([*one, *map(replace, shared)], [*other, *map(replace, shared)], minus=True)


def _completed(side: Sequence[Item], other: Sequence[Item]) -> list[Item]:
    """`landing minus parking charges`: both are charges, and `more flights of Ada than Bert` are flights of either."""
    says = any(item.table is not None or is_measure(item) for item in side)
    headed = any(item.kind in HEADS for item in side)
    told = [item for item in other if item.value is None and item.kind != kinds.SPAN and not says]
    told = [item for item in told if not (headed and item.kind in HEADS)]
    return with_head([*map(replace, side), *map(replace, told)] if headed else [*map(replace, (*told, *side))])


def _ended(side: list[Item]) -> list[Item]:
    """`the highest price less the lowest`: the number itself, and not the thing that has it."""
    return [
        replace(item, kind=kinds.AGGREGATE, detail=kinds.ENDS[item.detail])
        if item.kind == kinds.EXTREME and not item.numbers and not item.dimension
        else item
        for item in side
    ]


def _said_of_both(above: Sequence[Item], below: Sequence[Item]) -> list[Item]:
    """What restricts the one number, where the other is told of the same rows: `potatoes: ratio of yield to area`."""
    one, other = ([i.column for i in side if i.column is not None and is_measure(i)] for side in (above, below))
    alone = all(is_measure(i) for i in below if i.kind not in HEADS)
    if not (len(one) == len(other) == 1 and alone and one != other and one[0].table == other[0].table):
        return []
    return [item for item in above if not is_measure(item) and item.kind not in HEADS]


def difference(above: Part, below: Part) -> exp.Select:
    """How much larger the one number is, for each group if there are groups; where there is none of one it is zero."""

    def less(one: exp.Expr, other: exp.Expr) -> list[exp.Expr]:
        numbers = (exp.func("COALESCE", number, exp.Literal.number(0)) for number in (one, other))
        return [exp.alias_(exp.Sub(this=next(numbers), expression=next(numbers)), "difference")]

    return both(above, below, less)


def ratio(above: Part, below: Part, times: float) -> exp.Select:
    """The one number divided by the other, for each group that has both if there are groups."""

    def quotient(one: exp.Expr, other: exp.Expr) -> list[exp.Expr]:
        whole = exp.Mul(this=exp.Literal.number(str(times)), expression=one)
        return [exp.alias_(exp.Div(this=whole, expression=exp.func("NULLIF", other, exp.Literal.number(0))), "ratio")]

    return both(above, below, quotient, "inner")


def _is_per(items: Sequence[Item], at: int, graph: JoinGraph) -> bool:
    """`per kilometre`, `each bed`: what adds up is no group; nor is what the things averaged do not belong to."""
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    if item.kind != kinds.BY or item.words.lower() not in _FOR_EACH or following is None:
        return False
    if following.kind == kinds.UNKNOWN and unit(following.words) is not None and at + 2 < len(items):
        following = items[at + 2]  # `for every pound invoiced`
    if following.column is not None:
        counted = item.words.lower() == "per" or at == 0 or items[at - 1].table is not None
        return counted and is_measure(following) and adds_up(following.column, unit_among(following.words) is not None)
    return _is_apart(items, at, following, graph)


def _is_percent(items: Sequence[Item], at: int) -> bool:
    """`the amount paid as a percentage of the amount billed`: a part of another number, and not of the rows."""
    item = items[at]
    behind = [i for i in items[at + 1 :] if i.kind not in HEADS][:1]
    return item.kind == kinds.SHARE and "as" in item.before.split() and any(is_measure(i) for i in behind)


def _is_apart(items: Sequence[Item], at: int, thing: Item, graph: JoinGraph) -> bool:
    """`how many students per instructor on average`, where no student belongs to one instructor."""
    averaged = any(i.kind == kinds.AGGREGATE and i.detail == "AVG" for i in items)
    counted = items[at - 1].table if at else None
    if thing.table is None or counted is None or not averaged or any(i.kind == kinds.BY for i in items[at + 1 :]):
        return False
    return graph.path(counted, thing.table.full_name) is None


def _begin(items: Sequence[Item], at: int) -> int:
    """Where the words of the number begin that stands before a place."""
    begin = at
    while (
        begin > 0 and (items[begin - 1].kind in HEADS or belongs(items[begin - 1])) and not _is_group(items, begin - 1)
    ):
        begin -= 1
        if items[begin].kind in HEADS and items[max(0, begin - 1)].kind not in HEADS:
            return begin  # `of accepted claims, the total paid`
    more = begin > 0 and items[begin - 1].kind == kinds.NAMED and not _is_group(items, begin - 1)
    return begin - more


def _end(items: Sequence[Item], at: int) -> int:
    """Where the words of the number end that stands behind a place."""
    end = at + 1
    while end < len(items) and (items[end].kind in HEADS or belongs(items[end])):
        end += 1
    return end


def _is_group(items: Sequence[Item], at: int) -> bool:
    """`for every ward, admissions`: what is grouped by is no part of the number."""
    return at > 0 and items[at - 1].kind == kinds.BY
