"""Whether a text speaks to a question, rightly or wrongly."""

import re
from typing import TYPE_CHECKING

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Support
from mocks.engines.judging.statements import sentences, statement
from mocks.engines.judging.wanted import has_kind, is_elliptic, is_strict, kind_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANSWERS, HELPS = 0.36, 0.47  # how much must speak for an answer, for a passage
ELLIPTIC = 0.08  # an answer that is no whole sentence leans on its question
FITS, AMISS, NO_WAY = 0.1, -0.25, -0.05
SHARED = 0.25  # what the words that both have count for, beside the likeness
NO_ANSWER = re.compile(
    r"^\s*(?:thank you|thanks|have a (?:nice|great)|hello|hi\b|ok\b|sure[.!]?$)|\b(?:i (?:do not|don't|cannot|can't) (?:know|answer|say)|"
    r"no idea|not sure)\b",
    re.I,
)
_IDENTIFIER = re.compile(r"\b[A-Z]{1,6}-?\d+\b|\b\d{4}\b")
_SHORT, _FEW = 6, 3


class Relevance:
    """Compares a question with an answer or a passage by meaning, by words and by what kind of thing was asked for."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def answer(self, question: str, answer: str) -> Support:
        """Whether the answer speaks to the question."""
        if not answer.strip() or (NO_ANSWER.search(answer) and len(wording.words(answer)) < 25):
            return Support(False, "it gives no answer")
        fit = _fit(question, answer)
        if len(wording.words(answer)) <= _SHORT and fit > 0:
            return Support(True, f"“{answer.strip()}” is the kind of thing that was asked for")
        return self._judged(question, answer, fit, ANSWERS)

    def passage(self, question: str, passage: str) -> Support:
        """Whether the passage helps to answer the question."""
        asked, there = set(_IDENTIFIER.findall(question)), set(_IDENTIFIER.findall(passage))
        named = {one for one in asked if not one.isdigit()}
        if named and not named & there and any(not one.isdigit() for one in there):
            return Support(False, f"it is about {', '.join(sorted(there))}, not about {', '.join(sorted(named))}")
        kind, fit = kind_of(question), _fit(question, passage)
        if kind and is_strict(kind) and fit < 0 and len(sentences(passage)) <= _FEW:
            return Support(False, f"a {kind} is asked for, and there is none in “{passage.strip()[:160]}”")
        return self._judged(question, passage, fit + (FITS if named & there else 0.0), HELPS)

    def _judged(self, question: str, text: str, fit: float, wanted: float) -> Support:
        parts = sentences(text) or [text]
        vectors: NDArray[np.float32] = self._encode([question, text, *parts])
        alike = [float(vector @ vectors[0]) for vector in vectors[1:]]
        best = parts[max(range(len(parts)), key=lambda at: alike[at + 1])]
        score = max(alike) + SHARED * _shared(question, text) + fit
        if score >= wanted:
            return Support(True, f"“{best[:160]}” is about it")
        return Support(False, f"nothing in it is about it; the nearest is “{best[:160]}”")


def _shared(question: str, text: str) -> float:
    asked = [root for root in statement(question).roots if root not in wording.LIGHT]
    told = statement(text).roots
    return sum(any(wording.same(one, other) for other in told) for one in asked) / len(asked) if asked else 0.0


def lacks_kind(question: str, answer: str) -> bool:
    """Whether a number, a date or a person is asked for and there is none."""
    kind = kind_of(question)
    return kind is not None and is_strict(kind) and not has_kind(kind, answer, question)


def _fit(question: str, text: str) -> float:
    """What it counts that the text has, or has not, the kind of thing that is asked for."""
    kind = kind_of(question)
    if kind is None:
        return ELLIPTIC if is_elliptic(text) else 0.0
    if has_kind(kind, text, question):
        return FITS
    return AMISS if is_strict(kind) or kind == "time" else NO_WAY
