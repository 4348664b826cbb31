"""Functions that make rows: explode, posexplode, inline, stack, json_tuple, wherever they may stand."""

import pytest

from mocks.engines.warehouse.sql_warehouse import SqlError

TABLE = """CREATE TABLE t AS
    SELECT 1 AS id, array(10, 20) AS a, map('x', 1, 'y', 2) AS m, array(named_struct('p', 1, 'q', 'u')) AS s,
        5 AS c1, 6 AS c2
    UNION ALL SELECT 2, array(), map(), array(), 7, 8"""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT id, x FROM t LATERAL VIEW OUTER explode(a) e AS x", ["1 10", "1 20", "2 None"]),
        ("SELECT id, p, x FROM t LATERAL VIEW posexplode(a) e AS p, x", ["1 0 10", "1 1 20"]),
        ("SELECT id, k, v FROM t LATERAL VIEW explode(m) e AS k, v", ["1 x 1", "1 y 2"]),
        ("SELECT id, explode(m) AS (k, v) FROM t", ["1 x 1", "1 y 2"]),
        ("SELECT id, explode_outer(a) AS x FROM t", ["1 10", "1 20", "2 None"]),
        ("SELECT * FROM posexplode(array('x', 'y'))", ["0 x", "1 y"]),
        ("SELECT * FROM explode(map('a', 1)) AS e(k, v)", ["a 1"]),
        ("SELECT inline(array(struct(1, 'a'), struct(2, 'b')))", ["1 a", "2 b"]),
        ("SELECT id, p FROM t LATERAL VIEW inline(s) e AS p, q", ["1 1"]),
        ("SELECT id, e.* FROM t, LATERAL inline(s) AS e(p, q)", ["1 1 u"]),
        ("SELECT stack(2, 1, 'a', 2, 'b')", ["1 a", "2 b"]),
        ("SELECT * FROM stack(2, 1, 'a', 2, 'b') AS t(n, s)", ["1 a", "2 b"]),
        ("SELECT id, stack(2, 'c1', c1, 'c2', c2) AS (k, v) FROM t", ["1 c1 5", "1 c2 6", "2 c1 7", "2 c2 8"]),
        ("SELECT json_tuple('{\"a\":1,\"b\":2}', 'a', 'b')", ["1 2"]),
        ("SELECT id, e.c FROM t, LATERAL explode(a) AS e(c)", ["1 10", "1 20"]),
        (
            """SELECT x, y FROM (SELECT array(array(1, 2), array(3)) AS a)
            LATERAL VIEW explode(a) u AS x LATERAL VIEW explode(x) w AS y""",
            ["[1,2] 1", "[1,2] 2", "[3] 3"],
        ),
    ],
)
def test_rows_are_made_of_a_value(warehouse, query, found):
    warehouse.run(TABLE)

    assert sorted(" ".join(map(str, row)) for row in warehouse.run(query).rows()) == found


def test_as_many_names_as_columns_are_wanted(warehouse):
    with pytest.raises(SqlError, match="UDTF_ALIAS_NUMBER_MISMATCH"):
        warehouse.run("SELECT explode(array(1)) AS (k, v, w)")


NESTED = "(SELECT 1 AS id, named_struct('items', array(named_struct('sku', 'a'), named_struct('sku', 'b'))) AS o) AS t"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"SELECT o.items.sku FROM {NESTED}", [['["a","b"]']]),
        (f"SELECT t.o.items.sku[1], id FROM {NESTED}", [["b", "1"]]),
        (f"SELECT x.sku FROM (SELECT o.items AS x FROM {NESTED})", [['["a","b"]']]),
        (f"SELECT explode(o.items.sku) FROM {NESTED}", [["a"], ["b"]]),
        (f"SELECT i.sku FROM {NESTED} LATERAL VIEW explode(o.items) e AS i ORDER BY 1", [["a"], ["b"]]),
        (f"SELECT size(o.items.sku) FROM {NESTED} WHERE array_contains(o.items.sku, 'b')", [["2"]]),
    ],
)
def test_a_field_of_an_array_is_the_array_of_that_field(rows, query, found):
    assert rows(query) == found
    assert rows(query) == found


def test_the_column_has_the_name_of_the_field_and_tables_are_made_of_it(warehouse):
    warehouse.run(f"CREATE TABLE made AS SELECT o.items.sku FROM {NESTED}")

    assert [column.name for column in warehouse.run("SELECT * FROM made").columns] == ["sku"]
    with pytest.raises(SqlError, match="INVALID_EXTRACT_BASE_FIELD_TYPE"):
        warehouse.run("SELECT id.x FROM (SELECT 1 AS id) AS t")
