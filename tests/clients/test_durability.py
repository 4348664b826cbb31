"""What was acknowledged is there after `kill -9`."""

import base64
import json
import secrets
import socket
import sqlite3
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import mlflow
import psutil
import pytest
import requests
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service import vectorsearch as vs
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput
from mlflow.genai.scorers import ScorerSamplingConfig

from mocks.engines.child import Child

TOKEN, CONTROL = f"dapi{secrets.token_hex(16)}", "c" * 32


@pytest.fixture
def start(tmp_path, monkeypatch):
    started = []
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "1")

    def up():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(128)
            host = f"http://127.0.0.1:{listening.getsockname()[1]}"
            told = {"data": str(tmp_path / "data"), "host": host, "fd": listening.fileno()}
            secret = {"token": TOKEN, "control_token": CONTROL}
            started.append(
                Child("mocks", told | secret, tmp_path / "gateway.log", fds=[listening.fileno()], leader=True)
            )
        config = Config(
            host=host, token=TOKEN, auth_type="pat", config_file=str(tmp_path / "none"), retry_timeout_seconds=1
        )
        return started[-1], WorkspaceClient(config=config)

    yield up
    for child in started:
        child.kill()


def acknowledged(write, victim, after):
    """The numbers whose writes were acknowledged; the victim is killed in the middle."""
    done = []

    def one(number):
        try:
            write(number)
        except Exception:  # noqa: BLE001  # the server is gone: this write was not acknowledged
            return
        done.append(number)
        if len(done) == after:
            victim.kill()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(4 * after)))
    return done


def test_spaces_created_before_a_kill_are_all_there(start):
    victim, w = start()
    done = acknowledged(lambda n: w.genie.create_space("x", '{"version": 2}', title=f"space {n}"), victim, 60)

    _, w = start()

    titles = {space.title for page in pages(w) for space in page}
    assert len(done) >= 60
    assert {f"space {number}" for number in done} <= titles


def pages(w):
    token = None
    while True:
        answer = w.genie.list_spaces(page_token=token)
        yield answer.spaces or []
        token = answer.next_page_token
        if not token:
            return


def test_metrics_logged_before_a_kill_are_all_there(start):
    victim, w = start()
    experiment = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/x"})
    run = w.api_client.do("POST", "/api/2.0/mlflow/runs/create", body=experiment)["run"]["info"]["run_id"]

    def log(number):
        body = {"run_id": run, "key": f"m{number}", "value": number, "timestamp": number}
        w.api_client.do("POST", "/api/2.0/mlflow/runs/log-metric", body=body)

    done = acknowledged(log, victim, 40)
    _, w = start()

    found = w.api_client.do("GET", "/api/2.0/mlflow/runs/get", query={"run_id": run})["run"]["data"]["metrics"]
    assert {f"m{number}" for number in done} <= {metric["key"] for metric in found}


def test_dataset_records_made_before_a_kill_are_all_there(start):
    victim, w = start()
    experiment = w.experiments.create_experiment("/Shared/x").experiment_id
    datasets = "/api/2.0/managed-evals/datasets"
    asked = {"query": {"experiment_ids": experiment}, "body": {"name": "main.default.evals"}}
    dataset = w.api_client.do("POST", datasets, **asked)["dataset_id"]

    def add(number):
        record = {"inputs": [{"key": "n", "value": number}]}
        body = {"requests": [{"dataset_record": record}]}
        w.api_client.do("POST", f"{datasets}/{dataset}/records:batchCreate", body=body)

    done = acknowledged(add, victim, 40)
    _, w = start()

    found = w.api_client.do("GET", f"{datasets}/{dataset}/records", query={"page_size": 1000})["dataset_records"]
    assert set(done) <= {record["inputs"][0]["value"] for record in found}
    assert w.tables.get("main.default.evals").table_id == dataset


def test_traces_that_came_before_a_kill_are_scored_once_after_it(start, monkeypatch, tmp_path):
    def use(w):
        monkeypatch.setenv("DATABRICKS_HOST", w.config.host)
        monkeypatch.setenv("DATABRICKS_TOKEN", TOKEN)
        monkeypatch.setenv("DATABRICKS_CONFIG_FILE", str(tmp_path / "none"))
        monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")
        mlflow.set_tracking_uri("databricks")

    @mlflow.genai.scorer
    def always(outputs):
        return True

    @mlflow.trace
    def echo(number):
        return number

    victim, w = start()
    use(w)
    mlflow.set_experiment("/Shared/x")
    always.register().start(sampling_config=ScorerSamplingConfig(sample_rate=1.0))
    for number in range(5):
        echo(number)
    victim.kill()
    _, w = start()
    use(w)
    settle(w)

    traces = mlflow.search_traces(return_type="list")
    mlflow.tracing.reset()
    assert [len(trace.info.assessments) for trace in traces] == [1] * 5


def settle(w):
    headers = {"Authorization": f"Bearer {CONTROL}", "X-Sandbox-Control": "1", "Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{w.config.host}/_sandbox/scorers/settle", b"{}", headers)).close()


def test_traces_logged_before_a_kill_are_all_there_with_their_spans(start):
    victim, w = start()
    experiment = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/x"})
    home = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": experiment}

    def log(number):
        trace = f"tr-{number:032x}"
        info = {"trace_id": trace, "trace_location": home, "request_time": "2026-01-01T00:00:00Z", "state": "OK"}
        w.api_client.do("POST", "/api/3.0/mlflow/traces", body={"trace": {"trace_info": info}})
        url = w.api_client.do("GET", f"/api/2.0/mlflow/traces/{trace}/credentials-for-data-upload")
        answer = requests.put(url["credential_info"]["signed_uri"], json={"spans": [span_of(number)]}, timeout=30)
        answer.raise_for_status()

    done = acknowledged(log, victim, 30)
    _, w = start()

    for number in done:
        url = w.api_client.do("GET", f"/api/2.0/mlflow/traces/tr-{number:032x}/credentials-for-data-download")
        (span,) = requests.get(url["credential_info"]["signed_uri"], timeout=30).json()["spans"]
        assert span["name"] == f"span {number}"


def span_of(number):
    ids = {name: base64.b64encode(number.to_bytes(size)).decode() for name, size in (("trace_id", 16), ("span_id", 8))}
    return ids | {
        "name": f"span {number}",
        "start_time_unix_nano": 1,
        "end_time_unix_nano": 2,
        "status": {"code": "STATUS_CODE_OK"},
        "attributes": {"mlflow.traceRequestId": f'"tr-{number:032x}"'},
    }


@pytest.fixture
def followed():
    """Makes a table with vectors of its own and an index that follows it."""

    def make(w, rows):
        run = statement_of(w)
        run("CREATE TABLE main.default.docs (id INT, body STRING, vec ARRAY<FLOAT>)")
        run(f"INSERT INTO main.default.docs SELECT id, 'first ' || id, array(id, 1) FROM range({rows}) AS t(id)")
        w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
        spec = vs.DeltaSyncVectorIndexSpecRequest(
            source_table="main.default.docs",
            pipeline_type=vs.PipelineType.TRIGGERED,
            embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        )
        kind = vs.VectorIndexType.DELTA_SYNC
        w.vector_search_indexes.create_index("main.default.idx", "ep", "id", kind, delta_sync_index_spec=spec)
        settled(w)
        return run

    return make


def statement_of(w):
    warehouse = next(iter(w.warehouses.list())).id
    return lambda statement: w.statement_execution.execute_statement(statement, warehouse)


def settled(w):
    status = {}
    while status.get("detailed_state") != "ONLINE_NO_PENDING_UPDATE":  # the SDK's class leaves this field out
        status = w.api_client.do("GET", "/api/2.0/vector-search/indexes/main.default.idx")["status"]
    return status


def found_rows(w, rows):
    """Each row that the vectors lead to, with its text and its score."""
    asked = {"columns": ["id", "body"], "query_vector": [0.0, 1.0], "num_results": rows + 100}
    page = w.vector_search_indexes.query_index("main.default.idx", **asked)
    found = page.result.data_array
    while page.next_page_token:
        page = w.vector_search_indexes.query_next_page("main.default.idx", page_token=page.next_page_token)
        found += page.result.data_array
    return sorted(found)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_sync_that_a_kill_cut_off_goes_on_and_ends_exact(start, followed, share, tmp_path):
    victim, w = start()
    run = followed(w, 3000)
    run("UPDATE main.default.docs SET body = 'second ' || id, vec = array(id, 2) WHERE id % 2 = 0")
    run("DELETE FROM main.default.docs WHERE id % 3 = 0")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: suppressed(lambda: w.vector_search_indexes.sync_index("main.default.idx")))
        (file,) = (tmp_path / "data").rglob("vector_search/*.sqlite")
        wait_for_written(file, share * 1000)
        victim.kill()

    _, w = start()

    assert settled(w)["indexed_row_count"] == 2000
    expected = [
        (n, f"{'first' if n % 2 else 'second'} {n}", 1 / (1 + n**2 + (n % 2 == 0))) for n in range(3000) if n % 3
    ]
    assert [(n, body, pytest.approx(score, rel=1e-3)) for n, body, score in expected] == [
        tuple(row) for row in found_rows(w, 3000)
    ]


def suppressed(call):
    with suppress(Exception):  # the server is killed in the middle
        call()


def wait_for_written(file, count):
    """Looks into the file of the rows until so many are written anew."""
    with closing(sqlite3.connect(file)) as database:
        while database.execute("SELECT count(*) FROM rows WHERE body LIKE '%second%'").fetchone()[0] < count:
            pass


def test_vectors_upserted_before_a_kill_are_all_there_each_with_its_row(start):
    victim, w = start()
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        schema_json='{"id": "int", "body": "string", "vec": "array<float>"}',
    )
    kind = vs.VectorIndexType.DIRECT_ACCESS
    w.vector_search_indexes.create_index("main.default.idx", "ep", "id", kind, direct_access_index_spec=spec)

    def write(number):
        # Every key is written again and again, so that a kill finds writes over older rows.
        row = {"id": number % 40, "body": f"text {number}", "vec": [float(number), 1.0]}
        w.vector_search_indexes.upsert_data_vector_index("main.default.idx", json.dumps([row]))

    done = acknowledged(write, victim, 80)
    _, w = start()

    rows = found_rows(w, 40)
    assert {number % 40 for number in done} <= {row[0] for row in rows}
    numbers = [int(body.removeprefix("text ")) for _, body, _ in rows]
    assert [score for *_, score in rows] == [pytest.approx(1 / (1 + n**2), rel=1e-3) for n in numbers]


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
    w.serving_endpoints.create_and_wait("e", config=EndpointCoreConfigInput(name="e", served_entities=[entity]))

    victim.kill()
    _, w = start()

    assert w.serving_endpoints.query("e", inputs=["a"]).predictions == ["v1:a"]
