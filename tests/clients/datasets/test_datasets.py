"""Evaluation datasets, with what of their client may be installed here; tests/conformance has the rest."""

import pytest
from databricks.sdk.errors import InvalidParameterValue, NotFound, ResourceConflict, ResourceDoesNotExist

from tests.clients.datasets.records import DATASETS, NAME, record_of


def test_a_dataset_is_a_table_of_unity_catalog_with_the_same_id(w, dataset):
    table = w.tables.get(NAME)

    assert table.table_id == dataset
    assert [column.name for column in table.columns][:3] == ["dataset_record_id", "create_time", "created_by"]
    assert {column.name: column.type_text for column in table.columns}["tags"] == "map<string,string>"


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
    add(record_of("a"))
    sql(f"ALTER TABLE {NAME} RENAME TO main.default.renamed")

    assert do("GET", "")["name"] == "main.default.renamed"
    assert len(do("GET", "/records")["dataset_records"]) == 1


def test_a_table_replaced_by_sql_is_no_dataset(do, sql):
    sql(f"CREATE OR REPLACE TABLE {NAME} (x INT)")

    with pytest.raises(ResourceDoesNotExist):
        do("GET", "/records")


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
