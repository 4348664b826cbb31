"""The state of a workspace, kept and put back, as the official clients see it."""

import io
import json
import urllib.error
import uuid

import mlflow
import pytest
from databricks.sdk.errors import NotFound
from databricks.sdk.service.vectorsearch import EndpointType


@pytest.fixture
def snapshots(server, workspace):
    class Snapshots:
        name = f"s{uuid.uuid4().hex[:8]}"

        def save(self, **told):
            return server.control(
                "POST", "/_sandbox/snapshots", {"name": self.name, "workspace": workspace["name"], **told}
            )

        def load(self, target=workspace, **told):
            return server.control(
                "POST", f"/_sandbox/snapshots/{self.name}/load", {"workspace": target["name"], **told}
            )

        def diff(self):
            return server.control("GET", f"/_sandbox/snapshots/{self.name}/diff?workspace={workspace['name']}")

    yield Snapshots()
    for told in server.control("GET", "/_sandbox/snapshots")["snapshots"]:
        if told["name"] == Snapshots.name:
            server.control("DELETE", f"/_sandbox/snapshots/{told['name']}")


def sql(w, statement):
    answer = w.statement_execution.execute_statement(statement, next(iter(w.warehouses.list())).id)
    assert answer.status.state.value == "SUCCEEDED", answer.status.error
    return answer.result.data_array if answer.result else None


def test_tables_files_and_records_come_back_as_they_were(w, snapshots):
    sql(w, "CREATE TABLE main.default.t AS SELECT 1 AS x")
    sql(w, "CREATE VOLUME main.default.v")
    w.files.upload("/Volumes/main/default/v/a/b.txt", io.BytesIO(b"before"))
    space = w.genie.create_space(serialized_space="{}", warehouse_id="w", title="kept").space_id
    told = snapshots.save()
    sql(w, "INSERT INTO main.default.t VALUES (2)")
    w.files.upload("/Volumes/main/default/v/a/b.txt", io.BytesIO(b"after"), overwrite=True)
    w.genie.trash_space(space)

    snapshots.load()

    assert sql(w, "SELECT x FROM main.default.t") == [["1"]]
    assert w.files.download("/Volumes/main/default/v/a/b.txt").contents.read() == b"before"
    assert w.genie.get_space(space).title == "kept"
    assert told["counts"]["files"] >= 1


def test_vectors_come_back_and_are_found(w, snapshots):
    w.vector_search_endpoints.create_endpoint("e", EndpointType.STANDARD)
    schema = json.dumps({"id": "string", "v": "array<float>"})
    spec = {"embedding_vector_columns": [{"name": "v", "embedding_dimension": 2}], "schema_json": schema}
    body = {"name": "main.default.i", "endpoint_name": "e", "primary_key": "id", "index_type": "DIRECT_ACCESS"}
    w.api_client.do("POST", "/api/2.0/vector-search/indexes", body=body | {"direct_access_index_spec": spec})
    w.vector_search_indexes.upsert_data_vector_index("main.default.i", json.dumps([{"id": "a", "v": [1, 0]}]))
    snapshots.save()
    w.vector_search_indexes.delete_data_vector_index("main.default.i", ["a"])

    snapshots.load()

    found = w.vector_search_indexes.query_index("main.default.i", columns=["id"], query_vector=[1, 0], num_results=3)
    assert [row[0] for row in found.result.data_array] == ["a"]


def test_runs_traces_and_artifacts_come_back(m, snapshots):
    with m.start_run() as run, m.start_span("asked"):
        m.log_param("p", "1")
        m.log_text("text", "a.txt")
    m.flush_trace_async_logging()
    [before] = m.search_traces(return_type="list")
    snapshots.save()
    m.MlflowClient().delete_run(run.info.run_id)

    snapshots.load()

    assert m.get_run(run.info.run_id).data.params == {"p": "1"}
    assert m.artifacts.load_text(f"runs:/{run.info.run_id}/a.txt") == "text"
    [after] = m.search_traces(return_type="list")
    assert [span.name for span in after.data.spans] == [span.name for span in before.data.spans] == ["asked"]


def test_another_workspace_gets_the_state_with_ids_of_its_own(server, m, make_workspace, snapshots, monkeypatch):
    with m.start_run() as run, m.start_span("asked"):
        m.log_text("text", "a.txt")
    m.flush_trace_async_logging()
    snapshots.save()
    target = make_workspace()

    snapshots.load(target)

    monkeypatch.setenv("DATABRICKS_TOKEN", target["token"])
    home = m.MlflowClient().get_experiment_by_name("/Shared/tests").experiment_id
    [found] = m.MlflowClient().search_runs([home])
    [trace] = m.MlflowClient().search_traces(locations=[home])
    assert found.info.run_id != run.info.run_id
    assert m.artifacts.load_text(f"runs:/{found.info.run_id}/a.txt") == "text"
    assert [span.name for span in trace.data.spans] == ["asked"]
    assert trace.info.request_metadata["mlflow.sourceRun"] == found.info.run_id


def test_what_loading_would_change_is_told_before(w, snapshots):
    sql(w, "CREATE TABLE main.default.kept AS SELECT 1 AS x")
    sql(w, "CREATE TABLE main.default.gone AS SELECT 1 AS x")
    snapshots.save()
    sql(w, "INSERT INTO main.default.kept VALUES (2)")
    sql(w, "DROP TABLE main.default.gone")
    sql(w, "CREATE TABLE main.default.made AS SELECT 1 AS x")

    told = snapshots.diff()

    assert "table main.default.gone" in told["added"]
    assert "table main.default.made" in told["removed"]
    assert "table main.default.kept" in told["modified"]
    assert snapshots.load(dry_run=True) == told
    assert sql(w, "SELECT count(*) FROM main.default.kept") == [["2"]]


def test_after_loading_nothing_differs(w, snapshots):
    sql(w, "CREATE TABLE main.default.t AS SELECT 1 AS x")
    snapshots.save()
    sql(w, "DROP TABLE main.default.t")
    snapshots.load()

    assert snapshots.diff() == {"added": [], "modified": [], "removed": []}


def test_a_name_that_exists_is_overwritten_only_if_that_is_told(snapshots):
    snapshots.save()

    with pytest.raises(urllib.error.HTTPError, match="409"):
        snapshots.save()
    assert snapshots.save(overwrite=True)["name"] == snapshots.name


def test_a_snapshot_of_a_newer_format_is_refused(server, snapshots):
    snapshots.save()
    file = server.data / "snapshots" / snapshots.name / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"schema_version": 99}))

    with pytest.raises(urllib.error.HTTPError, match="400"):
        snapshots.load()

    file.write_text(json.dumps(json.loads(file.read_text()) | {"schema_version": 1}))


def test_users_with_tokens_of_their_own_are_not_in_it(server, workspace, snapshots):
    named = {"user_name": "a@x", "workspace": workspace["name"]}
    token = server.control("POST", "/_sandbox/principals", named)["token"]

    snapshots.save()

    kept = (server.data / "snapshots" / snapshots.name).rglob("*")
    assert not any(token.encode() in file.read_bytes() for file in kept if file.is_file())


@pytest.mark.parametrize("name", ["../x", "", ".hidden", "a/b"])
def test_a_name_that_would_leave_its_folder_is_refused(server, workspace, name):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        server.control("POST", "/_sandbox/snapshots", {"name": name, "workspace": workspace["name"]})


def test_a_snapshot_that_does_not_exist_is_not_loaded(w, snapshots):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        snapshots.load()

    with pytest.raises(NotFound):
        w.catalogs.get("nothing")


def test_nothing_in_it_is_a_pickle(server, m, snapshots):
    with m.start_run():
        mlflow.log_param("a", 1)
    snapshots.save()

    found = [file for file in (server.data / "snapshots" / snapshots.name).rglob("*") if file.is_file()]

    assert {file.suffix for file in found} <= {".json", ".jsonl", ".duckdb", ".wal", ".sqlite", ".parquet", ".txt"}
