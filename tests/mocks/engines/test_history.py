"""The history of a table, and the table as it was."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def t(warehouse):
    for statement in (
        "CREATE TABLE t (id INT, s STRING)",
        "INSERT INTO t VALUES (1, 'a')",
        "INSERT INTO t VALUES (2, 'b')",
        "UPDATE t SET s = 'z' WHERE id = 1",
        "INSERT INTO t VALUES (3, 'c')",
        "DELETE FROM t WHERE id = 2",
        "ALTER TABLE t ADD COLUMN x INT",
        "MERGE INTO t USING (SELECT 3 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
        "INSERT OVERWRITE t SELECT 9, 'n', 1",
    ):
        warehouse.run(statement)
    return "t"


PAST = {
    0: [],
    1: [["1", "a"]],
    2: [["1", "a"], ["2", "b"]],
    3: [["1", "z"], ["2", "b"]],
    4: [["1", "z"], ["2", "b"], ["3", "c"]],
    5: [["1", "z"], ["3", "c"]],
    6: [["1", "z", None], ["3", "c", None]],
    7: [["1", "z", None]],
    8: [["9", "n", "1"]],
}


@pytest.mark.parametrize("version", PAST)
def test_every_version_can_be_read_again(t, rows, version):
    assert sorted(rows(f"SELECT * FROM t VERSION AS OF {version}")) == PAST[version]


def test_the_history_names_each_operation(t, warehouse):
    told = [(row[0], row[4]) for row in warehouse.run("DESCRIBE HISTORY t").rows()]

    assert told[::-1] == [
        *(("0", "CREATE TABLE"), ("1", "WRITE"), ("2", "WRITE"), ("3", "UPDATE"), ("4", "WRITE")),
        *(("5", "DELETE"), ("6", "ADD COLUMNS"), ("7", "MERGE"), ("8", "WRITE")),
    ]


def test_a_time_means_the_version_that_was_there(t, warehouse, rows):
    times = {row[0]: row[1] for row in warehouse.run("DESCRIBE HISTORY t").rows()}

    assert rows(f"SELECT count(*) FROM t TIMESTAMP AS OF '{times['8']}'") == [["1"]]


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ("VERSION AS OF 9", "DELTA_VERSION_NOT_FOUND"),
        ("VERSION AS OF -1", "DELTA_VERSION_NOT_FOUND"),
        ("TIMESTAMP AS OF '2020-01-01'", "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION"),
        ("TIMESTAMP AS OF '2999-01-01'", "DELTA_TIMESTAMP_GREATER_THAN_COMMIT"),
    ],
)
def test_a_version_that_was_never_there_is_refused(t, warehouse, asked, condition):
    with pytest.raises(SqlError, match=condition):
        warehouse.run(f"SELECT * FROM t {asked}")


def test_old_and_new_rows_are_joined_and_written(t, warehouse, rows):
    assert rows("SELECT a.id, b.id FROM t VERSION AS OF 1 a CROSS JOIN t b") == [["1", "9"]]

    warehouse.run("INSERT INTO t SELECT *, 5 FROM t VERSION AS OF 1")
    assert rows("SELECT id FROM t ORDER BY id") == [["1"], ["9"]]


def test_a_replaced_table_keeps_its_past_and_a_dropped_one_loses_it(t, warehouse, rows):
    warehouse.run("CREATE OR REPLACE TABLE t AS SELECT 1 AS q")
    assert rows("SELECT * FROM t VERSION AS OF 8") == [["9", "n", "1"]]

    warehouse.run("DROP TABLE t")
    warehouse.run("CREATE TABLE t (a INT)")
    assert [row[0] for row in rows("DESCRIBE HISTORY t")] == ["0"]


def test_a_renamed_table_takes_its_past_along(t, warehouse, rows):
    warehouse.run("ALTER TABLE t RENAME TO u")

    assert rows("SELECT * FROM u VERSION AS OF 1") == [["1", "a"]]


def test_a_table_is_restored_to_what_it_was(warehouse, rows):
    warehouse.run("CREATE TABLE t AS SELECT 1 AS n")
    warehouse.run("DELETE FROM t")

    warehouse.run("RESTORE TABLE t TO VERSION AS OF 0")

    assert rows("SELECT * FROM t") == [["1"]]
    assert [row[4] for row in rows("DESCRIBE HISTORY t")] == ["RESTORE", "DELETE", "CREATE TABLE AS SELECT"]


def test_a_version_with_other_columns_is_restored_with_them(t, warehouse, rows):
    warehouse.run("RESTORE TABLE t TO VERSION AS OF 1")

    assert rows("SELECT * FROM t") == [["1", "a"]]


@pytest.mark.parametrize("sort", ["CLONE", "DEEP CLONE", "SHALLOW CLONE"])
def test_a_clone_is_made_of_a_version(t, warehouse, rows, sort):
    warehouse.run(f"CREATE TABLE c {sort} t VERSION AS OF 2")
    warehouse.run("DELETE FROM t")

    assert sorted(rows("SELECT * FROM c")) == [["1", "a"], ["2", "b"]]


def test_only_so_many_states_are_kept(warehouse, rows):
    warehouse.run("CREATE TABLE t AS SELECT 0 AS n")
    for at in range(1, 13):
        warehouse.run(f"UPDATE t SET n = {at}")

    assert rows("SELECT n FROM t VERSION AS OF 11") == [["11"]]
    with pytest.raises(SqlError, match="no longer kept"):
        warehouse.run("SELECT n FROM t VERSION AS OF 0")
