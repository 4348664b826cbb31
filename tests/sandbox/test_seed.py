import csv
import json

import pytest

from sandbox.errors import SandboxError
from sandbox.seed import check, load, read_plan

ROWS = [
    ["id", "name", "price", "since", "seen", "active", "zip"],
    ["1", "O'Neil \\ Söhne", "2.5", "2024-02-29", "2024-02-29 12:00:00", "true", "01067"],
    ["2", "", "3", "", "", "false", "04109"],
    ["3", 'say "hi", twice\nor more', "-1e3", "2024-03-01", "2024-03-01T00:00:00", "", "80331"],
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tables").mkdir()
    with (tmp_path / "tables" / "things.csv").open("w", newline="") as file:
        csv.writer(file).writerows(ROWS)
    (tmp_path / "documents" / "a b").mkdir(parents=True)
    (tmp_path / "documents" / "a b" / "ü.bin").write_bytes(bytes(range(256)) * 20_000)
    (tmp_path / "documents" / "empty.txt").touch()
    (tmp_path / "seed.yaml").write_text("catalog: main\nschema: shop\nvolume: papers\n")
    return tmp_path


@pytest.fixture
def loaded(folder, server, workspace):
    return load(read_plan(folder), server.host, workspace["token"])


def query(w, statement):
    warehouse = next(iter(w.warehouses.list())).id
    answer = w.statement_execution.execute_statement(statement, warehouse, wait_timeout="30s")
    return answer.result.data_array


def test_rows_arrive_with_the_types_that_hold_them(loaded, w):
    columns = query(w, "DESCRIBE TABLE main.shop.things")

    types = [kind.upper() for _, kind, *_ in columns]
    assert types == ["BIGINT", "STRING", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN", "STRING"]
    assert loaded.rows == {"things": 3}


def test_texts_arrive_as_they_were_written_and_empty_ones_as_null(loaded, w):
    names = query(w, "SELECT name, since FROM main.shop.things ORDER BY id")

    assert names == [[ROWS[1][1], "2024-02-29"], [None, None], [ROWS[3][1], "2024-03-01"]]


def test_documents_arrive_byte_for_byte(loaded, w, folder):
    path = folder / "documents" / "a b" / "ü.bin"

    content = w.files.download("/Volumes/main/shop/papers/a b/ü.bin").contents.read()

    assert content == path.read_bytes()
    assert (loaded.files, loaded.bytes) == (2, path.stat().st_size)


def test_a_second_load_replaces_the_first(loaded, folder, server, workspace, w):
    load(read_plan(folder), server.host, workspace["token"])

    assert query(w, "SELECT count(*) FROM main.shop.things") == [["3"]]


@pytest.mark.parametrize(
    ("content", "told"),
    [("a,b\n1\n", "1 values for 2 columns"), ("a,a\n1,2\n", "distinct column names"), ("", "distinct")],
)
def test_a_table_that_cannot_be_read_is_refused(folder, server, workspace, content, told):
    (folder / "tables" / "bad.csv").write_text(content)

    with pytest.raises(SandboxError, match=told):
        load(read_plan(folder), server.host, workspace["token"])


def test_a_folder_without_a_plan_is_told_what_it_needs(tmp_path):
    with pytest.raises(SandboxError, match="catalog: …"):
        read_plan(tmp_path)


def test_a_refusal_of_the_workspace_is_passed_on(folder, server):
    with pytest.raises(SandboxError, match="401"):
        load(read_plan(folder), server.host, "dapi-wrong")


def test_up_loads_a_seed_before_it_is_ready(shell, folder):
    shell.run("up", "-d", "--seed", str(folder))

    ready = shell.run("--json", "ready")

    assert json.loads(ready.stdout)["data"]["ready"] is True


DECLARED = """
vector_search_endpoints: [{name: ours}]
vector_search_indexes:
  - name: main.shop.index
    endpoint_name: ours
    primary_key: id
    index_type: DELTA_SYNC
    delta_sync_index_spec:
      source_table: main.shop.things
      pipeline_type: TRIGGERED
      embedding_source_columns: [{name: name, embedding_model_endpoint_name: databricks-gte-large-en}]
spaces: [{title: Shop, tables: [main.shop.things]}]
prompts: [{name: main.shop.greet, template: "Hello {{name}}", alias: live}]
"""


@pytest.fixture
def declared(folder):
    plan = folder / "seed.yaml"
    plan.write_text(plan.read_text() + DECLARED)
    return folder


def test_endpoints_indexes_spaces_and_prompts_are_made_as_declared(declared, server, workspace, w):
    report = load(read_plan(declared), server.host, workspace["token"])

    assert "1 spaces" in str(report)
    assert w.vector_search_endpoints.get_endpoint("ours").name == "ours"
    assert w.vector_search_indexes.get_index("main.shop.index").endpoint_name == "ours"
    assert [space.title for space in w.genie.list_spaces().spaces] == ["Shop"]
    prompt = w.api_client.do("GET", "/api/2.0/mlflow/unity-catalog/prompts/main.shop.greet/versions/by-alias/live")
    assert json.loads(prompt["template"]) == "Hello {{name}}"


def test_what_is_declared_may_be_loaded_again(declared, server, workspace, w):
    for _ in range(2):
        load(read_plan(declared), server.host, workspace["token"])

    assert len(w.genie.list_spaces().spaces) == 1


def test_a_check_says_what_would_be_loaded_and_loads_nothing(declared):
    told = check(read_plan(declared))

    assert told[0].startswith("table things (id BIGINT, name STRING, price DOUBLE, since DATE")
    assert told[1:] == ["2 documents", *("1 " + kind for kind in DECLARED_KINDS)]


DECLARED_KINDS = ("vector search endpoints", "vector search indexes", "spaces", "prompts")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("spces: []", "'spces' is nothing that can be declared"),
        ("spaces: {}", "spaces must be a list"),
        ("spaces: [{tables: []}]", r"spaces\[0\] lacks title"),
        ("prompts: [{name: a.b.c, template: x, labels: y}]", "cannot have labels"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(folder, line, told):
    plan = folder / "seed.yaml"
    plan.write_text(f"{plan.read_text()}{line}\n")

    with pytest.raises(SandboxError, match=told):
        read_plan(folder)
