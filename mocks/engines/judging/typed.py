"""The value that a verdict has in the type that a judge wants: bool, number, one of several labels, text."""

import ast
import re
from collections.abc import Sequence
from typing import Any

from mocks.engines.judging.wording import listed

_RESULT = re.compile(r"^- result \((?P<type>.+?)\): ", re.M)
_SCALE = re.compile(
    r"\b(?:from |between |scale of |scale from )?(?P<low>-?\d+(?:\.\d+)?)\s*(?:to|-|–|and)\s*(?P<high>\d+(?:\.\d+)?)\b"
)
_REVERSED = re.compile(
    r"\b(?:1|0|lowest|low(?:er)?)\b[^.;]{0,15}\b(?:is|=|means|being)\b[^.;]{0,10}\b(?:best|excellent|perfect|good)\b",
    re.I,
)
GOOD = frozenset(listed("good"))
BAD = frozenset(listed("bad"))
MIDDLE = frozenset(listed("middle"))


def wanted_type(system: str) -> str:
    """The type of the result, as the prompt states it; `yes or no` if it does not."""
    found = _RESULT.search(system)
    return found["type"].strip() if found else "Literal['yes', 'no']"


def labels_of(type_: str) -> list[str]:
    """The labels of a `Literal[...]`."""
    if not type_.startswith("Literal"):
        return []
    try:
        told = ast.literal_eval(f"[{type_[type_.index('[') + 1 : type_.rindex(']')]}]")
    except (ValueError, SyntaxError):
        return []
    return [str(label) for label in told]


def value_of(score: float, type_: str, instructions: str) -> Any:
    """A score from 0 to 1 as a value of that type."""
    if type_ == "bool":
        return score >= 0.5
    if type_ in ("int", "float"):
        low, high = _scale(instructions, type_)
        if _REVERSED.search(instructions):
            score = 1 - score
        number = low + score * (high - low)
        return round(number) if type_ == "int" else round(number, 2)
    if labels := labels_of(type_):
        return graded(score, labels)
    return "yes" if score >= 0.5 else "no"


def graded(score: float, labels: Sequence[str]) -> str:
    """The label for a score, if the labels say what is good and what is not; the order decides otherwise."""
    ranks = [_rank(label) for label in labels]
    if any(rank is not None for rank in ranks):
        known = [(abs(score - (0.5 if rank is None else rank)), at) for at, rank in enumerate(ranks)]
        return labels[min(known)[1]]
    if all(re.fullmatch(r"-?\d+(?:\.\d+)?", label) for label in labels):
        ordered = sorted(labels, key=float)
        return ordered[round(score * (len(ordered) - 1))]
    return labels[0] if score >= 0.5 else labels[-1]


def are_grades(labels: Sequence[str]) -> bool:
    """Whether labels say how good something is, and not what kind of thing it is."""
    return sum(_rank(label) is not None for label in labels) >= max(1, len(labels) - 1) or all(
        re.fullmatch(r"-?\d+(?:\.\d+)?", label) for label in labels
    )


def _rank(label: str) -> float | None:
    words = re.split(r"[\s_-]+", label.lower())
    if any(word in MIDDLE for word in words):
        return 0.5
    if words[0] in ("not", "non", "no", "un") and len(words) > 1:
        return 0.0
    if any(word in BAD for word in words):
        return 0.0
    return 1.0 if any(word in GOOD for word in words) else None


def _scale(instructions: str, type_: str) -> tuple[float, float]:
    for found in _SCALE.finditer(instructions):
        low, high = float(found["low"]), float(found["high"])
        if low < high <= 100:
            return low, high
    return (1.0, 5.0) if type_ == "int" else (0.0, 1.0)
