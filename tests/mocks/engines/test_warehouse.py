"""The warehouse as engines and services use it."""

import threading
import time

import pyarrow as pa
import pytest

from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import Cancelled, Running, SqlError, Warehouse

ENDLESS = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b"


def condition(warehouse, statement, **options):
    with pytest.raises(SqlError) as caught:
        warehouse.run(statement, **options)
    return caught.value.condition


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_parquet('/tmp/x')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM csv.`/etc/passwd`",
        "SELECT * FROM read_files('/Volumes')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_databases()",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM sandbricks.securables",
        "SELECT getenv('HOME')",
        "SELECT current_setting('memory_limit')",
        "COPY t TO '/tmp/out.csv'",
        "COPY INTO t FROM '/etc/passwd'",
        "ATTACH '/tmp/x.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "EXPORT DATABASE '/tmp/x'",
        "CHECKPOINT",
        "CREATE TABLE t USING CSV LOCATION '/etc/passwd'",
        "CREATE VIEW v AS SELECT * FROM read_csv('/etc/passwd')",
        "CREATE FUNCTION f() RETURNS TABLE(a STRING) RETURN SELECT * FROM read_text('/etc/passwd')",
    ],
)
def test_nothing_outside_the_database_can_be_reached(warehouse, statement):
    with pytest.raises(SqlError):
        warehouse.run(statement)


def test_duckdb_itself_refuses_files_and_settings(engines):
    import duckdb

    from mocks.engines.warehouse.duck import Duck

    with engines.engine(Duck).reading() as cursor:
        for statement in (
            "SELECT * FROM read_text('/etc/passwd')",
            "ATTACH '/tmp/x.db'",
            "SET threads = 1",
            "LOAD httpfs",
        ):
            with pytest.raises(duckdb.Error):
                cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE u (a INT)",
        "INSERT INTO t VALUES (2)",
        "DELETE FROM t",
        "DROP TABLE t",
        "TRUNCATE TABLE t",
        "COMMENT ON TABLE t IS 'x'",
        "CREATE CATALOG c",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
    ],
)
def test_a_read_only_run_changes_nothing(warehouse, statement):
    warehouse.run("CREATE TABLE t AS SELECT 1 AS a")

    with pytest.raises(SqlError):
        warehouse.run(statement, read_only=True)

    assert warehouse.run("SELECT * FROM t").rows() == [["1"]]
    assert not warehouse.exists("main.default.u")


def test_a_statement_run_before_is_refused_when_only_reading_is_allowed(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")
    warehouse.run("INSERT INTO t VALUES (1)")

    assert condition(warehouse, "INSERT INTO t VALUES (1)", read_only=True) == "READ_ONLY_STATEMENT"


def test_queries_and_show_may_be_run_read_only(rows):
    assert rows("SELECT 1", read_only=True) == [["1"]]
    assert rows("SHOW CATALOGS", read_only=True) == [["main"]]


def test_the_version_of_a_table_grows_with_every_write_and_with_nothing_else(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")
    seen = [warehouse.table_version("main.default.t")]
    for statement in (
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 2",
        "MERGE INTO t USING (SELECT 2 AS a) s ON t.a = s.a WHEN MATCHED THEN DELETE",
        "INSERT OVERWRITE t SELECT 5",
        "TRUNCATE TABLE t",
        "CREATE OR REPLACE TABLE t (a INT, b INT)",
    ):
        warehouse.run(statement)
        seen.append(warehouse.table_version("main.default.t"))
    warehouse.run("SELECT * FROM t")

    assert seen == sorted(set(seen))
    assert warehouse.table_version("main.default.t") == seen[-1]


def test_a_failed_write_does_not_count(warehouse):
    warehouse.run("CREATE TABLE t (a INT NOT NULL)")
    before = warehouse.table_version("main.default.t")

    assert condition(warehouse, "INSERT INTO t VALUES (1), (NULL)") == "DELTA_NOT_NULL_CONSTRAINT_VIOLATED"

    assert warehouse.table_version("main.default.t") == before
    assert warehouse.run("SELECT count(*) FROM t").rows() == [["0"]]


def test_a_table_dropped_and_made_again_does_not_go_back_to_an_old_version(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")
    before = warehouse.table_version("main.default.t")

    warehouse.run("DROP TABLE t")
    warehouse.run("CREATE TABLE t (a INT)")

    assert warehouse.table_version("main.default.t") > before


def test_rows_go_in_and_out_as_arrow(warehouse):
    warehouse.run("CREATE TABLE t (id BIGINT, body STRING)")

    warehouse.insert("main.default.t", pa.table({"body": ["x", "y"], "id": [1, 2]}))

    assert warehouse.read("main.default.t", ["id", "body"]).to_pylist() == [
        {"id": 1, "body": "x"},
        {"id": 2, "body": "y"},
    ]


def test_a_runaway_query_is_stopped_by_its_time_limit(warehouse):
    started = time.monotonic()

    assert condition(warehouse, ENDLESS, timeout=0.3) == "QUERY_EXECUTION_TIMEOUT_EXCEEDED"

    assert time.monotonic() - started < 10


def test_a_query_can_be_canceled_from_another_thread_while_others_run(warehouse):
    running = Running(60)
    threading.Timer(0.2, running.cancel).start()

    with pytest.raises(Cancelled):
        warehouse.run(ENDLESS, running=running)

    assert warehouse.run("SELECT 1").rows() == [["1"]]


def test_a_statement_canceled_before_it_starts_does_nothing(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")
    running = Running(60)
    running.cancel()

    with pytest.raises(Cancelled):
        warehouse.run("INSERT INTO t VALUES (1)", running=running)

    assert warehouse.run("SELECT count(*) FROM t").rows() == [["0"]]


def test_writers_of_one_table_never_meet_a_conflict(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")

    def write(number):
        for _ in range(10):
            warehouse.run(f"INSERT INTO t VALUES ({number})")
            warehouse.run(f"UPDATE t SET a = a WHERE a = {number}")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert warehouse.run("SELECT count(*) FROM t").rows() == [["80"]]
    assert warehouse.table_version("main.default.t") == 161


def test_everything_is_there_after_a_restart(settings, engines, warehouse):
    warehouse.run("CREATE TABLE t COMMENT 'kept' AS SELECT 1 AS a")
    warehouse.run("CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2")
    version = warehouse.table_version("main.default.t")
    engines.close()

    again = Workspaces(settings)
    reopened = again.named(DEFAULT).engine(Warehouse)

    assert reopened.run("SELECT twice(a) FROM t").rows() == [["2"]]
    assert (reopened.table("main.default.t").comment, reopened.table_version("main.default.t")) == ("kept", version)
    again.close()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("SELECT * FROM main.s.gone", "`main`.`s`.`gone`"),
        ("SELECT * FROM main.nowhere.gone", "`main`.`nowhere`.`gone`"),
        ("SELECT * FROM gone", "`main`.`default`.`gone`"),
        ("INSERT INTO gone VALUES (1)", "`main`.`default`.`gone`"),
        ("CREATE TABLE t AS SELECT * FROM gone", "`main`.`default`.`gone`"),
        ("CREATE VIEW v AS SELECT * FROM gone", "`main`.`default`.`gone`"),
        ("DROP TABLE gone", "`main`.`default`.`gone`"),
        ("DESCRIBE gone", "`main`.`default`.`gone`"),
    ],
)
def test_a_missing_table_is_named_in_full(warehouse, statement, name):
    with pytest.raises(SqlError) as caught:
        warehouse.run(statement)

    assert caught.value.condition == "TABLE_OR_VIEW_NOT_FOUND"
    assert name in caught.value.message


def test_a_name_of_duckdb_is_in_no_message(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")

    for statement in (
        "SELECT b FROM t",
        "SELECT t.b FROM t",
        "SELECT * FROM t, t",
        "SELECT sum(a), a FROM t",
        "EXPLAIN SELECT 1",
    ):
        try:
            text = str(warehouse.run(statement).rows())
        except SqlError as error:
            text = error.message
        assert "warehouse." not in text
        assert '"main.default"' not in text
