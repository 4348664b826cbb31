"""Comparisons with what is usual: `priced above average`, `over the average of its category`."""

from collections.abc import Sequence

from sqlglot import exp

from mocks.genie.composing.query import Query
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.roles import by_dimension, main_number
from mocks.genie.knowledge.space import Column, Space
from mocks.genie.knowledge.written import column_of
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.frame import Comparison, is_measure
from mocks.genie.reading.items import Item
from mocks.genie.refusal import AskBack

_FUNCTIONS = ("AVG", "MEDIAN", "MAX", "MIN")
_OF_GROUP = frozenset(("of", "in", "for", "within", "per", "by", "across", "among"))
_ALTERED = "_all"


def than_average(items: Sequence[Item], at: int) -> Comparison | None:
    """The comparison at that place, if it is with an average, a maximum or the like; its items are marked as used."""
    item, usual = items[at], items[at + 1] if at + 1 < len(items) else None
    if usual is None or usual.kind != kinds.AGGREGATE or usual.detail not in _FUNCTIONS or usual.used:
        return None
    found = Comparison(item, usual=usual.detail, times=item.numbers[0] if item.numbers else 1)
    place = at + 2
    while place < len(items) and (named := items[place]).kind == kinds.NAMED and not named.used:
        words = set(named.before.split())
        if is_measure(named) and found.of is None and not words & {"by", "per"}:
            found.of = named.column
        elif words & _OF_GROUP and (named.column is not None or named.table is not None):
            found.among = named if _is_group(named, items[:at]) else found.among
        else:
            break
        named.used = True
        place += 1
    item.used = usual.used = True
    _read_subject(items, at, found)
    return found


def usual_number(comparison: Comparison, among: Column | None, space: Space, graph: JoinGraph) -> exp.Expr:
    """The average of all rows, or of those that share the group of the row it is compared with."""
    column = comparison.of
    assert isinstance(column, Column)
    query = Query(space.table(column.table), space, graph)
    query.output(exp.func(comparison.usual, query.column(column)))
    if among is not None:
        query.condition(exp.EQ(this=query.column(among), expression=exp.column("outer")))
    tree = _renamed(query.tree())
    if among is not None:
        for node in [*tree.find_all(exp.Column)]:
            if node.name == "outer":
                node.replace(column_of(among))
    usual = exp.Subquery(this=tree)
    if comparison.times == 1:
        return usual
    return exp.Mul(this=exp.Literal.number(f"{comparison.times:g}"), expression=usual)


def average_of_groups(query: Query, number: exp.Expr, function: str) -> exp.Expr:
    """The average over the groups of a query of what is put together for each of them."""
    tree = query.tree()
    for part in ("having", "order", "limit", "qualify"):
        tree.set(part, None)
    tree.set("expressions", [exp.alias_(number.copy(), "each")])
    outer = exp.select(exp.func(function, exp.column("each"))).from_(exp.Subquery(this=_renamed(tree), alias="every"))
    return exp.Subquery(this=outer)


def _is_group(named: Item, before: Sequence[Item]) -> bool:
    """`the average price of all products` is of everything; `of their category` is not."""
    own = {i.table.full_name for i in before if i.table is not None}
    if named.table is not None:
        return named.table.full_name not in own and not {"all", "every"} & set(named.before.split())
    return not {"all", "every"} & set(named.before.split())


def _read_subject(items: Sequence[Item], at: int, found: Comparison) -> None:
    """What is compared: the number or the thing counted before it, else what an adjective or the table is about."""
    before = next((i for i in reversed(items[max(0, at - 2) : at]) if i.kind == kinds.NAMED and not i.used), None)
    place = items.index(before) if before is not None else -1
    adding = items[place - 1] if place > 0 else None
    if before is not None and is_measure(before):
        found.of, before.used = before.column, True
        if adding is not None and adding.kind == kinds.AGGREGATE and not adding.used:
            found.function, adding.used = adding.detail, True
        elif adding is not None and adding.kind == kinds.COUNT and place > 1:
            adding.used = True  # `wards whose number of beds is above average`
    elif before is not None and before.table is not None and _is_counted(items, place, adding):
        found.of, before.used = before.table, True
        if adding is not None and adding.kind == kinds.COUNT:
            adding.used = True
    elif found.of is None:
        tables = [i.table for i in items if i.table is not None]
        found.of = by_dimension(found.item.dimension, tables[:1]) if found.item.dimension else None
        found.of = found.of or (main_number(tables[0]) if tables else None)
    if found.of is None:
        raise AskBack(f"Which number shall be {found.item.words} average?")


def _is_counted(items: Sequence[Item], place: int, adding: Item | None) -> bool:
    things = [i for i in items[:place] if i.table is not None or (i.column is not None and i.column.refers)]
    return bool(things) or (adding is not None and adding.kind == kinds.COUNT and place > 1)


def _renamed(tree: exp.Select) -> exp.Select:
    """The same statement with other names for its tables, so that it may stand inside the first."""
    for table in [*tree.find_all(exp.Table)]:
        name = table.alias
        if name:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(name + _ALTERED)))
    for column in tree.find_all(exp.Column):
        if column.table:
            column.set("table", exp.to_identifier(column.table + _ALTERED))
    return tree
