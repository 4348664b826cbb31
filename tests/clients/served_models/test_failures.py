"""Models that raise, end, hang, flood or do not load, and updates that fail."""

import io

import pytest
from databricks.sdk.errors import (
    BadRequest,
    DatabricksError,
)

from tests.clients.endings import ended
from tests.clients.served_models.endpoint import CODE, ask, entities, once


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
        ended(w, w.serving_endpoints.update_config("echo", served_entities=served, traffic_config=traffic))

    assert ask(w) in ("v1:a", "v2:a")
    assert w.serving_endpoints.get("echo").state.ready.value == "READY"
