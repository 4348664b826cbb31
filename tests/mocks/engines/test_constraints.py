"""Constraints and tags: kept with the table, checked where Databricks checks, shown in the information schema."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def t(warehouse):
    warehouse.run("CREATE TABLE t (id INT NOT NULL PRIMARY KEY, s STRING)")
    warehouse.run("INSERT INTO t VALUES (1, 'a')")


@pytest.mark.parametrize(
    "statement", ["INSERT INTO t VALUES (-1, 'x')", "UPDATE t SET id = -id", "INSERT OVERWRITE t SELECT 0, 'x'"]
)
def test_rows_that_break_a_check_are_refused_and_nothing_changes(t, warehouse, rows, statement):
    warehouse.run("ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)")

    with pytest.raises(SqlError, match="DELTA_VIOLATE_CONSTRAINT_WITH_VALUES"):
        warehouse.run(statement)
    assert rows("SELECT * FROM t") == [["1", "a"]]


def test_a_check_that_the_rows_break_already_is_not_added(t, warehouse, rows):
    with pytest.raises(SqlError, match="DELTA_VIOLATE_CONSTRAINT"):
        warehouse.run("ALTER TABLE t ADD CONSTRAINT large CHECK (id > 5)")
    warehouse.run("INSERT INTO t VALUES (2, 'b')")

    assert rows("SELECT count(*) FROM t") == [["2"]]


def test_a_dropped_check_is_no_longer_kept(t, warehouse, rows):
    warehouse.run("ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)")

    warehouse.run("ALTER TABLE t DROP CONSTRAINT positive")
    warehouse.run("INSERT INTO t VALUES (-1, 'x')")

    with pytest.raises(SqlError, match="DELTA_CONSTRAINT_DOES_NOT_EXIST"):
        warehouse.run("ALTER TABLE t DROP CONSTRAINT positive")


def test_keys_are_told_and_not_enforced(t, warehouse, rows):
    warehouse.run("CREATE TABLE o (a INT, CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (id))")
    warehouse.run("INSERT INTO t VALUES (1, 'again')")

    query = "SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints ORDER BY 1"
    assert rows(query) == [["o", "fk", "FOREIGN KEY"], ["t", "t_pk", "PRIMARY KEY"]]
    assert rows("SELECT constraint_name, column_name FROM information_schema.key_column_usage ORDER BY 1") == [
        *(["fk", "a"], ["t_pk", "id"])
    ]


def test_describe_extended_shows_the_keys(t, rows):
    assert ["t_pk", "PRIMARY KEY (`id`)", ""] in rows("DESCRIBE TABLE EXTENDED t")


def test_tags_are_set_taken_away_and_listed(t, warehouse, rows):
    for statement in (
        "ALTER TABLE t SET TAGS ('team' = 'sales', 'old' = '1')",
        "ALTER TABLE t UNSET TAGS ('old')",
        "ALTER TABLE t ALTER COLUMN s SET TAGS ('pii' = 'name')",
        "ALTER SCHEMA default SET TAGS ('x' = 'y')",
        "ALTER CATALOG main SET TAGS ('x' = 'z')",
    ):
        warehouse.run(statement)

    assert rows("SELECT table_name, tag_name, tag_value FROM information_schema.table_tags") == [["t", "team", "sales"]]
    assert rows("SELECT column_name, tag_name FROM information_schema.column_tags") == [["s", "pii"]]
    assert rows("SELECT schema_name, tag_value FROM information_schema.schema_tags") == [["default", "y"]]
    assert rows("SELECT catalog_name, tag_value FROM information_schema.catalog_tags") == [["main", "z"]]
