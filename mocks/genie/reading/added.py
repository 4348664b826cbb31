"""Two numbers of each row that are asked for together: `labour plus material cost`, `cost (labour + material)`."""

from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED, WORD
from mocks.genie.knowledge.space import NUMBER, Column
from mocks.genie.knowledge.written import column_of
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stems
from mocks.genie.reading.items import Item


def with_added(items: list[Item]) -> list[Item]:
    """The items with the sum of two columns in place of both, where they are said to be added."""
    ranked = any(item.kind == kinds.EXTREME for item in items)
    for at, one in enumerate(items):
        plus = [i for i in items[at + 1 : at + 2] if i.words.lower() == "plus"]
        other = next(iter(items[at + 1 + len(plus) : at + 2 + len(plus)]), None)
        pair = _pair(one, other) if other is not None else None
        if other is None or pair is None:
            continue
        said = {*other.before.lower().split(), *(i.words.lower() for i in plus)}
        if "plus" in said or (ranked and "and" in said):
            entry = Entry(_sum(*pair), CURATED)
            both = replace(one, kind=kinds.NAMED, words=f"{one.words} plus {other.words}", entries=(entry,))
            return [*items[:at], both, *items[items.index(other) + 1 :]]
    return items


def _pair(one: Item, other: Item) -> tuple[Column, Column] | None:
    """The two columns of one table that both words name the beginnings of: labour_cost, material_cost."""
    pairs = [
        (a, b)
        for a in _numbers(one)
        for b in _numbers(other)
        if a != b and a.table == b.table and stems(a.spoken)[-1] == stems(b.spoken)[-1]
    ]
    return pairs[0] if len(pairs) == 1 else None


def _numbers(item: Item) -> list[Column]:
    named = item.entries if item.kind == kinds.NAMED else ()
    found = [e.meaning for e in named if isinstance(e.meaning, Column) and e.rank > WORD]
    return [c for c in found if c.kind == NUMBER and not c.refers and len(stems(c.spoken)) > 1]


def _sum(one: Column, other: Column) -> Column:
    """Both of a row added, where one may be empty if only one of them is."""
    texts = [column_of(column).sql("databricks") for column in (one, other)]
    if one.filled != other.filled:
        texts = [f"COALESCE({text}, 0)" for text in texts]
    return replace(one, name=f"{one.name}_plus_{other.name}", formula=" + ".join(texts))
