"""The error conditions and SQLSTATEs of Databricks, for what users get wrong most."""

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.warehouse.sql_warehouse import SqlError, Warehouse


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    data = tmp_path_factory.mktemp("conditions") / "data"
    workspaces = Workspaces(Settings(data=data, host="http://127.0.0.1:8329", token="t", control_token="c"))
    warehouse = workspaces.named(DEFAULT).engine(Warehouse)
    warehouse.run("CREATE TABLE t (id INT, s STRING)")
    warehouse.run("INSERT INTO t VALUES (1, 'a')")
    yield warehouse
    workspaces.close()


@pytest.mark.parametrize(
    ("statement", "condition", "state"),
    [
        ("SELECT nope FROM t", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703"),
        ("SELECT * FROM nope", "TABLE_OR_VIEW_NOT_FOUND", "42P01"),
        ("SELECT nope(1)", "UNRESOLVED_ROUTINE", "42883"),
        ("SELECT * FROM", "PARSE_SYNTAX_ERROR", "42601"),
        ("SELECT 1 / 0", "DIVIDE_BY_ZERO", "22012"),
        ("SELECT CAST('a' AS INT)", "CAST_INVALID_INPUT", "22018"),
        ("SELECT CAST('a' AS DECIMAL(5,2))", "CAST_INVALID_INPUT", "22018"),
        ("SELECT to_date('2024-13-01')", "CAST_INVALID_INPUT", "22018"),
        ("SELECT CAST(300 AS TINYINT)", "CAST_OVERFLOW", "22003"),
        ("SELECT CAST(12345.6 AS DECIMAL(3,1))", "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", "22003"),
        ("SELECT 2147483647 + 1", "ARITHMETIC_OVERFLOW", "22003"),
        ("SELECT CAST(1 AS DATE)", "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "42K09"),
        ("SELECT id, count(*) FROM t", "MISSING_AGGREGATION", "42803"),
        ("SELECT count(*) FROM t WHERE count(*) > 1", "INVALID_WHERE_CONDITION", "42903"),
        ("SELECT id FROM t GROUP BY 5", "GROUP_BY_POS_OUT_OF_RANGE", "42805"),
        ("SELECT a.id FROM t a JOIN t b ON a.id = b.id WHERE id = 1", "AMBIGUOUS_REFERENCE", "42704"),
        ("SELECT upper('a', 'b')", "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605"),
        ("SELECT array(1)[3]", "INVALID_ARRAY_INDEX", "22003"),
        ("SELECT element_at(array(1), 3)", "INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "22003"),
        ("SELECT element_at(array(1), 0)", "INVALID_INDEX_OF_ZERO", "22003"),
        ("SELECT map(1, 2, 1, 3)", "DUPLICATED_MAP_KEY", "23505"),
        ("SELECT struct(1 AS a).b", "FIELD_NOT_FOUND", "42704"),
        ("SELECT parse_json('{')", "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", "22023"),
        ("SELECT regexp_extract('a', '(', 1)", "INVALID_PARAMETER_VALUE.PATTERN", "22023"),
        ("SELECT to_timestamp('x', 'yyyy')", "CANNOT_PARSE_TIMESTAMP", "22007"),
        ("SELECT make_date(2024, 13, 1)", "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", "22023"),
        ("SELECT (SELECT id FROM VALUES (1), (2) v(id))", "SCALAR_SUBQUERY_TOO_MANY_ROWS", "21000"),
        ("SELECT * FROM t UNION SELECT 1", "NUM_COLUMNS_MISMATCH", "42826"),
        ("SELECT explode(array(1)), explode(array(2))", "UNSUPPORTED_GENERATOR.MULTI_GENERATOR", "42K0E"),
        ("SELECT row_number() FROM t", "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", "42601"),
        ("SELECT 1 LIMIT -1", "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", "42K0E"),
        ("SELECT :x", "UNBOUND_SQL_PARAMETER", "42P02"),
        ("SELECT raise_error('boom')", "USER_RAISED_EXCEPTION", "P0001"),
        ("INSERT INTO t VALUES (1)", "INSERT_COLUMN_ARITY_MISMATCH", "21S01"),
        ("INSERT INTO t (id, nope) VALUES (1, 2)", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703"),
        ("UPDATE t SET nope = 1", "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703"),
        ("CREATE TABLE t (a INT)", "TABLE_OR_VIEW_ALREADY_EXISTS", "42P07"),
        ("CREATE TABLE d (a INT, a INT)", "COLUMN_ALREADY_EXISTS", "42711"),
        ("CREATE TABLE nosuch.x (a INT)", "SCHEMA_NOT_FOUND", "42704"),
        ("DROP VIEW t", "EXPECT_VIEW_NOT_TABLE", "42809"),
        ("ALTER TABLE t ADD COLUMN id INT", "COLUMN_ALREADY_EXISTS", "42711"),
        ("SELECT * FROM t VERSION AS OF 99", "DELTA_VERSION_NOT_FOUND", "22003"),
        (
            "MERGE INTO t USING (VALUES (1), (1)) AS s(n) ON t.id = s.n WHEN MATCHED THEN UPDATE SET s = 'z'",
            "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
            "21506",
        ),
    ],
)
def test_a_mistake_has_the_condition_of_databricks(shared, statement, condition, state):
    with pytest.raises(SqlError) as failed:
        shared.run(statement)

    assert (failed.value.condition, failed.value.sql_state) == (condition, state)
    assert shared.run("SELECT count(*) FROM t").rows() == [["1"]]
