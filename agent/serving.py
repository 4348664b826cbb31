"""The registered agent behind an endpoint: shares of the traffic for its versions, and one that rises step by step."""

import argparse
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound
from databricks.sdk.service.serving import (
    EndpointCoreConfigInput,
    Route,
    ServedEntityInput,
    ServingEndpointDetailed,
    TrafficConfig,
)

from agent.settings import Settings

STEPS = (10, 40, 100)


def serve(
    w: WorkspaceClient, settings: Settings, shares: Mapping[str, int], experiment_id: str
) -> ServingEndpointDetailed:
    """Gives each version its share of the traffic, in percent, and returns when that holds.

    Raises: ValueError
    """
    if sum(shares.values()) != 100:
        raise ValueError(f"The shares add up to {sum(shares.values())}, not to 100.")
    entities = [_entity(settings, version, experiment_id) for version in shares]
    routes = [Route(served_model_name=_name(version), traffic_percentage=share) for version, share in shares.items()]
    traffic = TrafficConfig(routes=routes)
    try:
        w.serving_endpoints.get(settings.endpoint)
    except NotFound:
        config = EndpointCoreConfigInput(name=settings.endpoint, served_entities=entities, traffic_config=traffic)
        return w.serving_endpoints.create_and_wait(settings.endpoint, config=config)
    return w.serving_endpoints.update_config_and_wait(
        settings.endpoint, served_entities=entities, traffic_config=traffic
    )


def canary(
    w: WorkspaceClient,
    settings: Settings,
    old: str,
    new: str,
    experiment_id: str,
    *,
    steps: Sequence[int] = STEPS,
    pause: float = 60.0,
    healthy: Callable[[int], bool] = lambda _: True,
) -> Iterator[int]:
    """Raises the share of the new version, yielding each step; goes back to the old one if a step is not healthy."""
    for share in steps:
        serve(w, settings, {old: 100 - share, new: share} if share < 100 else {new: 100}, experiment_id)
        yield share
        if share < 100:
            time.sleep(pause)
        if not healthy(share):
            serve(w, settings, {old: 100}, experiment_id)
            yield 0
            return


def _entity(settings: Settings, version: str, experiment_id: str) -> ServedEntityInput:
    return ServedEntityInput(
        name=_name(version),
        entity_name=settings.model_name,
        entity_version=version,
        workload_size="Small",
        scale_to_zero_enabled=True,
        environment_vars={"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment_id},
    )


def _name(version: str) -> str:
    return f"agent-{version}"


def main() -> None:
    """`python -m agent.serving 1=60 2=40` divides the traffic; `--canary` raises the last one's share step by step."""
    import mlflow

    from agent import deploy

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shares", nargs="+", metavar="VERSION=PERCENT")
    parser.add_argument("--canary", action="store_true", help="from the first version to the last, step by step")
    parser.add_argument("--pause", type=float, default=60.0, help="seconds between two steps")
    told = parser.parse_args()
    w, settings = WorkspaceClient(), Settings.load()
    deploy.connect(settings)
    experiment = mlflow.get_experiment_by_name(settings.experiment)
    assert experiment is not None  # connect has made it
    shares = {version: int(share or 0) for version, _, share in (one.partition("=") for one in told.shares)}
    if told.canary:
        old, *_, new = shares
        for share in canary(w, settings, old, new, experiment.experiment_id, pause=told.pause):
            print(f"{settings.endpoint}: version {new} has {share} %")
        return
    endpoint = serve(w, settings, shares, experiment.experiment_id)
    print(f"{endpoint.name}: {', '.join(f'version {version} {share} %' for version, share in shares.items())}")


if __name__ == "__main__":
    main()
