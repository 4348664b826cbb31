"""The records of a dataset: by the API and by SQL, in pages, changed, deleted, refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from databricks.sdk.errors import BadRequest, InvalidParameterValue, ResourceDoesNotExist

from tests.clients.datasets.records import NAME, record_of


def test_records_can_be_read_with_sql(add, sql):
    add(record_of("refund?", expectations={"expected_response": {"value": "30 days"}}, tags={"from": "faq"}))
    question, answer = "get_json_object(inputs, '$.q')", "get_json_object(expectations, '$.expected_response')"

    rows = sql(f"SELECT {question}, {answer}, tags['from'], created_by FROM {NAME}")

    assert rows[0][:3] == ["refund?", "30 days", "faq"]
    assert rows[0][3].endswith("@sandbricks.local")


def test_rows_written_with_sql_are_records(do, add, sql):
    add(record_of("by the API"))
    sql(f"INSERT INTO {NAME} (dataset_record_id, create_time, inputs) VALUES ('r1', now(), '{{\"q\": \"by SQL\"}}')")

    found = do("GET", "/records")["dataset_records"]

    assert [record["inputs"][0]["value"] for record in found] == ["by the API", "by SQL"]


def test_values_of_any_json_come_back_as_they_were(do, add):
    value = {"n": None, "list": [1, 2.5, {"ü": [None]}], "text": "a 'quoted' \"word\""}
    add(record_of(value, expectations={"facts": {"value": [None, 1]}}, source={"trace": {"trace_id": "tr-1"}}))

    (record,) = do("GET", "/records")["dataset_records"]

    assert record["inputs"] == [{"key": "q", "value": value}]
    assert record["expectations"] == {"facts": {"value": [None, 1]}}
    assert record["source"] == {"trace": {"trace_id": "tr-1"}}


def test_records_come_in_pages_in_the_order_in_which_they_were_given(do, add):
    add(*[record_of(number) for number in range(5)])

    first = do("GET", "/records", page_size=3)
    second = do("GET", "/records", page_size=3, page_token=first["next_page_token"])

    found = [record["inputs"][0]["value"] for part in (first, second) for record in part["dataset_records"]]
    assert found == [0, 1, 2, 3, 4]
    assert "next_page_token" not in second


def test_an_update_changes_the_fields_of_its_mask_only(do, add):
    (number,) = add(record_of("a", tags={"kept": "yes"}))
    change = {"inputs": [], "expectations": {"x": {"value": 1}}, "tags": {"kept": "no"}}

    do("PATCH", f"/records/{number}", change, update_mask="expectations")

    found = do("GET", f"/records/{number}")
    assert (found["expectations"], found["tags"]) == ({"x": {"value": 1}}, {"kept": "yes"})


def test_expectations_can_be_added_to_a_record(do, add):
    (number,) = add(record_of("a", expectations={"x": {"value": 1}, "y": {"value": 1}}))

    do("POST", f"/records/{number}/expectations", {"expectations": {"y": {"value": 2}, "z": {"value": 3}}})

    found = do("GET", f"/records/{number}")["expectations"]
    assert found == {"x": {"value": 1}, "y": {"value": 2}, "z": {"value": 3}}


def test_deleted_records_are_gone(do, add):
    first, _ = add(record_of("a"), record_of("b"))

    do("POST", "/records:batchDelete", {"requests": [{"dataset_record_id": first}]})

    assert [record["inputs"][0]["value"] for record in do("GET", "/records")["dataset_records"]] == ["b"]


@pytest.mark.parametrize("batch", ["Update", "Delete"])
def test_a_batch_with_a_record_that_does_not_exist_changes_nothing(do, add, batch):
    (number,) = add(record_of("a"))
    change = {"dataset_record": record_of("a", tags={"x": "y"}), "update_mask": "tags"}
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
            {"requests": [{"dataset_record": record_of("good")}, {"dataset_record": record}]},
        )

    assert do("GET", "/records")["dataset_records"] == []


def test_records_added_by_many_threads_are_all_there(do, add):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: add(record_of(number)), range(40)))

    found = do("GET", "/records")["dataset_records"]
    assert sorted(record["inputs"][0]["value"] for record in found) == list(range(40))
    assert do("GET", "/versions", page_size=1)["dataset_versions"][0]["version"] == 40


def test_a_table_that_lost_a_column_takes_no_records(add, sql):
    sql(f"ALTER TABLE {NAME} DROP COLUMN tags")

    with pytest.raises(BadRequest, match="has lost the column tags"):
        add(record_of("a"))
