"""Money that a question names by no column's name: `the most money in loans`, `worth`, `the highest-paid teachers`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED, DEED, FULL, SAID, WORD
from mocks.genie.knowledge.quantities import unit_of
from mocks.genie.knowledge.roles import COMPONENTS, adds_up, is_money, main_number, may_be_undone
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import TIME
from mocks.genie.language.verbs import MEASURING
from mocks.genie.language.words import stem, stem_set, stems, word_set
from mocks.genie.reading.items import Item, named_tables

_MONEY = word_set("money amount amounts sum sums worth value values")
_WHOLE = _MONEY | word_set("size total totals")
_TAKINGS = word_set("takings proceeds")
_SALES = word_set("sales revenue revenues turnover")
_SPENT = stem_set("cost expense budget buy bought purchase paid refund deposit discount")
_PAY = stem_set("salary wage pay compensation remuneration earnings")
_SPENDING = stem_set("spend spent spends spending")
_PAID = word_set("paid earning earn earns earned earner earners")

_PRONOUNS = frozenset(("us", "we", "they", "you", "to", "will", "can", "must"))


def with_takings(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """`takings by shop`: all amounts that the things named take in together, where nothing else says what to do."""
    heads = {item.kind for item in items} & {kinds.AGGREGATE, kinds.COUNT, kinds.EXTREME, kinds.SHARE, kinds.SORT}
    told = {word for example in space.examples for word in example.question.lower().split()}
    sales, found = _SALES - told, list[Item]()
    for item in items:
        unknown, word = item.kind == kinds.UNKNOWN, item.words.lower()
        weak = unknown or (item.kind == kinds.NAMED and item.entries[0].rank <= WORD)
        if (unknown and word in _TAKINGS) or (weak and word in sales):
            taken = _taken_in if word in sales else _nearest
            amounts = [c for c in taken(items, graph, space) if not _SPENT & set(stems(c.spoken))]
            if not heads and (amounts or word in _TAKINGS):
                found.append(Item(kinds.AGGREGATE, "total", item.at, item.at, "SUM", before=item.before))
                item = replace(item, before="")
            entries = tuple(Entry(amount, SAID) for amount in dict.fromkeys(amounts))
            item = replace(item, kind=kinds.NAMED, entries=entries) if entries else item
        found.append(item)
    return found


def with_money(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where such a word names the amounts of the tables, or for persons what they are paid."""
    items = _spent_on(_without_verbs(items), space)
    found = [_paid(item, items, space) for item in items]
    found = [_with_entries(item, _of_parts(found, at, graph, space)) for at, item in enumerate(found)]
    if any(_is_amount(item) for item in found):
        return found
    chosen = _nearest(items, graph, space) or [c for table in space.tables for c in _amounts(table)]
    entries = tuple(Entry(amount, SAID) for amount in dict.fromkeys(chosen))
    worth = [
        at for at, (item, number) in enumerate(pairwise(found)) if item.words.lower() == "worth" and number.numbers
    ]
    return [item if at in worth else _with_entries(item, entries) for at, item in enumerate(found)]


def _spent_on(items: Sequence[Item], space: Space) -> list[Item]:
    """`who spent the most on tickets`: money, and not the number of tickets."""
    spent = next((at for at, item in enumerate(items) if stem(item.words) in _SPENDING), len(items))
    found = [*items]
    for at, item in enumerate(items[spent + 1 :], spent + 1):
        column = item.likeliest
        on = item.before.split()[:1] == ["on"] and isinstance(column, Column) and column.kind == NUMBER
        if on and isinstance(column, Column) and not (column.refers or is_money(column)):
            found[at] = replace(item, entries=tuple(Entry(c, FULL) for c in _amounts(space.table(column.table))))
            found[at].kind = kinds.NAMED if found[at].entries else kinds.UNKNOWN
    return found


def _nearest(items: Sequence[Item], graph: JoinGraph, space: Space) -> list[Column]:
    """The amounts of the tables that are named, or else of those that refer to them."""
    named = named_tables(items, DEED)
    names = {table.full_name for table in named}
    near = [space.table(link.left.table) for link in graph.links if link.right.table in names]
    chosen = ([amount for table in tables for amount in _amounts(table)] for tables in (named, near))
    return next(filter(None, chosen), [])


def _taken_in(items: Sequence[Item], graph: JoinGraph, space: Space) -> list[Column]:
    """The amounts of the events with what is named, or of all where nothing is; of a list and its lines the lines."""
    named = {table.full_name for table in named_tables(items, DEED)}
    events = [t for t in space.tables if graph.refers(t) and all(graph.reaches(t, name) for name in named)]
    events = [t for t in events if _amounts(t)]
    lines = [t for t in events if not any(graph.reaches(other, t.full_name) for other in events if other != t)]
    wholes = [t for t in space.tables if any(graph.reaches(line, t.full_name) for line in lines)]
    if any(map(may_be_undone, (*lines, *wholes))):
        return []  # what was cancelled may count as sold, or not
    return [amount for table in lines for amount in _amounts(table)] or _nearest(items, graph, space)


def _without_verbs(items: Sequence[Item]) -> list[Item]:
    """`what did members pay in rent`: the verb names no number of its own, where another word does."""
    verbs = [item for at, item in enumerate(items) if at and _is_verb(items[at - 1], item)]
    compared = [one for one, after in pairwise(items) if after.kind in (kinds.COMPARE, kinds.NUMBER)]
    verbs = [item for item in verbs if item not in compared]
    numbers = [i for i in items if i not in verbs and i.entries and i.entries[0].rank > WORD]
    money = any(_is_amount(item) for item in numbers)
    return [replace(i, kind=kinds.UNKNOWN, entries=()) if money and i in verbs else i for i in items]


def _is_amount(item: Item) -> bool:
    return isinstance(item.likeliest, Column) and is_money(item.likeliest)


def _is_verb(before: Item, item: Item) -> bool:
    """Whether it stands as a verb behind who pays or what costs."""
    single = item.kind == kinds.NAMED and len(item.words.split()) == 1 and stem(item.words) in MEASURING
    thing = isinstance(before.likeliest, Table | Value)
    asked = bool({"do", "does", "did", "have", "has"} & set(before.before.split()))
    several = before.several
    return single and thing and (asked or several) and set(item.before.split()) <= _PRONOUNS


def _amounts(table: Table) -> list[Column]:
    """The amounts for which a table is kept: its main number, or else whatever is money in it; neither fees nor pay."""
    main, parts = main_number(table), (COMPONENTS | _PAY) - set(stems(table.spoken))
    columns = [main] if main is not None else table.columns
    return [c for c in columns if is_money(c) and adds_up(c) and not parts & set(stems(c.spoken))]


def _with_entries(item: Item, entries: tuple[Entry, ...]) -> Item:
    whole = bool(entries) and isinstance(entries[0].meaning, Snippet)
    known = item.kind == kinds.NAMED and item.entries[0].rank > WORD and not whole
    if known or item.kind not in (kinds.NAMED, kinds.UNKNOWN) or not entries:
        return item
    wanted = item.words.lower() in (_WHOLE if whole else _MONEY | _TAKINGS)
    return replace(item, kind=kinds.NAMED, entries=entries) if wanted else item


def _of_parts(items: Sequence[Item], at: int, graph: JoinGraph, space: Space) -> tuple[Entry, ...]:
    """`average order value`, where only the lines of orders have amounts: what they add up to, by the orders."""
    averaged = any(item.kind == kinds.AGGREGATE and item.detail == "AVG" for item in items)
    near = named_tables(items[max(0, at - 2) : at])
    own = near[-1].full_name if near else ""
    mine = any(isinstance(e.meaning, Column) and e.meaning.table == own for e in items[at].entries)
    if not averaged or not near or mine or _amounts(near[-1]):
        return ()
    links = [link for link in graph.links if link.right.table == near[-1].full_name]
    parts = [(link, space.table(link.left.table)) for link in links]
    parts = [(link, part) for link, part in parts if set(stems(near[-1].spoken)) <= set(stems(part.spoken))]
    amounts = [(link, amount) for link, part in parts for amount in _amounts(part)]
    if len(amounts) != 1:
        return ()
    link, amount = amounts[0]
    whole, each = (column_of(column).sql("databricks") for column in (amount, link.left))
    sql = f"SUM({whole}) * 1.0 / COUNT(DISTINCT {each})"
    return (Entry(Snippet("measures", (f"{near[-1].spoken} value",), sql), CURATED),)


def _is_in_time(column: Column) -> bool:
    """`payment_days`: how long they may take, and not what is paid."""
    unit = unit_of(column)
    return unit is not None and unit.quantity == TIME


def _pay_among(columns: Iterable[Column]) -> list[Column]:
    return [c for c in columns if c.kind == NUMBER and _PAY & set(stems(c.spoken)) and not _is_in_time(c)]


def _paid(item: Item, items: Sequence[Item], space: Space) -> Item:
    """`highest-paid`, `who earns most`, `the average pay`: by what a table of persons holds of their pay."""
    found = {other.kind for other in items}
    if kinds.AGGREGATE in found and item.words.lower() in ("pay", "wage", "wages"):
        every = _pay_among(space.columns())
        known = item.kind == kinds.NAMED and item.entries[0].rank >= FULL
        return (
            replace(item, kind=kinds.NAMED, entries=(Entry(every[0], SAID),)) if len(every) == 1 and not known else item
        )
    told = item.kind == kinds.NAMED and item.entries[0].rank >= CURATED
    if kinds.EXTREME not in found or told or item.words.lower() not in _PAID:
        return item
    pay = _pay_among(c for table in set(named_tables(items)) for c in table.columns)
    return replace(item, kind=kinds.NAMED, entries=(Entry(pay[0], CURATED),)) if len(pay) == 1 else item
