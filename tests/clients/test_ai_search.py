"""The newer family of paths of vector search, through `w.ai_search` of databricks-sdk."""

import json

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service import aisearch as ai

ROOT = "workspaces/1"
ENDPOINT = f"{ROOT}/endpoints/ep"
INDEX = f"{ENDPOINT}/indexes/main.default.idx"
ROWS = [{"id": "a", "vec": [1.0, 0.0], "size": 1}, {"id": "b", "vec": [0.0, 1.0], "size": 2}]


@pytest.fixture
def search(w):
    w.ai_search.create_endpoint(ROOT, ai.Endpoint(endpoint_type=ai.EndpointType.STANDARD), endpoint_id="ep")
    spec = ai.DirectAccessIndexSpec(
        embedding_vector_columns=[ai.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        schema_json=json.dumps({"id": "string", "size": "int", "vec": "array<float>"}),
    )
    index = ai.Index(primary_key="id", index_type=ai.IndexType.DIRECT_ACCESS, direct_access_index_spec=spec)
    w.ai_search.create_index(ENDPOINT, index, index_id="main.default.idx")
    w.ai_search.upsert_data(INDEX, json.dumps(ROWS))
    return w.ai_search


def test_endpoints_and_indexes_have_their_paths_as_names(search):
    endpoint, index = search.get_endpoint(ENDPOINT), search.get_index(INDEX)

    assert (endpoint.name, endpoint.index_count, endpoint.endpoint_status.state.value) == (ENDPOINT, 1, "ONLINE")
    assert (index.name, index.endpoint, index.status.indexed_row_count) == (INDEX, ENDPOINT, 2)
    assert [one.name for one in search.list_endpoints(ROOT)] == [ENDPOINT]
    assert [one.name for one in search.list_indexes(ENDPOINT)] == [INDEX]


def test_a_query_finds_filters_and_counts(search):
    found = search.query_index(
        INDEX, ["id"], query_vector=[1.0, 0.0], max_results=1, filters_json=json.dumps({"size >": 1}), facets=["size"]
    )

    assert (found.result.data_array[0][0], found.result.row_count) == ("b", 1)
    assert found.facet_result.facet_array == [["size", 2, 1]]


def test_a_scan_goes_on_from_its_token_and_removed_rows_are_gone(search):
    first = search.scan_index(INDEX, page_size=1)
    rest = search.scan_index(INDEX, page_token=first.next_page_token)

    assert [*first.data, *rest.data] == ROWS
    search.remove_data(INDEX, ["a"])
    assert search.get_index(INDEX).status.indexed_row_count == 1


def test_an_index_over_a_table_follows_it(w, search):
    run = lambda text: w.statement_execution.execute_statement(text, next(iter(w.warehouses.list())).id)  # noqa: E731
    run("CREATE TABLE main.default.docs AS SELECT 1 AS id, 'The cafeteria serves lasagna.' AS body")
    source = ai.EmbeddingSourceColumn(embedding_model_endpoint="databricks-gte-large-en", name="body")
    spec = ai.DeltaSyncIndexSpec(
        ai.PipelineType.TRIGGERED, source_table="main.default.docs", embedding_source_columns=[source]
    )
    index = ai.Index(primary_key="id", index_type=ai.IndexType.DELTA_SYNC, delta_sync_index_spec=spec)
    made = w.ai_search.create_index(ENDPOINT, index, index_id="main.default.docs_idx")
    run("INSERT INTO main.default.docs VALUES (2, 'Penguins swim in the cold sea.')")

    search.sync_index(made.name)

    assert made.delta_sync_index_spec.embedding_source_columns[0].embedding_model_endpoint == "databricks-gte-large-en"
    assert (
        search.query_index(made.name, ["id"], query_text="swimming birds", max_results=1).result.data_array[0][0] == 2
    )


def test_what_is_not_there_or_too_much_is_refused(search):
    with pytest.raises(NotFound):
        search.get_index(f"{ENDPOINT}/indexes/main.default.nope")
    with pytest.raises(BadRequest, match="1000"):
        search.query_index(INDEX, ["id"], query_vector=[1.0, 0.0], max_results=1001)


def test_what_is_deleted_is_gone(search):
    search.delete_index(INDEX)
    search.delete_endpoint(ENDPOINT)

    assert list(search.list_endpoints(ROOT)) == []
