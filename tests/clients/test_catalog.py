"""Unity Catalog through databricks-sdk."""

import threading

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service.catalog import (
    ColumnInfo,
    ColumnTypeName,
    CreateFunction,
    CreateFunctionParameterStyle,
    CreateFunctionRoutineBody,
    CreateFunctionSecurityType,
    CreateFunctionSqlDataAccess,
    DataSourceFormat,
    FunctionParameterInfo,
    FunctionParameterInfos,
    TableType,
    VolumeType,
)


@pytest.fixture
def sql(w):
    warehouse = next(iter(w.warehouses.list())).id

    def run(statement):
        answer = w.statement_execution.execute_statement(statement, warehouse, wait_timeout="30s")
        assert answer.status.state.value == "SUCCEEDED", answer.status.error
        return (answer.result.data_array if answer.result else None) or []

    return run


@pytest.fixture
def schema(w):
    return w.schemas.create(name="sales", catalog_name="main", comment="what we sell").full_name


def python_function(**changed):
    parameter = FunctionParameterInfo(name="x", type_text="bigint", type_name=ColumnTypeName.LONG, position=0)
    return CreateFunction(
        **{
            "name": "add_one",
            "catalog_name": "main",
            "schema_name": "sales",
            "input_params": FunctionParameterInfos(parameters=[parameter]),
            "data_type": ColumnTypeName.LONG,
            "full_data_type": "BIGINT",
            "routine_body": CreateFunctionRoutineBody.EXTERNAL,
            "external_language": "Python",
            "routine_definition": "return x + 1",
            "parameter_style": CreateFunctionParameterStyle.S,
            "is_deterministic": True,
            "sql_data_access": CreateFunctionSqlDataAccess.NO_SQL,
            "is_null_call": False,
            "security_type": CreateFunctionSecurityType.DEFINER,
            "specific_name": "add_one",
        }
        | changed
    )


def test_main_and_its_default_schema_are_there_from_the_start(w):
    assert [catalog.name for catalog in w.catalogs.list()] == ["main"]
    assert [schema.full_name for schema in w.schemas.list("main")] == ["main.default"]


def test_a_catalog_is_made_changed_and_deleted(w):
    made = w.catalogs.create("lab", comment="first", properties={"team": "x"})
    w.catalogs.update("lab", comment="second")

    found = w.catalogs.get("lab")
    assert (found.comment, found.properties, found.created_at) == ("second", {"team": "x"}, made.created_at)
    w.catalogs.delete("lab")
    with pytest.raises(NotFound):
        w.catalogs.get("lab")


def test_names_are_found_in_any_case(w, schema):
    assert w.schemas.get("MAIN.Sales").full_name == "main.sales"


def test_what_is_missing_is_named_with_the_code_of_its_kind(w):
    calls = {
        "CATALOG_DOES_NOT_EXIST": lambda: w.catalogs.get("nope"),
        "SCHEMA_DOES_NOT_EXIST": lambda: w.schemas.get("main.nope"),
        "TABLE_DOES_NOT_EXIST": lambda: w.tables.get("main.default.nope"),
        "VOLUME_DOES_NOT_EXIST": lambda: w.volumes.read("main.default.nope"),
        "ROUTINE_DOES_NOT_EXIST": lambda: w.functions.get("main.default.nope"),
    }

    for code, call in calls.items():
        with pytest.raises(NotFound, match="nope") as caught:
            call()
        assert caught.value.error_code == code


def test_a_taken_name_is_a_bad_request(w, schema):
    with pytest.raises(BadRequest, match="already exists") as caught:
        w.schemas.create(name="sales", catalog_name="main")

    assert caught.value.error_code == "SCHEMA_ALREADY_EXISTS"


@pytest.mark.parametrize("name", ["", "a.b", "a/b", "a b", "a\nb", "x" * 256])
def test_a_name_that_cannot_be_is_refused(w, name):
    with pytest.raises(BadRequest):
        w.schemas.create(name=name, catalog_name="main")


@pytest.mark.parametrize("name", ["with-dash", "with__two", "ünïcode", "with`tick", 'with"quote', "select"])
def test_an_unusual_name_works_everywhere(w, sql, name):
    w.schemas.create(name=name, catalog_name="main")
    quoted = name.replace("`", "``")
    sql(f"CREATE TABLE main.`{quoted}`.`{quoted}` AS SELECT 5 AS n")

    assert sql(f"SELECT n FROM main.`{quoted}`.`{quoted}`") == [["5"]]
    assert [table.name for table in w.tables.list("main", name)] == [name]


def test_of_racing_creates_exactly_one_wins(w):
    gate, outcomes = threading.Barrier(8), []

    def create():
        gate.wait()
        try:
            outcomes.append(w.schemas.create(name="race", catalog_name="main").name)
        except BadRequest:
            outcomes.append("refused")

    threads = [threading.Thread(target=create) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(outcomes) == ["race"] + ["refused"] * 7


def test_a_schema_that_is_used_is_deleted_only_by_force(w, schema, sql):
    sql("CREATE TABLE main.sales.t (a INT)")

    with pytest.raises(BadRequest, match="not empty"):
        w.schemas.delete("main.sales")
    w.schemas.delete("main.sales", force=True)

    with pytest.raises(NotFound):
        w.tables.get("main.sales.t")


def test_a_table_made_by_sql_shows_columns_comments_and_properties(w, schema, sql):
    sql(
        "CREATE TABLE main.sales.orders (id BIGINT NOT NULL COMMENT 'key', price DECIMAL(10,2), tags ARRAY<STRING>,"
        " at TIMESTAMP) COMMENT 'all orders' TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')"
    )

    table = w.tables.get("main.sales.orders")

    assert [(c.name, c.type_text, c.type_name.value, c.position, c.nullable) for c in table.columns] == [
        ("id", "bigint", "LONG", 0, False),
        ("price", "decimal(10,2)", "DECIMAL", 1, True),
        ("tags", "array<string>", "ARRAY", 2, True),
        ("at", "timestamp", "TIMESTAMP", 3, True),
    ]
    assert (table.comment, table.columns[0].comment, table.table_type) == ("all orders", "key", TableType.MANAGED)
    assert table.properties == {"delta.enableChangeDataFeed": "true"}


def test_a_view_shows_its_definition(w, sql):
    sql("CREATE VIEW v COMMENT 'one' AS SELECT 1 AS a")

    view = w.tables.get("main.default.v")

    assert (view.table_type, view.view_definition, view.comment) == (TableType.VIEW, "SELECT 1 AS a", "one")


def test_a_table_is_made_without_sql(w, sql):
    columns = [ColumnInfo(name="a", type_text="int", type_name=ColumnTypeName.INT, position=0, comment="it's")]

    w.tables.create("t", "main", "default", TableType.MANAGED, DataSourceFormat.DELTA, "", columns=columns)

    sql("INSERT INTO t VALUES (1)")
    assert w.tables.get("main.default.t").columns[0].comment == "it's"


def test_an_external_table_is_refused(w):
    columns = [ColumnInfo(name="a", type_text="int", type_name=ColumnTypeName.INT, position=0)]

    with pytest.raises(BadRequest, match="managed"):
        w.tables.create("t", "main", "default", TableType.EXTERNAL, DataSourceFormat.DELTA, "s3://b", columns=columns)


def test_tables_are_listed_page_by_page(w, schema, sql):
    for number in range(5):
        sql(f"CREATE TABLE main.sales.t{number} (a INT)")

    assert [t.name for t in w.tables.list("main", "sales", max_results=2)] == ["t0", "t1", "t2", "t3", "t4"]
    found = w.tables.list_summaries("main", schema_name_pattern="sa%", table_name_pattern="t_", max_results=2)
    assert [s.full_name for s in found] == [f"main.sales.t{number}" for number in range(5)]


def test_a_table_exists_until_it_is_deleted(w, sql):
    sql("CREATE TABLE t (a INT)")
    assert w.tables.exists("main.default.t").table_exists

    w.tables.delete("main.default.t")

    assert not w.tables.exists("main.default.t").table_exists


def test_a_volume_is_made_read_and_deleted(w, schema):
    made = w.volumes.create("main", "sales", "raw", VolumeType.MANAGED, comment="files")

    assert (made.full_name, made.volume_id) == ("main.sales.raw", w.volumes.read("main.sales.raw").volume_id)
    assert [volume.name for volume in w.volumes.list("main", "sales")] == ["raw"]
    w.volumes.delete("main.sales.raw")
    with pytest.raises(NotFound):
        w.files.list_directory_contents("/Volumes/main/sales/raw").__next__()


def test_a_sql_function_computes_and_is_described(w, schema, sql):
    sql("CREATE FUNCTION main.sales.twice(x INT COMMENT 'n') RETURNS INT COMMENT 'Doubles' RETURN x * 2")

    found = w.functions.get("main.sales.twice")

    assert sql("SELECT main.sales.twice(21)") == [["42"]]
    assert [(p.name, p.type_name, p.comment) for p in found.input_params.parameters] == [("x", ColumnTypeName.INT, "n")]
    assert (found.comment, found.data_type, found.routine_definition) == ("Doubles", ColumnTypeName.INT, "x * 2")


def test_a_python_function_is_kept_as_it_was_told(w, schema):
    w.functions.create(python_function())

    found = w.functions.get("main.sales.add_one")
    assert (found.routine_definition, found.external_language) == ("return x + 1", "PYTHON")
    assert [f.name for f in w.functions.list("main", "sales")] == ["add_one"]
    w.functions.delete("main.sales.add_one")
    assert list(w.functions.list("main", "sales")) == []


def test_a_function_of_rest_computes_if_it_is_sql(w, schema, sql):
    w.functions.create(
        python_function(routine_body=CreateFunctionRoutineBody.SQL, routine_definition="x + 1", external_language=None)
    )

    assert sql("SELECT main.sales.add_one(41)") == [["42"]]


def test_the_metastore_belongs_to_the_workspace(w):
    assert w.metastores.current().metastore_id == w.metastores.summary().metastore_id
    assert w.metastores.current().default_catalog_name == "main"
