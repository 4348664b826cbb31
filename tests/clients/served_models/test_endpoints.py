"""Endpoints over registered models: made, described, asked in every form, deleted."""

import json

import pandas as pd
import psutil
import pytest
from databricks.sdk.errors import (
    InvalidParameterValue,
    NotFound,
    ResourceDoesNotExist,
)
from databricks.sdk.service.serving import (
    EndpointCoreConfigInput,
    Route,
    TrafficConfig,
)
from mlflow.deployments import get_deploy_client

from tests.clients.served_models.endpoint import CODE, MODEL, entities, until


def test_an_endpoint_says_what_it_serves_and_that_it_is_ready(w, echo):
    found = w.serving_endpoints.get("echo")

    assert (found.state.ready.value, found.state.config_update.value) == ("READY", "NOT_UPDATING")
    assert [(one.name, one.entity_name, one.entity_version) for one in found.config.served_entities] == [
        ("echo-1", MODEL, "1"),
        ("echo-2", MODEL, "2"),
    ]
    assert [one.traffic_percentage for one in found.config.traffic_config.routes] == [60, 40]
    assert found.config.served_models[0].model_version == "1"


def test_a_missing_version_a_wrong_sum_and_an_unknown_route_are_refused(w, versions):
    versions(CODE.replace("VERSION", "v1"))
    served, _ = entities(100)

    def make(served, *routes):
        traffic = TrafficConfig(
            routes=[Route(served_model_name=name, traffic_percentage=share) for name, share in routes]
        )
        config = EndpointCoreConfigInput(name="x", served_entities=served, traffic_config=traffic)
        w.serving_endpoints.create("x", config=config)

    with pytest.raises(InvalidParameterValue, match="add up to 60"):
        make(served, ("echo-1", 60))
    with pytest.raises(InvalidParameterValue, match="does not serve"):
        make(served, ("other", 100))
    with pytest.raises((NotFound, ResourceDoesNotExist)):
        make(entities(0, 100)[0], ("echo-2", 100))
    assert [one.name for one in w.serving_endpoints.list() if one.name == "x"] == []


@pytest.mark.parametrize(
    "form",
    [
        {"inputs": {"text": ["a"]}},
        {"instances": [{"text": "a"}]},
        {"dataframe_records": [{"text": "a"}]},
        {"dataframe_split": {"columns": ["text"], "data": [["a"]]}},
    ],
)
def test_a_model_over_tables_takes_every_form_of_input(m, w, serve, tmp_path, form):
    (tmp_path / "rows.py").write_text(
        "import mlflow\n"
        "class Rows(mlflow.pyfunc.PythonModel):\n"
        "    def predict(self, context, model_input, params=None):\n"
        "        return ['got ' + text for text in model_input['text']]\n"
        "mlflow.models.set_model(Rows())\n"
    )
    m.pyfunc.log_model(
        name="rows",
        python_model=str(tmp_path / "rows.py"),
        input_example=pd.DataFrame({"text": ["a"]}),
        pip_requirements=["mlflow"],
        registered_model_name=MODEL,
    )
    serve(100)

    assert w.api_client.do("POST", "/serving-endpoints/echo/invocations", body=form)["predictions"] == ["got a"]


def test_the_deployments_client_makes_asks_and_deletes(m, versions):
    versions(CODE.replace("VERSION", "v1"))
    client = get_deploy_client("databricks")
    entity = {"name": "one", "entity_name": MODEL, "entity_version": "1", "workload_size": "Small"}
    served = {"served_entities": [entity | {"scale_to_zero_enabled": True}]}
    client.create_endpoint(config={"name": "made", "config": served})
    until(lambda: [1] if client.get_endpoint("made")["state"]["ready"] == "READY" else [], 1)

    assert client.predict(endpoint="made", inputs={"inputs": ["a"]})["predictions"] == ["v1:a"]
    client.delete_endpoint("made")

    assert "made" not in [one["name"] for one in client.list_endpoints()]


def test_a_deleted_endpoint_leaves_no_process(w, server, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    before = {one.pid for one in psutil.Process(server.pid).children(recursive=True)}
    config = EndpointCoreConfigInput(name="gone", served_entities=entities(100)[0])
    w.serving_endpoints.create_and_wait("gone", config=config)
    (process,) = [one for one in psutil.Process(server.pid).children(recursive=True) if one.pid not in before]

    w.serving_endpoints.delete("gone")

    process.wait(30)
    with pytest.raises((NotFound, ResourceDoesNotExist)):
        w.serving_endpoints.query("gone", inputs=["a"])


def test_the_schema_of_an_endpoint_names_its_served_models(w, echo):
    told = json.loads(w.serving_endpoints.get_open_api("echo").contents.read())

    assert sorted(told["paths"]) == ["/served-models/echo-1/invocations", "/served-models/echo-2/invocations"]
