"""A domain expert labels traces in the Review App; a judge is aligned with the labels, and tested on unseen ones."""

import importlib
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.entities import Feedback, Trace
from mlflow.genai.judges import Judge, make_judge

from agent.loop.review import Label, Session
from agent.loop.traffic import Exchange
from agent.settings import Settings

NAME = "acceptable"  # of the label and of the judge alike: an optimizer matches them by it
EXPERT = "counsel@example.com"
SCHEMAS: tuple[dict[str, Any], ...] = (
    {
        "name": NAME,
        "type": "FEEDBACK",
        "title": "Is the answer acceptable?",
        "instruction": "It has to be right and, if it states facts, to name document and section or the query.",
        "categorical": {"options": ["yes", "no"]},
        "enable_comment": True,
    },
    {"name": "expected_facts", "type": "EXPECTATION", "title": "What must a right answer say?", "text_list": {}},
)
INSTRUCTIONS = "Decide whether {{ outputs }} is acceptable as an answer to {{ inputs }}."
_SOURCE = re.compile(r"\[[^\[\]]+\.\w{2,4}, [^\[\]]+\]|\[\w+: (?:SELECT|WITH)\b", re.I)
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


@dataclass(frozen=True)
class Reviewed:
    """What came out of a labeling session: where it is, and the dataset with its records."""

    labelled: list[Labelled]
    url: str
    dataset: str
    records: int


def label(w: WorkspaceClient, settings: Settings, experiment_id: str, exchanges: Sequence[Exchange]) -> Reviewed:
    """The simulated expert accepts what is right and, if it states facts, names document and section or the query."""
    mlflow.flush_trace_async_logging()
    session = Session.create(w, experiment_id, f"{settings.model} traffic", SCHEMAS, [EXPERT])
    session.add([one.trace_id for one in exchanges])
    labels = [_label(one) for one in exchanges]
    session.label(NAME, labels, EXPERT)
    asked = {one.trace_id: {"turns": list(one.question.turns)} for one in exchanges}
    dataset = settings.full_name(f"{settings.model}_labelled")
    records = session.sync(experiment_id, dataset, labels, asked)
    labelled = [
        Labelled(exchange, mlflow.get_trace(exchange.trace_id), one.value == "yes")
        for exchange, one in zip(exchanges, labels, strict=True)
    ]
    return Reviewed(labelled, session.url, dataset, records)


def _label(exchange: Exchange) -> Label:
    accepted, why = _judged(exchange)
    facts = list(exchange.question.expected_facts)
    return Label(exchange.trace_id, "yes" if accepted else "no", why, {"expected_facts": facts} if facts else {})


def align(settings: Settings, labelled: Sequence[Labelled]) -> Alignment:
    """With MemAlign on the answers to questions that are not held out."""
    from mlflow.genai.judges.optimizers import MemAlignOptimizer  # not importable without DSPy

    forget_answers()
    model = f"databricks:/{settings.chat_endpoint}"
    judge = make_judge(name=NAME, instructions=INSTRUCTIONS, feedback_value_type=Literal["yes", "no"], model=model)
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


def forget_answers() -> None:
    """DSPy keeps answers on disk, and would give those of another day and another workspace."""
    importlib.import_module("dspy").configure_cache(enable_disk_cache=False)


def _judged(exchange: Exchange) -> tuple[bool, str]:
    if not exchange.up:
        return False, f"Not acceptable: {exchange.reason}."
    factual = exchange.question.expected_facts or exchange.question.expected_sql
    if factual and not _SOURCE.search(exchange.answer):
        return False, "Not acceptable: an answer has to cite its source, document and section or the query."
    return True, "Right, and it can be checked."


def _agreement(judge: Judge, labelled: Sequence[Labelled]) -> float:
    agreed = [_accepts(judge, one.exchange) is one.accepted for one in labelled]
    return sum(agreed) / len(agreed)


def _accepts(judge: Judge, exchange: Exchange) -> bool:
    told = judge(inputs={"question": exchange.question.text}, outputs=exchange.answer)
    return isinstance(told, Feedback) and told.value == "yes"
