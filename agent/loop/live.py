"""What the traces of live traffic say of each version: how much of it, thumbs, time and tokens."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import mlflow
from mlflow.entities import Feedback, Trace

from agent.feedback import NAME
from agent.loop.versions import Registered


@dataclass(frozen=True)
class Live:
    """One version's traffic; `liked` is the share of thumbs up, `milliseconds` the median of an answer."""

    role: str
    number: str
    answers: int
    liked: float
    milliseconds: float
    tokens: float


def live(experiment_id: str, versions: Sequence[Registered]) -> list[Live]:
    """Read by the model id that each trace carries."""
    return [_of(one, _traces(experiment_id, one)) for one in versions]


def _traces(experiment_id: str, one: Registered) -> list[Trace]:
    found = mlflow.search_traces(locations=[experiment_id], model_id=one.model_id, return_type="list")
    return [trace for trace in found if _thumbs(trace)]


def _of(one: Registered, traces: Sequence[Trace]) -> Live:
    thumbs = [told.value is True for trace in traces for told in _thumbs(trace)]
    times = [float(trace.info.execution_duration or 0) for trace in traces]
    tokens = [float((trace.info.token_usage or {}).get("total_tokens", 0)) for trace in traces]
    return Live(one.role, one.number, len(traces), _mean(thumbs), statistics.median(times or [0.0]), _mean(tokens))


def _thumbs(trace: Trace) -> list[Feedback]:
    return [told for told in trace.info.assessments if told.name == NAME and isinstance(told, Feedback)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
