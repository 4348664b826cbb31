"""Why a sentence cannot be true together with a claim: other amounts, denial, opposites, quantifiers, order, roles."""

import re
from collections.abc import Iterable

from mocks.engines.judging import wording
from mocks.engines.judging.roles import are_converse, compared, out_of_order, reversed_roles
from mocks.engines.judging.statements import Statement, clauses, sentences, statement

_EVERY = re.compile(
    r"\b(?:all|every|each|always|everyone|everybody|everything|any|anyone|entire|both|without exception)\b", re.I
)
_SOME = re.compile(
    r"\b(?:some|sometimes|few|several|many|most|someone|somebody|half|part of|not all|occasionally)\b", re.I
)
_ONLY = re.compile(r"\bonly\b(?! (?:after|before|when|if|for \d|takes?|costs?|has|in \d))", re.I)
_CERTAIN = re.compile(
    r"\b(?:proved?|proves|proven|certain(?:ly)?|definitely|guarantee[sd]?|always|undoubtedly|will surely)\b", re.I
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|suggests?|associated|association|link(?:ed)?|correlat\w*|not (?:clear|proven|certain)|unclear|"
    r"suspect(?:ed|s)?|preliminary|appears?|seems?)\b",
    re.I,
)


def contradiction(claim: Statement, near: Statement, window: str) -> str | None:
    """What in the nearest clause, or in the whole window, speaks against the claim."""
    whole = statement(window)
    if denied := _denial(claim, near, window):
        return denied
    if counted := _counted(claim, whole):
        return counted
    if opposite := _opposite(claim, near, whole):
        return opposite
    if quantified := _quantified(claim.text, near.text, window):
        return quantified
    if reversed_roles(claim, near) or reversed_roles(claim, whole):
        return "it is said the other way round"
    if out_of_order(claim.text, window):
        return "the order is another"
    if _CERTAIN.search(claim.text) and _HEDGED.search(window) and not _CERTAIN.search(window):
        return "it is only supposed"
    return None


def amounts_elsewhere(claim: Statement, window: str) -> str | None:
    """An amount that the window has, but in a clause about something else, while another clause is about the claim's subject."""
    told = [part for part in map(statement, clauses(window)) if not part.empty]
    if len(told) < 2 or not claim.quantities or not claim.roots:
        return None
    subject = claim.roots[0]
    holding = [part for part in told if any(q.equals(o) for q in claim.quantities for o in part.quantities)]
    speaking = [part for part in told if share((subject,), part.roots)]
    others = [part for part in holding if part not in speaking and len(part.roots) >= 2]
    apart = speaking and others and len(others) == len(holding) and len(speaking[-1].roots) >= 2
    if apart and told.index(others[0]) < told.index(speaking[0]):
        return f"“{others[0].text}” is not about “{subject}”,"
    return None


def _counted(claim: Statement, window: Statement) -> str | None:
    """`two lamps` where the window counts other numbers of lamps."""
    for quantity in claim.quantities:
        noun = wording.root(quantity.noun) if quantity.noun else ""
        if not noun or quantity.noun in wording.STOP:
            continue
        same = [other for other in window.quantities if other.noun and wording.same(noun, wording.root(other.noun))]
        if same and not any(quantity.equals(other) for other in same):
            return f"{same[0].text.strip()} {same[0].noun}, not {quantity.text.strip()},"
    return None


def _quantified(claim: str, near: str, window: str) -> str | None:
    if _ONLY.search(claim) and _EVERY.search(near) and not _ONLY.search(window):
        return "it is said of all, not only of some,"
    if _EVERY.search(claim) and not _EVERY.search(window):
        if _ONLY.search(window):
            return "it is said of some only"
        if _SOME.search(near) and not _SOME.search(claim):
            return "it is said of some, not of all,"
    return None


def _opposite(claim: Statement, near: Statement, whole: Statement) -> str | None:
    """A word of the window that means the opposite of one of the claim."""
    agree = compared(claim, whole) if " than " in claim.text and " than " in whole.text else None
    for root in claim.roots:
        if agree or root in whole.roots or any(wording.same(root, other) for other in near.roots):
            continue
        for other in near.roots:
            turned = are_converse(root, other) and len(_named_in(claim, near)) > 1
            denied = (root in claim.denied) != (other in near.denied)
            if wording.opposed(root, other) and other not in claim.roots and not turned and not denied:
                return f"it says “{other}”, not “{root}”,"
    return None


def _denial(claim: Statement, near: Statement, window: str) -> str | None:
    """Whether one denies what the other states."""
    parts = [near, *(statement(part) for part in clauses(window)), *(statement(part) for part in sentences(window))]
    if not claim.denied:
        denies = (
            part
            for part in parts
            if part.denied and (part is near or all(share((r,), claim.roots) for r in part.denied))
        )
        told = any(share(part.denied, claim.roots) for part in denies)
        return "it is denied" if told and not _by_opposite(claim, near) else None
    told = not near.denied and share(claim.denied, near.roots)
    return "it is not denied" if told and not _by_opposite(claim, near) else None


def _by_opposite(claim: Statement, near: Statement) -> bool:
    """`not open` and `closed`: the denial is in the word."""
    denied, others = (claim.denied, near) if claim.denied else (near.denied, claim)
    return any(wording.opposed(one, other) for one in denied for other in others.roots if other not in others.denied)


def share(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of these words means the same as one of those."""
    return any(wording.same(one, other) for one in some for other in others)


def _named_in(claim: Statement, window: Statement) -> list[str]:
    """The names of the claim that the window has, too."""
    names = claim.names | ({claim.initial} & window.names)
    return [root for root in names if root in window.roots]
