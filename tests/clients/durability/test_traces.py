"""Traces that were acknowledged are there after `kill -9`, and are scored once."""

import base64
import urllib.request

import mlflow
import requests
from mlflow.genai.scorers import ScorerSamplingConfig

from tests.clients.durability.killing import CONTROL, TOKEN, acknowledged


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
