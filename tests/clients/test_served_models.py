"""Endpoints over registered models: their own code answers, and the traffic is divided."""

import contextlib
import io
import json
import math
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import psutil
import pytest
import requests
from databricks.sdk.errors import (
    BadRequest,
    DatabricksError,
    InvalidParameterValue,
    NotFound,
    PermissionDenied,
    ResourceDoesNotExist,
)
from databricks.sdk.service.serving import (
    AiGatewayConfig,
    AiGatewayInferenceTableConfig,
    AiGatewayRateLimit,
    AiGatewayRateLimitRenewalPeriod,
    EndpointCoreConfigInput,
    EndpointTag,
    Route,
    ServedEntityInput,
    ServingEndpointAccessControlRequest,
    ServingEndpointPermissionLevel,
    TrafficConfig,
)
from mlflow.deployments import get_deploy_client

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


@pytest.fixture
def versions(m, tmp_path):
    """Registers versions of a model from code; their ids as logged models."""

    def register(*sources, name=MODEL):
        logged = []
        for number, source in enumerate(sources):
            file = tmp_path / f"model_{number}.py"
            file.write_text(source)
            logged.append(
                m.pyfunc.log_model(
                    name="model", python_model=str(file), pip_requirements=["mlflow"], registered_model_name=name
                )
            )
        return [one.model_id for one in logged]

    return register


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


@pytest.fixture
def serve(w):
    """Makes an endpoint and waits until it is ready."""
    made = []

    def make(*shares, variables=None, model=MODEL, **more):
        served, traffic = entities(*shares, variables=variables, model=model)
        config = EndpointCoreConfigInput(name="echo", served_entities=served, traffic_config=traffic)
        made.append("echo")
        return w.serving_endpoints.create_and_wait("echo", config=config, **more)

    yield make
    for name in made:
        with contextlib.suppress(NotFound):
            w.serving_endpoints.delete(name)


@pytest.fixture
def echo(versions, serve):
    """Two versions, each answering its share."""
    versions(CODE.replace("VERSION", "v1"), CODE.replace("VERSION", "v2"))
    return serve(60, 40, tags=[EndpointTag("sandbricks.traffic_seed", "7")])


def ask(w, text="a"):
    return w.serving_endpoints.query("echo", inputs=[text]).predictions[0]


def test_the_traffic_is_divided_by_the_percentages(w, echo):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: ask(w), range(1000)))

    assert set(answers) == {"v1:a", "v2:a"}
    assert abs(answers.count("v1:a") - 600) <= 3 * math.sqrt(1000 * 0.6 * 0.4)


def test_an_endpoint_says_what_it_serves_and_that_it_is_ready(w, echo):
    found = w.serving_endpoints.get("echo")

    assert (found.state.ready.value, found.state.config_update.value) == ("READY", "NOT_UPDATING")
    assert [(one.name, one.entity_name, one.entity_version) for one in found.config.served_entities] == [
        ("echo-1", MODEL, "1"),
        ("echo-2", MODEL, "2"),
    ]
    assert [one.traffic_percentage for one in found.config.traffic_config.routes] == [60, 40]
    assert found.config.served_models[0].model_version == "1"


def test_an_update_under_load_loses_no_request_and_moves_all_traffic(w, echo):
    answers, stop = [], []

    def keep_asking(_):
        while not stop:
            answers.append(ask(w))

    with ThreadPoolExecutor(8) as threads:
        running = threads.map(keep_asking, range(8))
        served, traffic = entities(0, 100)
        w.serving_endpoints.update_config_and_wait("echo", served_entities=served, traffic_config=traffic)
        stop.append(True)
        list(running)

    assert {ask(w) for _ in range(20)} == {"v2:a"}
    assert set(answers) <= {"v1:a", "v2:a"}


def test_each_trace_names_its_version_and_is_found_by_its_model(m, w, versions, serve):
    models = versions(CODE.replace("VERSION", "v1"), CODE.replace("VERSION", "v2"))
    experiment = m.create_experiment("/Shared/served")
    serve(50, 50, variables={"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment})
    answers = [ask(w) for _ in range(12)]

    traces = until(lambda: m.search_traces(locations=[experiment], return_type="list"), len(answers))

    by_version = {"v1": [], "v2": []}
    for trace in traces:
        by_version[trace.data.spans[0].outputs[0][:2]].append(trace.info)
    for version, infos in by_version.items():
        assert len(infos) == sum(answer.startswith(version) for answer in answers)
        assert {info.tags["mlflow.registeredModelVersion"] for info in infos} <= {version[1:]}
        assert {info.trace_metadata["mlflow.modelId"] for info in infos} <= {models[int(version[1:]) - 1]}


def test_a_deleted_endpoint_leaves_no_trace_unwritten(m, w, server, workspace, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    experiment = m.create_experiment("/Shared/served")
    serve(100, variables={"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment})
    late = {"path": "/api/3.0/mlflow/traces", "workspace": workspace["name"]}
    made = server.control("POST", "/_sandbox/faults", {"match": late, "delay": {"type": "fixed", "ms": 1500}})["id"]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: ask(w), range(50)))

    w.serving_endpoints.delete("echo")

    assert len(until(lambda: m.search_traces(locations=[experiment], return_type="list"), 50)) == 50
    server.control("DELETE", f"/_sandbox/faults/{made}")


def until(found, number):
    """The traces are written behind the answers."""
    deadline = time.monotonic() + 60
    while len(traces := found()) < number and time.monotonic() < deadline:
        time.sleep(0.1)
    return traces


def test_the_trace_comes_back_with_the_answer_when_it_is_asked_for(m, w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    experiment = m.create_experiment("/Shared/served")
    serve(100, variables={"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment})

    body = {"inputs": ["a"], "databricks_options": {"return_trace": True}}
    answer = w.api_client.do("POST", "/serving-endpoints/echo/invocations", body=body)

    assert answer["predictions"] == ["v1:a"]
    assert answer["databricks_output"]["trace"]["data"]["spans"][0]["name"] == "echo"


def test_the_response_names_the_served_model(w, echo):
    answer = w.api_client.do(
        "POST",
        "/serving-endpoints/echo/served-models/echo-2/invocations",
        body={"inputs": ["a"]},
        response_headers=["served-model-name"],
    )

    assert (answer["served-model-name"], answer["predictions"]) == ("echo-2", ["v2:a"])


def test_the_variables_of_an_entity_reach_its_code_and_no_control_token_does(w, versions, serve):
    versions(CODE.replace("VERSION", "v1").replace('"GREETING", ""', '"GREETING", str(sorted(os.environ))'))
    serve(100)

    assert "SANDBRICKS" not in ask(w)
    served, traffic = entities(100, variables={"GREETING": "hello "})
    w.serving_endpoints.update_config_and_wait("echo", served_entities=served, traffic_config=traffic)

    assert ask(w) == "v1:hello a"


def test_a_model_that_raises_is_told_and_the_next_request_is_answered(w, echo):
    with pytest.raises(BadRequest, match="unexpected error while evaluating the model"):
        ask(w, "raise")

    assert ask(w) in ("v1:a", "v2:a")
    logs = [w.serving_endpoints.logs("echo", f"echo-{number}").logs for number in (1, 2)]
    assert "no such word" in "".join(logs)


def test_a_model_that_ends_its_process_is_started_again(w, echo):
    with pytest.raises(DatabricksError, match="ended during this request"):
        once(w, {"inputs": ["exit"]})

    assert {ask(w) for _ in range(20)} == {"v1:a", "v2:a"}


def once(w, body):
    """A request that the SDK does not repeat."""
    answer = requests.post(
        f"{w.config.host}/serving-endpoints/echo/invocations", json=body, headers=w.config.authenticate(), timeout=60
    )
    if not answer.ok:
        raise DatabricksError(answer.json()["message"])
    return answer.json()


def test_a_model_that_hangs_is_ended_after_its_time(w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    serve(100, variables={"MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT": "2"})

    with pytest.raises(DatabricksError, match="did not answer within 2 s"):
        once(w, {"inputs": ["hang"]})

    assert ask(w) == "v1:a"


def test_a_model_that_floods_its_output_is_served_and_its_log_is_cut(w, echo):
    assert {ask(w, "flood")[3:] for _ in range(3)} == {"flood"}

    assert max(len(w.serving_endpoints.logs("echo", f"echo-{number}").logs) for number in (1, 2)) <= 100_000


def test_a_model_that_does_not_load_leaves_its_traceback_in_the_build_logs(w, versions, serve):
    versions("import mlflow\nmlflow.models.set_model(mlflow.pyfunc.PythonModel())\n" + CODE.replace("VERSION", "v1"))
    folder = "import nowhere_to_be_found\n"
    versions(CODE.replace("VERSION", "v1"), name="main.default.broken")
    path = "/Models/main/default/broken/1"
    (code,) = [one.path for one in w.files.list_directory_contents(path) if one.path.endswith(".py")]
    w.files.upload(code, io.BytesIO(folder.encode()), overwrite=True)

    with pytest.raises(Exception, match="UPDATE_FAILED"):
        serve(100, model="main.default.broken")

    assert "nowhere_to_be_found" in w.serving_endpoints.build_logs("echo", "echo-1").logs
    assert w.serving_endpoints.get("echo").state.ready.value == "NOT_READY"


def test_a_failed_update_leaves_what_was_served(w, versions, echo):
    versions(CODE.replace("VERSION", "v1"), name="main.default.broken")
    (code,) = [
        one.path for one in w.files.list_directory_contents("/Models/main/default/broken/1") if one.path.endswith(".py")
    ]
    w.files.upload(code, io.BytesIO(b"import nowhere"), overwrite=True)

    served, traffic = entities(100, model="main.default.broken")
    with pytest.raises(Exception, match="UPDATE_FAILED"):
        w.serving_endpoints.update_config_and_wait("echo", served_entities=served, traffic_config=traffic)

    assert ask(w) in ("v1:a", "v2:a")
    assert w.serving_endpoints.get("echo").state.ready.value == "READY"


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


def test_what_was_asked_and_answered_is_a_table(w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    table = AiGatewayInferenceTableConfig(
        catalog_name="main", schema_name="default", table_name_prefix="echo", enabled=True
    )
    serve(100, ai_gateway=AiGatewayConfig(inference_table_config=table))
    ask(w, "kept")

    warehouse = next(iter(w.warehouses.list())).id
    query = "SELECT status_code, request, response, served_entity_id FROM main.default.echo_payload"
    rows = until(lambda: w.statement_execution.execute_statement(query, warehouse).result.data_array or [], 1)

    assert rows[0][0] == "200"
    assert "kept" in rows[0][1]
    assert "v1:kept" in rows[0][2]
    assert rows[0][3] == "echo-1"


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


def test_figures_of_an_endpoint_count_requests_and_failures(w, echo):
    for text in ("a", "b", "raise"):
        with contextlib.suppress(BadRequest):
            ask(w, text)

    text = w.serving_endpoints.export_metrics("echo").contents.read().decode()

    counts = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    assert sum(int(value) for name, _, value in counts if name.startswith("request_count_total")) == 3
    assert sum(int(value) for name, _, value in counts if name.startswith("request_4xx_count_total")) == 1


def test_the_schema_of_an_endpoint_names_its_served_models(w, echo):
    told = json.loads(w.serving_endpoints.get_open_api("echo").contents.read())

    assert sorted(told["paths"]) == ["/served-models/echo-1/invocations", "/served-models/echo-2/invocations"]


def test_a_secret_reaches_the_variables_of_a_model(w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    w.secrets.create_scope("served")
    w.secrets.put_secret("served", "greeting", string_value="psst ")

    serve(100, variables={"GREETING": "{{secrets/served/greeting}}"})

    assert ask(w) == "v1:psst a"
    assert "psst" not in json.dumps(w.serving_endpoints.get("echo").as_dict())


def test_a_secret_that_does_not_exist_is_refused(w, versions):
    versions(CODE.replace("VERSION", "v1"))
    served, _ = entities(100, variables={"GREETING": "{{secrets/served/greeting}}"})

    with pytest.raises(InvalidParameterValue, match="secrets/served/greeting"):
        w.serving_endpoints.create("x", config=EndpointCoreConfigInput(name="x", served_entities=served))


def test_who_may_query_is_set_and_enforced_by_the_policy(w, server, workspace, client, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    endpoint = serve(100)
    told = {"user_name": "ann@x.org", "groups": [], "workspace": workspace["name"]}
    ann = client(server.control("POST", "/_sandbox/principals", told)["token"])
    server.control("PUT", "/_sandbox/policy", {"grants": "on", "workspace": workspace["name"]})
    with pytest.raises(PermissionDenied, match="CAN_QUERY"):
        ask(ann)

    level = ServingEndpointPermissionLevel.CAN_QUERY
    access = ServingEndpointAccessControlRequest(user_name="ann@x.org", permission_level=level)
    w.serving_endpoints.update_permissions(endpoint.id, access_control_list=[access])

    assert ask(ann) == "v1:a"
    found = w.serving_endpoints.get_permissions(endpoint.id).access_control_list
    assert [(one.user_name, one.all_permissions[0].permission_level.value) for one in found][1:] == [
        ("ann@x.org", "CAN_QUERY")
    ]


def test_calls_over_the_rate_limit_are_refused_with_the_time_to_wait(w, echo):
    limit = AiGatewayRateLimit(calls=2, renewal_period=AiGatewayRateLimitRenewalPeriod.MINUTE)
    w.serving_endpoints.put_ai_gateway("echo", rate_limits=[limit])
    ask(w)
    ask(w)

    refused = requests.post(
        f"{w.config.host}/serving-endpoints/echo/invocations", json={"inputs": ["a"]}, headers=w.config.authenticate()
    )

    assert (refused.status_code, refused.json()["error_code"]) == (429, "REQUEST_LIMIT_EXCEEDED")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    w.serving_endpoints.put_ai_gateway("echo", rate_limits=[])
    assert ask(w) in ("v1:a", "v2:a")
