"""What the criticism of failed answers teaches: each thing that was missed, as an instruction."""

import re
from collections import Counter
from collections.abc import Sequence

from mocks.engines.judging.statements import sentences
from mocks.engines.reflecting.prompts import Outcome

_NORM = re.compile(r"\b(?:must|should|ought to|has to|have to|needs? to|may not|never|always)\b", re.I)
_FAILED = re.compile(
    r"\b(?P<who>it|the (?:answer|response|output|assistant|agent))\s+(?:does not|doesn't|did not|didn't|fails? to|failed to)\s+(?P<what>\w.+)",
    re.I,
)
_LACKS = re.compile(
    r"\b(?P<who>it|the (?:answer|response|output|assistant|agent))\s+(?:lacks|is missing|misses|omits|leaves out)\s+(?P<what>\w.+)", re.I
)  # fmt: skip
_OF_ONE_CASE = re.compile(r"[\"“”‘’`«»]|\d")
_MOST = 6


def lessons(outcomes: Sequence[Outcome], known: str) -> list[str]:
    """The instructions that the criticism of the worse outcomes asks for and that are not known, most frequent first.

    What quotes a case or has a figure in it is about that case alone and teaches nothing.
    """
    best = max((outcome.score for outcome in outcomes if outcome.score is not None), default=None)
    worse = [one for one in outcomes if one.score is None or best is None or one.score < best] or list(outcomes)
    told = (text for outcome in worse for why in outcome.rationales.values() for text in sentences(why))
    asked = Counter(rule for text in told if not _OF_ONE_CASE.search(text) for rule in [instruction(text)] if rule)
    return [rule for rule, _ in asked.most_common(_MOST) if rule not in known]


def instruction(criticism: str) -> str:
    """`It does not name the document` as `You must name the document.`; nothing of what asks for nothing."""
    text = criticism.strip().rstrip(".;")
    if found := _FAILED.search(text):
        return f"You must {found['what']}."
    if found := _LACKS.search(text):
        return f"You must include {found['what']}."
    if _NORM.search(text):
        return f"{text[0].upper()}{text[1:]}."
    return ""
