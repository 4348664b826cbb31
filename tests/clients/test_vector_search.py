"""Vector search through databricks-sdk."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from databricks.sdk.errors import BadRequest, NotFound
from databricks.sdk.errors import NotImplemented as NotImplementedError_
from databricks.sdk.service import vectorsearch as vs

INDEX, DIRECT = "main.default.docs_idx", "main.default.direct_idx"
VECTORS = [
    {"id": "a", "color": "red", "size": 1, "vec": [1.0, 0.0]},
    {"id": "b", "color": "blue", "size": 5, "vec": [0.9, 0.1]},
    {"id": "c", "color": None, "size": 9, "vec": [0.0, 1.0]},
]


@pytest.fixture
def docs(w, run):
    run("CREATE TABLE main.default.docs (id STRING, title STRING, body STRING)")
    run("""INSERT INTO main.default.docs VALUES ('d1', 'Refunds', 'Refund requests are accepted within 30 days.'),
        ('d2', 'Shipping', 'Parcels leave from Rotterdam.'),
        ('d3', 'Password', 'To reset your password open the account page.')""")
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    source = vs.EmbeddingSourceColumn("databricks-gte-large-en", name="body")
    spec = vs.DeltaSyncVectorIndexSpecRequest(
        source_table="main.default.docs", pipeline_type=vs.PipelineType.TRIGGERED, embedding_source_columns=[source]
    )
    made = w.vector_search_indexes.create_index(
        INDEX, "ep", "id", vs.VectorIndexType.DELTA_SYNC, delta_sync_index_spec=spec
    )
    while not made.status.ready:  # the first index of a server waits for the model to be loaded
        made = w.vector_search_indexes.get_index(INDEX)
    return made


@pytest.fixture
def direct(w):
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        schema_json=json.dumps({"id": "string", "color": "string", "size": "int", "vec": "array<float>"}),
    )
    w.vector_search_indexes.create_index(
        DIRECT, "ep", "id", vs.VectorIndexType.DIRECT_ACCESS, direct_access_index_spec=spec
    )
    w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps(VECTORS))


@pytest.fixture
def find(w):
    def query(index=DIRECT, **told):
        given = {"columns": ["id"]} | told
        rows = w.vector_search_indexes.query_index(index, **given).result.data_array or []
        return [row[0] for row in rows]

    return query


def test_an_index_comes_online_and_counts_its_rows(w, docs):
    status = w.vector_search_indexes.get_index(INDEX).status

    assert (status.ready, status.indexed_row_count) == (True, 3)


def test_a_question_finds_the_passage_by_meaning(find, docs):
    assert find(INDEX, query_text="how long may I send things back?", num_results=1) == ["d1"]


def test_hybrid_and_full_text_find_a_rare_word(find, docs):
    assert find(INDEX, query_text="Rotterdam", query_type="HYBRID", num_results=1) == ["d2"]
    assert find(INDEX, query_text="Rotterdam", query_type="FULL_TEXT", num_results=1) == ["d2"]


def test_sync_takes_in_new_changed_and_deleted_rows(w, find, docs, run):
    run("INSERT INTO main.default.docs VALUES ('d4', 'Food', 'The cafeteria serves lasagna.')")
    run("DELETE FROM main.default.docs WHERE id = 'd2'")
    run("UPDATE main.default.docs SET body = 'Penguins swim in the cold sea.' WHERE id = 'd3'")

    w.vector_search_indexes.sync_index(INDEX)

    assert find(INDEX, query_text="lasagna in the cafeteria", num_results=1) == ["d4"]
    assert find(INDEX, query_text="swimming birds", num_results=1) == ["d3"]
    assert w.vector_search_indexes.get_index(INDEX).status.indexed_row_count == 3


def test_scores_fall_from_one_at_distance_zero(w, direct):
    rows = w.vector_search_indexes.query_index(DIRECT, ["id"], query_vector=[1.0, 0.0]).result.data_array

    assert [row[0] for row in rows] == ["a", "b", "c"]
    assert [float(row[1]) for row in rows] == pytest.approx([1.0, 1 / 1.02, 1 / 3])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"color": "red"}, ["a"]),
        ({"color": ["red", "blue"]}, ["a", "b"]),
        ({"color NOT": "red"}, ["b", "c"]),
        ({"size >=": 5}, ["b", "c"]),
        ({"size <": 5, "color": "red"}, ["a"]),
        ({"color OR size": ["red", 9]}, ["a", "c"]),
        ({"color LIKE": "blue"}, ["b"]),
    ],
)
def test_filters_restrict_what_is_found(find, direct, filters, expected):
    assert find(query_vector=[1.0, 0.0], filters_json=json.dumps(filters)) == expected


def test_a_filter_on_an_unknown_column_is_refused(find, direct):
    with pytest.raises(BadRequest, match="weight"):
        find(query_vector=[1.0, 0.0], filters_json='{"weight": 1}')


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


def test_a_vector_of_another_length_is_refused(find, direct):
    with pytest.raises(BadRequest, match="2 finite numbers"):
        find(query_vector=[1.0, 0.0, 0.0])


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


@pytest.fixture
def ask(w):
    """Any body, as databricks-ai-search sends it."""

    def query(index=DIRECT, **told):
        path = f"/api/2.0/vector-search/indexes/{index}/query"
        return w.api_client.do("POST", path, body={"columns": ["id"], "query_vector": [1.0, 0.0]} | told)

    return query


def test_results_are_sorted_by_their_columns_and_those_without_a_value_come_last(ask, direct):
    rows = ask(sort_columns=["color DESC", "size"])["result"]["data_array"]

    assert [row[0] for row in rows] == ["a", "b", "c"]
    assert [row[0] for row in ask(sort_columns=["size desc"])["result"]["data_array"]] == ["c", "b", "a"]


def test_facets_count_values_and_ranges(w, ask, direct):
    w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps([VECTORS[0] | {"id": "d"}]))

    found = ask(facets=["color TOP 1", "size BUCKETS [[0, 5], [6, 10]]"])

    assert found["facet_result"]["facet_array"] == [
        *(["color", "red", 2], ["size", "[0, 5]", 3], ["size", "[6, 10]", 1]),
    ]
    assert found["manifest"]["facet_column_count"] == 3


@pytest.mark.parametrize(
    "told",
    [
        {"facets": ["weight"]},
        {"facets": ["color", "color TOP 2"]},
        {"facets": ["size BUCKETS [1, 2]"]},
        {"facets": ["color TOP 0"]},
        {"sort_columns": ["weight DESC"]},
        {"reranker": {"model": "databricks_reranker", "parameters": {"columns_to_rerank": ["weight"]}}},
    ],
)
def test_what_is_not_understood_is_refused(ask, direct, told):
    with pytest.raises(BadRequest):
        ask(**told)


def test_what_is_not_computed_is_refused_rather_than_ignored(ask, docs):
    mine = {"model": "mine", "parameters": {"columns_to_rerank": ["body"]}}

    with pytest.raises(NotImplementedError_, match="databricks_reranker only"):
        ask(INDEX, query_text="x", query_vector=None, reranker=mine)
    with pytest.raises(NotImplementedError_, match="query_columns"):
        ask(INDEX, query_text="x", query_vector=None, query_columns=["body"])


def test_the_reranker_puts_first_what_answers_the_question(ask, docs):
    reranker = {"model": "databricks_reranker", "parameters": {"columns_to_rerank": ["title", "body"]}}
    told = {"query_text": "reset my password", "query_vector": None, "reranker": reranker, "debug_level": 1}

    found = ask(INDEX, **told, num_results=2)

    assert found["result"]["data_array"][0][0] == "d3"
    assert (found["result"]["row_count"], found["debug_info"]["warnings"]) == (2, [])
    assert found["debug_info"]["reranker_time"] > 0


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


def test_a_long_result_comes_in_groups_of_a_thousand(w, direct):
    rows = [{"id": f"k{n:04}", "vec": [float(n), 0.0]} for n in range(2, 2202)]
    w.vector_search_indexes.upsert_data_vector_index(DIRECT, json.dumps(rows))

    first = w.vector_search_indexes.query_index(DIRECT, ["id"], query_vector=[0.0, 0.0], num_results=2150)
    second = w.vector_search_indexes.query_next_page(DIRECT, page_token=first.next_page_token)
    third = w.vector_search_indexes.query_next_page(DIRECT, page_token=second.next_page_token)

    found = [row[0] for page in (first, second, third) for row in page.result.data_array]
    assert [len(page.result.data_array) for page in (first, second, third)] == [1000, 1000, 150]
    assert (len(set(found)), third.next_page_token) == (2150, "")
    assert found[3:] == [f"k{n:04}" for n in range(2, 2149)]


@pytest.mark.parametrize("token", ["", "x", "e30=", "eyJxdWVyeSI6e30sInN0YXJ0IjotMX0="])
def test_a_page_token_of_somebody_else_is_refused(w, direct, token):
    with pytest.raises(BadRequest, match="page token"):
        w.vector_search_indexes.query_next_page(DIRECT, page_token=token)


def test_rows_below_the_score_threshold_are_left_out(find, direct):
    assert find(query_vector=[1.0, 0.0], score_threshold=0.9) == ["a", "b"]
    assert find(query_vector=[1.0, 0.0], score_threshold=0.995) == ["a"]


def test_sql_asks_an_index_as_a_table(run, docs):
    query = "SELECT id, title FROM vector_search(index => 'main.default.docs_idx', query_text => {0}, num_results => 1)"

    assert run(query.format("'things I send back'")).result.data_array == [["d1", "Refunds"]]
    refused = run("SELECT * FROM vector_search(index => 'main.default.nope', query_text => 'x')").status.error.message
    assert "main.default.nope" in refused


def test_a_retriever_is_written_as_a_table_function(w, run, docs):
    run("""CREATE FUNCTION main.default.find(question STRING COMMENT 'what to look for')
        RETURNS TABLE (key STRING, passage STRING, score DOUBLE) COMMENT 'Finds passages.' RETURN
        SELECT id, body, search_score FROM vector_search(
            index => 'main.default.docs_idx', query_text => question, num_results => 2)""")

    rows = run("SELECT * FROM main.default.find('where do parcels leave from')").result.data_array

    assert (len(rows), rows[0][:2]) == (2, ["d2", "Parcels leave from Rotterdam."])
    assert 0 < float(rows[1][2]) < float(rows[0][2]) < 1
