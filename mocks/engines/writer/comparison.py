"""Questions that compare: whether one does, and which of two stated quantities is the larger."""

import re
from collections.abc import Sequence

from mocks.engines.writer.expectation import Quantity, quantities
from mocks.engines.writer.words import terms

_COMPARES = re.compile(
    r"\b(?:compar\w+|differ\w*|versus|vs\.?|than|both|each|longer|shorter|higher|lower|larger|smaller|stricter|cheaper"
    r"|earlier|later|more|less|either)\b|\b\w+-\d+\s+(?:and|or)\s+\w+-\d+",
    re.I,
)
_MORE = re.compile(
    r"\bwhich\b.*\b(longer|higher|larger|bigger|greater|more|later|most expensive|longest|highest|largest)\b", re.I
)
_LESS = re.compile(
    r"\bwhich\b.*\b(shorter|lower|smaller|less|fewer|cheaper|stricter|earlier|shortest|lowest|smallest)\b", re.I
)


def compares(question: str) -> bool:
    """Whether the question sets things against each other."""
    return bool(_COMPARES.search(question))


def compared(question: str, stated: Sequence[tuple[str, str]]) -> str:
    """Which of the subjects has more, or less, if the question asks that and the units agree."""
    more, less = _MORE.search(question), _LESS.search(question)
    found = [(subject, _quantity(sentence, question)) for subject, sentence in stated]
    known = [(subject, quantity) for subject, quantity in found if quantity]
    if not (more or less) or len(known) != len(stated) or len({q.unit for _, q in known}) != 1:
        return ""
    ordered = sorted(known, key=lambda one: one[1].value, reverse=bool(more))
    word = (more or less)[1].lower()  # type: ignore[index]  # one of them was found
    if ordered[0][1].value == ordered[1][1].value:
        return f"They are the same: {ordered[0][1].text}."
    others = " and ".join(f"{quantity.text} for {subject}" for subject, quantity in ordered[1:])
    return f"{ordered[0][0]} is the {word}: {ordered[0][1].text}, against {others}."


def _quantity(sentence: str, question: str) -> Quantity | None:
    """The quantity nearest to a word of the question."""
    found = quantities(sentence)
    wanted = set(terms(question))
    places = [m.start() for m in re.finditer(r"[A-Za-z]+", sentence) if set(terms(m[0])) & wanted]
    if not found:
        return None
    if not places:
        return found[0]
    return min(found, key=lambda quantity: min(abs(quantity.at - place) for place in places))
