"""A domain expert labels traces; a judge is aligned with the labels, and tested on those that it has not seen."""

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass

import mlflow
from mlflow.entities import AssessmentSource, AssessmentSourceType, Feedback, Trace
from mlflow.genai.judges import Judge, make_judge
from mlflow.genai.judges.optimizers import MemAlignOptimizer

from agent.loop.traffic import Exchange
from agent.settings import Settings

NAME = "acceptable"  # of the label and of the judge alike: an optimizer matches them by it
EXPERT = "counsel@example.com"
INSTRUCTIONS = "Decide whether {{ outputs }} is acceptable as an answer to {{ inputs }}."
_CITED = re.compile(r"\[[^\[\]]+\.\w{2,4}, [^\[\]]+\]")
_DIMENSIONS = 1024


@dataclass(frozen=True)
class Labelled:
    """An answer, its trace, and what the expert says of it."""

    exchange: Exchange
    trace: Trace
    accepted: bool


@dataclass(frozen=True)
class Alignment:
    """Agreement of the judge with the expert on held-out answers, before and after; the guidelines that it learnt."""

    trained_on: int
    held_out: int
    before: float
    after: float
    instructions: str


def label(exchanges: Sequence[Exchange]) -> list[Labelled]:
    """The simulated expert accepts what is right and, if it is from a document, names document and section."""
    mlflow.flush_trace_async_logging()
    labelled = []
    for exchange in exchanges:
        accepted, why = _judged(exchange)
        mlflow.log_feedback(
            trace_id=exchange.trace_id,
            name=NAME,
            value=accepted,
            rationale=why,
            source=AssessmentSource(source_type=AssessmentSourceType.HUMAN, source_id=EXPERT),
        )
        labelled.append(Labelled(exchange, mlflow.get_trace(exchange.trace_id), accepted))
    return labelled


def align(settings: Settings, labelled: Sequence[Labelled]) -> Alignment:
    """With MemAlign on the answers to questions that are not held out."""
    model = f"databricks:/{settings.chat_endpoint}"
    judge = make_judge(name=NAME, instructions=INSTRUCTIONS, feedback_value_type=bool, model=model)
    training = [one for one in labelled if not one.exchange.question.held_out]
    held_out = [one for one in labelled if one.exchange.question.held_out]
    optimizer = MemAlignOptimizer(
        reflection_lm=model,
        embedding_model=f"databricks:/{settings.embedding_endpoint}",
        embedding_dim=_DIMENSIONS,
    )
    aligned = judge.align([one.trace for one in training], optimizer)
    before, after = _agreement(judge, held_out), _agreement(aligned, held_out)
    return Alignment(len(training), len(held_out), before, after, aligned.instructions)


def can_align() -> bool:
    """MLflow's optimizers of judges want DSPy."""
    return importlib.util.find_spec("dspy") is not None


def _judged(exchange: Exchange) -> tuple[bool, str]:
    if not exchange.up:
        return False, f"Not acceptable: {exchange.reason}."
    if exchange.question.expected_docs and not _CITED.search(exchange.answer):
        return False, "Not acceptable: an answer from a contract has to name the document and the section."
    return True, "Right, and it can be checked."


def _agreement(judge: Judge, labelled: Sequence[Labelled]) -> float:
    agreed = [_accepts(judge, one.exchange) is one.accepted for one in labelled]
    return sum(agreed) / len(agreed)


def _accepts(judge: Judge, exchange: Exchange) -> bool:
    told = judge(inputs={"question": exchange.question.text}, outputs=exchange.answer)
    return isinstance(told, Feedback) and told.value is True
