"""databricks-sql-connector over Thrift, its default, and over statement execution."""

import datetime
import decimal
import os
import threading

import pandas as pd
import pytest
from databricks import sql
from databricks.sql.exc import DatabaseError, ServerOperationError

ENDLESS = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b"


@pytest.fixture(scope="session")
def path(w):
    return next(iter(w.warehouses.list())).odbc_params.path


@pytest.fixture
def connection(host, path):
    secret = {"access_token": os.environ["DATABRICKS_TOKEN"], "enable_telemetry": False}
    with sql.connect(server_hostname=host, http_path=path, _connection_uri=f"{host}{path}", **secret) as opened:
        yield opened


@pytest.fixture
def cursor(connection):
    with connection.cursor() as opened:
        yield opened


def rows(cursor, statement, parameters=None):
    return [tuple(row) for row in cursor.execute(statement, parameters).fetchall()]


def test_values_have_their_python_types(cursor):
    found = rows(
        cursor,
        "SELECT 1, 'a', 1.50, 2.5D, true, NULL, DATE'2024-01-02', TIMESTAMP'2024-01-02 03:04:05', CAST('ab' AS BINARY)",
    )

    at = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    expected = (1, "a", decimal.Decimal("1.50"), 2.5, True, None, datetime.date(2024, 1, 2), at, b"ab")
    assert found == [expected]
    assert [column[1] for column in cursor.description] == [
        *("int", "string", "decimal", "double", "boolean", "null", "date", "timestamp", "binary")
    ]


def test_arrays_and_structs_arrive_as_such(cursor):
    (row,) = cursor.execute("SELECT array(1, 2) AS a, named_struct('x', 1) AS s").fetchall()

    assert (list(row.a), row.s) == ([1, 2], {"x": 1})


def test_a_large_result_is_fetched_in_parts(cursor):
    cursor.execute("SELECT id FROM range(250000)")

    counted = 0
    while part := cursor.fetchmany(60000):
        counted += len(part)
    assert counted == 250000


def test_named_and_positional_parameters_are_bound(cursor):
    assert rows(cursor, "SELECT :a, :b + 1", {"a": "x'; --", "b": 41}) == [("x'; --", 42)]
    assert rows(cursor, "SELECT ?, ? IS NULL, '?'", ["y", None]) == [("y", True, "?")]


def test_a_write_reports_its_rows(cursor, schema):
    cursor.execute(f"CREATE OR REPLACE TABLE {schema}.written (a INT)")

    cursor.execute(f"INSERT INTO {schema}.written VALUES (1), (2)")

    assert cursor.rowcount == 2


def test_a_failure_carries_its_condition(cursor):
    with pytest.raises(ServerOperationError, match="TABLE_OR_VIEW_NOT_FOUND"):
        cursor.execute("SELECT * FROM no_such_table")


def test_a_session_follows_use(cursor, schema):
    cursor.execute(f"USE {schema}")

    assert rows(cursor, "SELECT current_schema()") == [(schema.partition(".")[2],)]


def test_a_session_keeps_views_and_variables(cursor):
    cursor.execute("CREATE OR REPLACE TEMP VIEW v AS SELECT 1 AS a")
    cursor.execute("DECLARE OR REPLACE n = 2")

    assert rows(cursor, "SELECT a + n FROM v") == [(3,)]


def test_a_connection_starts_in_the_schema_it_asks_for(host, path, schema):
    secret = {"access_token": os.environ["DATABRICKS_TOKEN"], "enable_telemetry": False}
    catalog, _, name = schema.partition(".")

    with sql.connect(host, path, _connection_uri=f"{host}{path}", catalog=catalog, schema=name, **secret) as opened:
        assert rows(opened.cursor(), "SELECT current_schema()") == [(name,)]


def test_the_catalog_is_described(cursor, schema, orders):
    name = schema.partition(".")[2]

    assert ("main",) in [tuple(row) for row in cursor.catalogs().fetchall()]
    assert [row.TABLE_SCHEM for row in cursor.schemas(schema_name=name).fetchall()] == [name]
    assert "orders" in [row.TABLE_NAME for row in cursor.tables(schema_name=name, table_types=["TABLE"]).fetchall()]
    columns = cursor.columns(schema_name=name, table_name="orders").fetchall()
    assert [(row.COLUMN_NAME, row.TYPE_NAME) for row in columns] == [
        *(("order_id", "INT"), ("region", "STRING"), ("amount", "DOUBLE"))
    ]


def test_a_running_statement_is_canceled(cursor):
    canceled = []
    waiting = threading.Event()

    def cancel():
        while cursor.active_command_id is None or waiting.wait(0.05):
            pass
        waiting.wait(1)
        cursor.cancel()
        canceled.append(True)

    thread = threading.Thread(target=cancel, daemon=True)
    thread.start()
    with pytest.raises(DatabaseError, match="OPERATION_CANCELED"):
        cursor.execute(ENDLESS)
    thread.join(10)
    assert canceled == [True]


def test_a_statement_runs_asynchronously(cursor):
    cursor.execute_async("SELECT 42")
    cursor.get_async_execution_result()

    assert [tuple(row) for row in cursor.fetchall()] == [(42,)]


def test_arrow_and_pandas_read_a_query(cursor, connection, orders):
    assert cursor.execute(f"SELECT * FROM {orders}").fetchall_arrow().num_rows == 3
    assert pd.read_sql(f"SELECT sum(amount) AS s FROM {orders}", connection)["s"].tolist() == [22.0]


def test_the_sea_backend_reads_the_same(host, path, orders):
    address, _, port = host.rpartition(":")
    secret = {"access_token": os.environ["DATABRICKS_TOKEN"], "enable_telemetry": False}

    with sql.connect(address, path, _port=int(port), use_sea=True, **secret) as opened:
        found = rows(opened.cursor(), f"SELECT region, amount FROM {orders} WHERE order_id = :n", {"n": 3})
    assert found == [("APAC", 7.0)]
