"""Simulated users: each asks the endpoint golden questions, and says with a thumb what the answer was worth."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.deployments import get_deploy_client
from mlflow.genai.scorers import Scorer

from agent import evaluate, feedback
from agent.golden import Question
from agent.scorers import Output, by_code
from agent.settings import Settings
from agent.warehouse import Warehouse

USERS = ("ada@example.com", "ben@example.com", "cleo@example.com", "dan@example.com")
_PATIENCE = 60.0
_NEED_A_TRACE = ("citations",)


@dataclass(frozen=True)
class Exchange:
    """One question, the trace of its answer, and the user's thumb with its reason."""

    question: Question
    answer: str
    trace_id: str
    user: str
    up: bool
    reason: str


class Users:
    """Ask the endpoint as an application does, through the deployment client."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self._client, self._endpoint = get_deploy_client("databricks"), settings.endpoint  # type: ignore[no-untyped-call]
        self._scorers = [one for one in by_code(Warehouse(w, settings)) if one.name not in _NEED_A_TRACE]

    def talk(self, questions: Sequence[Question]) -> Iterator[Exchange]:
        """One after the other, so that the same questions meet the same versions when the traffic's draw is seeded."""
        for number, question in enumerate(questions):
            user = USERS[number % len(USERS)]
            last: dict[str, Any] = {}

            def ask(request: dict[str, Any], last: dict[str, Any] = last, user: str = user) -> dict[str, Any]:
                context = {"context": {"user_id": user}}
                last.update(self._client.predict(endpoint=self._endpoint, inputs=request | context))
                return last

            outputs = evaluate.talk(ask, question.turns)
            failed = self._failed(question, outputs)
            trace_id = str(last["custom_outputs"]["trace_id"])
            yield Exchange(question, outputs["answer"], trace_id, user, not failed, _reason(failed))

    def rate(self, exchanges: Sequence[Exchange]) -> None:
        """Their thumbs, on the traces, which an endpoint delivers some time after the answers."""
        for exchange in exchanges:
            _wait_for(exchange.trace_id)
            feedback.thumbs(exchange.trace_id, exchange.user, up=exchange.up, rationale=exchange.reason)

    def _failed(self, question: Question, outputs: Output) -> list[str]:
        expectations = evaluate.expectations(question)
        return [one.name for one in self._scorers if _said(one, outputs, expectations) is False]


def _wait_for(trace_id: str) -> None:
    end = time.monotonic() + _PATIENCE
    while mlflow.get_trace(trace_id, silent=True) is None:
        if time.monotonic() > end:
            raise TimeoutError(f"The trace {trace_id} did not arrive within {_PATIENCE:.0f} s.")
        time.sleep(0.2)


def _said(scorer: Scorer, outputs: Output, expectations: dict[str, Any]) -> Any:
    return scorer(outputs=outputs, expectations=expectations)


_REASONS = {
    "facts": "what it says is not right",
    "documents": "it looked into the wrong document",
    "sql": "the figures are not right",
    "answered": "it gave no answer",
    "behaviour": "it should have asked back, declined or answered, and did something else",
}


def _reason(failed: Sequence[str]) -> str:
    return "; ".join(_REASONS[name] for name in failed) or "right and useful"
