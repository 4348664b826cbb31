"""Statements of Databricks SQL that make, change, merge, copy and describe."""


def test_a_variant_is_kept_in_a_table(warehouse, rows):
    warehouse.run("CREATE TABLE v (d VARIANT)")
    warehouse.run("""INSERT INTO v SELECT parse_json('{"a":{"b":[1,2]}}')""")

    assert rows("SELECT d:a.b[1]::int, d FROM v") == [["2", '{"a":{"b":[1,2]}}']]
    assert rows("DESCRIBE v") == [["d", "variant", None]]


def test_a_fraction_is_cut_when_a_function_returns_an_integer(warehouse):
    warehouse.run("CREATE FUNCTION half(x INT) RETURNS INT RETURN x / 2")

    assert warehouse.run("SELECT half(7), half(sum(7))").rows() == [["3", "3"]]


def test_a_table_function_gives_the_declared_columns(warehouse):
    warehouse.run("CREATE FUNCTION up_to(n INT) RETURNS TABLE(i INT, s STRING) RETURN SELECT id, 'x' FROM range(n)")

    assert [column.name for column in warehouse.run("SELECT * FROM up_to(2)").columns] == ["i", "s"]


def test_a_merge_counts_what_it_did(warehouse):
    warehouse.run("CREATE TABLE t AS SELECT 1 AS k, 'a' AS v UNION ALL SELECT 2, 'b'")

    merged = warehouse.run(
        "MERGE INTO t USING (SELECT 1 AS k, 'z' AS v UNION ALL SELECT 3, 'c') s ON t.k = s.k "
        "WHEN MATCHED THEN UPDATE SET t.v = s.v WHEN NOT MATCHED THEN INSERT * WHEN NOT MATCHED BY SOURCE THEN DELETE"
    )

    assert dict(zip([c.name for c in merged.columns], merged.rows()[0], strict=True)) == {
        "num_affected_rows": "3",
        "num_updated_rows": "1",
        "num_deleted_rows": "1",
        "num_inserted_rows": "1",
    }
    assert warehouse.run("SELECT * FROM t ORDER BY k").rows() == [["1", "z"], ["3", "c"]]


def test_a_column_made_by_a_sum_is_a_bigint(warehouse):
    warehouse.run("CREATE TABLE t AS SELECT sum(id) AS s, NULL AS n FROM range(3)")

    assert [column.type_text for column in warehouse.table("main.default.t").columns] == ["bigint", "string"]


def test_show_and_describe_tell_what_is_there(warehouse, rows):
    warehouse.run("CREATE TABLE t (a INT COMMENT 'first', b DECIMAL(10,2))")
    warehouse.run("CREATE VIEW v AS SELECT 1 AS x")

    assert rows("SHOW TABLES LIKE 't*'") == [["default", "t", "false"]]
    assert rows("SHOW VIEWS") == [["default", "v", "false", "false"]]
    assert rows("SHOW COLUMNS IN t") == [["a"], ["b"]]
    assert rows("DESCRIBE t") == [["a", "int", "first"], ["b", "decimal(10,2)", None]]


def test_a_clone_is_a_copy_of_its_own(warehouse, rows):
    warehouse.run("CREATE TABLE t AS SELECT 1 AS a")

    warehouse.run("CREATE TABLE u DEEP CLONE t")
    warehouse.run("CREATE TABLE v CLONE t")
    warehouse.run("DELETE FROM t")

    assert rows("SELECT u.a, v.a FROM u CROSS JOIN v") == [["1", "1"]]


def test_show_create_table_gives_a_statement_that_makes_it_again(warehouse, rows):
    warehouse.run(
        "CREATE TABLE t (id INT NOT NULL COMMENT 'it\\'s', `a-b` DECIMAL(10,2), CONSTRAINT k PRIMARY KEY (id)) "
        "COMMENT 'orders' TBLPROPERTIES ('team' = 'sales')"
    )
    [[statement]] = rows("SHOW CREATE TABLE t")
    before = rows("DESCRIBE TABLE EXTENDED t")

    warehouse.run("DROP TABLE t")
    warehouse.run(statement)

    assert rows("DESCRIBE TABLE EXTENDED t") == before
    assert rows("SHOW TBLPROPERTIES t") == [["team", "sales"]]


def test_the_information_schema_lists_tables_and_columns(warehouse, rows):
    warehouse.run("CREATE TABLE t (a INT, b ARRAY<STRING>)")

    assert rows("SELECT table_name, table_type FROM information_schema.tables") == [["t", "MANAGED"]]
    assert rows("SELECT column_name, full_data_type FROM main.information_schema.columns WHERE table_name = 't'") == [
        ["a", "int"],
        ["b", "array<string>"],
    ]
    assert rows("SELECT catalog_name FROM system.information_schema.catalogs") == [["main"]]


def test_a_table_is_altered_column_by_column(warehouse):
    warehouse.run("CREATE TABLE t (a INT)")
    for change in ("ADD COLUMNS (b INT COMMENT 'new', c STRING)", "DROP COLUMN c", "RENAME COLUMN b TO d"):
        warehouse.run(f"ALTER TABLE t {change}")
    warehouse.run("ALTER TABLE t ALTER COLUMN d TYPE BIGINT")
    warehouse.run("ALTER TABLE t SET TBLPROPERTIES ('k' = 'v')")
    warehouse.run("ALTER TABLE t RENAME TO u")

    table = warehouse.table("main.default.u")
    assert [(column.name, column.type_text, column.comment) for column in table.columns] == [
        ("a", "int", None),
        ("d", "bigint", "new"),
    ]
    assert table.record.properties == {"k": "v"}
    assert not warehouse.exists("main.default.t")
