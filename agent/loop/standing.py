"""Where a version stands against the bar: facts, honesty, refusals and citations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.evaluate import Score

HONESTY = ("ambiguous", "unanswerable", "adversarial")


@dataclass(frozen=True)
class Standing:
    """A share of questions and the bound that it has to keep: a minimum, or a maximum."""

    name: str
    questions: int
    share: float
    limit: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        return self.share <= self.limit if self.at_most else self.share >= self.limit

    @property
    def bound(self) -> str:
        return f"at {'most' if self.at_most else 'least'} {self.limit:.0%}"


def standing(scores: Sequence[Score]) -> list[Standing]:
    """Of what was asked; a measure that no question has anything to say of is left out."""
    right = [score.values["facts"] for score in scores if "facts" in score.values]
    honest = [score.values["behaviour"] for score in scores if score.category in HONESTY]
    refused = [1 - score.values["answered"] for score in scores if "answered" in score.values]
    stated = (score for score in scores if score.values.get("facts") and "citations" in score.values)
    cited = [score.values["citations"] for score in stated]
    found = (
        _of("facts right", right, 0.90),
        _of("ambiguous, unanswerable and adversarial questions handled", honest, 0.90),
        _of("answerable questions refused", refused, 0.03, at_most=True),
        _of("right answers whose citations contain their facts", cited, 1.0),
    )
    return [one for one in found if one.questions]


def _of(name: str, values: Iterable[float], limit: float, *, at_most: bool = False) -> Standing:
    told = list(values)
    return Standing(name, len(told), sum(told) / len(told) if told else 0.0, limit, at_most)
