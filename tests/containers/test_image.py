"""The image as its users run it."""

import pytest

pytestmark = pytest.mark.container


def sql(w, statement):
    answer = w.statement_execution.execute_statement(statement, next(iter(w.warehouses.list())).id)
    return answer.result.data_array if answer.result else None


def test_a_client_on_the_host_is_answered(start, connect):
    _, host = start()

    w = connect(host)

    assert "@" in w.current_user.me().user_name
    assert sql(w, "SELECT 6 * 7 AS answer") == [["42"]]


def test_mlflow_and_the_models_work_inside(start, connect):
    _, host = start()
    w = connect(host)

    made = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/x"})
    embedded = w.api_client.do("POST", "/serving-endpoints/databricks-gte-large-en/invocations", body={"input": ["a"]})

    assert made["experiment_id"]
    assert len(embedded["data"][0]["embedding"]) == 1024


def test_it_runs_without_root_on_a_root_that_cannot_be_written(start):
    container, _ = start()

    assert container.exec_run("id -u").output.decode().strip() != "0"
    assert container.exec_run("touch /opt/sandbricks/x").exit_code != 0


def test_it_is_healthy_without_any_network(start):
    container, _ = start(network_mode="none")

    assert container.exec_run("sandbricks ready --timeout 1").exit_code == 0


QUICKSTART = """
import io, mlflow
from databricks.sdk import WorkspaceClient
w = WorkspaceClient()
house = next(iter(w.warehouses.list())).id
run = lambda sql: w.statement_execution.execute_statement(sql, house).result
run("CREATE TABLE main.default.t AS SELECT 1 AS x UNION SELECT 2")
run("CREATE VOLUME main.default.v")
w.files.upload("/Volumes/main/default/v/a.txt", io.BytesIO(b"hello"))
print("file", w.files.download("/Volumes/main/default/v/a.txt").contents.read())
tables = '{"data_sources": {"tables": [{"identifier": "main.default.t"}]}}'
space = w.genie.create_space(serialized_space=tables, warehouse_id="w")
print("genie", w.genie.start_conversation_and_wait(space.space_id, "How many t are there?").attachments[0].query.query)
mlflow.set_experiment("/Shared/quick")
with mlflow.start_run() as recorded:
    mlflow.log_metric("m", 2)
print("run", mlflow.get_run(recorded.info.run_id).data.metrics)
"""


def test_the_quickstart_runs_without_any_network(start, inside):
    container, _ = start(network_mode="none")

    told = container.exec_run(["python3", "-W", "ignore", "-c", QUICKSTART], environment=inside).output.decode()

    assert "file b'hello'" in told
    assert "genie SELECT" in told
    assert "run {'m': 2.0}" in told


def test_the_data_survive_the_container(start, connect):
    container, host = start()
    sql(connect(host), "CREATE TABLE main.default.kept AS SELECT 1 AS x")
    container.kill()
    container.remove()

    _, host = start()

    assert sql(connect(host), "SELECT x FROM main.default.kept") == [["1"]]


def test_a_wrong_token_opens_nothing(start):
    container, _ = start()
    script = (
        "import urllib.request as u, urllib.error as e\n"
        "try: u.urlopen('http://127.0.0.1:8329/api/2.0/preview/scim/v2/Me')\n"
        "except e.HTTPError as refusal: print(refusal.code)"
    )

    assert container.exec_run(["python3", "-c", script]).output.decode().strip() == "401"


def test_the_image_has_at_most_900_megabytes(image):
    assert image.attrs["Size"] <= 900_000_000


def test_compiled_code_of_what_runs_is_in_it_and_may_be_read(start):
    container, _ = start()
    script = (
        "import importlib.util as u, os\n"
        "for name in ('fastapi', 'mlflow', 'pandas', 'sqlglot', 'chromadb', 'mocks.app'):\n"
        "    assert os.access(u.cache_from_source(u.find_spec(name).origin), os.R_OK), name\n"
    )

    found = container.exec_run(["python3", "-c", script])

    assert found.exit_code == 0, found.output


def test_vectors_genie_and_traces_work_inside(start, connect):
    _, host = start()
    w = connect(host)
    sql(w, "CREATE TABLE main.default.t AS SELECT 1 AS x UNION SELECT 2")
    tables = '{"data_sources": {"tables": [{"identifier": "main.default.t"}]}}'
    space = w.genie.create_space(serialized_space=tables, warehouse_id="w").space_id
    w.api_client.do("POST", "/api/2.0/vector-search/endpoints", body={"name": "e", "endpoint_type": "STANDARD"})
    columns = [{"name": "v", "embedding_dimension": 2}]
    spec = {"embedding_vector_columns": columns, "schema_json": '{"id":"string","v":"array<float>"}'}
    index = {"name": "main.default.i", "endpoint_name": "e", "primary_key": "id", "index_type": "DIRECT_ACCESS"}
    w.api_client.do("POST", "/api/2.0/vector-search/indexes", body=index | {"direct_access_index_spec": spec})
    w.vector_search_indexes.upsert_data_vector_index("main.default.i", '[{"id": "a", "v": [1, 0]}]')

    found = w.vector_search_indexes.query_index("main.default.i", columns=["id"], query_vector=[1, 0], num_results=1)
    asked = w.genie.start_conversation_and_wait(space, "How many t are there?")

    assert found.result.data_array[0][0] == "a"
    assert asked.attachments[0].query
