"""Materialized views keep the rows of their query until they are refreshed."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def view(warehouse):
    warehouse.run("CREATE TABLE t AS SELECT 1 AS a, 'x' AS b")
    warehouse.run("CREATE MATERIALIZED VIEW v (n COMMENT 'number', s) COMMENT 'kept' AS SELECT a, b FROM t")


def test_the_rows_stay_until_they_are_refreshed(view, warehouse, rows):
    warehouse.run("INSERT INTO t VALUES (2, 'y')")
    assert rows("SELECT * FROM v") == [["1", "x"]]

    warehouse.run("REFRESH MATERIALIZED VIEW main.default.v")

    assert rows("SELECT n FROM v ORDER BY n") == [["1"], ["2"]]


@pytest.mark.parametrize("write", ["INSERT INTO v VALUES (2, 'y')", "DELETE FROM v", "UPDATE v SET n = 2"])
def test_nobody_writes_to_it(view, warehouse, rows, write):
    with pytest.raises(SqlError, match="MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED"):
        warehouse.run(write)

    assert rows("SELECT * FROM v") == [["1", "x"]]


def test_it_is_listed_described_replaced_and_dropped(view, warehouse, rows):
    assert rows("SHOW VIEWS") == [["default", "v", "false", "true"]]
    assert rows("DESCRIBE v") == [["n", "int", "number"], ["s", "string", None]]

    warehouse.run("CREATE OR REFRESH MATERIALIZED VIEW v AS SELECT 5 AS five")
    assert rows("SELECT * FROM v") == [["5"]]

    warehouse.run("DROP MATERIALIZED VIEW v")
    assert rows("SHOW VIEWS") == []


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("CREATE MATERIALIZED VIEW v AS SELECT 1 AS a", "TABLE_OR_VIEW_ALREADY_EXISTS"),
        ("REFRESH MATERIALIZED VIEW t", "EXPECT_MATERIALIZED_VIEW"),
        ("DROP TABLE v", "EXPECT_TABLE_NOT_VIEW"),
        ("CREATE MATERIALIZED VIEW w AS SELECT nope FROM t", "UNRESOLVED_COLUMN"),
    ],
)
def test_what_it_is_not_is_refused(view, warehouse, statement, condition):
    with pytest.raises(SqlError, match=condition):
        warehouse.run(statement)
