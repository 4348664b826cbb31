"""Whether a text speaks to a question, rightly or wrongly."""

import re
from typing import TYPE_CHECKING

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Support
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.statements import sentences, statement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLEARLY, POSSIBLY, NEARLY_SAME = 0.40, 0.16, 0.72
SHARED = 0.4  # of the words of a question that a passage has, if it is not nearly the same
NO_ANSWER = re.compile(
    r"^\s*(?:thank you|thanks|have a (?:nice|great)|hello|hi\b|ok\b|sure[.!]?$)|\b(?:i (?:do not|don't|cannot|can't) (?:know|answer|say)|"
    r"no idea|not sure)\b",
    re.I,
)
_NUMBER_WANTED = re.compile(
    r"\bhow (?:many|much|long|far|old|tall|big|high|often|heavy|deep|fast)\b|\bwhen\b|\bwhat (?:time|year|date|percentage|rate)\b|\d+\s*(?:[-+*/x]|times|plus|minus|divided)",
    re.I,
)
_NAME_WANTED = re.compile(
    r"\b(?:who|whom|whose|where|which (?:city|country|person|company))\b|\b(?:capital|name|author|founder)\b|\btranslat",
    re.I,
)
_IDENTIFIER = re.compile(r"\b[A-Z]{1,6}-?\d+\b|\b\d{4}\b")
_SHORT = 6


class Relevance:
    """Compares a question with an answer or a passage by meaning, by words and by what kind of thing was asked for."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def answer(self, question: str, answer: str) -> Support:
        """Whether the answer speaks to the question."""
        if not answer.strip() or (NO_ANSWER.search(answer) and len(wording.words(answer)) < 25):
            return Support(False, "it gives no answer")
        if len(wording.words(answer)) <= _SHORT and _fits(question, answer):
            return Support(True, f"“{answer.strip()}” is the kind of thing that was asked for")
        return self._judged(question, answer, 0.06 if _fits(question, answer) else 0.0)

    def passage(self, question: str, passage: str) -> Support:
        """Whether the passage helps to answer the question."""
        asked, there = set(_IDENTIFIER.findall(question)), set(_IDENTIFIER.findall(passage))
        named = {one for one in asked if not one.isdigit()}
        if named and not named & there and any(not one.isdigit() for one in there):
            return Support(False, f"it is about {', '.join(sorted(there))}, not about {', '.join(sorted(named))}")
        return self._judged(question, passage, 0.0, SHARED)

    def _judged(self, question: str, text: str, bonus: float, wanted: float = 0.0) -> Support:
        parts = sentences(text) or [text]
        vectors: NDArray[np.float32] = self._encode([question, text, *parts])
        alike = [float(vector @ vectors[0]) for vector in vectors[1:]]
        best = parts[max(range(len(parts)), key=lambda at: alike[at + 1])]
        shared = _shared(question, text)
        score = max(alike) + 0.25 * shared + bonus
        if shared < wanted and max(alike) < NEARLY_SAME:
            return Support(False, f"it shares too little with the question: “{best[:160]}”")
        if max(alike) >= CLEARLY or (max(alike) >= POSSIBLY and score >= CLEARLY):
            return Support(True, f"“{best[:160]}” is about it")
        return Support(False, f"nothing in it is about it; the nearest is “{best[:160]}”")


def _shared(question: str, text: str) -> float:
    asked = [root for root in statement(question).roots if root not in wording.LIGHT]
    told = statement(text).roots
    return sum(any(wording.same(one, other) for other in told) for one in asked) / len(asked) if asked else 0.0


def lacks_kind(question: str, answer: str) -> bool:
    """Whether a number or a date is asked for and there is none."""
    return bool(_NUMBER_WANTED.search(question)) and not quantities(answer)


def _fits(question: str, answer: str) -> bool:
    """Whether the answer has what the question's word asks for."""
    if _NUMBER_WANTED.search(question):
        return bool(quantities(answer))
    return bool(_NAME_WANTED.search(question) and re.search(r"\b[A-ZÀ-Þ]\w+", answer))
