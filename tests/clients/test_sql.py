"""Statement execution, its sessions and its history through databricks-sdk."""

import threading

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.sql import (
    ExecuteStatementRequestOnWaitTimeout,
    QueryFilter,
    QueryStatus,
    StatementParameterListItem,
    StatementState,
)

ENDLESS = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b"


@pytest.fixture
def rows(run):
    def values(statement, **options):
        answer = run(statement, **options)
        assert answer.status.state is StatementState.SUCCEEDED, answer.status.error
        return answer.result.data_array or []

    return values


def until(condition):
    done = threading.Event()
    for _ in range(600):
        if condition():
            return True
        done.wait(0.05)
    return False


def failure(answer):
    return answer.status.state, answer.status.error.message.split("]")[0].lstrip("[")


def test_parameters_are_bound_and_never_read_as_sql(rows):
    said = "x'; DROP TABLE t --"

    found = rows(
        "SELECT :a, :n + 1, :d",
        parameters=[
            StatementParameterListItem(name="a", value=said),
            StatementParameterListItem(name="n", value="41", type="INT"),
            StatementParameterListItem(name="d", value="2024-05-06", type="DATE"),
        ],
    )

    assert found == [[said, "42", "2024-05-06"]]


def test_a_parameter_without_a_value_is_null(rows):
    assert rows("SELECT :x IS NULL", parameters=[StatementParameterListItem(name="x", type="INT")]) == [["true"]]


def test_a_marker_without_a_parameter_fails_and_is_named(run):
    assert failure(run("SELECT :missing")) == (StatementState.FAILED, "UNBOUND_SQL_PARAMETER")


def test_catalog_and_schema_complete_short_names(w, rows):
    w.schemas.create(name="sales", catalog_name="main")
    rows("CREATE TABLE main.sales.orders AS SELECT 7 AS n")

    assert rows("SELECT n FROM orders", catalog="main", schema="sales") == [["7"]]


def test_a_failure_has_its_condition_sqlstate_and_http_200(run):
    answer = run("SELECT * FROM no_such_table")

    assert failure(answer) == (StatementState.FAILED, "TABLE_OR_VIEW_NOT_FOUND")
    assert "`no_such_table`" in answer.status.error.message
    assert answer.as_dict()["status"]["sql_state"] == "42P01"


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("SELEC 1", "PARSE_SYNTAX_ERROR"),
        ("SELECT 1; SELECT 2", "PARSE_SYNTAX_ERROR"),
        ("SELECT nowhere FROM range(1)", "UNRESOLVED_COLUMN.WITH_SUGGESTION"),
        ("SELECT 1 / 0", "DIVIDE_BY_ZERO"),
        ("SELECT CAST('x' AS INT)", "CAST_INVALID_INPUT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "UNRESOLVABLE_TABLE_VALUED_FUNCTION"),
        ("COPY INTO t FROM '/etc' FILEFORMAT = TEXT", "PATH_NOT_FOUND"),
    ],
)
def test_what_cannot_run_fails_with_its_condition(run, statement, condition):
    assert failure(run(statement)) == (StatementState.FAILED, condition)


def test_a_statement_can_be_polled(w, run):
    answer = run("SELECT 6 * 7", wait_timeout="0s")

    def ended():
        return w.statement_execution.get_statement(answer.statement_id).status.state is StatementState.SUCCEEDED

    assert until(ended)
    assert w.statement_execution.get_statement(answer.statement_id).result.data_array == [["42"]]


def test_a_running_statement_can_be_canceled(w, run):
    answer = run(ENDLESS, wait_timeout="0s")
    assert answer.status.state in (StatementState.PENDING, StatementState.RUNNING)

    w.statement_execution.cancel_execution(answer.statement_id)

    def canceled():
        return w.statement_execution.get_statement(answer.statement_id).status.state is StatementState.CANCELED

    assert until(canceled)


def test_a_statement_that_takes_too_long_is_canceled_if_asked(run):
    answer = run(ENDLESS, wait_timeout="5s", on_wait_timeout=ExecuteStatementRequestOnWaitTimeout.CANCEL)

    assert answer.status.state is StatementState.CANCELED


def test_an_unknown_statement_is_not_found(w):
    with pytest.raises(NotFound):
        w.statement_execution.get_statement("01ef0000-0000-0000-0000-000000000000")


@pytest.mark.parametrize("wait", ["3s", "51s", "5", "soon"])
def test_a_wait_that_the_service_does_not_offer_is_refused(run, wait):
    with pytest.raises(BadRequest):
        run("SELECT 1", wait_timeout=wait)


def test_an_unknown_warehouse_is_refused(w):
    with pytest.raises(BadRequest, match="not a valid endpoint id"):
        w.statement_execution.execute_statement("SELECT 1", "nope")


def test_writes_report_their_counts(run):
    run("CREATE TABLE t (a INT, b STRING)")

    inserted = run("INSERT INTO t VALUES (1, 'x'), (2, 'y')")

    assert [c.name for c in inserted.manifest.schema.columns] == ["num_affected_rows", "num_inserted_rows"]
    assert inserted.result.data_array == [["2", "2"]]
    assert run("DELETE FROM t WHERE a = 1").result.data_array == [["1"]]


def test_a_session_keeps_its_schema(w, warehouse):
    opened = w.api_client.do("POST", "/api/2.0/sql/sessions", body={"warehouse_id": warehouse, "schema": "default"})

    body = {"statement": "SELECT current_schema()", "warehouse_id": warehouse, **opened}
    assert w.api_client.do("POST", "/api/2.0/sql/statements", body=body)["result"]["data_array"] == [["default"]]
    w.api_client.do("DELETE", f"/api/2.0/sql/sessions/{opened['session_id']}")


def test_the_history_lists_statements_newest_first_and_by_status(w, run):
    run("SELECT 1")
    run("SELECT * FROM no_such_table")

    listed = w.query_history.list().res
    assert [(one.query_text, one.status.value) for one in listed] == [
        *(("SELECT * FROM no_such_table", "FAILED"), ("SELECT 1", "FINISHED"))
    ]
    failed = w.query_history.list(filter_by=QueryFilter(statuses=[QueryStatus.FAILED])).res
    assert [one.error_message.split("]")[0] for one in failed] == ["[TABLE_OR_VIEW_NOT_FOUND"]


def test_the_history_comes_in_pages(w, run):
    for number in range(3):
        run(f"SELECT {number}")

    first = w.query_history.list(max_results=2)
    second = w.query_history.list(max_results=2, page_token=first.next_page_token)
    assert (first.has_next_page, [one.query_text for one in second.res]) == (True, ["SELECT 0"])


def test_a_session_follows_use(w, warehouse):
    w.schemas.create(name="sales", catalog_name="main")
    opened = w.api_client.do("POST", "/api/2.0/sql/sessions", body={"warehouse_id": warehouse})
    body = {"warehouse_id": warehouse, **opened}

    for statement in ("USE sales", "SELECT current_schema()"):
        last = w.api_client.do("POST", "/api/2.0/sql/statements", body={"statement": statement, **body})
    assert last["result"]["data_array"] == [["sales"]]


def test_a_session_keeps_views_and_variables(w, warehouse):
    opened = w.api_client.do("POST", "/api/2.0/sql/sessions", body={"warehouse_id": warehouse})
    body = {"warehouse_id": warehouse, **opened}

    for statement in ("CREATE TEMP VIEW v AS SELECT 1 AS a", "DECLARE n = 2", "SELECT a + n FROM v"):
        last = w.api_client.do("POST", "/api/2.0/sql/statements", body={"statement": statement, **body})
    assert last["result"]["data_array"] == [["3"]]


def test_workspaces_do_not_see_each_other(run, other):
    run("CREATE TABLE mine (a INT)")

    warehouse = next(iter(other.warehouses.list())).id
    answer = other.statement_execution.execute_statement("SELECT * FROM mine", warehouse)

    assert failure(answer) == (StatementState.FAILED, "TABLE_OR_VIEW_NOT_FOUND")
