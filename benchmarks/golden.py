"""Asks the reference agent the golden questions twice, in process and behind an endpoint: the answers are the same.

`sandbricks exec --seed agent/data -- python -m benchmarks.golden [QUESTION ...]`; exits with 1 if an answer differs.
"""

import sys
import time
from typing import Any

import mlflow
from databricks.sdk import WorkspaceClient

from agent import deploy, golden, serving, space
from agent.evaluate import converse
from agent.ingest import ingest
from agent.settings import Settings


def main() -> None:
    """Registers the agent, serves it, and compares text, SQL and sources of every answer."""
    w, settings = WorkspaceClient(), Settings.load()
    ingest(w, settings)
    settings = settings.with_space(space.publish(w, settings))
    deploy.connect(settings)
    deploy.register_prompt(settings)
    version = deploy.register_model(settings)
    agent = deploy.load(settings)
    _serve(w, settings, version)

    def served(request: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = w.api_client.do(
            "POST", f"/serving-endpoints/{settings.endpoint}/invocations", body=request
        )
        return answer

    wanted = sys.argv[1:]
    questions = [one for one in golden.load() if not wanted or one.id in wanted]
    differing = [
        one for one in questions if _differs(one, converse(agent.predict, one.turns), converse(served, one.turns))
    ]
    print(
        f"{len(questions)} golden questions, {len(differing)} answered otherwise by version {version} when it is served"
    )
    sys.exit(bool(differing))


def _serve(w: WorkspaceClient, settings: Settings, version: str) -> None:
    experiment = mlflow.get_experiment_by_name(settings.experiment)
    assert experiment is not None  # connect has made it
    began = time.monotonic()
    serving.serve(w, settings, {version: 100}, experiment.experiment_id)
    print(f"The agent was served after {time.monotonic() - began:.1f} s.")


def _differs(question: golden.Question, here: dict[str, Any], there: dict[str, Any]) -> bool:
    for part in here:
        if here[part] != there[part]:
            print(f"{question.id}: {part} in process {here[part]!r}, served {there[part]!r}")
    return here != there


if __name__ == "__main__":
    main()
