"""The whole way once: documents in, space made, agent registered, questions asked, feedback given, answers scored."""

import logging
import os
import sys
import textwrap
import time
import warnings
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient
from mlflow.pyfunc import PyFuncModel

from agent import deploy, evaluate, feedback, golden, space
from agent.ingest import ingest
from agent.settings import Settings

ASKED = ("Q002", "Q003", "Q016", "Q020", "Q025", "Q028", "Q030", "Q043", "Q052", "Q055", "Q058", "Q062", "Q068", "Q071")
COMPLAINED_OF = "Q028"
COMPLAINT = "Missing details about the legal entities: who owns whom?"
_WIDTH, _LINES = 114, 12


def main() -> None:
    quiet()
    w, settings = WorkspaceClient(), Settings.load()
    refuse_elsewhere(w, allowed="--here" in sys.argv)
    user = w.current_user.me().user_name or "user"
    print(f"Workspace {w.config.host}, user {user}")
    settings = _prepare(w, settings)
    agent = _register(settings)
    _heading("4. Questions")
    traces = {question.id: _ask(agent, question) for question in golden.load() if question.id in ASKED}
    experiment = mlflow.get_experiment_by_name(settings.experiment)
    assert experiment is not None  # made when the agent was registered
    _complain(traces[COMPLAINED_OF], user, experiment.experiment_id)
    run_id = _evaluate(agent, w, settings)
    _heading("Where to look")
    print(f"MLflow UI   {w.config.host}/ml/experiments/{experiment.experiment_id}/traces")
    print(f"Evaluation  run {run_id}")


def _prepare(w: WorkspaceClient, settings: Settings) -> Settings:
    _heading("1. Documents: read, parse, chunk, index")
    print(ingest(w, settings))
    _heading("2. Genie space over the tables")
    settings = settings.with_space(space.publish(w, settings))
    print(f"{settings.genie_space_title}: {settings.genie_space_id}")
    return settings


def _register(settings: Settings) -> PyFuncModel:
    _heading("3. Prompt and agent into the registry")
    deploy.connect(settings)
    prompt = deploy.register_prompt(settings)
    version = deploy.register_model(settings)
    print(f"{settings.prompt_name} version {prompt}, alias {settings.prompt_alias}")
    print(f"{settings.model_name} version {version}, alias {settings.model_alias}")
    return deploy.load(settings)


def _complain(trace_id: str, user: str, experiment_id: str) -> None:
    _heading("5. A user is not content")
    mlflow.flush_trace_async_logging()
    feedback.thumbs(trace_id, user, up=False, rationale=COMPLAINT)
    print(f"thumbs down by {user} on {trace_id}: {COMPLAINT}")
    print(f"traces with a thumbs down: {len(feedback.disliked(experiment_id))}")


def _evaluate(agent: PyFuncModel, w: WorkspaceClient, settings: Settings) -> str:
    _heading("6. All golden questions, scored by code")
    started = time.monotonic()
    report = evaluate.evaluate(agent.predict, w, settings)
    print(report)
    figures = ", ".join(f"{name} {value:.3f}" for name, value in evaluate.fact_recall(w, settings).items())
    print(f"{time.monotonic() - started:.0f} s; retrieval alone: {figures}")
    return report.run_id


def _ask(agent: PyFuncModel, question: golden.Question) -> str:
    """Prints one exchange and gives the id of its trace."""
    said: list[dict[str, Any]] = []
    answer: dict[str, Any] = {}
    for turn in question.turns:
        said.append({"role": "user", "content": turn})
        answer = agent.predict({"input": said})
        said += answer["output"]
        print(f"\n{question.id} {question.category}")
        _print("Q", turn)
        _print("A", evaluate.text(answer))
    found = answer["custom_outputs"]
    for source in found["sources"][:3]:
        _print("<-", f"{source['doc_uri'].split('/', 5)[-1]}, {source['section']}")
    for statement in found["sql"]:
        _print("SQL", " ".join(statement.split()))
    _print("", f"trace {found['trace_id']}")
    return str(found["trace_id"])


def _print(label: str, text: str) -> None:
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, _WIDTH) or [""]]
    shown = lines[:_LINES] + ([f"... {len(lines) - _LINES} more lines"] if len(lines) > _LINES else [])
    for number, line in enumerate(shown):
        print(f"  {'' if number else label:<4}{line}")


def _heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def quiet() -> None:
    warnings.simplefilter("ignore")
    os.environ.update(
        {"MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false", "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true"}
    )
    for name in ("mlflow", "httpx", "databricks.sdk", "langchain_openai"):
        logging.getLogger(name).setLevel(logging.ERROR)


def refuse_elsewhere(w: WorkspaceClient, *, allowed: bool) -> None:
    """It writes tables and an index; it does so in a workspace of its own only if that is said."""
    local = (w.config.host or "").startswith(("http://127.0.0.1", "http://localhost"))
    if not (local or allowed):
        sys.exit(f"This would write into {w.config.host}. Say --here if that is meant.")


if __name__ == "__main__":
    main()
