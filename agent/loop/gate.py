"""The promotion gate: is the candidate better, question by question, beyond what chance would do?"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

RESAMPLES = 10_000
CONFIDENCE = 0.95
_SEED = 20250630  # the same draws each time: the decision is repeatable

Values = Mapping[str, float]


class Decision(StrEnum):
    """What becomes of the candidate."""

    PROMOTE = "promote"
    ROLL_BACK = "roll back"
    KEEP = "keep the baseline"


@dataclass(frozen=True)
class Difference:
    """Two versions on the same questions; `low` and `high` bound the difference of their means with 95 % confidence."""

    metric: str
    questions: int
    baseline: float
    candidate: float
    low: float
    high: float

    @property
    def change(self) -> float:
        return self.candidate - self.baseline

    @property
    def better(self) -> bool:
        return self.low > 0

    @property
    def worse(self) -> bool:
        return self.high < 0


def compare(metric: str, baseline: Values, candidate: Values) -> Difference | None:
    """A paired bootstrap over the questions that have a value for both; nothing if there is none."""
    pairs = [(baseline[question], candidate[question]) for question in sorted(baseline.keys() & candidate.keys())]
    if not pairs:
        return None
    low, high = _interval([after - before for before, after in pairs])
    before, after = (_mean(column) for column in zip(*pairs, strict=True))
    return Difference(metric, len(pairs), before, after, low, high)


def decide(differences: Sequence[Difference], deciding: Sequence[str]) -> Decision:
    """Promotes if nothing got worse and one of the deciding metrics better; rolls back if any got worse."""
    if any(difference.worse for difference in differences):
        return Decision.ROLL_BACK
    better = any(difference.better for difference in differences if difference.metric in deciding)
    return Decision.PROMOTE if better else Decision.KEEP


def _interval(changes: Sequence[float]) -> tuple[float, float]:
    """The percentiles of the means of resampled differences."""
    dice = random.Random(_SEED)  # noqa: S311  # statistics
    means = sorted(_mean(dice.choices(changes, k=len(changes))) for _ in range(RESAMPLES))
    outside = (1 - CONFIDENCE) / 2
    return means[int(outside * RESAMPLES)], means[int((1 - outside) * RESAMPLES) - 1]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
