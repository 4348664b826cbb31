"""Words side by side that name one thing: `acquisition channel`, where each of them stands for the column alone."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item


def with_compounds(items: Sequence[Item]) -> list[Item]:
    """The items, whose meanings are known, where neighbours that stand for the same column are one."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        if last is not None and _is_same(last, item):
            words, rank = f"{last.words} {item.words}", max(last.rank, item.rank)
            found[-1] = replace(item, words=words, at=last.at, before=last.before, rank=rank, negated=last.negated)
        else:
            found.append(item)
    return found


def _is_same(last: Item, item: Item) -> bool:
    named = last.kind == item.kind == kinds.NAMED and not item.before
    return named and item.column is not None and last.column == item.column and not item.negated
