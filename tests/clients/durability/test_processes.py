"""What runs beside the gateway comes back: an MLflow that was killed, a served model after `kill -9`."""

import psutil
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

from tests.clients.durability.killing import TOKEN
from tests.clients.endings import ended


def test_calls_wait_for_an_mlflow_that_was_killed_and_the_log_says_so(start, tmp_path):
    victim, w = start()
    w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/before"})
    (mlflow,) = psutil.Process(victim.pid).children()

    mlflow.kill()
    mlflow.wait()

    query = {"experiment_name": "/Shared/before"}
    found = w.api_client.do("GET", "/api/2.0/mlflow/experiments/get-by-name", query=query)
    made = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/after"})
    assert (found["experiment"]["name"], "experiment_id" in made) == ("/Shared/before", True)
    assert "MLflow ended" in victim.tail()


def test_an_endpoint_over_a_registered_model_answers_again_after_a_kill(start, as_databricks, echo, monkeypatch):
    victim, w = start()
    monkeypatch.setenv("DATABRICKS_HOST", w.config.host)
    monkeypatch.setenv("DATABRICKS_TOKEN", TOKEN)
    as_databricks.set_experiment("/Shared/served")
    as_databricks.pyfunc.log_model(
        name="e", python_model=echo("v1"), pip_requirements=["mlflow"], registered_model_name="main.default.e"
    )
    entity = ServedEntityInput(name="e", entity_name="main.default.e", entity_version="1", scale_to_zero_enabled=True)
    ended(w, w.serving_endpoints.create("e", config=EndpointCoreConfigInput(name="e", served_entities=[entity])))

    victim.kill()
    _, w = start()

    assert w.serving_endpoints.query("e", inputs=["a"]).predictions == ["v1:a"]
