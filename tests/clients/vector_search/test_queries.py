"""Questions to an index: by meaning, by word, by vector, filtered, sorted, reranked, in pages, in SQL."""

import json

import pytest
from databricks.sdk.errors import BadRequest
from databricks.sdk.errors import NotImplemented as NotImplementedError_

from tests.clients.vector_search.indexes import DIRECT, INDEX, VECTORS


def test_a_question_finds_the_passage_by_meaning(find, docs):
    assert find(INDEX, query_text="how long may I send things back?", num_results=1) == ["d1"]


def test_hybrid_and_full_text_find_a_rare_word(find, docs):
    assert find(INDEX, query_text="Rotterdam", query_type="HYBRID", num_results=1) == ["d2"]
    assert find(INDEX, query_text="Rotterdam", query_type="FULL_TEXT", num_results=1) == ["d2"]


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


def test_a_vector_of_another_length_is_refused(find, direct):
    with pytest.raises(BadRequest, match="2 finite numbers"):
        find(query_vector=[1.0, 0.0, 0.0])


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
