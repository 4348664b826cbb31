"""The model whose versions are served as `echo`, what an endpoint is made of, and questions to it."""

import time

import requests
from databricks.sdk.errors import (
    DatabricksError,
)
from databricks.sdk.service.serving import (
    Route,
    ServedEntityInput,
    TrafficConfig,
)

MODEL = "main.default.echo"
CODE = """
import os, time
import mlflow
class Echo(mlflow.pyfunc.PythonModel):
    @mlflow.trace(name="echo")
    def predict(self, context, model_input: list[str], params=None) -> list[str]:
        for text in model_input:
            if text == "raise": raise ValueError("no such word")
            if text == "hang": time.sleep(1000)
            if text == "exit": os._exit(3)
            if text == "flood": print("x" * 8_000_000, flush=True)
        return ["VERSION:" + os.environ.get("GREETING", "") + text for text in model_input]
mlflow.models.set_model(Echo())
"""


def entities(*shares, variables=None, model=MODEL):
    served = [
        ServedEntityInput(
            name=f"echo-{number}",
            entity_name=model,
            entity_version=str(number),
            workload_size="Small",
            scale_to_zero_enabled=True,
            environment_vars=variables,
        )
        for number, share in enumerate(shares, 1)
    ]
    routes = [Route(served_model_name=f"echo-{number}", traffic_percentage=s) for number, s in enumerate(shares, 1)]
    return served, TrafficConfig(routes=routes)


def ask(w, text="a"):
    return w.serving_endpoints.query("echo", inputs=[text]).predictions[0]


def until(found, number):
    """The traces are written behind the answers."""
    deadline = time.monotonic() + 60
    while len(traces := found()) < number and time.monotonic() < deadline:
        time.sleep(0.1)
    return traces


def once(w, body):
    """A request that the SDK does not repeat."""
    answer = requests.post(
        f"{w.config.host}/serving-endpoints/echo/invocations", json=body, headers=w.config.authenticate(), timeout=60
    )
    if not answer.ok:
        raise DatabricksError(answer.json()["message"])
    return answer.json()
