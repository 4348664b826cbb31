"""What a share is of, and what part of it: `of the WHOLE, what percent PART`, `what share of WHOLE PART`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.roles import adds_up
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import word_set
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_OF = frozenset(("of", "among", "amongst", "for", "from", "considering", "within"))
_AMONG = frozenset(("among", "amongst"))
# What begins a clause behind a noun: what is said of the things, and not which things they are.
_CLAUSE = word_set("""
that which who whose whom where is are was were be been being has have had having do does did get gets got can will
""")  # fmt: skip
RATES = frozenset(("rate", "rates"))
_ALL_OF = ("", "the", "all", "all the", "our", "of", "of the", "of all", "of our")
_COORDINATING = frozenset(("and", "or", "but"))


def as_share(items: Sequence[Item]) -> list[Item]:
    """`sales over 100 as a percentage of online sales`: a share, where it does not divide one number by another."""
    return [
        replace(item, kind=kinds.SHARE, before="as") if item.kind == kinds.DIVIDED and item.detail == "%" else item
        for item in items
    ]


def shared_number(items: Sequence[Item]) -> Item | None:
    """`what percentage of the hours is billable`: the number that adds up to the whole, which is used by that."""
    for at, item in enumerate(items[:-1]):
        total = items[at + 1] if items[at + 1].detail == "SUM" and not items[at + 1].before else None
        place = at + 2 if total is not None else at + 1
        number = items[place] if item.kind == kinds.SHARE and place < len(items) else None
        if number is None or number.used or number.before not in _ALL_OF:
            continue
        summed = number.snippet is not None and number.snippet.kind == "measures"
        summed = summed or (number.column is not None and is_measure(number) and adds_up(number.column, asked=True))
        if summed:
            for used in filter(None, (total, number)):
                used.used = True
            return number
    return None


def whole_of(items: Sequence[Item]) -> list[Item]:
    """The items that say of which rows the share is taken; none if the question does not tell them from the part."""
    at = next((at for at, item in enumerate(items) if item.kind == kinds.SHARE), None)
    if at is None:
        return []
    lead, before, behind = items[0].before.split()[:1], [*items[:at]], [*items[at + 1 :]]
    if at and "as" in items[at].before.split():
        return behind
    whole = before if at and _OF & set(lead) else []
    if items[at].words.lower() in RATES:  # `the churn rate of business customers`
        return [*whole, *behind[next((n for n, item in enumerate(behind) if n and item.before), len(behind)) :]]
    return [*whole, *behind[slice(*_place(behind))]]


def excludes(items: Sequence[Item], one: int, other: int) -> bool:
    """`delivered orders that were returned`: what is said later is said of those for which the first holds."""
    between = items[one + 1 : other + 1]
    coordinated = any(_COORDINATING & set(item.before.split()) for item in between)
    return not coordinated and len(between) > 1 and _begins_clause(items, other)


def _place(behind: Sequence[Item]) -> tuple[int, int]:
    """Where the whole begins and ends in `share of PART among WHOLE` and in `share of WHOLE that PART`."""
    for at, item in enumerate(behind[1:], 1):
        words = item.before.split()
        if _AMONG & set(words) or words[:2] in (["of", "all"], ["of", "the"], ["in", "all"]):
            return at, len(behind)
    clauses = [at for at, _ in enumerate(behind) if at and _begins_clause(behind, at)]
    return (0, clauses[-1]) if clauses else (0, 0)


def _begins_clause(items: Sequence[Item], at: int) -> bool:
    """`orders that were cancelled`, `shipments delivered late`, but not `who moved and were billed`."""
    words, last = items[at].before.split(), items[at - 1]
    if words:
        return bool(_CLAUSE & set(words)) and not _COORDINATING & set(words)
    predicate = items[at].kind in (kinds.NAMED, kinds.NOT, kinds.LATE, kinds.OVERDUE) and items[at].table is None
    return predicate and last.table is not None
