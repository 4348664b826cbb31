"""MLflow tracking with `databricks` as the tracking URI."""

import pkgutil

import pytest
import requests
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException, RestException


def test_a_run_comes_back_with_its_parameters_metrics_and_tags(m):
    with m.start_run() as run:
        m.log_param("chunk", 256)
        m.log_metric("recall", 0.75, step=2)
        m.set_tag("code", "x")

    data = m.get_run(run.info.run_id).data
    assert (data.params, data.metrics, data.tags["code"]) == ({"chunk": "256"}, {"recall": 0.75}, "x")


def test_runs_are_found_by_their_tags(m):
    with m.start_run(tags={"code": "a"}) as run:
        pass
    with m.start_run(tags={"code": "b"}):
        pass

    found = m.search_runs(filter_string="tags.code = 'a'", output_format="list")

    assert [one.info.run_id for one in found] == [run.info.run_id]


def test_an_artifact_is_listed_and_downloads_unchanged(m, tmp_path):
    with m.start_run() as run:
        m.log_text("käse", "notes/a.txt")

    assert [file.path for file in MlflowClient().list_artifacts(run.info.run_id, "notes")] == ["notes/a.txt"]
    assert m.artifacts.load_text(f"{run.info.artifact_uri}/notes/a.txt") == "käse"


def test_artifact_uris_look_as_on_databricks(m):
    with m.start_run() as run:
        pass

    assert run.info.artifact_uri.startswith(f"dbfs:/databricks/mlflow-tracking/{run.info.experiment_id}/")


def test_artifacts_go_through_presigned_urls_when_the_files_api_is_switched_off(m, monkeypatch):
    monkeypatch.setenv("MLFLOW_DISABLE_DATABRICKS_SDK_FOR_RUN_ARTIFACTS", "true")
    with m.start_run() as run:
        m.log_text("by url", "a.txt")

    assert m.artifacts.load_text(f"{run.info.artifact_uri}/a.txt") == "by url"


def test_an_experiment_name_that_is_no_absolute_path_is_refused(m):
    with pytest.raises(MlflowException, match="absolute path"):
        m.create_experiment("relative")


def test_a_missing_run_is_named(m):
    with pytest.raises(RestException, match="0" * 32):
        m.get_run("0" * 32)


def test_a_logged_model_loads_by_its_id(m, echo):
    info = m.pyfunc.log_model(name="echo", python_model=echo("v1"), pip_requirements=["mlflow"])

    assert m.pyfunc.load_model(f"models:/{info.model_id}").predict(["a"]) == ["v1:a"]


def test_two_workspaces_do_not_see_each_others_experiments(m, make_workspace, monkeypatch):
    mine = m.get_experiment_by_name("/Shared/tests").experiment_id
    monkeypatch.setenv("DATABRICKS_TOKEN", make_workspace()["token"])

    assert m.get_experiment_by_name("/Shared/tests") is None
    with pytest.raises(RestException, match="RESOURCE_DOES_NOT_EXIST"):
        m.get_experiment(mine)


def test_two_workspaces_do_not_see_each_others_traces_models_and_prompts(m, echo, make_workspace, monkeypatch):
    with m.start_span("mine") as span:
        pass
    m.pyfunc.log_model(
        name="e", python_model=echo("v1"), pip_requirements=["mlflow"], registered_model_name="main.default.e"
    )
    m.genai.register_prompt("main.default.p", "Hello")
    monkeypatch.setenv("DATABRICKS_TOKEN", make_workspace()["token"])

    assert m.get_trace(span.trace_id, silent=True) is None
    assert MlflowClient().search_registered_models() == []
    assert m.genai.search_prompts("catalog = 'main' AND schema = 'default'") == []
    with pytest.raises(RestException, match="RESOURCE_DOES_NOT_EXIST"):
        MlflowClient().get_model_version("main.default.e", "1")


@pytest.mark.parametrize(
    "path", ["workspaces", "workspaces/default", "/workspaces", "webhooks", "gateway/secrets/list"]
)
@pytest.mark.parametrize("door", ["/api/3.0/mlflow/", "/api/2.0/mlflow/", "/ml/ajax-api/3.0/mlflow/"])
def test_no_token_reaches_the_administration_of_mlflow_itself(server, workspace, door, path):
    headers = {"Authorization": f"Bearer {workspace['token']}"}

    answers = [requests.request(method, server.host + door + path, headers=headers) for method in ("GET", "DELETE")]

    assert [(answer.status_code, answer.json()["error_code"]) for answer in answers] == [
        (404, "ENDPOINT_NOT_FOUND")
    ] * 2


def test_the_workspace_registry_is_refused_and_leaves_the_models_of_the_catalog_alone(m):
    m.MlflowClient().create_registered_model("main.default.kept")
    old = m.MlflowClient(registry_uri="databricks")

    with pytest.raises(MlflowException, match="databricks-uc"):
        old.create_registered_model("flat")
    with pytest.raises(MlflowException, match="databricks-uc"):
        old.delete_registered_model("main.default.kept")

    assert [model.name for model in m.MlflowClient().search_registered_models()] == ["main.default.kept"]


def test_a_workspace_header_of_the_client_changes_nothing(m, w, make_workspace):
    body = w.api_client.do(
        "GET",
        "/api/2.0/mlflow/experiments/get-by-name",
        query={"experiment_name": "/Shared/tests"},
        headers={"X-MLFLOW-WORKSPACE": "default"},
    )

    assert body["experiment"]["name"] == "/Shared/tests"


def test_a_newer_client_is_served_and_the_log_says_once_that_it_is_new(m, server, monkeypatch):
    sent = "mlflow.tracking.request_header.default_request_header_provider._DEFAULT_HEADERS"
    monkeypatch.setitem(pkgutil.resolve_name(sent), "X-MLflow-Client-Version", "9.1.0")

    experiments = [m.create_experiment(f"/Shared/{name}") for name in ("one", "two")]

    assert len(experiments) == 2
    log = (server.data / "gateway.log").read_text()
    assert log.count("MLflow client 9.1 is newer than 3.17") == 1
