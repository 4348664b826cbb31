"""What an endpoint leaves behind: traces, the table of requests, figures."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from databricks.sdk.errors import (
    BadRequest,
)
from databricks.sdk.service.serving import (
    AiGatewayConfig,
    AiGatewayInferenceTableConfig,
)

from tests.clients.served_models.endpoint import CODE, ask, until


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


def test_the_trace_comes_back_with_the_answer_when_it_is_asked_for(m, w, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    experiment = m.create_experiment("/Shared/served")
    serve(100, variables={"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment})

    body = {"inputs": ["a"], "databricks_options": {"return_trace": True}}
    answer = w.api_client.do("POST", "/serving-endpoints/echo/invocations", body=body)

    assert answer["predictions"] == ["v1:a"]
    assert answer["databricks_output"]["trace"]["data"]["spans"][0]["name"] == "echo"


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


def test_figures_of_an_endpoint_count_requests_and_failures(w, echo):
    for text in ("a", "b", "raise"):
        with contextlib.suppress(BadRequest):
            ask(w, text)

    text = w.serving_endpoints.export_metrics("echo").contents.read().decode()

    counts = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    assert sum(int(value) for name, _, value in counts if name.startswith("request_count_total")) == 3
    assert sum(int(value) for name, _, value in counts if name.startswith("request_4xx_count_total")) == 1
