"""Columns that only the source has come into the target, if the statement says so."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError

SOURCE = "(SELECT 1 AS id, 'n' AS brand UNION ALL SELECT 2, 'm') s ON t.id = s.id"
MERGED = f"INTO t USING {SOURCE} WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"


@pytest.fixture
def t(warehouse):
    warehouse.run("CREATE TABLE t (id INT, a STRING)")
    warehouse.run("INSERT INTO t VALUES (1, 'x')")


def test_a_merge_brings_new_columns(t, warehouse, rows):
    warehouse.run(f"MERGE WITH SCHEMA EVOLUTION {MERGED}")

    assert rows("SELECT * FROM t ORDER BY id") == [["1", "x", "n"], ["2", None, "m"]]
    assert rows("SELECT * FROM t@v1") == [["1", "x"]]


def test_an_insert_brings_new_columns(t, warehouse, rows):
    warehouse.run("INSERT WITH SCHEMA EVOLUTION INTO t SELECT 9 AS id, true AS flag")

    assert rows("SELECT * FROM t ORDER BY id") == [["1", "x", None], ["9", None, "true"]]


def test_what_fails_leaves_the_columns_as_they_were(t, warehouse, rows):
    with pytest.raises(SqlError):
        warehouse.run("INSERT WITH SCHEMA EVOLUTION INTO t SELECT 'no number' AS id, true AS flag")

    assert rows("SELECT * FROM t") == [["1", "x"]]
