"""Turns of phrase whose plain reading would drop a part of what is said."""

import re
from collections.abc import Sequence
from itertools import pairwise

from mocks.genie.knowledge.names import FULL, QUANTITY, SAID
from mocks.genie.knowledge.roles import adds_up, is_money
from mocks.genie.knowledge.space import BOOLEAN, NUMBER, TEXT
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import unit_among
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item, is_ranked_by
from mocks.genie.refusal import AskBack, NotJoined

_PART_OF_ROWS = re.compile(
    r"\b(?:top|bottom|first|last|best|worst|highest|lowest|largest|smallest) \d+(?:\.\d+)? ?(?:%|percent\b)", re.I
)
_NOT_FIRST = re.compile(
    r"\b(?:second|third|fourth|fifth|2nd|3rd|\d+th)[- ](?:(?:most|least) \w+|most|least|best|worst|\w{2,}est)\b", re.I
)
_SAME_ONE = re.compile(r"\bthe (?:very|same|very same) (?:person|people|one)\b(?= (?:who|that|as|to whom)\b)", re.I)
# What may be asked of anything.
_HOW_LONG = re.compile(r"\bhow (?:long|many (?:days|weeks|hours|minutes|months))\b", re.I)
_NUMBERS = stem_set("number figure")
_ANYTHING = stem_set("value amount total result name date time code data info detail status people")
_LISTS = re.compile(
    r"^\W*(?:who|whom|which|list|show|display|give|get|find|name|all|every|each|tell|any|(?:is|are) there)\b"
    r"|\bnames?\b",
    re.I,
)
_FARING = stem_set("do doing go going look looking stand standing fare faring thing things everything right happening")
_TIMES = frozenset(("time", "times", "duration"))
_BEST = frozenset(("top", "best", "bottom", "worst"))
_PER = frozenset(("per", "for every", "for each", "for each of"))
_KINDS = stem_set("type kind category class tier")
_RATES = frozenset(map(stem, ("rate", "ratio", "share", "percentage")))


def check(question: str, items: Sequence[Item]) -> None:
    """Asks back instead of answering something near to the question; the items have their meanings.

    Raises: AskBack
    """
    if found := _PART_OF_ROWS.search(question):
        raise AskBack(f"How many are {found[0]!r}? Ask for a number of them.")
    if found := _SAME_ONE.search(question):
        raise AskBack(f"Which two columns shall hold {found[0]!r}? Name both roles.")
    if found := _NOT_FIRST.search(question):
        raise AskBack(f"I rank from one end and do not pick the {found[0]} alone. Ask for so many of the first.")
    numbers = [item.column for item in items if item.column is not None and item.column.kind == NUMBER]
    if _HOW_LONG.search(question) and numbers and all(is_money(c) and not c.formula for c in numbers):
        raise AskBack("How long from which day to which other? Name the columns.")
    _check_alone(items)
    _check_values(question, items)
    for at, item in enumerate(items):
        _check_quantity(item, items)
        _check_rank(at, items)
        _check_kind(item, items)
    for at, (before, item) in enumerate(pairwise(items), 2):
        _check_ratio(before, item, items)
        if at == len(items) or items[at].before or items[at].kind != kinds.NAMED:  # no `fixed rate loans`
            _check_rate(before, item, items)


def _check_alone(items: Sequence[Item]) -> None:
    """`the number for 2025`, `top people`: a word that says next to nothing names no column, with nothing beside it.

    Raises: AskBack
    """
    timed, ranked, summed = ([i for i in items if i.kind == k] for k in (kinds.SPAN, kinds.EXTREME, kinds.AGGREGATE))
    rest = [i for i in items if i not in timed and i not in ranked and i not in summed]
    if summed and len(rest) == 1 and rest[0].words.lower() in _TIMES and rest[0].rank < FULL:
        raise AskBack(f"The {summed[0].words} {rest[0].words} of what? Name a table or a column.")
    rest += summed
    if len(rest) != 1 or rest[0].column is None:
        return
    said, best = stem(rest[0].words), {word for i in ranked for word in i.words.lower().split()} & _BEST
    unsaid = timed and (said in _NUMBERS or (said in _ANYTHING and rest[0].rank < FULL))
    if unsaid or (best and rest[0].rank <= SAID and not rest[0].column.refers):
        raise AskBack(f"Which {rest[0].words} do you mean, and of what? Name a table or a column.")


def _check_values(question: str, items: Sequence[Item]) -> None:
    """`How are things in Ghent?`, `north versus south`: values alone ask for nothing.

    Raises: AskBack
    """
    told = [item for item in items if item.kind != kinds.UNKNOWN]
    columns = {item.value.column for item in told if item.value is not None}
    alone = all(
        _is_value(item) or (item.column in columns and not item.words.split()[0].endswith("s")) for item in told
    )
    others = {stem(item.words) for item in items if item.kind == kinds.UNKNOWN} - _FARING
    if columns and alone and not others and not _LISTS.search(question):
        raise AskBack(f"What do you want to know of {told[0].words}? Name a table or a column.")


def _is_value(item: Item) -> bool:
    return item.value is not None and not item.several


def _check_rank(at: int, items: Sequence[Item]) -> None:
    """`top 5 clients by city`: a text ranks nothing.

    Raises: AskBack
    """
    column, thing = items[at].column, items[at - 2] if at > 1 else None
    text = column is not None and column.kind in (TEXT, BOOLEAN) and not column.refers
    if text and thing is not None and thing.table is not None and is_ranked_by(items, at):
        raise AskBack(f"By what number shall I rank {thing.words!r}? {items[at].words!r} is none.")


def _check_quantity(item: Item, items: Sequence[Item]) -> None:
    """`how long`, `the duration`: of what the question names, and of nothing that only has to do with it."""
    if item.rank != QUANTITY or item.column is None or unit_among(item.words) is not None:
        return
    named = {table_of(other.meaning) for other in items if other is not item and other.rank != QUANTITY}
    if item.column.table not in named:
        raise NotJoined(f"I do not know of what you mean {item.words!r}. Name the table or the column.")


def _check_kind(item: Item, items: Sequence[Item]) -> None:
    """`visits of each kind`: that is a kind of visits, and not the only type that the tables have, one of clinics."""
    if item.column is None or item.rank >= FULL or stem(item.words) not in _KINDS:
        return
    named = {table_of(other.meaning) for other in items if other is not item and other.rank > QUANTITY} - {""}
    if named and item.column.table not in named:
        raise NotJoined(f"Of what do you mean the {item.words}? Name the column.")


def _check_ratio(per: Item, item: Item, items: Sequence[Item]) -> None:
    """`fuel per kilometre`: a number divided by another, not one for every value of the other."""
    if per.words.lower() not in _PER or item.column is None or item.column.kind != NUMBER:
        return
    if not adds_up(item.column) or unit_among(item.words) is not None:
        return  # `per kilometre`: of the totals
    others = items[: items.index(per)] if per.words.lower() == "per" else items
    measured = [
        i.words
        for i in others
        if i is not item and (i.kind == kinds.AGGREGATE or (i.column is not None and i.column.kind == NUMBER))
    ]
    if measured:
        raise AskBack(
            f"Do you mean {measured[-1]!r} divided by {item.words!r}, of the totals or on average of the rows, "
            f"or {measured[-1]!r} for each value of {item.column.name}?"
        )


def _check_rate(value: Item, item: Item, items: Sequence[Item]) -> None:
    """`default rate`: how many are in default, where the only rate of the tables is one of interest.

    Raises: AskBack
    """
    if item.before or item.column is None or stem(item.words) not in _RATES:
        return
    named = {table_of(other.meaning) for other in items if other is not item}
    if value.kind in (kinds.NAMED, kinds.LATE, kinds.OVERDUE, kinds.MISSING) and item.column.table not in named:
        raise AskBack(f"Is '{value.words} {item.words}' {item.column.name}, or a share of what you name?")
    if value.snippet is not None and value.snippet.kind == "filters":
        raise AskBack(f"Is '{value.words} {item.words}' {item.column.name}, or the share that is {value.words}?")
    if value.value is None:
        return
    of_kind = value.value.column.table == item.column.table and _KINDS & set(stems(value.value.column.spoken))
    if value.kind == kinds.NAMED and not of_kind:  # `gathering rate` of the fees of that type
        raise AskBack(f"Is '{value.words} {item.words}' {item.column.name}, or the share of {value.value.text!r}?")
