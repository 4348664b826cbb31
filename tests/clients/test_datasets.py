"""Evaluation datasets, with what of their client may be installed here; tests/conformance has the rest."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from databricks.sdk.errors import BadRequest, InvalidParameterValue, NotFound, ResourceConflict, ResourceDoesNotExist
from databricks.sdk.service.sql import StatementState

DATASETS = "/api/2.0/managed-evals/datasets"
NAME = "main.default.evalset"


@pytest.fixture
def experiment(w):
    return w.experiments.create_experiment("/Shared/evals").experiment_id


@pytest.fixture
def create(w, experiment):
    def make(name=NAME, **fields):
        return w.api_client.do("POST", DATASETS, query={"experiment_ids": experiment}, body={"name": name, **fields})

    return make


@pytest.fixture
def dataset(create):
    return create()["dataset_id"]


@pytest.fixture
def do(w, dataset):
    def call(method, path, body=None, **query):
        return w.api_client.do(method, f"{DATASETS}/{dataset}{path}", body=body, query=query)

    return call


@pytest.fixture
def add(do):
    def insert(*records):
        body = {"requests": [{"dataset_record": record} for record in records]}
        return [made["dataset_record_id"] for made in do("POST", "/records:batchCreate", body)["dataset_records"]]

    return insert


@pytest.fixture
def sql(w):
    warehouse = next(iter(w.warehouses.list())).id

    def run(statement):
        answer = w.statement_execution.execute_statement(statement, warehouse)
        assert answer.status.state is StatementState.SUCCEEDED, answer.status.error
        return answer.result.data_array if answer.result else None

    return run


def _record(question, **fields):
    return {"inputs": [{"key": "q", "value": question}], **fields}


def test_a_dataset_is_a_table_of_unity_catalog_with_the_same_id(w, dataset):
    table = w.tables.get(NAME)

    assert table.table_id == dataset
    assert [column.name for column in table.columns][:3] == ["dataset_record_id", "create_time", "created_by"]
    assert {column.name: column.type_text for column in table.columns}["tags"] == "map<string,string>"


def test_records_can_be_read_with_sql(add, sql):
    add(_record("refund?", expectations={"expected_response": {"value": "30 days"}}, tags={"from": "faq"}))
    question, answer = "get_json_object(inputs, '$.q')", "get_json_object(expectations, '$.expected_response')"

    rows = sql(f"SELECT {question}, {answer}, tags['from'], created_by FROM {NAME}")

    assert rows[0][:3] == ["refund?", "30 days", "faq"]
    assert rows[0][3].endswith("@sandbricks.local")


def test_rows_written_with_sql_are_records(do, add, sql):
    add(_record("by the API"))
    sql(f"INSERT INTO {NAME} (dataset_record_id, create_time, inputs) VALUES ('r1', now(), '{{\"q\": \"by SQL\"}}')")

    found = do("GET", "/records")["dataset_records"]

    assert [record["inputs"][0]["value"] for record in found] == ["by the API", "by SQL"]


def test_values_of_any_json_come_back_as_they_were(do, add):
    value = {"n": None, "list": [1, 2.5, {"ü": [None]}], "text": "a 'quoted' \"word\""}
    add(_record(value, expectations={"facts": {"value": [None, 1]}}, source={"trace": {"trace_id": "tr-1"}}))

    (record,) = do("GET", "/records")["dataset_records"]

    assert record["inputs"] == [{"key": "q", "value": value}]
    assert record["expectations"] == {"facts": {"value": [None, 1]}}
    assert record["source"] == {"trace": {"trace_id": "tr-1"}}


def test_records_come_in_pages_in_the_order_in_which_they_were_given(do, add):
    add(*[_record(number) for number in range(5)])

    first = do("GET", "/records", page_size=3)
    second = do("GET", "/records", page_size=3, page_token=first["next_page_token"])

    found = [record["inputs"][0]["value"] for part in (first, second) for record in part["dataset_records"]]
    assert found == [0, 1, 2, 3, 4]
    assert "next_page_token" not in second


def test_an_update_changes_the_fields_of_its_mask_only(do, add):
    (number,) = add(_record("a", tags={"kept": "yes"}))
    change = {"inputs": [], "expectations": {"x": {"value": 1}}, "tags": {"kept": "no"}}

    do("PATCH", f"/records/{number}", change, update_mask="expectations")

    found = do("GET", f"/records/{number}")
    assert (found["expectations"], found["tags"]) == ({"x": {"value": 1}}, {"kept": "yes"})


def test_expectations_can_be_added_to_a_record(do, add):
    (number,) = add(_record("a", expectations={"x": {"value": 1}, "y": {"value": 1}}))

    do("POST", f"/records/{number}/expectations", {"expectations": {"y": {"value": 2}, "z": {"value": 3}}})

    found = do("GET", f"/records/{number}")["expectations"]
    assert found == {"x": {"value": 1}, "y": {"value": 2}, "z": {"value": 3}}


def test_deleted_records_are_gone(do, add):
    first, _ = add(_record("a"), _record("b"))

    do("POST", "/records:batchDelete", {"requests": [{"dataset_record_id": first}]})

    assert [record["inputs"][0]["value"] for record in do("GET", "/records")["dataset_records"]] == ["b"]


@pytest.mark.parametrize("batch", ["Update", "Delete"])
def test_a_batch_with_a_record_that_does_not_exist_changes_nothing(do, add, batch):
    (number,) = add(_record("a"))
    change = {"dataset_record": _record("a", tags={"x": "y"}), "update_mask": "tags"}
    requests = [{"dataset_record_id": one, **change} for one in (number, "none")]

    with pytest.raises(ResourceDoesNotExist, match="none"):
        do("POST", f"/records:batch{batch}", {"requests": requests})

    assert "tags" not in do("GET", f"/records/{number}")


@pytest.mark.parametrize(
    "record",
    [
        {"inputs": []},
        {"inputs": [{"key": "q", "value": 1}, {"key": "q", "value": 2}]},
        {"inputs": [{"key": "q", "value": 1}], "source": {"moon": {"phase": "full"}}},
        {"inputs": [{"key": "q", "value": 1}], "tags": {"a": {"b": "c"}}},
    ],
    ids=["no input", "a key twice", "an unknown source", "a tag that is no text"],
)
def test_a_record_that_makes_no_sense_is_refused(do, record):
    with pytest.raises(InvalidParameterValue):
        do(
            "POST",
            "/records:batchCreate",
            {"requests": [{"dataset_record": _record("good")}, {"dataset_record": record}]},
        )

    assert do("GET", "/records")["dataset_records"] == []


def test_records_added_by_many_threads_are_all_there(do, add):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: add(_record(number)), range(40)))

    found = do("GET", "/records")["dataset_records"]
    assert sorted(record["inputs"][0]["value"] for record in found) == list(range(40))
    assert do("GET", "/versions", page_size=1)["dataset_versions"][0]["version"] == 40


def test_a_version_keeps_its_records(do, add):
    (number,) = add(_record("a", tags={"is": "old"}))
    do("PATCH", f"/records/{number}", _record("a", tags={"is": "new"}), update_mask="tags")
    do("POST", "/records:batchDelete", {"requests": [{"dataset_record_id": number}]})

    versions = do("GET", "/versions")["dataset_versions"]

    assert [(v["version"], v["operation"]) for v in versions] == [
        (3, "DELETE"),
        (2, "MERGE"),
        (1, "WRITE"),
        (0, "CREATE TABLE"),
    ]
    tags = [[r["tags"]["is"] for r in do("GET", "/records", version=v)["dataset_records"]] for v in range(4)]
    assert tags == [[], ["old"], ["new"], []]


def test_a_statement_that_writes_to_the_table_is_a_version(do, add, sql):
    add(_record("a"), _record("b"))
    sql(f"DELETE FROM {NAME} WHERE get_json_object(inputs, '$.q') = 'a'")

    assert len(do("GET", "/records", version=1)["dataset_records"]) == 2
    assert len(do("GET", "/records", version=2)["dataset_records"]) == 1
    assert do("GET", "", version=1)["version"] == 1


def test_a_version_that_never_was_is_refused(do):
    with pytest.raises(ResourceDoesNotExist, match="version 7"):
        do("GET", "/records", version=7)


def test_the_digest_tells_what_the_records_say(do, add):
    empty = do("GET", "")["digest"]
    (number,) = add(_record("a"))
    filled = do("GET", "")["digest"]
    do("POST", "/records:batchDelete", {"requests": [{"dataset_record_id": number}]})

    assert filled != empty
    assert do("GET", "")["digest"] == empty


def test_a_dataset_is_found_by_its_experiment(m, create, experiment):
    create("main.default.one")
    create("main.default.two")

    assert [d.name for d in m.genai.datasets.search_datasets(experiment_ids=experiment)] == [
        "main.default.two",
        "main.default.one",
    ]
    assert m.genai.datasets.search_datasets(experiment_ids=m.create_experiment("/Shared/another")) == []


def test_datasets_are_listed_in_pages(w, create):
    names = {create(f"main.default.d{number}")["name"] for number in range(3)}

    first = w.api_client.do("GET", DATASETS, query={"page_size": 2})
    second = w.api_client.do("GET", DATASETS, query={"page_size": 2, "page_token": first["next_page_token"]})

    assert (len(first["datasets"]), len(second["datasets"])) == (2, 1)
    assert {dataset["name"] for dataset in first["datasets"] + second["datasets"]} == names


def test_a_filter_that_is_not_understood_is_refused(w):
    with pytest.raises(InvalidParameterValue, match="experiment_id="):
        w.api_client.do("GET", DATASETS, query={"filter": "name LIKE 'x'"})


def test_profile_and_experiments_can_be_changed(do, m):
    another = m.create_experiment("/Shared/another")

    do("PATCH", "", {"profile": "12 rows", "experiment_ids": [another]}, update_mask="profile,experiment_ids")

    found = do("GET", "")
    assert (found["profile"], found["experiment_ids"]) == ("12 rows", [another])


@pytest.mark.parametrize("change", [[], ["987654"]], ids=["none", "one that does not exist"])
def test_a_dataset_keeps_an_experiment_that_exists(do, experiment, change):
    with pytest.raises((InvalidParameterValue, NotFound)):
        do("PATCH", "", {"experiment_ids": change}, update_mask="experiment_ids")

    assert do("GET", "")["experiment_ids"] == [experiment]


def test_dropping_the_table_drops_the_dataset(do, w, sql):
    sql(f"DROP TABLE {NAME}")

    with pytest.raises(ResourceDoesNotExist):
        do("GET", "")
    assert w.api_client.do("GET", DATASETS) == {"datasets": []}


def test_deleting_the_dataset_drops_the_table(do, w):
    do("DELETE", "")

    with pytest.raises(NotFound):
        w.tables.get(NAME)


def test_a_renamed_table_is_still_the_dataset(do, add, sql):
    add(_record("a"))
    sql(f"ALTER TABLE {NAME} RENAME TO main.default.renamed")

    assert do("GET", "")["name"] == "main.default.renamed"
    assert len(do("GET", "/records")["dataset_records"]) == 1


def test_a_table_replaced_by_sql_is_no_dataset(do, sql):
    sql(f"CREATE OR REPLACE TABLE {NAME} (x INT)")

    with pytest.raises(ResourceDoesNotExist):
        do("GET", "/records")


def test_a_table_that_lost_a_column_takes_no_records(add, sql):
    sql(f"ALTER TABLE {NAME} DROP COLUMN tags")

    with pytest.raises(BadRequest, match="has lost the column tags"):
        add(_record("a"))


def test_a_taken_name_is_refused(create, dataset, sql):
    sql("CREATE TABLE main.default.taken (x INT)")

    for name in (NAME, "main.default.taken"):
        with pytest.raises(ResourceConflict, match="already exists"):
            create(name)


@pytest.mark.parametrize(
    ("name", "told"),
    [("evalset", "Invalid table name"), ("a.b.c.d", "Invalid table name"), ("main.nowhere.x", r"main\.nowhere")],
)
def test_a_name_without_its_schema_is_refused(create, name, told):
    with pytest.raises((InvalidParameterValue, NotFound), match=told):
        create(name)


def test_a_dataset_of_an_experiment_that_does_not_exist_is_refused(w):
    with pytest.raises(NotFound):
        w.api_client.do("POST", DATASETS, query={"experiment_ids": "987654"}, body={"name": NAME})

    with pytest.raises(NotFound):
        w.tables.get(NAME)


def test_only_tables_can_be_datasets(create):
    with pytest.raises(InvalidParameterValue, match="databricks-uc-table"):
        create(source_type="S3")


def test_a_dataset_of_another_workspace_is_not_seen(other, dataset):
    with pytest.raises(ResourceDoesNotExist):
        other.api_client.do("GET", f"{DATASETS}/{dataset}")
