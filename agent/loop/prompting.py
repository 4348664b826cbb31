"""The prompt's remedy: an optimizer of MLflow rewrites it by what went wrong on training questions."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.entities import Feedback
from mlflow.genai.optimize import GepaPromptOptimizer
from mlflow.genai.optimize.optimizers import BasePromptOptimizer
from mlflow.genai.scorers import scorer
from mlflow.types.responses import ResponsesAgentRequest

from agent import evaluate, scoring
from agent.evaluate import Score
from agent.golden import Question
from agent.graph import build
from agent.responses import ContractAgent
from agent.scorers import Output
from agent.settings import Settings

ALIAS = "optimized"
_TRAINED_ON, _ROUNDS = 8, 4
_REASON = "The answer does not name the document and the section of each fact."


@dataclass(frozen=True)
class Optimized:
    """The new prompt, and the citations of held-out document questions with the old one and with it; by question."""

    prompt: str
    version: int
    trained_on: int
    before: dict[str, float]
    after: dict[str, float]

    def told(self) -> str:
        return (
            f"Prompt: GEPA wrote version {self.version} from {self.trained_on} training questions; held-out document "
            f"questions with right citations: {_share(self.before)} before, {_share(self.after)} after"
        )


class _Silent:
    """GEPA tells every step on the console, else."""

    def log(self, message: str) -> None:
        pass


@scorer
def sourced(outputs: Output) -> Feedback:
    """An answer from documents names one that it was given; one that declines or asks back has none to name."""
    answer, sources = outputs["answer"], outputs["sources"]
    named = any(PurePosixPath(source["doc_uri"]).name in answer for source in sources)
    fine = named or not sources or scoring.declines(answer) or scoring.asks_back(answer)
    return Feedback(value=1.0 if fine else 0.0, rationale="It names its sources." if fine else _REASON)


def gepa(settings: Settings) -> BasePromptOptimizer:
    return GepaPromptOptimizer(
        _model(settings), max_metric_calls=_ROUNDS * _TRAINED_ON, gepa_kwargs={"logger": _Silent()}
    )


def optimize(
    w: WorkspaceClient,
    settings: Settings,
    questions: Sequence[Question],
    scores: Sequence[Score],
    optimizer: BasePromptOptimizer,
) -> Optimized:
    """Learns from questions that are not held out; `scores` are those of the old prompt, the new one gets its own."""
    _lend_credentials(w)
    training = [one for one in documentary(questions) if not one.held_out][:_TRAINED_ON]
    held_out = [one for one in documentary(questions) if one.held_out]
    agent = in_process(w, settings)
    result = mlflow.genai.optimize_prompts(
        predict_fn=lambda turns: evaluate.converse(agent, turns),
        train_data=[{"inputs": {"turns": list(one.turns)}, "expectations": {"route": one.route}} for one in training],
        prompt_uris=[f"prompts:/{settings.prompt_name}@{settings.prompt_alias}"],
        optimizer=optimizer,
        scorers=[sourced],
    )
    (new,) = result.optimized_prompts
    mlflow.genai.set_prompt_alias(settings.prompt_name, ALIAS, new.version)
    mended = replace(settings, prompt_alias=ALIAS)
    report = evaluate.evaluate(in_process(w, mended), w, mended, held_out)
    before, after = (_citations(told, held_out) for told in (scores, report.scores))
    return Optimized(str(new.template), int(new.version), len(training), before, after)


def documentary(questions: Sequence[Question]) -> list[Question]:
    """Those whose answers are in documents."""
    return [one for one in questions if one.expected_docs and one.expected_facts and one.route == "docs"]


def in_process(w: WorkspaceClient, settings: Settings) -> evaluate.Ask:
    """The agent as it runs here, with the prompt that its alias points to when it is asked."""
    agent = ContractAgent(build(w, settings))

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        return agent.predict(ResponsesAgentRequest(**request)).model_dump()

    return ask


def _citations(scores: Sequence[Score], questions: Sequence[Question]) -> dict[str, float]:
    ids = {one.id for one in questions}
    return {one.id: one.values["citations"] for one in scores if one.id in ids and "citations" in one.values}


def _share(values: Mapping[str, float]) -> str:
    return f"{sum(values.values()):.0f} of {len(values)}"


def _model(settings: Settings) -> str:
    return f"databricks:/{settings.chat_endpoint}"


def _lend_credentials(w: WorkspaceClient) -> None:
    """GEPA asks through LiteLLM, which knows a workspace by variables of its own."""
    token = w.config.authenticate().get("Authorization", "").removeprefix("Bearer ")
    os.environ.setdefault("DATABRICKS_API_BASE", f"{w.config.host}/serving-endpoints")
    os.environ.setdefault("DATABRICKS_API_KEY", token)
