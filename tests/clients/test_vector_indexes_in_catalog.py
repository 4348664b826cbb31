"""A vector index is a table of Unity Catalog: it is listed there, and grants say who may make, fill and ask it."""

import json

import pytest
from databricks.sdk.errors import BadRequest, PermissionDenied
from databricks.sdk.service import vectorsearch as vs

INDEX, SYNCED = "main.default.idx", "main.default.synced"
ROWS = json.dumps([{"id": "a", "v": [1.0, 0.0]}])
WAY_IN = ("USE CATALOG ON CATALOG main", "USE SCHEMA ON SCHEMA main.default")


@pytest.fixture
def run(w, runner):
    return runner(w)


@pytest.fixture
def endpoint(w):
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)


@pytest.fixture
def make_direct(endpoint):
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="v", embedding_dimension=2)],
        schema_json='{"id": "string", "size": "long", "v": "array<float>"}',
    )
    kind = vs.VectorIndexType.DIRECT_ACCESS
    return lambda w: w.vector_search_indexes.create_index(INDEX, "ep", "id", kind, direct_access_index_spec=spec)


@pytest.fixture
def make_synced(run, endpoint):
    run("CREATE TABLE docs (id STRING COMMENT 'which', v ARRAY<FLOAT>)")
    run("INSERT INTO docs VALUES ('a', array(1.0, 0.0))")
    spec = vs.DeltaSyncVectorIndexSpecRequest(
        source_table="main.default.docs",
        pipeline_type=vs.PipelineType.TRIGGERED,
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="v", embedding_dimension=2)],
    )
    kind = vs.VectorIndexType.DELTA_SYNC
    return lambda w: w.vector_search_indexes.create_index(SYNCED, "ep", "id", kind, delta_sync_index_spec=spec)


@pytest.fixture
def granted_one_by_one(policy, run):
    """Does it again and again, each time with one grant more; gives what was missing."""

    def attempts(act, *grants):
        policy("on")
        missing = []
        for grant in grants:
            with pytest.raises(PermissionDenied) as refused:
                act()
            missing.append(str(refused.value).partition(" Config:")[0])
            run(f"GRANT {grant} TO readers")
        act()
        return missing

    return attempts


@pytest.fixture
def let_in(policy, run):
    policy("on")
    for grant in WAY_IN:
        run(f"GRANT {grant} TO readers")


def names_missing(refusals, *expected):
    assert refusals == [f"User does not have {privilege} on {where}." for privilege, where in expected]


CATALOG, SCHEMA = ("USE CATALOG", "Catalog 'main'"), ("USE SCHEMA", "Schema 'main.default'")


def test_making_a_direct_index_needs_the_way_in_and_create_table(granted_one_by_one, make_direct, ann):
    refused = granted_one_by_one(lambda: make_direct(ann), *WAY_IN, "CREATE TABLE ON SCHEMA main.default")

    names_missing(refused, CATALOG, SCHEMA, ("CREATE TABLE", "Schema 'main.default'"))


def test_making_an_index_over_a_table_needs_select_on_it_too(granted_one_by_one, make_synced, ann):
    grants = *WAY_IN, "CREATE TABLE ON SCHEMA main.default", "SELECT ON TABLE docs"

    refused = granted_one_by_one(lambda: make_synced(ann), *grants)

    create = ("CREATE TABLE", "Schema 'main.default'")
    names_missing(refused, CATALOG, SCHEMA, create, ("SELECT", "Table 'main.default.docs'"))


def test_an_index_that_was_refused_is_not_there(policy, w, make_direct, ann):
    policy("on")

    with pytest.raises(PermissionDenied):
        make_direct(ann)

    assert not w.tables.exists(INDEX).table_exists
    assert list(w.vector_search_indexes.list_indexes("ep")) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda indexes: indexes.query_index(INDEX, ["id"], query_vector=[1.0, 0.0]),
        lambda indexes: indexes.scan_index(INDEX),
    ],
    ids=["query", "scan"],
)
def test_asking_an_index_needs_select_on_it(granted_one_by_one, w, make_direct, ann, ask):
    make_direct(w)

    refused = granted_one_by_one(lambda: ask(ann.vector_search_indexes), *WAY_IN, "SELECT ON TABLE idx")

    names_missing(refused, CATALOG, SCHEMA, ("SELECT", f"Table '{INDEX}'"))


@pytest.mark.parametrize(
    "write",
    [
        lambda indexes: indexes.upsert_data_vector_index(INDEX, ROWS),
        lambda indexes: indexes.delete_data_vector_index(INDEX, ["a"]),
    ],
    ids=["upsert", "delete rows"],
)
def test_writing_into_an_index_needs_modify_on_it(granted_one_by_one, w, make_direct, ann, write):
    make_direct(w)

    refused = granted_one_by_one(lambda: write(ann.vector_search_indexes), *WAY_IN, "MODIFY ON TABLE idx")

    names_missing(refused, CATALOG, SCHEMA, ("MODIFY", f"Table '{INDEX}'"))


def test_syncing_an_index_needs_modify_on_it(granted_one_by_one, w, make_synced, ann):
    make_synced(w)

    refused = granted_one_by_one(
        lambda: ann.vector_search_indexes.sync_index(SYNCED), *WAY_IN, "MODIFY ON TABLE synced"
    )

    names_missing(refused, CATALOG, SCHEMA, ("MODIFY", f"Table '{SYNCED}'"))


def test_deleting_an_index_needs_manage_on_it(granted_one_by_one, w, make_direct, ann):
    make_direct(w)

    refused = granted_one_by_one(lambda: ann.vector_search_indexes.delete_index(INDEX), "MANAGE ON TABLE idx")

    names_missing(refused, ("MANAGE", f"Table '{INDEX}'"))


def test_who_made_an_index_may_ask_fill_and_delete_it(let_in, run, make_direct, ann):
    run("GRANT CREATE TABLE ON SCHEMA main.default TO readers")

    make_direct(ann)
    ann.vector_search_indexes.upsert_data_vector_index(INDEX, ROWS)

    assert ann.vector_search_indexes.query_index(INDEX, ["id"], query_vector=[1.0, 0.0]).result.row_count == 1
    ann.vector_search_indexes.delete_index(INDEX)


def test_an_index_is_seen_only_by_who_has_something_on_it(let_in, w, run, make_direct, ann, as_ann):
    make_direct(w)
    query = "SELECT table_name FROM information_schema.tables WHERE table_name = 'idx'"
    with pytest.raises(PermissionDenied, match="any privilege"):
        ann.vector_search_indexes.get_index(INDEX)
    before = as_ann(query), as_ann("SHOW TABLES")

    run("GRANT SELECT ON TABLE idx TO readers")

    assert (before, as_ann(query)) == (([], []), [["idx"]])
    assert as_ann("SHOW TABLES") == [["default", "idx", "false"]]


def test_the_grants_on_an_index_go_with_it(w, run, make_direct):
    make_direct(w)
    run("GRANT SELECT ON TABLE idx TO readers")
    kept = w.grants.get("table", INDEX).privilege_assignments

    w.vector_search_indexes.delete_index(INDEX)
    make_direct(w)

    assert [found.principal for found in kept] == ["readers"]
    assert not w.grants.get("table", INDEX).privilege_assignments


def test_the_information_schema_lists_an_index_and_its_columns(w, run, make_synced):
    make_synced(w)

    told = "table_type, data_source_format, table_owner FROM information_schema.tables"
    columns = "column_name, full_data_type, comment FROM information_schema.columns"
    owner = w.current_user.me().user_name
    assert run(f"SELECT {told} WHERE table_name = 'synced'") == [["MANAGED", "VECTOR_INDEX_FORMAT", owner]]
    assert run(f"SELECT {columns} WHERE table_name = 'synced' ORDER BY ordinal_position") == [
        *(["id", "string", "which"], ["v", "array<float>", None]),
    ]


def test_an_index_is_shown_and_described_like_a_table(w, run, make_direct):
    make_direct(w)

    assert ["default", "idx", "false"] in run("SHOW TABLES")
    assert run("DESCRIBE TABLE idx") == [["id", "string", None], ["size", "bigint", None], ["v", "array<float>", None]]
    assert ["Provider", "VECTOR_INDEX_FORMAT", ""] in run("DESCRIBE TABLE EXTENDED idx")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM idx",
        "SELECT count(*) FROM idx",
        "INSERT INTO idx VALUES ('a', 1, array(1.0, 0.0))",
        "DELETE FROM idx",
        "DROP TABLE idx",
        "ALTER TABLE idx RENAME TO other",
        "CREATE OR REPLACE TABLE idx AS SELECT 1 AS n",
        "DESCRIBE HISTORY idx",
    ],
)
def test_the_rows_of_an_index_are_not_had_by_sql_and_the_refusal_says_where_they_are(w, run, make_direct, statement):
    make_direct(w)
    w.vector_search_indexes.upsert_data_vector_index(INDEX, ROWS)

    assert f"{INDEX} is a vector index" in run(statement)

    assert w.vector_search_indexes.query_index(INDEX, ["id"], query_vector=[1.0, 0.0]).result.row_count == 1


def test_a_deleted_index_is_gone_from_the_information_schema(w, run, make_direct):
    make_direct(w)

    w.vector_search_indexes.delete_index(INDEX)

    assert run("SELECT * FROM information_schema.tables WHERE table_name = 'idx'") == []
    assert run("CREATE TABLE idx (n INT)") == []


def test_a_schema_with_an_index_is_not_empty(w, run, endpoint):
    run("CREATE SCHEMA main.other")
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="v", embedding_dimension=2)],
        schema_json='{"id": "string", "v": "array<float>"}',
    )
    kind = vs.VectorIndexType.DIRECT_ACCESS
    w.vector_search_indexes.create_index("main.other.idx", "ep", "id", kind, direct_access_index_spec=spec)

    assert "SCHEMA_NOT_EMPTY" in run("DROP SCHEMA main.other")


def test_a_column_of_an_unknown_type_is_refused(w, endpoint):
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="v", embedding_dimension=2)],
        schema_json='{"id": "nonsense(", "v": "array<float>"}',
    )

    with pytest.raises(BadRequest, match="schema_json"):
        w.vector_search_indexes.create_index(
            INDEX, "ep", "id", vs.VectorIndexType.DIRECT_ACCESS, direct_access_index_spec=spec
        )
