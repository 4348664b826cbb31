"""Why an answer was wrong: was it what was found, what was made of it, or what the tables were asked?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from agent.evaluate import Score


class Cause(StrEnum):
    """The part to mend, and how."""

    RETRIEVAL = "retrieval"
    GENIE = "Genie"
    PROMPT = "prompt"


REMEDIES = {
    Cause.RETRIEVAL: "the passages lack the facts: mend chunking, filters or the query",
    Cause.GENIE: "the SQL gives other rows: add an instruction, a synonym or an example query to the space",
    Cause.PROMPT: "all that is needed was found: mend the instructions",
}


@dataclass(frozen=True)
class Diagnosis:
    """One question that was answered wrongly."""

    question: str
    category: str
    cause: Cause
    failed: tuple[str, ...]


def diagnose(scores: Iterable[Score]) -> list[Diagnosis]:
    """From the assessments alone, as a person reads them: first the tables, then the passages, then the words."""
    return [
        Diagnosis(
            score.id, score.category, _cause(score), tuple(name for name, value in score.values.items() if not value)
        )
        for score in scores
        if not score.right
    ]


def counted(diagnoses: Iterable[Diagnosis]) -> dict[Cause, int]:
    """How often each cause is there, the most frequent first."""
    return dict(Counter(diagnosis.cause for diagnosis in diagnoses).most_common())


def _cause(score: Score) -> Cause:
    if score.values.get("sql") == 0:
        return Cause.GENIE
    lacking = score.judged.get("sufficiency") == 0 and score.values.get("facts") == 0
    return Cause.RETRIEVAL if lacking or score.values.get("documents") == 0 else Cause.PROMPT
