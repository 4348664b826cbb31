"""INSERT beyond appending, and statements on what a table is."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def part(warehouse, rows):
    warehouse.run("CREATE TABLE part (a INT, p STRING) PARTITIONED BY (p)")
    warehouse.run("INSERT INTO part VALUES (1, 'x'), (9, 'y')")
    return lambda: rows("SELECT a, p FROM part ORDER BY a")


def test_a_partition_takes_rows_without_its_column(warehouse, part):
    warehouse.run("INSERT INTO part PARTITION (p = 'z') SELECT 5")

    assert part() == [["1", "x"], ["5", "z"], ["9", "y"]]


def test_an_overwritten_partition_leaves_the_others(warehouse, part):
    warehouse.run("INSERT OVERWRITE TABLE part PARTITION (p = 'x') VALUES (6), (7)")

    assert part() == [["6", "x"], ["7", "x"], ["9", "y"]]


def test_replace_where_reads_before_it_writes_and_can_be_undone(warehouse, rows, part):
    warehouse.run("INSERT INTO part REPLACE WHERE p = 'x' SELECT a + 1, p FROM part WHERE p = 'x'")

    assert part() == [["2", "x"], ["9", "y"]]
    assert rows("SELECT a FROM part VERSION AS OF 1 ORDER BY a") == [["1"], ["9"]]


def test_rows_that_do_not_meet_replace_where_are_refused_and_nothing_changes(warehouse, part):
    with pytest.raises(SqlError, match=r"^\[DELTA_REPLACE_WHERE_MISMATCH\]"):
        warehouse.run("INSERT INTO part REPLACE WHERE p = 'x' SELECT 6, 'zz'")

    assert part() == [["1", "x"], ["9", "y"]]


def test_overwriting_works_in_any_schema(warehouse, rows):
    warehouse.run("CREATE SCHEMA s")
    warehouse.run("CREATE TABLE t AS SELECT 1 AS n", schema="s")

    warehouse.run("INSERT OVERWRITE t SELECT n + 1 FROM t", schema="s")

    assert rows("SELECT n FROM s.t") == [["2"]]


def test_names_come_in_texts_and_parameters(warehouse, part):
    found = warehouse.run(
        "SELECT IDENTIFIER('a') FROM IDENTIFIER(:t) ORDER BY 1", parameters=[("t", "main.default.part", "STRING")]
    )

    assert found.rows() == [["1"], ["9"]]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("TABLE part", [["1", "x"], ["9", "y"]]),
        ("SELECT p, count(*) FROM part GROUP BY p WITH ROLLUP", [["x", "1"], ["y", "1"], [None, "2"]]),
        ("SELECT * FROM last_word", [["2"]]),
    ],
)
def test_queries_of_other_forms_are_understood(warehouse, part, statement, found):
    warehouse.run("CREATE VIEW last_word AS SELECT 1 AS a")
    warehouse.run("ALTER VIEW last_word AS SELECT 2 AS a")

    assert sorted(warehouse.run(statement).rows(), key=str) == sorted(found, key=str)


def test_owner_and_properties_are_changed(warehouse, rows, part):
    warehouse.run("ALTER TABLE part SET TBLPROPERTIES ('k' = 'v', 'l' = 'w')")
    warehouse.run("ALTER TABLE part UNSET TBLPROPERTIES ('k')")
    warehouse.run("ALTER TABLE part SET OWNER TO `bob@x.org`")

    assert rows("SHOW TBLPROPERTIES part") == [["l", "w"]]
    assert rows("SELECT table_owner FROM information_schema.tables WHERE table_name = 'part'") == [["bob@x.org"]]
    with pytest.raises(SqlError, match="UNSET_NONEXISTENT_PROPERTIES"):
        warehouse.run("ALTER TABLE part UNSET TBLPROPERTIES ('k')")


def test_the_history_can_be_cut(rows, part):
    assert len(rows("DESCRIBE HISTORY part LIMIT 1")) == 1


def test_a_field_of_a_struct_is_updated(warehouse, rows):
    warehouse.run("CREATE TABLE nested AS SELECT 1 AS id, named_struct('a', 1, 'b', 'x') AS s")

    warehouse.run("UPDATE nested AS n SET s.a = n.s.a + 4, n.id = 7 WHERE s.b = 'x'")

    assert rows("SELECT id, s FROM nested") == [["7", '{"a":5,"b":"x"}']]
