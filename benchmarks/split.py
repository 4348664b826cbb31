"""Two versions behind one endpoint: each gets its share, names itself in its traces, and hands over without a loss."""

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.service.serving import EndpointCoreConfigInput, Route, ServedEntityInput, TrafficConfig

from benchmarks.figures import Figure
from benchmarks.running import Running
from benchmarks.tracing import QUIET

CALLS, SHARE, CLIENTS = 1000, 60, 8
MODEL, ENDPOINT = "main.default.bench_split", "bench-split"
CODE = """
import mlflow
class Version(mlflow.pyfunc.PythonModel):
    @mlflow.trace
    def predict(self, context, model_input: list[str], params=None) -> list[str]:
        return ["VERSION" for _ in model_input]
mlflow.models.set_model(Version())
"""


def measure(running: Running) -> Iterator[Figure]:
    """The shares, the traces, and what was lost while the traffic moved."""
    variables = {
        "DATABRICKS_HOST": running.host,
        "DATABRICKS_TOKEN": running.token,
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.split"], env=QUIET | variables, stdout=subprocess.PIPE, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    deviation = math.sqrt(CALLS * SHARE * (100 - SHARE)) / 100
    off = abs(told["first"] - CALLS * SHARE / 100) / deviation
    yield Figure(f"{CALLS} requests at {SHARE}/{100 - SHARE}, off the share", off, "sigma", 3)
    yield Figure("of their traces not attributed to the version that answered", told["unattributed"], "", 0)
    yield Figure(f"requests failed while {CLIENTS} clients were moved to 0/100", told["failed"], "", 0)
    yield Figure("requests during that move", told["moved"], "")


def main() -> None:
    """The client's part."""
    w, experiment = WorkspaceClient(), mlflow.set_experiment("/Shared/bench-split").experiment_id
    models = [_registered(version) for version in ("1", "2")]
    w.serving_endpoints.create_and_wait(
        ENDPOINT,
        config=EndpointCoreConfigInput(
            name=ENDPOINT, served_entities=_entities(experiment), traffic_config=_traffic(SHARE, 100 - SHARE)
        ),
    )
    with ThreadPoolExecutor(CLIENTS) as threads:
        answers = Counter(threads.map(lambda _: _ask(w), range(CALLS)))
    unattributed = sum(
        abs(answers[str(at)] - _traces(experiment, model, answers[str(at)])) for at, model in enumerate(models, 1)
    )
    failed, moved = _move(w, experiment)
    w.serving_endpoints.delete(ENDPOINT)
    print(json.dumps({"first": answers["1"], "unattributed": unattributed, "failed": failed, "moved": moved}))


def _registered(version: str) -> str:
    """The id of the logged model behind a new version."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "version.py"
        file.write_text(CODE.replace("VERSION", version))
        logged = mlflow.pyfunc.log_model(
            name="version", python_model=str(file), pip_requirements=["mlflow"], registered_model_name=MODEL
        )
    return str(logged.model_id)


def _entities(experiment: str) -> list[ServedEntityInput]:
    variables = {"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment}
    return [
        ServedEntityInput(name=f"v{version}", entity_name=MODEL, entity_version=version, environment_vars=variables)
        for version in ("1", "2")
    ]


def _traffic(first: int, second: int) -> TrafficConfig:
    shares = {"v1": first, "v2": second}
    return TrafficConfig(routes=[Route(served_model_name=name, traffic_percentage=of) for name, of in shares.items()])


def _ask(w: WorkspaceClient) -> str:
    return str((w.serving_endpoints.query(ENDPOINT, inputs=["who"]).predictions or [""])[0])


def _traces(experiment: str, model: str, wanted: int) -> int:
    """How many traces name the model; they are written behind the answers."""
    deadline, found = time.monotonic() + 180, -1
    while found != wanted and time.monotonic() < deadline:
        time.sleep(0.2)
        found = len(
            mlflow.search_traces(
                locations=[experiment], model_id=model, include_spans=False, max_results=2 * CALLS, return_type="list"
            )
        )
    return found


def _move(w: WorkspaceClient, experiment: str) -> tuple[int, int]:
    """Failures and requests while the second version takes everything over."""
    results: list[str] = []
    moved: list[bool] = []

    def keep_asking(_: int) -> None:
        while not moved:
            try:
                results.append(_ask(w))
            except Exception as error:  # noqa: BLE001  # whatever it is, a request was lost
                results.append(f"failed: {error}")

    with ThreadPoolExecutor(CLIENTS) as threads:
        asking = threads.map(keep_asking, range(CLIENTS))
        w.serving_endpoints.update_config_and_wait(
            ENDPOINT, served_entities=_entities(experiment), traffic_config=_traffic(0, 100)
        )
        moved.append(True)
        list(asking)
    late = [_ask(w) for _ in range(50)]
    return sum(one not in ("1", "2") for one in results) + sum(one != "2" for one in late), len(results)


if __name__ == "__main__":
    main()
