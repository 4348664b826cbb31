"""Who did something, where nobody is told apart: `bookings made by members`, `the share of bookings from members`."""

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.language import grammar as kinds
from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import word_set
from mocks.genie.reading.items import Item

_ALL = word_set("the our all its their")
_RANKED = frozenset((kinds.EXTREME, kinds.SHARE, kinds.SORT, kinds.COMPARE, kinds.NOT))


def of_agents(items: list[Item], graph: JoinGraph) -> list[Item]:
    """`sold by vendors`: who did it, whoever it was, where `sold by vendor` and `sales by vendors` tell of each.

    Where not all have somebody who did it, those that have.
    """
    for at, item in enumerate(items[1:], 1):
        by = item.kind == kinds.BY and item.words.lower() == "by" and not item.before and at + 1 < len(items)
        doer = items[at + 1] if by else item
        several = doer.several or doer.words.lower() == "people"
        agents = doer.table is not None and several and _is_agent(doer, items[at - 1], by)
        following = items[at + 1 + by] if at + 1 + by < len(items) else None
        more = following is not None and (following.kind in _RANKED or following.before.split()[-1:] == ["and"])
        if agents and not more:
            some = _of_some(items[:at], doer, graph)
            if by or some:
                return [*items[:at], *some, *items[at + 1 + by :]]
    return items


def _is_agent(doer: Item, before: Item, by: bool) -> bool:
    said = set(doer.before.split())
    if by:
        return said <= _ALL and before.kind in (kinds.NAMED, kinds.UNKNOWN) and is_participle(before.words.split()[-1])
    return "from" in said and said - {"from", "are", "were", "come", "came"} <= _ALL and before.table is not None


def _of_some(items: list[Item], doer: Item, graph: JoinGraph) -> list[Item]:
    """That somebody did it, where the rows that are asked for may lack that."""
    things = [item for item in items if item.table is not None and not item.negated]
    asked = things[-1].table if things else None
    links = [n for n in graph.links if asked and doer.table and n.left.table == asked.full_name]
    links = [n for n in links if doer.table is not None and n.right.table == doer.table.full_name]
    if len(links) != 1 or links[0].left.filled == 1:
        return []
    column = Item(kinds.NAMED, doer.words, doer.at, doer.end, meaning=links[0].left)
    return [Item(kinds.PRESENT, "known", doer.at, doer.at), column]
