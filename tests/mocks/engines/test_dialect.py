"""Databricks SQL means here what it means there.

Many values are the examples of the function pages of the Databricks SQL reference; the others follow from its rules on
types and formats and were worked out by hand. None was recorded from a workspace.
"""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("CAST(1.7 AS INT)", "1"),
        ("CAST(-1.7 AS BIGINT)", "-1"),
        ("CAST(sum(1.7) AS INT)", "1"),
        ("CAST('12' AS INT)", "12"),
        ("try_cast('a' AS INT)", None),
        ("CAST(CAST(1.9 AS STRING) AS DOUBLE)", "1.9"),
        ("CAST(TIMESTAMP'2024-01-01 10:00:00' AS STRING)", "2024-01-01 10:00:00"),
        ("7 / 2", "3.5"),
        ("6 / (SELECT 1 + 2)", "2.0"),
        ("7 div 2", "3"),
        ("-7 % 3", "-1"),
        ("pmod(-7, 3)", "2"),
        ("try_divide(1, 0)", None),
        ("ceil(1.2D)", "2"),
        ("round(2.5)", "3"),
        ("bround(2.5)", "2"),
        ("1e10D", "1.0E10"),
        ("substring('Spark SQL', -3)", "SQL"),
        ("split('oneAtwoBthreeC', '[ABC]')", '["one","two","three",""]'),
        ("format_string('%d-%s', 1, 'a')", "1-a"),
        ("initcap('sPark sql')", "Spark Sql"),
        ("concat_ws(',', 'a', NULL, 'b')", "a,b"),
        ("date_add('2016-07-30', 1)", "2016-07-31"),
        ("date_sub('2016-07-30', 1)", "2016-07-29"),
        ("datediff('2009-07-31', '2009-07-30')", "1"),
        ("datediff(MONTH, DATE'2024-01-31', DATE'2024-02-01')", "0"),
        ("add_months('2016-08-31', 1)", "2016-09-30"),
        ("months_between('1997-02-28 10:30:00', '1996-10-30')", "3.94959677"),
        ("last_day('2009-01-12')", "2009-01-31"),
        ("next_day('2015-01-14', 'TU')", "2015-01-20"),
        ("trunc('2019-08-04', 'MM')", "2019-08-01"),
        ("date_trunc('MONTH', TIMESTAMP'2015-03-05 09:32:05')", "2015-03-01T00:00:00.000Z"),
        ("quarter('2016-08-31')", "3"),
        ("dayofweek('2009-07-30')", "5"),
        ("weekday('2009-07-30')", "3"),
        ("extract(YEAR FROM TIMESTAMP'2019-08-12 01:00:00')", "2019"),
        ("date_format(DATE'2016-04-08', 'MMM d, yyyy')", "Apr 8, 2016"),
        ("to_date('12/31/2016', 'MM/dd/yyyy')", "2016-12-31"),
        ("to_timestamp('2016-12-31 00:12:00')", "2016-12-31T00:12:00.000Z"),
        ("from_utc_timestamp('2016-08-31', 'Asia/Seoul')", "2016-08-31T09:00:00.000Z"),
        ("to_utc_timestamp('2016-08-31', 'Asia/Seoul')", "2016-08-30T15:00:00.000Z"),
        ("DATE'2024-01-31' + INTERVAL 1 MONTH", "2024-02-29"),
        ("DATE'2024-03-31' - INTERVAL 1 MONTH", "2024-02-29"),
        ("unix_timestamp(TIMESTAMP'2016-04-08 00:00:00')", "1460073600"),
        ("typeof(1)", "int"),
        ("array(1, 2)[0]", "1"),
        ("element_at(array(1, 2, 3), 2)", "2"),
        ("array_distinct(array(2, 1, 2))", "[2,1]"),
        ("transform(array(1, 2), x -> x + 1)", "[2,3]"),
        ("exists(array(1, 2), x -> x = 2)", "true"),
        ("aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)", "6"),
        ("named_struct('a', 1, 'b', 'x')", '{"a":1,"b":"x"}'),
        ("map('k', 1)", '{"k":1}'),
        ("""'{"a":{"b":1}}':a.b""", "1"),
        ("""from_json('{"a":1}', 'a INT')""", '{"a":1}'),
        ("percentile(1, 0.5)", "1.0"),
        ("count_if(true)", "1"),
        ("url_encode('a b')", "a+b"),
        ("NULL <=> NULL", "true"),
        ("CAST(1e10 AS STRING)", "1.0E10"),
        ("CAST(-1.5e-7D AS STRING)", "-1.5E-7"),
        ("CAST(CAST('NaN' AS DOUBLE) AS STRING)", "NaN"),
        ("CAST(CAST(1.10 AS DECIMAL(10,2)) AS STRING)", "1.10"),
        ("1 + '2'", "3"),
        ("'3' * '4'", "12.0"),
        ("10 / '4'", "2.5"),
        ("DATE'2024-03-01' - DATE'2024-02-01'", "INTERVAL '29 00:00:00' DAY TO SECOND"),
        ("TIMESTAMP'2024-03-01 12:00:00' - DATE'2024-02-29'", "INTERVAL '1 12:00:00' DAY TO SECOND"),
        ("(SELECT max(n) - min(n) FROM VALUES (1.5), (4.0) AS t(n))", "2.5"),
        ("(SELECT sum(n) - lag(sum(n)) OVER (ORDER BY k) FROM VALUES (1, 2) AS t(k, n) GROUP BY k)", None),
        ("(SELECT max(d) - min(d) FROM VALUES (DATE'2024-01-01') AS t(d))", "INTERVAL '0 00:00:00' DAY TO SECOND"),
        (
            "(SELECT DATE'2024-01-03' - max(d) FROM VALUES (DATE'2024-01-01') AS t(d))",
            "INTERVAL '2 00:00:00' DAY TO SECOND",
        ),
        ("(SELECT count(*) - (SELECT 1) FROM VALUES (1), (2) AS t(n))", "1"),
        ("zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)", "[4,6]"),
        ("map_filter(map('a', 1, 'b', 2), (k, v) -> v > 1)", '{"b":2}'),
        ("transform_values(map('a', 1), (k, v) -> v + 1)", '{"a":2}'),
        ("transform_keys(map('a', 1), (k, v) -> upper(k))", '{"A":1}'),
        ("forall(array(1, 2), x -> x > 0)", "true"),
        ("filter(array(1, 2, 3), x -> x > 1)", "[2,3]"),
        ("sequence(1, 3)", "[1,2,3]"),
        ("sequence(DATE'2024-01-30', DATE'2024-02-01')", '["2024-01-30","2024-01-31","2024-02-01"]'),
        ("""parse_json('{"a":"x"}'):a""", '"x"'),
        ("""parse_json('{"a":"x"}'):a::string""", "x"),
        ("""'{"a":"x"}':a""", "x"),
        ("""variant_get(parse_json('{"a":[1,2]}'), '$.a[1]', 'int')""", "2"),
        ("""try_variant_get(parse_json('{"a":"x"}'), '$.a', 'int')""", None),
        ("try_parse_json('{')", None),
        ("typeof(parse_json('1'))", "variant"),
        ("""get_json_object('{"a":{"b":5}}', '$.a.b')""", "5"),
        ("width_bucket(5.3, 0.2, 10.6, 5)", "3"),
        ("current_schema()", "default"),
        ("current_user()", "default@sandbricks.local"),
    ],
)
def test_an_expression_has_the_documented_value(rows, expression, value):
    assert rows(f"SELECT {expression}") == [[value]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT 1, 'a', count(*), sum(r.id), id + 1 FROM range(3) r GROUP BY id", "1|a|count(1)|sum(id)|(id + 1)"),
        ("SELECT CAST(id AS STRING), upper('x') AS u FROM range(1)", "CAST(id AS STRING)|u"),
        ("SELECT explode(array(1))", "col"),
        ("SELECT 1 UNION ALL SELECT 2", "1"),
    ],
)
def test_unnamed_columns_have_the_names_of_spark(warehouse, query, names):
    assert "|".join(column.name for column in warehouse.run(query).columns) == names


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT main.s.t.a FROM main.s.t", [["1"]]),
        ("SELECT s.t.a, t.a FROM s.t", [["1", "1"]]),
        ("SELECT x.a FROM s.t AS x", [["1"]]),
        ("WITH t AS (SELECT a + 1 AS a FROM s.t) SELECT a FROM t", [["2"]]),
        ("WITH u AS (SELECT 5 AS a), t AS (SELECT * FROM u) SELECT a FROM t", [["5"]]),
        ("SELECT a FROM s.t WHERE EXISTS (SELECT 1 FROM s.t AS i WHERE i.a = t.a)", [["1"]]),
        ("SELECT c FROM s.t LATERAL VIEW explode(array(7, 8)) e AS c ORDER BY c", [["7"], ["8"]]),
        ("SELECT a FROM s.t QUALIFY row_number() OVER (ORDER BY a) = 1", [["1"]]),
        ("SELECT * FROM VALUES (1, 'x') AS v(n, s)", [["1", "x"]]),
        ("SELECT `A` FROM S.`T`", [["1"]]),
    ],
)
def test_names_of_every_length_are_found(warehouse, query, found):
    warehouse.run("CREATE SCHEMA s")
    warehouse.run("CREATE TABLE s.t AS SELECT 1 AS a")

    assert warehouse.run(query).rows() == found


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("avg(price)", "DECIMAL(14,6)", "6.875000"),
        ("sum(price)", "DECIMAL(20,2)", "13.75"),
        ("sum(price * q)", "DECIMAL(31,2)", "30.75"),
        ("max(price) / 3", "DECIMAL(14,6)", "3.500000"),
        ("max(price) / max(d)", "DOUBLE", "4.2"),
        ("avg(q)", "DOUBLE", "2.5"),
        ("sum(q)", "BIGINT", "5"),
        ("1.5 / 2", "DECIMAL(7,6)", "0.750000"),
        ("7 / 2", "DOUBLE", "3.5"),
        ("max(p) FROM (SELECT avg(price) OVER () AS p FROM o)", "DECIMAL(14,6)", "6.875000"),
        ("avg(p) FROM (SELECT price AS p FROM o)", "DECIMAL(14,6)", "6.875000"),
    ],
)
def test_decimals_have_the_digits_that_the_rules_give_them(warehouse, expression, kind, value):
    warehouse.run("CREATE TABLE o (price DECIMAL(10,2), q INT, d DOUBLE)")
    warehouse.run("INSERT INTO o VALUES (10.50, 2, 1.5), (3.25, 3, 2.5)")

    found = warehouse.run(f"SELECT {expression}" + ("" if " FROM " in expression else " FROM o LIMIT 1"))

    assert (found.columns[0].type_text, found.rows()) == (kind, [[value]])


def test_a_plan_forgets_the_types_of_a_table_that_was_made_again(warehouse):
    types = []
    for kind in ("DECIMAL(10,2)", "DOUBLE"):
        warehouse.run(f"CREATE OR REPLACE TABLE o (price {kind})")
        types.append(warehouse.run("SELECT avg(price) FROM o").columns[0].type_text)

    assert types == ["DECIMAL(14,6)", "DOUBLE"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * FROM (SELECT k, v FROM t) PIVOT (sum(v) FOR k IN ('a', 'b'))", [["4", "2"]]),
        ("SELECT n, x FROM w UNPIVOT (x FOR n IN (q1, q2)) ORDER BY n", [["q1", "2"], ["q2", "3"]]),
        ("SELECT k FROM t GROUP BY ALL ORDER BY ALL", [["a"], ["b"]]),
        ("SELECT * EXCEPT (v) FROM t ORDER BY k LIMIT 1", [["a"]]),
        ("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT max(n) FROM r", [["3"]]),
        ("SELECT count(*) FILTER (WHERE v > 1) FROM t", [["2"]]),
    ],
)
def test_queries_are_shaped_as_in_databricks(warehouse, query, found):
    warehouse.run("CREATE TABLE t AS SELECT * FROM VALUES ('a', 1), ('b', 2), ('a', 3) AS t(k, v)")
    warehouse.run("CREATE TABLE w AS SELECT 2 AS q1, 3 AS q2")

    assert warehouse.run(query).rows() == found


def test_names_with_dashes_and_quotes_are_taken(warehouse, rows):
    warehouse.run("CREATE SCHEMA `my-schema`")
    warehouse.run("""CREATE TABLE `my-schema`.`a-b'q"` (`x y` INT)""")
    warehouse.run("""INSERT INTO `my-schema`.`a-b'q"` VALUES (1)""")

    assert rows("""SELECT `x y` FROM main.`my-schema`.`a-b'q"`""") == [["1"]]


def test_positional_markers_are_bound_in_their_order(warehouse):
    parameters = [("", "a?", "STRING"), ("", "2", "INT"), ("", None, "VOID")]

    assert warehouse.run("SELECT ?, ? + 1, '?', ?", parameters=parameters).rows() == [["a?", "3", "?", None]]


def test_a_cte_of_the_same_name_reads_the_real_table(warehouse):
    warehouse.run("CREATE TABLE orders AS SELECT 1 AS a")

    assert warehouse.run("WITH orders AS (SELECT * FROM orders) SELECT * FROM orders").rows() == [["1"]]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("SELECT sentences('x')", "sentences"),
        ("UNDROP TABLE t", "UNDROP"),
        ("CREATE TABLE t (a STRING COLLATE UTF8_LCASE)", "COLLATE"),
    ],
)
def test_what_is_not_supported_says_so(warehouse, statement, named):
    with pytest.raises(SqlError, match=named):
        warehouse.run(statement)


def test_deep_nesting_is_refused_and_harms_nobody(warehouse, rows):
    with pytest.raises(SqlError):
        warehouse.run("SELECT " + "(" * 5000 + "1" + ")" * 5000)

    assert rows("SELECT 1") == [["1"]]
