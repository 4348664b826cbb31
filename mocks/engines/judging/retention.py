"""Whether an answer keeps to what the user told before: no question for it, no other amount, name or thing, nothing excluded."""

import re
from pathlib import Path

from mocks.engines.judging import wording
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.statements import Statement, sentences, statement

_FORBIDDEN = {
    wording.root(first): frozenset(map(wording.root, rest))
    for first, *rest in (
        line.split()
        for line in (Path(__file__).with_name("words") / "forbidden.txt").read_text(encoding="utf-8").splitlines()
    )
}  # what somebody will not have who is, or avoids, the first word
_AVERSE = re.compile(
    r"\b(?:allergic to|allergy to|intolerant (?:of|to)|hate|dislike|avoid|can't (?:eat|stand|have|drink)|cannot (?:eat|stand|have|drink)|afraid of|scared of|no|without|"
    r"(?:don't|do not|doesn't|won't|never) (?:like|eat|drink|want|have|need|use|fly))\s+(?P<what>[^.,;]+)",
    re.I,
)
_STATES = re.compile(r"\b(?:vegetarian|vegan|celiac|coeliac|pregnant|muslim|kosher|halal|lactose|gluten)\b", re.I)
_ASKS = re.compile(
    r"\b(?:could|can|would|will) you\b.{0,30}\b(?:tell|provide|share|give|remind|repeat|specify|confirm|let)\b|\bplease (?:tell|provide|share|give|specify|confirm|enter)\b|"
    r"\b(?:what|which|who|where|when|how (?:many|much|old|long))\b[^.!]*\b(?:you|your)\b|\b(?:do|are|is|have) you(?:r)?\b",
    re.I,
)
_CALLED = re.compile(r"\b(?i:my name is|call me|i am|i'm|this is)\s+(?P<name>[A-Z][a-z]+)\b")
_ADDRESSED = re.compile(
    r"(?:^|[.!?,]\s+|\b(?i:hi|hello|dear|thanks|thank you|sorry|sure|hey),?\s+)(?P<name>[A-Z][a-z]+)(?=[,!.])"
)
_YOUR = re.compile(r"\b(?i:on|in|for|with|as|at) your (?P<thing>[A-Z]\w+(?: [A-Z]\w+)*)")
_LIMIT = re.compile(r"\b(?:budget|at most|up to|maximum|max|under|limit|no more than|can spend|afford)\b", re.I)
_ALONE = re.compile(r"\b(?:travel(?:ling)?|live|come|go(?:ing)?|you are|you're) alone\b|\bby yourself\b|\bsolo\b", re.I)
_TOGETHER = re.compile(r"\bwe\b|\bwith (?:my|our|two|three|the) |\bfamily\b|\bkids\b", re.I)


def forgotten(fact: str, asked: str, answer: str) -> str | None:
    """What in the answer does not go with the fact."""
    known = statement(fact)
    if question := _asked_again(known, fact, asked, answer):
        return f"it asks “{question}”, and the user said “{fact}”"
    if other := _other_amount(known, fact, asked, answer):
        return f"“{other}” is not what the user said: “{fact}”"
    if name := _other_name(fact, answer):
        return f"it says “{name}”, and the user said “{fact}”"
    if excluded := _excluded(known, fact, answer):
        return f"“{excluded}” goes against “{fact}”"
    if _ALONE.search(answer) and _TOGETHER.search(fact):
        return f"it takes the user to be alone, against “{fact}”"
    return None


def _asked_again(known: Statement, fact: str, asked: str, answer: str) -> str | None:
    for question in sentences(answer):
        if not _ASKS.search(question):
            continue
        about = statement(question).roots
        shared = [
            root for root in known.roots if root not in wording.LIGHT and any(wording.same(root, one) for one in about)
        ]
        named = re.search(r"\bname\b", question) and _CALLED.search(fact)
        told = bool(known.quantities or known.names or len(shared) >= 2)
        if named or (shared and told and not any(root in statement(asked).roots for root in shared)):
            return question
        if (
            shared
            and known.quantities
            and re.search(
                r"\bhow (?:many|much)\b|\bnumber\b|\bwhat(?: is|'s) your\b|\b(?:tell|give) me\b|\b(?:provide|share|remind|confirm|specify|enter)\b",
                question,
                re.I,
            )
        ):
            return question
    return None


def _other_amount(known: Statement, fact: str, asked: str, answer: str) -> str | None:
    if quantities(asked):
        return None
    for quantity in quantities(answer):
        mine = [one for one in known.quantities if one.dimension == quantity.dimension and one.dimension]
        if not mine or any(quantity.equals(one) for one in mine):
            continue
        if _LIMIT.search(fact) and quantity.value <= max(one.value for one in mine):
            continue
        return quantity.text.strip()
    return None


def _other_name(fact: str, answer: str) -> str | None:
    called = _CALLED.search(fact)
    for found in _ADDRESSED.finditer(answer) if called else ():
        assert called is not None
        if found["name"] != called["name"] and not wording.is_common(found["name"]):
            return found["name"]
    told = re.search(r"\b(?:use|have|own|drive|on) (?:an? |the |my )?(?P<thing>[A-Z]\w+)", fact)
    yours = _YOUR.search(answer)
    if told and yours and told["thing"] not in answer:
        return f"your {yours['thing']}"
    return None


def _excluded(known: Statement, fact: str, answer: str) -> str | None:
    said = statement(answer)
    roots = [wording.root(word) for found in _AVERSE.finditer(fact) for word in wording.words(found["what"])]
    roots += [wording.root(word) for word in _STATES.findall(fact)]
    avoided = {root for root in roots if root not in wording.LIGHT and root not in map(wording.root, wording.STOP)}
    avoided |= {one for root in roots for one in _FORBIDDEN.get(root, ())}
    free = re.search(r"\b\w+-free\b", answer)
    for root, word in zip(said.roots, said.words, strict=False):
        if root in avoided and root not in said.denied and not free:
            return word
    denied = [root for root in known.roots if root in known.denied]
    return next(
        (
            word
            for root, word in zip(said.roots, said.words, strict=False)
            if root in denied and root not in said.denied
        ),
        None,
    )
