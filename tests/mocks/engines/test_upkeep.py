"""OPTIMIZE, VACUUM, ANALYZE, REFRESH, and what DESCRIBE and SHOW tell of tables beyond their columns."""

import json

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def t(warehouse):
    warehouse.run("CREATE TABLE t (id INT COMMENT 'key', s STRING) PARTITIONED BY (s) TBLPROPERTIES ('x.y' = 'z')")
    warehouse.run("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)")


UNTOUCHED = {"numFilesAdded": 0, "numFilesRemoved": 0, "partitionsOptimized": 0}


def test_the_upkeep_of_a_table_tells_what_it_did(t, rows):
    assert [json.loads(cell) for [_, cell] in rows("OPTIMIZE t WHERE id > 1 ZORDER BY (id)")] == [UNTOUCHED]
    assert rows("VACUUM t") == [["main.default.t"]]
    assert rows("VACUUM t RETAIN 200 HOURS DRY RUN") == []
    assert rows("REFRESH TABLE t") == []


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("OPTIMIZE nope", "TABLE_OR_VIEW_NOT_FOUND"),
        ("OPTIMIZE t ZORDER BY (nope)", "DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST"),
        ("VACUUM t RETAIN 0 HOURS", "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT"),
        ("ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS nope", "COLUMN_NOT_FOUND"),
        ("DESCRIBE t nope", "COLUMN_NOT_FOUND"),
        ("SHOW PARTITIONS u", "DELTA_SHOW_PARTITION_IN_NON_PARTITIONED_TABLE"),
    ],
)
def test_upkeep_of_what_is_not_there_is_refused(t, warehouse, statement, condition):
    warehouse.run("CREATE TABLE u (a INT)")

    with pytest.raises(SqlError, match=condition):
        warehouse.run(statement)


def test_vacuum_drops_versions_that_were_left_long_ago(t, engines, warehouse, rows, monkeypatch):
    warehouse.run("DELETE FROM t")
    now = engines.now_ms()
    monkeypatch.setattr(type(engines), "now_ms", lambda _: now + 8 * 24 * 3_600_000)

    warehouse.run("VACUUM t")

    with pytest.raises(SqlError, match="no longer kept"):
        warehouse.run("SELECT * FROM t VERSION AS OF 1")


def test_statistics_are_computed_and_told(t, warehouse, rows):
    warehouse.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS")

    assert ["Statistics", "3 rows", ""] in rows("DESCRIBE EXTENDED t")
    told = dict(rows("DESCRIBE EXTENDED t s"))
    assert [told[name] for name in ("min", "max", "num_nulls", "distinct_count")] == ["a", "b", "1", "2"]
    assert [row[4] for row in rows("DESCRIBE HISTORY t")] == ["WRITE", "CREATE TABLE"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DESCRIBE QUERY SELECT 1 AS a, array('x') AS b", [["a", "int", None], ["b", "array<string>", None]]),
        ("DESCRIBE SELECT id FROM t", [["id", "int", None]]),
        ("DESCRIBE t id", [["col_name", "id"], ["data_type", "int"], ["comment", "key"]]),
        ("SHOW PARTITIONS t", [["a"], ["b"], [None]]),
        ("SHOW TBLPROPERTIES t (x.y)", [["x.y", "z"]]),
        ("SHOW TBLPROPERTIES t ('q')", [["q", "Table main.default.t does not have property: q"]]),
        ("SELECT count(*) FROM t WHERE s IS NULL", [["1"]]),
    ],
)
def test_describe_and_show_tell_more(t, rows, statement, found):
    assert rows(statement) == found


def test_detail_tells_layout_and_properties(t, warehouse):
    result = warehouse.run("DESCRIBE DETAIL t")
    told = dict(zip([column.name for column in result.columns], result.rows()[0], strict=True))

    assert (told["partitionColumns"], told["properties"], told["format"]) == ('["s"]', '{"x.y":"z"}', "delta")
    assert ["# Partition Information", "", ""] in warehouse.run("DESCRIBE t").rows()
