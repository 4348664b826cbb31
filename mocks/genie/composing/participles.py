"""What a participle beside a number says: nothing where every row has it, money where it is what was paid."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.roles import adds_up, is_money, main_amount
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit
from mocks.genie.language.verbs import PAYING, is_participle
from mocks.genie.language.words import stem
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_ANY = frozenset(("any", "some", "no", "their", "the", "a"))
_TIMED = frozenset((kinds.SPAN, kinds.GRAIN, kinds.COMPARE, kinds.EXTREME))


def without_participles(items: list[Item], space: Space) -> list[Item]:
    """`invoiced amount`, `the amount posted in July`: the items without a column that only says what the rows are.

    `total invoiced` is the one amount of money that those rows have.
    """
    for at, item in enumerate(items):
        if not _is_done(item):
            continue
        timed = any(other.kind in _TIMED for other in items) and item.column is not None and item.column.kind == DATE
        if any(_is_of_same(item, other) for other in _beside(items, at)):
            return [*items[:at], *_joined(item, items[at + 1 :])] if not timed else items
        amount = _paid(items, item, space)
        if amount is not None:
            number = Item(kinds.NAMED, amount.spoken, item.at, item.at, meaning=amount, before=item.before)
            rest = [replace(item, before="")] if timed else []
            return [*items[:at], number, *rest, *items[at + 1 :]]
    return items


def had_amounts(items: list[Item], space: Space) -> list[Item]:
    """`workers who have recorded hours`, `never recorded any hours`: those with such rows, as nothing is added up."""
    found = {item.kind for item in items}
    if found & {kinds.AGGREGATE, kinds.EXTREME, kinds.SHARE, kinds.BY, kinds.GRAIN, kinds.COMPARE, kinds.DIVIDED}:
        return items
    for at, item in enumerate(items):
        verb = items[at - 1] if at > 1 else None
        things = [other.table for other in items[:at] if other.table is not None]
        if verb is None or item.column is None or verb.kind != kinds.UNKNOWN or not is_participle(verb.words):
            continue
        amount = is_measure(item) and unit(item.words) is not None and set(item.before.split()) <= _ANY
        if amount and things and all(table.full_name != item.column.table for table in things):
            return [*items[:at], replace(item, meaning=space.table(item.column.table)), *items[at + 1 :]]
    return items


def _is_done(item: Item) -> bool:
    """A participle that names a column without gaps, or nothing but the table."""
    column = item.column
    known = item.table is not None or (
        column is not None and column.filled == 1 and column.kind not in (BOOLEAN, NUMBER)
    )
    ours = stem(item.words) in PAYING and item.before.split()[-1:] in (["we"], ["you"], ["they"])  # `did we invoice`
    verb = (is_participle(item.words) or ours) and " " not in item.words
    return item.kind == kinds.NAMED and known and verb and not item.negated


def _beside(items: Sequence[Item], at: int) -> list[Item]:
    """The number right before it or behind it."""
    before = items[at - 1 : at] if at and not items[at].before else []
    behind = [item for item in items[at + 1 : at + 2] if not item.before]
    return [item for item in (*behind, *before) if is_measure(item)]


def _is_of_same(item: Item, number: Item) -> bool:
    home = item.table.full_name if item.table is not None else item.column.table if item.column is not None else ""
    return number.column is not None and number.column.table == home


def _joined(item: Item, rest: Sequence[Item]) -> list[Item]:
    """What follows, with the words before the participle before it."""
    return [replace(rest[0], before=item.before), *rest[1:]] if rest and not rest[0].before else [*rest]


def _paid(items: Sequence[Item], item: Item, space: Space) -> Column | None:
    """The money of what was paid, invoiced or the like, where a sum is asked for and no other number is named."""
    added = any(other.kind == kinds.AGGREGATE and other.detail == "SUM" for other in items)
    others = any(is_measure(other) or other.kind == kinds.COUNT or other.snippet is not None for other in items)
    if item.column is None or not added or others or stem(item.words) not in PAYING:
        return None
    return _money(space.table(item.column.table))


def _money(table: Table) -> Column | None:
    found = [c for c in table.columns if is_money(c) and adds_up(c)]
    return main_amount(table) or (found[0] if len(found) == 1 else None)
