"""What the gateway and the process of a served agent cost over the same agent called in process."""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

from benchmarks.figures import Figure, percentiles
from benchmarks.running import Running

WARM_UP, CALLS = 20, 200
MODEL, ENDPOINT = "main.default.bench_agent", "bench-agent"
AGENT = """
import mlflow
from mlflow.pyfunc import ResponsesAgent
from mlflow.types.responses import ResponsesAgentResponse, ResponsesAgentStreamEvent
class Agent(ResponsesAgent):
    def predict(self, request):
        return ResponsesAgentResponse(output=[self.create_text_output_item(text="heard", id="m1")])
    def predict_stream(self, request):
        yield ResponsesAgentStreamEvent(**self.create_text_delta(delta="heard", item_id="m1"))
        item = self.create_text_output_item(text="heard", id="m1")
        yield ResponsesAgentStreamEvent(type="response.output_item.done", item=item)
mlflow.models.set_model(Agent())
"""
REGISTER = f"""
import sys, time, mlflow
mlflow.set_experiment("/Shared/bench-serving")
mlflow.pyfunc.log_model(
    name="agent", python_model=sys.argv[1], pip_requirements=["mlflow"], registered_model_name="{MODEL}"
)
model = mlflow.pyfunc.load_model("models:/{MODEL}/1")
asked = {{"input": [{{"role": "user", "content": "you"}}]}}
for call in (lambda: model.predict(asked), lambda: next(iter(model.predict_stream(asked)))):
    for number in range({WARM_UP + CALLS}):
        began = time.perf_counter()
        call()
        if number >= {WARM_UP}:
            print(1000 * (time.perf_counter() - began))
"""
BODY: dict[str, object] = {"input": [{"role": "user", "content": "you"}]}


def measure(running: Running) -> Iterator[Figure]:
    """The same agent in process and served."""
    running.seconds_to_ready()
    whole, first = _in_process(running)
    config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
    w = WorkspaceClient(config=config)
    entity = ServedEntityInput(entity_name=MODEL, entity_version="1", scale_to_zero_enabled=True)
    began = time.monotonic()
    w.serving_endpoints.create(ENDPOINT, config=EndpointCoreConfigInput(name=ENDPOINT, served_entities=[entity]))
    while str(w.serving_endpoints.get(ENDPOINT).state.ready) != "EndpointStateReady.READY":  # type: ignore[union-attr]
        time.sleep(0.02)
    yield Figure("a served agent from cold to ready", time.monotonic() - began, "s")
    asked = [_times(running, BODY) for _ in range(WARM_UP + CALLS)][WARM_UP:]
    streamed = [_times(running, BODY | {"stream": True}) for _ in range(WARM_UP + CALLS)][WARM_UP:]
    base, base_first = sorted(whole)[CALLS // 2], sorted(first)[CALLS // 2]
    yield Figure("the agent in process, p50", base, "ms")
    yield from percentiles("overhead of a served agent", [one[1] - base for one in asked], "ms", 15)
    yield from percentiles(
        "its first streamed byte, over in process", [one[0] - base_first for one in streamed], "ms", 20
    )
    w.serving_endpoints.delete(ENDPOINT)


def _in_process(running: Running) -> tuple[list[float], list[float]]:
    variables = {
        "DATABRICKS_HOST": running.host,
        "DATABRICKS_TOKEN": running.token,
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_TRACE_SAMPLING_RATIO": "0",
        "PATH": os.environ["PATH"],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "agent.py"
        file.write_text(AGENT)
        done = subprocess.run(
            [sys.executable, "-c", REGISTER, str(file)],
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
    times = [float(line) for line in done.stdout.split()]
    return times[:CALLS], times[CALLS:]


def _times(running: Running, body: dict[str, object]) -> tuple[float, float]:
    """Milliseconds until the first byte of the body, and until its last."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    connection.request("POST", f"/serving-endpoints/{ENDPOINT}/invocations", json.dumps(body), headers)
    answer = connection.getresponse()
    answer.read(1)
    first = 1000 * (time.perf_counter() - began)
    answer.read()
    whole = 1000 * (time.perf_counter() - began)
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"The served agent answered {answer.status}.")
    return first, whole
