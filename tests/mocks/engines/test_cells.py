"""Values as the REST API writes them."""

import pytest


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("1.0D", "1.0"),
        ("100.0D", "100.0"),
        ("0.001D", "0.001"),
        ("0.0001D", "1.0E-4"),
        ("12345678.0D", "1.2345678E7"),
        ("-1.5E300D", "-1.5E300"),
        ("CAST('NaN' AS DOUBLE)", "NaN"),
        ("CAST('Infinity' AS DOUBLE)", "Infinity"),
        ("CAST(0.1 AS FLOAT)", "0.1"),
        ("CAST(0.0000001 AS DECIMAL(10,8))", "0.00000010"),
        ("CAST(-5 AS TINYINT)", "-5"),
        ("X'00ff'", "AP8="),
        ("false", "false"),
        ("TIMESTAMP'1969-12-31 23:59:59.999'", "1969-12-31T23:59:59.999Z"),
        ("CAST('2024-01-01 00:00:00' AS TIMESTAMP_NTZ)", "2024-01-01T00:00:00.000"),
        ("array(DATE'2024-01-01', NULL)", '["2024-01-01",null]'),
        ("named_struct('a', array(1.5), 'b', map('k', true))", '{"a":[1.5],"b":{"k":true}}'),
    ],
)
def test_a_value_is_written_as_a_string(rows, expression, text):
    assert rows(f"SELECT {expression}") == [[text]]


@pytest.mark.parametrize(
    ("expression", "text", "name"),
    [
        ("1", "INT", "INT"),
        ("1L", "BIGINT", "LONG"),
        ("CAST(1 AS SMALLINT)", "SMALLINT", "SHORT"),
        ("CAST(1 AS TINYINT)", "TINYINT", "BYTE"),
        ("CAST(1 AS FLOAT)", "FLOAT", "FLOAT"),
        ("1.25", "DECIMAL(3,2)", "DECIMAL"),
        ("sum(1)", "BIGINT", "LONG"),
        ("current_timestamp()", "TIMESTAMP", "TIMESTAMP"),
        ("array(array('x'))", "ARRAY<ARRAY<STRING>>", "ARRAY"),
        ("named_struct('a', 1, 'b', 'x')", "STRUCT<a: INT, b: STRING>", "STRUCT"),
        ("map('k', 1.5D)", "MAP<STRING, DOUBLE>", "MAP"),
        ("NULL", "VOID", "NULL"),
        ("uuid()", "STRING", "STRING"),
    ],
)
def test_a_type_has_the_names_of_databricks(warehouse, expression, text, name):
    [column] = warehouse.run(f"SELECT {expression} AS c").columns

    assert (column.type_text, column.type_name) == (text, name)
