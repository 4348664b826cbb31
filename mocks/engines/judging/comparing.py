"""Two texts side by side: whether they say the same, and whether one sums the other up."""

import json
import re
from typing import Any

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Entailment, Support
from mocks.engines.judging.language import fluent
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.statements import Statement, sentences, statement

_LIST = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s", re.M)
_COMPRESSED, _MAIN_POINTS = 0.85, 0.7
_POINT_ALIKE = 0.40


class Comparing:
    """Compares texts by what each of them states."""

    def __init__(self, encode: Encode, entailment: Entailment) -> None:
        self._encode, self._entailment = encode, entailment

    def equivalent(self, actual: str, expected: str) -> Support:
        """Whether both say the same in the same form."""
        one, other = _parsed(actual), _parsed(expected)
        if one is not None or other is not None:
            return Support(_same_value(one, other), "both are JSON; their values are compared")
        if _form(actual) != _form(expected):
            return Support(False, f"one is a {_form(actual)}, the other a {_form(expected)}")
        if " ".join(actual.lower().split()).strip(".") == " ".join(expected.lower().split()).strip("."):
            return Support(True, "they are the same words")
        for claim, document in ((expected, actual), (actual, expected)):
            for said, support in self._entailment.supported(claim, [document]):
                if not support.good:
                    return Support(False, f"“{said}”: {support.why}")
        return Support(True, f"“{actual.strip()[:100]}” says what “{expected.strip()[:100]}” says")

    def summary(self, document: str, summary: str) -> Support:
        """Whether the summary is faithful, short, and has the main points."""
        for part in _clauses(summary):
            if conflict := self._unfaithful(part, document):
                return Support(False, conflict)
        if len(summary) > _COMPRESSED * len(document):
            return Support(False, f"it is hardly shorter: {len(summary)} of {len(document)} characters")
        points = sentences(document)
        vectors = self._encode([*points, summary, *_clauses(summary)])
        said = vectors[len(points) :]
        named = statement(summary).roots
        left = [
            point
            for point, vector in zip(points, vectors, strict=False)
            if not _covered(point, float((said @ vector).max()), named)
        ]
        if len(points) - len(left) < _MAIN_POINTS * len(points):
            return Support(False, f"it leaves out: “{left[0][:120]}”")
        clear = fluent(summary)
        return (
            clear
            if not clear.good and len(summary.split()) < 4
            else Support(True, "it is faithful, shorter, and has the main points")
        )

    def _unfaithful(self, part: str, document: str) -> str | None:
        """A number, an opposite or a denial in the summary that the document does not have."""
        there = quantities(document)
        wrong = [q for q in quantities(part) if not any(q.equals(other) for other in there)]
        if wrong:
            return f"“{wrong[0].text.strip()}” is not in the document"
        told = statement(document).roots
        claim = statement(part)
        opposite = [
            r
            for r in claim.roots
            if r not in told and any(wording.opposed(r, o) for o in told) and not any(wording.same(r, o) for o in told)
        ]
        if opposite:
            return f"the document says the opposite of “{opposite[0]}” in “{part[:100]}”"
        foreign = [name for name in claim.names if not any(wording.same(name, one) for one in told)]
        if foreign:
            return f"“{foreign[0]}” in “{part[:100]}” is not in the document"
        nearest = max(map(statement, sentences(document)), key=lambda one: _shared(claim, one), default=None)
        if nearest is None or not _reversed(claim, nearest):
            return None
        return f"“{nearest.text[:120]}” says the opposite of “{part[:80]}”"


def _shared(claim: Statement, sentence: Statement) -> int:
    return sum(any(wording.same(root, other) for other in sentence.roots) for root in claim.roots)


def _reversed(claim: Statement, sentence: Statement) -> bool:
    """Whether the sentence says the opposite of what the claim says of the same things."""
    shared = [r for r in claim.roots if any(wording.same(r, o) for o in sentence.roots)]
    if len(shared) < 2:
        return False
    turned = {r for r in claim.roots for o in sentence.roots if wording.opposed(r, o)} - set(shared)
    denied = bool(claim.denied) != bool(sentence.denied) and claim.denied | sentence.denied
    whole = len(shared) >= 0.6 * len(claim.roots)
    return bool(turned and len(shared) >= 0.5 * len(claim.roots)) or (whole and bool(denied))


def _clauses(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[.;]\s+|,\s+(?:and\s+)?|\s+and\s+", text) if part.strip()]


def _covered(point: str, alike: float, named: tuple[str, ...]) -> bool:
    wanted = statement(point).roots
    shared = sum(any(wording.same(r, o) for o in named) for r in wanted) / len(wanted) if wanted else 1.0
    return shared >= 0.3 or (alike >= _POINT_ALIKE and shared >= 0.15)


def _parsed(text: str) -> Any:
    """The JSON of a text that is an object or a list."""
    text = re.sub(r"^```(?:json)?|```$", "", text.strip()).strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _same_value(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().lower() == other.strip().lower()
    return bool(one == other)


def _form(text: str) -> str:
    return "list" if len(_LIST.findall(text)) >= 2 else "text"
