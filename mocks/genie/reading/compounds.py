"""Words side by side that name one thing: `acquisition channel`, where each of them stands for the column alone."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.names import HEAD, PARTIAL
from mocks.genie.knowledge.space import DATE, TEXT, Column, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import is_participle, is_verb
from mocks.genie.reading.frame import table_of
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


def with_heads(items: Sequence[Item], graph: JoinGraph) -> list[Item]:
    """The items, where `customer boats` are boats, as each has its customer, and `yard orders` are orders.

    What stands before the thing only tells of it, where it is a word of what each of the things belongs to.
    """
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        split = len(found) > 1 and found[-2].kind == kinds.BY  # `per doctor: admissions`
        if last is not None and not split and _is_told_by(last, item, graph):
            found[-1] = replace(item, before=last.before, at=last.at)
        else:
            found.append(item)
    return found


def _is_told_by(first: Item, thing: Item, graph: JoinGraph) -> bool:
    table = thing.likeliest if thing.is_thing else None
    alone = first.kind == kinds.NAMED and not first.several and not first.negated and len(first.words.split()) == 1
    verbs = any(is_verb(word) or is_participle(word) for word in (first.words, thing.words.split()[-1]))
    if not isinstance(table, Table) or not alone or thing.before or verbs or thing.entries[0].rank < HEAD:
        return False
    home, meant = table_of(first.likeliest), first.likeliest
    if home == table.full_name or not graph.reaches(table, home):
        return False
    told = isinstance(meant, Column) and meant.kind in (TEXT, DATE) and first.entries[0].rank <= PARTIAL
    return isinstance(meant, Table) or told


def _is_same(last: Item, item: Item) -> bool:
    named = last.kind == item.kind == kinds.NAMED and not item.before
    return named and item.column is not None and last.column == item.column and not item.negated
