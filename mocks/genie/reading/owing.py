"""What is due and what is still owed: `how much rent fell due`, `arrears by building`, `how much do they owe us`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED, WORD
from mocks.genie.knowledge.roles import COMPONENTS, is_money
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Space, Table
from mocks.genie.knowledge.written import column_of
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, stems, word_set
from mocks.genie.reading.items import Item, named_tables
from mocks.genie.refusal import AskBack

_DUE = stem_set("due billed charged invoiced owed payable")
_PAID = stem_set("paid received settled collected")
_KEYS = stem_set("id no number code key")
_DEBTS = word_set("arrears debt debts owe owes owed owing")
_OPEN = word_set("outstanding unpaid open unsettled")
_SUMS = word_set("amount amounts sum sums money balance balances total totals")
_HEADS = (kinds.COUNT, kinds.SHARE, kinds.EXTREME)


def with_owing(items: list[Item], space: Space) -> list[Item]:
    """The items with the number in place of the words that ask for what is due, or for what is left of it."""
    found = _left(items, space) or _due(items)
    if found is None:
        return items
    items, number = found
    more = [item.before.split()[:1] == ["and"] and not _value(item, number) for item in items]
    ones = [_value(item, number) is not None for item in items]
    if any(one and other for one, other in zip(ones, more[1:], strict=False)):
        raise AskBack("Of which kinds do you want it? I do not know all that you name.")
    return [_of_kind(item, number) for item in items]


def _left(items: list[Item], space: Space) -> tuple[list[Item], Column] | None:
    """`the outstanding amount`, `how much do they still owe`: what is due less what was paid."""
    for at, item in enumerate(items):
        beside = [i for i in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2]) if _is_sum(i)]
        words = item.words.lower().split()
        inside = len(words) == 2 and words[0] in _OPEN and words[1] in _SUMS
        asked = any(i.kind == kinds.AGGREGATE for i in items) or inside or bool(beside)
        owes = words[-1] in _DEBTS or inside or (words[-1] in _OPEN and asked and not _is_of_rows(items, at))
        known = isinstance(item.likeliest, Snippet) or _is_called_so(item)
        balance = _balance(items, space) if owes and not known and item.kind in (kinds.NAMED, kinds.UNKNOWN) else None
        if balance is not None:
            number = replace(item, kind=kinds.NAMED, entries=(Entry(balance, CURATED),), negated=False, inner=False)
            rest = [number if i is item else i for i in items if not any(i is one for one in beside)]
            return _of_debtors(rest, number), balance
        paid = [m for i in (item, *beside) if isinstance(m := i.likeliest, Column) and _is_paid(m)]
        if owes and not known and (beside or inside) and paid:
            raise AskBack(f"What is {item.words}: which number less {paid[0].name}?")
    return None


def _is_called_so(item: Item) -> bool:
    """`the amount owed`, where a column is called so or its comment says that of it."""
    numbers = [m for e in item.entries if isinstance(m := e.meaning, Column) and m.kind == NUMBER]
    word = stem(item.words.lower().split()[-1])
    return any(word in {*stems(c.spoken), *stems(c.description)} for c in numbers)


def _of_debtors(items: list[Item], number: Item) -> list[Item]:
    """`members with debts`: those with more than nothing."""
    at = items.index(number)
    owing = at > 0 and items[at - 1].is_thing and bool({"with", "in"} & set(number.before.split()))
    much = [Item(kinds.COMPARE, "more than 0", number.end, number.end, ">", numbers=(0,))] if owing else []
    return [*items[: at + 1], *much, *items[at + 1 :]]


def _is_paid(column: Column) -> bool:
    return column.kind == NUMBER and bool(_PAID & set(stems(column.spoken)))


def _is_of_rows(items: Sequence[Item], at: int) -> bool:
    """`outstanding charges`: the rows of which something is open."""
    after = items[at + 1] if at + 1 < len(items) else None
    return after is not None and after.is_thing and not after.before


def _is_sum(item: Item) -> bool:
    return item.kind in (kinds.NAMED, kinds.UNKNOWN) and item.words.lower() in _SUMS


def _balance(items: Sequence[Item], space: Space) -> Column | None:
    """What is due less what was paid, in the one table that has both, of those that are named if one of them has."""
    pairs = [pair for table in space.tables for pair in _both(table)]
    named = {table.full_name for table in named_tables(items)}
    pairs = [pair for pair in pairs if pair[0].table in named] or pairs
    if len(pairs) != 1:
        return None
    due, paid = pairs[0]
    one, other = (column_of(column).sql("databricks") for column in (due, paid))
    other = other if paid.filled == 1 else f"COALESCE({other}, 0)"
    return replace(due, name="outstanding", spoken="outstanding amount", formula=f"{one} - {other}")


def _both(table: Table) -> Iterator[tuple[Column, Column]]:
    none = COMPONENTS | _KEYS
    money = [c for c in table.columns if c.kind == NUMBER and not c.refers and not none & set(stems(c.spoken))]
    paid = [c for c in money if _is_paid(c)]
    due = [c for c in money if _DUE & set(stems(c.spoken)) and c not in paid]
    amounts = due or [c for c in money if is_money(c) and c not in paid]
    if len(paid) == len(amounts) == 1:
        yield amounts[0], paid[0]


def _due(items: list[Item]) -> tuple[list[Item], Column] | None:
    """`how much is due`, `rent due by year`: the amount, where there is one beside the day on which it is due."""
    asked = any(i.kind == kinds.AGGREGATE and i.detail == "SUM" for i in items)
    if any(i.kind in _HEADS for i in items):
        return None
    for at, item in enumerate(items):
        numbers = [m for e in item.entries if isinstance(m := e.meaning, Column) and m.kind == NUMBER and e.rank > WORD]
        if item.kind != kinds.NAMED or item.words.lower() != "due" or len(numbers) != 1:
            continue
        kind = any(_value(other, numbers[0]) for other in items[max(0, at - 1) : at])
        if kind or asked:
            number = replace(item, entries=(Entry(numbers[0], CURATED),))
            return [number if i is item else i for i in items], numbers[0]
    return None


def _value(item: Item, number: Column) -> Value | None:
    """What a word is called among the kinds of the rows with the number."""
    values = [m for e in item.entries if isinstance(m := e.meaning, Value) and m.column.table == number.table]
    return values[0] if len(values) == 1 else None


def _of_kind(item: Item, number: Column) -> Item:
    """`rent`: the kind of the rows whose number is asked for, and no number of its own elsewhere."""
    kind = _value(item, number)
    others = [e.meaning for e in item.entries if isinstance(e.meaning, Column) and e.meaning.kind == NUMBER]
    return replace(item, entries=(Entry(kind, CURATED),)) if kind is not None and others else item
