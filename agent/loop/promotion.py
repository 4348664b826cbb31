"""The decision carried out: aliases, traffic, and a run that keeps the figures."""

from collections.abc import Callable, Mapping, Sequence

import mlflow

from agent.loop.gate import Decision, Difference
from agent.loop.versions import Registered
from agent.settings import Settings

RUN = "promotion"


def crown(settings: Settings, one: Registered) -> None:
    """Gives a version's prompt and model the alias by which everybody loads them."""
    mlflow.genai.set_prompt_alias(settings.prompt_name, settings.prompt_alias, one.prompt_number)
    mlflow.MlflowClient().set_registered_model_alias(settings.model_name, settings.model_alias, one.number)


def settle(
    settings: Settings,
    baseline: Registered,
    candidate: Registered,
    decision: Decision,
    serve: Callable[[Mapping[str, int]], None],
) -> None:
    """All traffic to the better one, and the alias with it."""
    chosen = candidate if decision is Decision.PROMOTE else baseline
    serve({chosen.number: 100})
    crown(settings, chosen)


def record(baseline: Registered, candidate: Registered, differences: Sequence[Difference], decision: Decision) -> str:
    """The id of a run with every figure and the decision."""
    with mlflow.start_run(run_name=RUN) as run:
        mlflow.log_params({"baseline": baseline.number, "candidate": candidate.number, "decision": str(decision)})
        for one in differences:
            name = "".join(letter if letter.isalnum() else "_" for letter in one.metric)
            told = {"baseline": one.baseline, "candidate": one.candidate, "low": one.low, "high": one.high}
            mlflow.log_metrics({f"{name}.{part}": value for part, value in told.items()})
    return str(run.info.run_id)
