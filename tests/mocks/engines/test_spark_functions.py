"""Functions whose documented values DuckDB would not give by itself: the examples of the Databricks SQL reference."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("array_contains(array(1, NULL), 2)", None),
        ("array_remove(array(1, 2, 3, NULL, 3), 3)", "[1,2,null]"),
        ("exists(array(1, NULL), x -> x > 5)", None),
        ("forall(array(1, NULL), x -> x > 0)", None),
        ("transform(array(1, 2, 3), (x, i) -> x + i)", "[1,3,5]"),
        ("filter(array(0, 2, 3), (x, i) -> x > i)", "[2,3]"),
        ("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)", "60"),
        ("reverse(array(2, 1, 4, 3))", "[3,4,1,2]"),
        ("reverse('Spark SQL')", "LQS krapS"),
        ("size(map('a', 1, 'b', 2))", "2"),
        ("map_contains_key(map(1, 'a', 2, 'b'), 2)", "true"),
        ("str_to_map('a:1,b:2,c:3', ',', ':')", '{"a":"1","b":"2","c":"3"}'),
        ("typeof(map('a', 1))", "map<string,int>"),
        ("typeof(named_struct('a', 1, 'b', array('x')))", "struct<a:int,b:array<string>>"),
        ("try_add(127Y, 1Y)", None),
        ("try_add(DATE'2021-03-31', 1)", "2021-04-01"),
        ("try_subtract(1, 2)", "-1"),
        ("try_multiply(2, 3)", "6"),
        ("try_mod(3, 0)", None),
        ("try_to_timestamp('foo', 'yyyy-MM-dd')", None),
        ("try_to_date('2016-12-31')", "2016-12-31"),
        ("conv('100', 2, 10)", "4"),
        ("conv(-10, 16, -10)", "-16"),
        ("crc32('Spark')", "1557323817"),
        ("elt(1, 'scala', 'java')", "scala"),
        ("getbit(23Y, 0)", "1"),
        ("luhn_check('79927398713')", "true"),
        ("mask('AaBb-1234')", "XxXx-nnnn"),
        ("mask('AaBb-1234', NULL, 'x', '#', '*')", "AxBx*####"),
        ("nanvl(CAST('NaN' AS DOUBLE), 123)", "123.0"),
        ("negative(1)", "-1"),
        ("rint(12.3456)", "12.0"),
        ("octet_length('é')", "2"),
        ("parse_url('http://spark.apache.org/path?query=1', 'HOST')", "spark.apache.org"),
        ("parse_url('http://spark.apache.org/path?query=1', 'QUERY', 'query')", "1"),
        ("regexp_substr('Steven Jones and Stephen Smith', 'Ste(v|ph)en')", "Steven"),
        ("schema_of_json('[{\"col\":0}]')", "ARRAY<STRUCT<col: BIGINT>>"),
        ("soundex('Miller')", "M460"),
        ("split('a,b,c', ',', 2)", '["a","b,c"]'),
        ("substring('Spark', 0, 2)", "Sp"),
        ("substring_index('www.apache.org', '.', 2)", "www.apache"),
        ("substring_index('www.apache.org', '.', -1)", "org"),
        ("to_binary('537061726B2053514C')::STRING", "Spark SQL"),
        ("url_decode('a+b%2F')", "a b/"),
        ("hour('2009-07-30 12:58:59')", "12"),
        ("minute('2009-07-30 12:58:59')", "58"),
        ("second('2009-07-30 12:58:59')", "59"),
        ("date_trunc('YEAR', '2015-03-05T09:32:05.359')", "2015-01-01T00:00:00.000Z"),
        ("date_format(TIMESTAMP'2024-02-03 04:05:06.789', 'HH:mm:ss.SSS')", "04:05:06.789"),
        ("to_timestamp('2024-02-03 04:05:06.789', 'yyyy-MM-dd HH:mm:ss.SSS')", "2024-02-03T04:05:06.789Z"),
        ("to_unix_timestamp('2016-04-08', 'yyyy-MM-dd')", "1460073600"),
        ("INTERVAL '3 04:05:06' DAY TO SECOND", "INTERVAL '3 04:05:06' DAY TO SECOND"),
        ("DATE'2024-01-31' + INTERVAL '1-2' YEAR TO MONTH", "2025-03-31"),
        ("current_timezone()", "Etc/UTC"),
        ("first_value(5)", "5"),
        ("'O''Brien'", "O'Brien"),
        ("'a' 'b'", "ab"),
        (r"'a_c' LIKE 'a\\_c' AND NOT 'abc' LIKE 'a\\_c'", "true"),
        (r"'A%' ILIKE concat('a', '\\%')", "true"),
        ("'a' LIKE ANY ('a%', 'x') AND 'a/b' LIKE 'a//b' ESCAPE '/'", "true"),
    ],
)
def test_an_expression_has_the_documented_value(warehouse, expression, value):
    assert warehouse.run(f"SELECT {expression}").rows() == [[value]]


@pytest.mark.parametrize(
    "expression", ["date_format(DATE'2024-02-03', 'ww')", "to_binary('x', 'rot13')", "xpath('<a/>', 'a')"]
)
def test_what_would_be_computed_wrongly_is_refused(warehouse, expression):
    with pytest.raises(SqlError, match="does not support"):
        warehouse.run(f"SELECT {expression}")
