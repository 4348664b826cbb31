"""The versions of a dataset and its digest."""

import pytest
from databricks.sdk.errors import ResourceDoesNotExist

from tests.clients.datasets.records import NAME, record_of


def test_a_version_keeps_its_records(do, add):
    (number,) = add(record_of("a", tags={"is": "old"}))
    do("PATCH", f"/records/{number}", record_of("a", tags={"is": "new"}), update_mask="tags")
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
    add(record_of("a"), record_of("b"))
    sql(f"DELETE FROM {NAME} WHERE get_json_object(inputs, '$.q') = 'a'")

    assert len(do("GET", "/records", version=1)["dataset_records"]) == 2
    assert len(do("GET", "/records", version=2)["dataset_records"]) == 1
    assert do("GET", "", version=1)["version"] == 1


def test_a_version_that_never_was_is_refused(do):
    with pytest.raises(ResourceDoesNotExist, match="version 7"):
        do("GET", "/records", version=7)


def test_the_digest_tells_what_the_records_say(do, add):
    empty = do("GET", "")["digest"]
    (number,) = add(record_of("a"))
    filled = do("GET", "")["digest"]
    do("POST", "/records:batchDelete", {"requests": [{"dataset_record_id": number}]})

    assert filled != empty
    assert do("GET", "")["digest"] == empty
