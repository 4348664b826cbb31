"""Statement execution and warehouses through databricks-sdk; external links as any HTTP client fetches them."""

import base64
import csv
import io
import json
import threading
import urllib.request

import pyarrow as pa
import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.sql import (
    Disposition,
    ExecuteStatementRequestOnWaitTimeout,
    Format,
    QueryFilter,
    QueryStatus,
    State,
    StatementParameterListItem,
    StatementState,
)

ENDLESS = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b"


@pytest.fixture
def warehouse(w):
    return next(iter(w.warehouses.list())).id


@pytest.fixture
def run(w, warehouse):
    def execute(statement, **options):
        return w.statement_execution.execute_statement(statement, warehouse, **({"wait_timeout": "30s"} | options))

    return execute


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


def fetch(link):
    with urllib.request.urlopen(link, timeout=30) as answer:
        return answer.read()


def failure(answer):
    return answer.status.state, answer.status.error.message.split("]")[0].lstrip("[")


def test_values_are_strings_and_types_carry_the_names_of_databricks(run):
    answer = run(
        "SELECT 1 AS i, 3000000000 AS l, 1.5 AS d, true AS b, DATE'2024-01-02' AS dt, NULL AS n, array(1) AS a"
    )

    assert answer.result.data_array == [["1", "3000000000", "1.5", "true", "2024-01-02", None, "[1]"]]
    assert [c.type_text for c in answer.manifest.schema.columns] == [
        *("INT", "BIGINT", "DECIMAL(2,1)", "BOOLEAN", "DATE", "VOID", "ARRAY<INT>")
    ]


def test_a_timestamp_is_written_in_utc_with_milliseconds(rows):
    assert rows("SELECT TIMESTAMP'2024-01-01 10:20:30.5'") == [["2024-01-01T10:20:30.500Z"]]


def test_a_sum_of_integers_is_a_long(run):
    answer = run("SELECT sum(id), count(*) FROM range(4)")

    assert answer.result.data_array == [["6", "4"]]
    assert [c.type_name.value for c in answer.manifest.schema.columns] == ["LONG", "LONG"]


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


def test_a_row_limit_cuts_and_says_so(run):
    answer = run("SELECT id FROM range(10) ORDER BY id", row_limit=3)

    assert answer.result.data_array == [["0"], ["1"], ["2"]]
    assert answer.manifest.truncated


def test_a_byte_limit_cuts_and_says_so(run):
    answer = run("SELECT id FROM range(1000)", byte_limit=800)

    assert answer.manifest.truncated
    assert 0 < answer.manifest.total_row_count <= 100
    assert answer.manifest.total_byte_count <= 800


def test_an_empty_result_has_its_columns(run):
    answer = run("SELECT 1 AS a WHERE false")

    assert [c.name for c in answer.manifest.schema.columns] == ["a"]
    assert (answer.manifest.total_row_count, answer.result.data_array) == (0, [])


def test_a_long_inline_result_comes_in_chunks(w, run):
    answer = run("SELECT id FROM range(120000) ORDER BY id")

    second = w.statement_execution.get_statement_result_chunk_n(answer.statement_id, answer.result.next_chunk_index)
    assert (answer.manifest.total_chunk_count, answer.manifest.total_row_count) == (3, 120000)
    assert second.data_array[0] == [str(second.row_offset)]


def test_external_links_need_no_token_and_hold_all_rows(w, run):
    answer = run("SELECT id FROM range(60000) ORDER BY id", disposition=Disposition.EXTERNAL_LINKS)

    links = answer.result.external_links
    links += w.statement_execution.get_statement_result_chunk_n(
        answer.statement_id, links[0].next_chunk_index
    ).external_links
    values = [row for link in links for row in json.loads(fetch(link.external_link))]
    assert values == [[str(number)] for number in range(60000)]


def test_arrow_comes_by_external_link(run):
    answer = run(
        "SELECT sum(id) AS s, 'x' AS t FROM range(3)",
        disposition=Disposition.EXTERNAL_LINKS,
        format=Format.ARROW_STREAM,
    )

    table = pa.ipc.open_stream(fetch(answer.result.external_links[0].external_link)).read_all()
    assert table.to_pylist() == [{"s": 3, "t": "x"}]
    assert table.schema.field("s").type == pa.int64()


def test_arrow_comes_inline_as_an_attachment(w, warehouse):
    body = {"statement": "SELECT 1 AS a", "warehouse_id": warehouse, "format": "ARROW_STREAM", "disposition": "INLINE"}

    answer = w.api_client.do("POST", "/api/2.0/sql/statements", body=body)

    stream = base64.b64decode(answer["result"]["attachment"])
    assert pa.ipc.open_stream(stream).read_all().to_pylist() == [{"a": 1}]


def test_csv_has_a_header_and_the_word_null(run):
    answer = run("SELECT 'a,b' AS x, NULL AS y", disposition=Disposition.EXTERNAL_LINKS, format=Format.CSV)

    text = fetch(answer.result.external_links[0].external_link).decode()
    assert list(csv.reader(io.StringIO(text))) == [["x", "y"], ["a,b", "null"]]


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


def test_a_warehouse_is_there_and_runs(w, warehouse):
    found = w.warehouses.get(warehouse)

    assert found.state is State.RUNNING
    assert found.odbc_params.path == f"/sql/1.0/warehouses/{warehouse}"


def test_a_warehouse_is_made_edited_stopped_started_and_deleted(w):
    made = w.warehouses.create(name="mine", cluster_size="Small", max_num_clusters=1, auto_stop_mins=10).result()

    w.warehouses.edit(made.id, name="yours", cluster_size="Medium").result()
    stopped = w.warehouses.stop(made.id).result()
    started = w.warehouses.start(made.id).result()

    assert (stopped.state, started.state) == (State.STOPPED, State.RUNNING)
    assert (started.name, started.cluster_size) == ("yours", "Medium")
    w.warehouses.delete(made.id)
    with pytest.raises(NotFound):
        w.warehouses.get(made.id)


def test_a_statement_starts_a_stopped_warehouse(w, warehouse):
    w.warehouses.stop(warehouse).result()

    w.statement_execution.execute_statement("SELECT 1", warehouse)

    assert w.warehouses.get(warehouse).state is State.RUNNING
