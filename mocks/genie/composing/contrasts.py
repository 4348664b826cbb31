"""What a question sets beside each other: values of one column, things or periods, with one number for each."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.composing.counting import paid
from mocks.genie.composing.spans import unit_of
from mocks.genie.composing.together import HEADS
from mocks.genie.knowledge.roles import adds_up
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_VERSUS = "versus"
_OTHERWISE = frozenset((*HEADS, kinds.EXTREME, kinds.SHARE, kinds.DIVIDED, kinds.SORT, kinds.COMPARE, kinds.BY))


def contrasted(items: list[Item]) -> list[Item]:
    """The items with one head for what is set beside each other: `how many from Turin and how many from Lyon`."""
    items = _without_again(_with_one_head(_and_not(items)))
    beside = [item for item in items if is_beside(item)]
    if not beside:
        return items
    return _by_period(with_head(items), beside)


def is_beside(item: Item) -> bool:
    """Whether it is set beside what stands before it."""
    return _VERSUS in item.before.split() or (item.kind == kinds.SPAN and _VERSUS in item.lead.split())


def _and_not(items: list[Item]) -> list[Item]:
    """`how many sessions crashed and how many did not`: the same number of those of which it is denied."""
    heads = [at for at, item in enumerate(items) if item.kind in HEADS]
    begin = heads[1] if len(heads) == 2 else 0
    if not begin or [item.kind for item in items[begin + 1 :]] != [kinds.NOT] or items[begin - 1].kind != kinds.NAMED:
        return items
    first, said = items[heads[0] : begin], items[begin - 1]
    if len(first) < 3 or said.negated or said.table is not None:
        return items
    again = [replace(items[begin], before="and"), *(replace(item, before="") for item in first[1:-1])]
    return [*items[:begin], *again, replace(said, negated=True, inner=True, before="")]


def _without_again(items: list[Item]) -> list[Item]:
    """`players from Spain versus players from Japan`: what is said again is said but once."""
    for at, item in enumerate(items[:-1]):
        again = any(one.kind == kinds.NAMED and one.meaning == item.meaning for one in items[:at])
        if _VERSUS in item.before.split() and again and item.value is None:
            return [*items[:at], replace(items[at + 1], before=item.before), *items[at + 2 :]]
    return items


def _with_one_head(items: list[Item]) -> list[Item]:
    """`how much in 2023 and how much in 2024`, `how many open, how many closed tickets`: the same asked of each."""
    heads = [at for at, item in enumerate(items) if item.kind in HEADS]
    apart = any(item.kind in (kinds.DIVIDED, kinds.GRAIN) or _is_split(items, at) for at, item in enumerate(items))
    if apart or len(heads) < 2 or len({(items[at].kind, items[at].detail) for at in heads}) > 1:
        return items
    found = [*items[: heads[1]]]
    for begin, end in zip(heads[1:], [*heads[2:], len(items)], strict=True):
        part = items[begin + 1 : end]
        if part and part[0].table is not None and any(one.meaning == part[0].meaning for one in found):
            part = [replace(part[1], before=part[1].before or "of"), *part[2:]] if len(part) > 1 else []
        if not part or not _is_alternative(part[0], found):
            return items
        found += [replace(part[0], before=f"{_VERSUS} and {part[0].before}".strip()), *part[1:]]
    return found


def _is_split(items: Sequence[Item], at: int) -> bool:
    """`how many open and how many closed ones in each city`: two numbers for each, where `by card` groups nothing."""
    return items[at].kind == kinds.BY and at + 1 < len(items) and items[at + 1].value is None


def _is_alternative(item: Item, before: Sequence[Item]) -> bool:
    """Whether it is a value of the same column as one before it, or another period."""
    if item.kind == kinds.SPAN:
        return any(one.kind == kinds.SPAN for one in before)
    column = item.value.column if item.value is not None and not item.negated else None
    others = [one.value for one in before if one.value is not None and not one.negated]
    return column is not None and any(one.column == column and one != item.value for one in others)


def with_head(items: list[Item]) -> list[Item]:
    """The items with what asks for a number of them.

    `landing versus parking charges`, `open versus closed tickets`: how much it is of each, or how many.
    """
    items = _without_means(items)
    if any(item.kind in _OTHERWISE or item.snippet is not None for item in items):
        return items
    first = items[0]
    number = next((item.column for item in items if is_measure(item)), None)
    things = [at for at, item in enumerate(items) if item.table is not None]
    if number is not None:
        function = "SUM" if adds_up(number, asked=True) else "AVG"
        return [Item(kinds.AGGREGATE, "total", first.at, first.at, function, before=first.before), *items]
    amount = next((found for at in things if (found := paid(items[at])) is not None), None)
    if amount is not None:
        summed = [replace(item, meaning=amount) if paid(item) == amount else item for item in items]
        return [Item(kinds.AGGREGATE, "total", first.at, first.at, "SUM", before=first.before), *summed]
    count = Item(kinds.COUNT, "number of", first.at, first.at, before=first.before)
    return [count, *items] if things else items


def _without_means(items: list[Item]) -> list[Item]:
    """`by card versus by cheque`: what was done by either, and nothing to group by."""
    found: list[Item] = []
    for item in items:
        by = found[-1] if found and found[-1].kind == kinds.BY and item.value is not None else None
        if by is not None:
            found.pop()
        found.append(replace(item, before=f"{by.before} {item.before}".strip()) if by is not None else item)
    return found


def _by_period(items: list[Item], beside: Sequence[Item]) -> list[Item]:
    """`in 2023 versus in 2024`: by year."""
    spans = [item for item in items if item.kind == kinds.SPAN]
    split = any(item.kind == kinds.GRAIN for item in items)
    unit = unit_of(spans) if len(spans) > 1 and not split and any(one.kind == kinds.SPAN for one in beside) else ""
    return [*items, Item(kinds.GRAIN, f"by {unit}", -1, -1, unit)] if unit else items
