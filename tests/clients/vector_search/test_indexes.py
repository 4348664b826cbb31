"""Indexes through databricks-sdk: made, filled, synchronised, read through and deleted."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.service import vectorsearch as vs

from tests.clients.vector_search.indexes import DIRECT, INDEX


def test_an_index_comes_online_and_counts_its_rows(w, docs):
    status = w.vector_search_indexes.get_index(INDEX).status

    assert (status.ready, status.indexed_row_count) == (True, 3)


def test_sync_takes_in_new_changed_and_deleted_rows(w, find, docs, run):
    run("INSERT INTO main.default.docs VALUES ('d4', 'Food', 'The cafeteria serves lasagna.')")
    run("DELETE FROM main.default.docs WHERE id = 'd2'")
    run("UPDATE main.default.docs SET body = 'Penguins swim in the cold sea.' WHERE id = 'd3'")

    w.vector_search_indexes.sync_index(INDEX)

    assert find(INDEX, query_text="lasagna in the cafeteria", num_results=1) == ["d4"]
    assert find(INDEX, query_text="swimming birds", num_results=1) == ["d3"]
    assert w.vector_search_indexes.get_index(INDEX).status.indexed_row_count == 3


def test_an_upsert_replaces_and_a_delete_removes(w, find, direct):
    w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps([{"id": "c", "vec": [1.0, 0.0]}]))
    w.vector_search_indexes.delete_data_vector_index(DIRECT, ["a"])

    assert find(query_vector=[1.0, 0.0]) == ["c", "b"]


@pytest.mark.parametrize(
    "rows", ["no json", "{}", '[{"id": "x", "vec": [1]}]', '[{"vec": [1, 0]}]', '[{"id": "x", "vec": [1, "a"]}]']
)
def test_a_bad_row_is_refused_and_nothing_is_written(w, direct, rows):
    with pytest.raises(BadRequest):
        w.vector_search_indexes.upsert_data_vector_index(DIRECT, rows)

    assert w.vector_search_indexes.get_index(DIRECT).status.indexed_row_count == 3


def test_a_missing_source_table_is_named_and_no_index_is_made(w):
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    source = vs.EmbeddingSourceColumn("databricks-gte-large-en", name="body")
    spec = vs.DeltaSyncVectorIndexSpecRequest(source_table="main.default.nope", embedding_source_columns=[source])

    with pytest.raises(NotFound, match="nope"):
        w.vector_search_indexes.create_index(
            INDEX, "ep", "id", vs.VectorIndexType.DELTA_SYNC, delta_sync_index_spec=spec
        )
    assert list(w.vector_search_indexes.list_indexes("ep")) == []


def test_an_index_is_listed_among_the_tables(w, docs):
    assert [column.name for column in w.tables.get(INDEX).columns] == ["id", "title", "body"]


def test_a_deleted_index_is_gone_from_both(w, docs):
    w.vector_search_indexes.delete_index(INDEX)

    for missing in (lambda: w.vector_search_indexes.get_index(INDEX), lambda: w.tables.get(INDEX)):
        with pytest.raises(NotFound):
            missing()


def test_a_scan_walks_all_rows_by_key(w, direct):
    first = w.vector_search_indexes.scan_index(DIRECT, num_results=2)
    rest = w.vector_search_indexes.scan_index(DIRECT, last_primary_key=first.last_primary_key)

    assert [row.fields[0].value.string_value for row in (*first.data, *rest.data)] == ["a", "b", "c"]


def test_an_index_of_words_only_needs_no_model(w, run, find):
    run("CREATE TABLE main.default.notes (id INT, body STRING)")
    run("INSERT INTO main.default.notes VALUES (1, 'tea'), (2, 'coffee')")
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STORAGE_OPTIMIZED)
    spec = vs.DeltaSyncVectorIndexSpecRequest(
        source_table="main.default.notes", pipeline_type=vs.PipelineType.TRIGGERED
    )
    told = {"delta_sync_index_spec": spec, "index_subtype": vs.IndexSubtype.FULL_TEXT}
    w.vector_search_indexes.create_index("main.default.n", "ep", "id", vs.VectorIndexType.DELTA_SYNC, **told)

    assert find("main.default.n", query_text="coffee", query_type="FULL_TEXT") == [2]
    with pytest.raises(BadRequest, match="FULL_TEXT"):
        find("main.default.n", query_text="coffee")


def test_a_direct_index_with_a_model_takes_questions(w, find):
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_source_columns=[vs.EmbeddingSourceColumn("databricks-gte-large-en")],
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=1024)],
        schema_json=json.dumps({"id": "string", "vec": "array<float>"}),
    )
    kind = vs.VectorIndexType.DIRECT_ACCESS
    w.vector_search_indexes.create_index(DIRECT, "ep", "id", kind, direct_access_index_spec=spec)
    for key, text in (("a", "cats and kittens"), ("b", "stock markets")):
        asked = w.serving_endpoints.query("databricks-gte-large-en", input=[text])
        row = {"id": key, "vec": asked.data[0].embedding}
        w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps([row]))

    assert find(query_text="a young cat") == ["a", "b"]


def test_two_hundred_racing_upserts_deletes_and_queries_end_exact(w, direct, find):
    indexes = w.vector_search_indexes

    def upsert(number):
        # Ten writers for each key; a row and its vector say the same number.
        row = {"id": f"k{number % 20}", "color": str(number), "size": number, "vec": [float(number), 0.0]}
        indexes.upsert_data_vector_index(DIRECT, json.dumps([row]))

    def call(number):
        if number % 10 == 9:
            return indexes.delete_data_vector_index(DIRECT, ["a", "b", "c"])
        return find(query_vector=[float(number), 0.0], num_results=5) if number % 2 else upsert(number)

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(call, range(400)))

    asked = {"columns": ["id", "color", "size"], "query_vector": [0.0, 0.0], "num_results": 100}
    rows = indexes.query_index(DIRECT, **asked).result.data_array
    assert sorted(row[0] for row in rows) == sorted(f"k{number}" for number in range(0, 20, 2))
    assert [row[1] for row in rows] == [str(row[2]) for row in rows]
    assert [row[3] for row in rows] == [pytest.approx(1 / (1 + row[2] ** 2), rel=1e-3) for row in rows]
    assert indexes.get_index(DIRECT).status.indexed_row_count == 10
