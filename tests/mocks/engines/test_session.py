"""What a session keeps between its statements: temporary views, variables, settings."""

import pytest

from mocks.engines.statements.session_state import NEW
from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.fixture
def session(warehouse):
    kept = {"state": NEW}

    def run(*statements):
        for statement in statements:
            result = warehouse.run(statement, state=kept["state"])
            kept["state"] = result.state or kept["state"]
        return result.rows()

    run("CREATE TABLE t (id INT, x INT)", "INSERT INTO t VALUES (1, 10), (2, 20)")
    return run


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * FROM v ORDER BY 1", [["1"], ["2"]]),
        ("SELECT w.a, t.x FROM v w JOIN t ON t.id = w.a WHERE w.a = 2", [["2", "20"]]),
        ("WITH v AS (SELECT 9 AS z) SELECT * FROM v", [["9"]]),
        ("CREATE TEMP VIEW w AS SELECT a + 1 AS b FROM v; SELECT max(b) FROM w", [["3"]]),
        ("CREATE TABLE u AS SELECT * FROM v; SELECT count(*) FROM u", [["2"]]),
        ("USE SCHEMA default; SELECT count(*) FROM v", [["2"]]),
    ],
)
def test_a_temporary_view_stands_for_its_query(session, query, found):
    session("CREATE OR REPLACE TEMPORARY VIEW v (a COMMENT 'key') AS SELECT id FROM t")

    assert session(*query.split("; ")) == found


def test_a_temporary_view_is_of_one_session_and_hides_a_table(session, rows):
    session("CREATE TEMP VIEW t AS SELECT 5 AS five")

    assert session("SELECT * FROM t") == [["5"]]
    assert rows("SELECT id FROM t ORDER BY id") == [["1"], ["2"]]
    assert session("DROP VIEW t", "SELECT count(*) FROM t") == [["2"]]


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("CREATE TEMP VIEW v AS SELECT 1", "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS"),
        ("CREATE TEMP VIEW w AS SELECT nope FROM t", "UNRESOLVED_COLUMN"),
        ("CREATE TEMP VIEW main.default.w AS SELECT 1", "TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS"),
        ("DECLARE n INT", "VARIABLE_ALREADY_EXISTS"),
        ("SET VAR m = 1", "UNRESOLVED_VARIABLE"),
        ("SET VAR n = 'a'", "CAST_INVALID_INPUT"),
        ("SET VAR (n, n) = (SELECT 1)", "ASSIGNMENT_ARITY_MISMATCH"),
        ("SET spark.sql.shuffle.partitions = 8", "CONFIG_NOT_AVAILABLE"),
        ("SET ANSI_MODE = false", "UNSUPPORTED_FEATURE"),
        ("SET TIME ZONE 'Mars/Olympus'", "INVALID_CONF_VALUE"),
        ("EXECUTE IMMEDIATE 'SELECT id FROM t' INTO n", "ROW_SUBQUERY_TOO_MANY_ROWS"),
    ],
)
def test_what_a_session_cannot_keep_is_refused(session, statement, condition):
    session("CREATE TEMP VIEW v AS SELECT 1 AS one", "DECLARE n INT")

    with pytest.raises(SqlError, match=condition):
        session(statement)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        ("SELECT n, n + 1, session.n", [["5", "6", "5"]]),
        ("SELECT x FROM t WHERE id = n - 3", [["20"]]),
        ("SET VAR n = (SELECT max(x) FROM t); SELECT n", [["20"]]),
        ("SET VAR n = n + 1, x = 'w'; SET VARIABLE n = n * 2; SELECT n, x", [["12", "w"]]),
        ("SET VAR n = 7; SET VAR n = DEFAULT; SELECT n", [["5"]]),
        ("SET VAR (n, x) = (SELECT 1, 'two'); SELECT n, x", [["1", "two"]]),
        ("DECLARE a ARRAY<INT> DEFAULT array(1, n); SELECT a[1], size(a)", [["5", "2"]]),
        ("DECLARE s = named_struct('a', 1, 'b', 'it''s'); SELECT s.b", [["it's"]]),
        ("UPDATE t SET x = n WHERE id = 1; SELECT x FROM t WHERE id = 1", [["5"]]),
        ("CREATE TABLE u AS SELECT n AS five; SELECT * FROM u", [["5"]]),
        ("DECLARE OR REPLACE n DATE DEFAULT DATE'2024-01-31'; SELECT n + INTERVAL 1 MONTH", [["2024-02-29"]]),
    ],
)
def test_a_variable_stands_where_no_column_has_its_name(session, statements, found):
    session("DECLARE VARIABLE n INT DEFAULT 5", "DECLARE x = 'hello'")

    assert session(*statements.split("; ")) == found


def test_a_dropped_variable_is_gone(session):
    session("DECLARE n = 1", "DROP TEMPORARY VARIABLE n", "DROP TEMPORARY VARIABLE IF EXISTS n")

    with pytest.raises(SqlError, match="UNRESOLVED_COLUMN"):
        session("SELECT n")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("EXECUTE IMMEDIATE 'SELECT sum(c1) FROM VALUES(?), (?) AS t(c1)' USING 5, 6", [["11"]]),
        ("EXECUTE IMMEDIATE 'SELECT :first || :second' USING ('a' AS first, upper('b') AS second)", [["aB"]]),
        ("EXECUTE IMMEDIATE q || ' WHERE id = 1'", [["10"]]),
    ],
)
def test_a_text_is_executed_immediately(session, statement, found):
    session("DECLARE q = 'SELECT sum(x) FROM t'")

    assert session(statement) == found


def test_a_text_executed_immediately_fills_variables(session):
    session("DECLARE a INT", "DECLARE b STRING", "EXECUTE IMMEDIATE 'SELECT 42, ?' INTO a, b USING 'x'")

    assert session("SELECT a, b") == [["42", "x"]]


@pytest.mark.parametrize(
    ("said", "zone", "hour"),
    [
        ("SET TIME ZONE 'America/Los_Angeles'", "America/Los_Angeles", "2"),
        ("SET TIMEZONE = 'Asia/Tokyo'", "Asia/Tokyo", "19"),
        ("SET TIME ZONE INTERVAL '08:00' HOUR TO MINUTE", "Etc/GMT-8", "18"),
        ("SET TIME ZONE LOCAL", "Etc/UTC", "10"),
    ],
)
def test_a_time_zone_counts_for_the_statements_after_it(session, rows, said, zone, hour):
    assert session(said, "SELECT current_timezone(), hour(TIMESTAMP'2024-01-01 10:00:00Z')") == [[zone, hour]]
    assert rows("SELECT hour(TIMESTAMP'2024-01-01 10:00:00Z')") == [["10"]]


def test_settings_are_told_changed_and_reset(session):
    assert session("SET USE_CACHED_RESULT = false") == [["USE_CACHED_RESULT", "false"]]
    assert session("SET use_cached_result") == [["use_cached_result", "false"]]

    session("RESET use_cached_result")

    assert ["USE_CACHED_RESULT", "true"] in session("SET")


@pytest.mark.parametrize("name", ["'t'", "'main.' || 'default.t'", "wanted", "upper(wanted)"])
def test_a_name_comes_of_a_constant_expression(session, name):
    session("DECLARE wanted = 't'")

    assert session(f"SELECT count(*) FROM IDENTIFIER({name})") == [["2"]]
