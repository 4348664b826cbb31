"""Who does what to whom, what is more than what, what comes first: the order of things within a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mocks.engines.judging import wording
from mocks.engines.judging.statements import Statement, statement

_NAMED = re.compile(r"[A-ZÀ-Þ][\w’-]*(?:(?: (?:of|de|van|von|der|la|al|bin|the))? [A-ZÀ-Þ][\w’-]*)*")
_BY = re.compile(r"\b\w+(?:ed|en|ught|ade|old|eld|ent|ilt|id|un|own|orn|ost)\b[^,;]{0,25}\bby\b", re.I)
_OWNED = re.compile(r"['’]s?\s+(?:\w+\s)?(?P<role>\w+)")
_ONLY_IS = re.compile(r"^\W*(?:is|are|was|were|became|becomes)\b\W*(?:now\s*)?$", re.I)
_NOT_NAMES = frozenset(
    {"the", "a", "an", "in", "on", "at", "it", "he", "she", "they", "this", "that", "i", "we", "you"}
)
# each tells from one side what the other tells from the other side
_CONVERSE = tuple(
    (frozenset(map(wording.root, one.split())), frozenset(map(wording.root, other.split())))
    for one, other in (
        ("sell", "buy purchase acquire"),
        ("lend", "borrow"),
        ("teach", "learn"),
        ("give send pay offer grant award", "receive get obtain accept"),
        ("employ hire", "work"),
        ("beat defeat win conquer overcome", "lose"),
        ("manager boss supervisor manage supervise lead head superior", "report answer subordinate work"),
        ("own possess owner", "belong"),
        ("precede predecessor", "follow succeed successor"),
        ("parent father mother", "child son daughter"),
        ("teacher tutor mentor", "student pupil apprentice"),
        ("lessor landlord", "lessee tenant"),
        ("cause", "result stem"),
        ("invite", "attend"),
        ("include contain", "part"),
    )
)
_SYMMETRIC = frozenset(
    map(
        wording.root,
        [
            "meet",
            "marry",
            "equal",
            "differ",
            "agree",
            "cooperate",
            "merge",
            "talk",
            "speak",
            "border",
            "collaborate",
            "partner",
        ],
    )
)
_THAN = " than "
_LATER = re.compile(
    r"^(?P<first>.+?)\s+before\s+(?P<then>[^,]+)$|^before\s+(?P<then2>[^,]+),\s*(?P<first2>.+)$|"
    r"^(?P<then3>[^,]+?)\s+(?:only )?after\s+(?P<first3>[^,]+)$|^(?:after|once|when)\s+(?P<first4>[^,]+),\s*(?P<then4>.+)$|"
    r"^(?:first,?\s+)?(?P<first5>.+?)[,;.]?\s+(?:and\s+)?(?:then|afterwards|next|subsequently)\b,?\s*(?P<then5>.+)$",
    re.I,
)
_RELATIONS = (("before", "after"), ("with", "without"), ("above", "below"), ("over", "under"), ("inside", "outside"))
_RELATED = re.compile(r"\b(before|after|with|without|above|below|over|under|inside|outside)\s+(?:\w+ing\s+)?(?:(?:the|a|an|your|each|every|his|her|their)\s+)?(\w+)", re.I)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A name in a text."""

    roots: frozenset[str]
    start: int
    end: int


def reversed_roles(claim: Statement, window: Statement) -> bool:
    """Whether what the claim says of two things, the window says of them the other way round."""
    if _THAN in claim.text and _THAN in window.text:
        return compared(claim, window) is False
    there = _names(window.text)
    mine = _names(claim.text)
    for at, first in enumerate(mine):
        for second in mine[at + 1 : at + 3]:
            said = _relation(claim.text, first, second)
            one, other = _found(first, there), _found(second, there)
            if said is None or one is None or other is None or one is other:
                continue
            ahead = one.start < other.start
            told = _relation(window.text, *((one, other) if ahead else (other, one)))
            if told and (turned := _turned(said, told)) is not None and turned == ahead:
                return True
    return False


def compared(claim: Statement, window: Statement) -> bool | None:
    """Whether two comparisons agree; none if they do not compare the same things."""
    mine, theirs = _sides(claim.text), _sides(window.text)
    straight = _common(mine[1], theirs[1])
    crossed = _common(mine[1], theirs[0]) + _common(mine[0], theirs[1])
    if bool(straight) == bool(crossed):
        return None
    opposed = any(wording.opposed(one, other) for one in claim.roots for other in window.roots)
    return bool(crossed) == opposed


def out_of_order(claim: str, window: str) -> bool:
    """Whether what the claim puts first comes later in the window."""
    mine, theirs = _order(claim), _order(window)
    if mine and theirs:
        kept = _common(mine[0], theirs[0]) + _common(mine[1], theirs[1])
        turned = _common(mine[0], theirs[1]) + _common(mine[1], theirs[0])
        return turned > kept
    return _otherwise_related(claim, window)


def _otherwise_related(claim: str, window: str) -> bool:
    """`before meals` and `after meals`, `with milk` and `without milk`."""
    told = {(found[1].lower(), wording.root(found[2])) for found in _RELATED.finditer(window)}
    for found in _RELATED.finditer(claim):
        relation, head = found[1].lower(), wording.root(found[2])
        for one, other in (*_RELATIONS, *((b, a) for a, b in _RELATIONS)):
            if relation == one and any(said == other and wording.same(head, what) for said, what in told):
                return (relation, head) not in told
    return False


def _order(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    found = _LATER.match(text.strip().rstrip(".!"))
    if found is None:
        return None
    parts = found.groupdict()
    first = next(text for name, text in parts.items() if name.startswith("first") and text)
    then = next(text for name, text in parts.items() if name.startswith("then") and text)
    return frozenset(statement(first).roots), frozenset(statement(then).roots)


def _common(some: frozenset[str], others: frozenset[str]) -> int:
    return sum(any(wording.same(one, other) for other in others) for one in some)


def _names(text: str) -> list[Named]:
    return list(_named(text))


def _named(text: str) -> Iterator[Named]:
    for found in _NAMED.finditer(text):
        words = [word for word in wording.words(found[0]) if word.lower() not in _NOT_NAMES | wording.STOP]
        if words:
            yield Named(frozenset(map(wording.root, words)), found.start(), found.end())


def _found(name: Named, there: list[Named]) -> Named | None:
    fits = [other for other in there if name.roots <= other.roots or other.roots <= name.roots]
    return max(fits, key=lambda other: len(name.roots & other.roots), default=None)


def _relation(text: str, first: Named, second: Named) -> tuple[frozenset[str], bool] | None:
    """What is said between two names, and whether the first suffers it."""
    between = text[first.end : second.start]
    if _ONLY_IS.match(between) and (owned := _OWNED.match(text[second.end :])):
        return frozenset({wording.root(owned["role"])}), False
    roots = frozenset(map(wording.root, statement(between).words)) - _SYMMETRIC
    return (roots, bool(_BY.search(between))) if roots else None


def _turned(said: tuple[frozenset[str], bool], told: tuple[frozenset[str], bool]) -> bool | None:
    """Whether the second tells from the other side what the first tells; none if they tell of different things."""
    for one, other in _CONVERSE:
        if (said[0] & one and told[0] & other) or (said[0] & other and told[0] & one):
            return said[1] == told[1]
        if (said[0] & one and told[0] & one) or (said[0] & other and told[0] & other):
            return said[1] != told[1]
    if any(wording.same(one, other) for one in said[0] for other in told[0]):
        return said[1] != told[1]
    return None


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    before, _, after = text.partition(_THAN)
    one, other = (frozenset(statement(part).roots) for part in (before, after))
    return one - other, other - one


def are_converse(one: str, other: str) -> bool:
    """`sell` and `buy` tell the same from both sides."""
    return any((one in a and other in b) or (one in b and other in a) for a, b in _CONVERSE)
