"""The child that runs scorers; `python -P -m mocks.scorers.worker`, started by `bench.py`.

It is the only part of this service that imports mlflow, and reaches the workspace by its public API alone.
"""

import json
import logging
import os
import socket
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any

from mocks.engines.child import die_with_parent

if TYPE_CHECKING:
    from mlflow.entities import Feedback, Trace
    from mlflow.genai.evaluation.entities import EvalItem
    from mlflow.genai.scorers import Scorer

log = logging.getLogger("sandbricks.scorers.worker")
_THREADS = "MlflowScorer-"  # how MLflow names the thread of a scorer with a time limit (genai/scorers/base.py)


def main() -> None:
    """Answers tasks, a line each, until the parent ends."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    die_with_parent()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    os.umask(0o077)
    import mlflow

    from mocks.scorers import judge_client

    judge_client.install()
    # A scorer that is traced would make a trace, which would be scored, which would make a trace.
    mlflow.tracing.disable()
    with socket.socket(fileno=told["fd"]) as line, line.makefile("rb") as tasks:
        line.sendall(b"{}\n")
        for task in tasks:
            line.sendall(json.dumps(_answered(json.loads(task))).encode() + b"\n")


def _answered(task: dict[str, Any]) -> dict[str, Any]:
    from mlflow.exceptions import MlflowException

    try:
        return _score(task)
    except MlflowException as error:
        log.exception("trace %s cannot be scored", task["trace_id"])
        return {"error": str(error)}


def _score(task: dict[str, Any]) -> dict[str, Any]:
    """Runs the scorers of a task that have not spoken yet, and writes what they say."""
    import mlflow

    trace = mlflow.get_trace(task["trace_id"])
    if trace is None or trace.data._get_root_span() is None:
        return {"waiting": True}
    if "failed" in task:
        _write(trace, [_failure(name, task["failed"]) for name in task["names"]])
        return {"errors": len(task["names"])}
    said: list[Feedback] = []
    scorers = []
    for config in task["scorers"]:
        try:
            scorer = _load(config, task)
        except Exception as error:  # noqa: BLE001  # its own code runs, and may raise anything
            said.append(_failure(config["name"], str(error), traceback.format_exc()))
        else:
            scorers += [] if scorer.name in _spoken(trace) else [scorer]
    said += _run(trace, scorers)
    _write(trace, said)
    stuck = any(thread.name.startswith(_THREADS) for thread in threading.enumerate())
    return {"assessments": len(said), "errors": sum(one.error is not None for one in said), "stuck": stuck}


def _load(config: dict[str, Any], task: dict[str, Any]) -> "Scorer":
    from mlflow.genai.scorers.base import SCORER_BACKEND_DATABRICKS, Scorer, ScorerSamplingConfig

    scorer = Scorer.model_validate_json(config["serialized_scorer"])
    scorer.timeout = min(scorer.timeout or task["limit"], task["limit"])
    sampling = ScorerSamplingConfig(sample_rate=config.get("sample_rate"), filter_string=config.get("filter_string"))
    return scorer._set_registration_metadata(
        backend=SCORER_BACKEND_DATABRICKS,
        experiment_id=task["experiment_id"],
        sampling_config=sampling,
        scorer_version=config["scorer_version"],
        canonical_resource_name=config["resource_name"],
        canonical_resource_name_type="databricks_scorer_version",
    )


def _spoken(trace: "Trace") -> set[str]:
    """The scorers whose assessments the trace has already: one may have been written just before a crash."""
    from mlflow.tracing.constant import AssessmentMetadataKey

    return {(said.metadata or {}).get(AssessmentMetadataKey.SCORER_NAME, "") for said in trace.info.assessments}


def _run(trace: "Trace", scorers: list["Scorer"]) -> list["Feedback"]:
    from mlflow.genai.evaluation.harness import _compute_eval_scores

    found: list[Feedback] = _compute_eval_scores(eval_item=_item(trace), scorers=scorers).assessments
    return found


def _item(trace: "Trace") -> "EvalItem":
    """What a scorer is shown of a trace: the same as by `mlflow.genai.evaluate` on traces."""
    from mlflow.genai.evaluation.entities import EvalItem

    root = trace.data._get_root_span()
    assert root is not None
    expected = {said.name: said.expectation.value for said in trace.info.assessments if said.expectation is not None}
    return EvalItem(
        request_id=trace.info.trace_id,
        inputs=root.inputs,
        outputs=root.outputs,
        expectations=expected,
        trace=trace,
    )


def _write(trace: "Trace", said: list["Feedback"]) -> None:
    from mlflow.genai.evaluation.harness import _log_assessments

    _log_assessments(run_id=None, trace=trace, assessments=[*said])


def _failure(name: str, message: str, stack: str | None = None) -> "Feedback":
    from mlflow.entities import AssessmentError, AssessmentSource, Feedback

    error = AssessmentError(error_code="SCORER_ERROR", error_message=message, stack_trace=stack)
    return Feedback(name=name, source=AssessmentSource(source_type="CODE", source_id=name), error=error)


if __name__ == "__main__":
    main()
