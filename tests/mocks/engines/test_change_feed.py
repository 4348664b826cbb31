"""`table_changes`: what each version of a table changed."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError

SOURCE = "(SELECT * FROM VALUES (1, 'm'), (3, 'n') AS s(id, name)) AS s"
MERGE = f"MERGE INTO t USING {SOURCE} ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"


@pytest.fixture
def t(warehouse):
    for statement in (
        "CREATE TABLE t (id INT, name STRING) TBLPROPERTIES (delta.enableChangeDataFeed = true)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
        "UPDATE t SET name = 'z' WHERE id = 1",
        "DELETE FROM t WHERE id = 2",
        MERGE,
        "INSERT OVERWRITE t SELECT 9, 'q'",
    ):
        warehouse.run(statement)


CHANGES = {
    1: [["1", "a", "insert"], ["2", "b", "insert"]],
    2: [["1", "a", "update_preimage"], ["1", "z", "update_postimage"]],
    3: [["2", "b", "delete"]],
    4: [["1", "m", "update_postimage"], ["1", "z", "update_preimage"], ["3", "n", "insert"]],
    5: [["1", "m", "delete"], ["3", "n", "delete"], ["9", "q", "insert"]],
}


@pytest.mark.parametrize("version", CHANGES)
def test_each_version_tells_what_it_changed(t, rows, version):
    found = rows(f"SELECT id, name, _change_type FROM table_changes('t', {version}, {version})")

    assert sorted(found) == CHANGES[version]


def test_a_range_of_versions_or_times_is_read_and_joined(t, rows):
    counted = "SELECT _commit_version, count(*) FROM table_changes('main.default.t', {}) c GROUP BY ALL ORDER BY 1"

    assert rows(counted.format("0")) == [["1", "2"], ["2", "2"], ["3", "1"], ["4", "3"], ["5", "3"]]
    assert rows(counted.format("'2020-01-01'")) == rows(counted.format("0"))


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ("'t', 3, 1", "DELTA_INVALID_CDC_RANGE"),
        ("'t', 1, 99", "DELTA_CDC_START_VERSION_AFTER_LATEST"),
        ("'plain', 0", "DELTA_MISSING_CHANGE_DATA"),
        ("'nope', 0", "TABLE_OR_VIEW_NOT_FOUND"),
    ],
)
def test_changes_that_were_not_recorded_are_refused(t, warehouse, asked, condition):
    warehouse.run("CREATE TABLE plain (a INT)")

    with pytest.raises(SqlError, match=condition):
        warehouse.run(f"SELECT * FROM table_changes({asked})")


def test_changes_are_recorded_from_when_they_are_asked_for(warehouse, rows):
    warehouse.run("CREATE TABLE late (a INT)")
    warehouse.run("ALTER TABLE late SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')")
    warehouse.run("INSERT INTO late VALUES (1)")

    assert rows("SELECT a, _change_type FROM table_changes('late', 1)") == [["1", "insert"]]
    with pytest.raises(SqlError, match="DELTA_MISSING_CHANGE_DATA"):
        warehouse.run("SELECT * FROM table_changes('late', 0)")
