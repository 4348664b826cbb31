"""databricks-ai-search and the LangChain vector store over it."""

import json
import os

import pytest
from databricks_langchain import DatabricksVectorSearch
from databricks_mcp import DatabricksMCPClient


def ids(found):
    return [row[0] for row in found["result"].get("data_array", [])]


def test_a_text_query_finds_the_passage(index):
    assert ids(index.similarity_search(columns=["id"], query_text="how long for a refund", num_results=1)) == ["d1"]


@pytest.mark.parametrize("kind", ["hybrid", "FULL_TEXT"])
def test_a_keyword_is_found(index, kind):
    assert ids(index.similarity_search(columns=["id"], query_text="Rotterdam", query_type=kind, num_results=1)) == [
        "d2"
    ]


def test_a_filter_is_applied(index):
    assert ids(index.similarity_search(columns=["id"], query_text="refund", filters={"title": "Shipping"})) == ["d2"]


def test_the_reranker_and_the_sorting_of_the_client_are_understood(index):
    from databricks.ai_search.reranker import DatabricksReranker

    asked = {"columns": ["id"], "query_text": "how long for a refund", "query_type": "hybrid", "debug_level": 1}

    reranked = index.similarity_search(**asked, reranker=DatabricksReranker(columns_to_rerank=["title", "body"]))
    ordered = index.similarity_search(**asked, sort_columns=["id DESC"], facets=["title TOP 5"])

    assert (ids(reranked)[0], ids(ordered)) == ("d1", ["d2", "d1"])
    assert reranked["debug_info"]["reranker_time"] > 0
    assert len(ordered["facet_result"]["facet_array"]) == 2


def test_a_scan_gives_all_rows(index):
    assert len(index.scan(num_results=10)["data"]) == 2


def test_langchain_gets_documents_with_their_metadata(w, host, index):
    secret = {"workspace_url": host, "personal_access_token": os.environ["DATABRICKS_TOKEN"], "disable_notice": True}
    store = DatabricksVectorSearch(index_name=index.name, columns=["id"], workspace_client=w, client_args=secret)

    (document,) = store.similarity_search("refund", k=1)

    assert (document.metadata["id"], "30 days" in document.page_content) == ("d1", True)


def test_the_managed_mcp_server_finds_the_passage(w, host, index):
    path = "/".join(index.name.split(".")[:2])
    client = DatabricksMCPClient(server_url=f"{host}/api/2.0/mcp/vector-search/{path}", workspace_client=w)

    found = json.loads(client.call_tool(client.list_tools()[0].name, {"query": "refund"}).content[0].text)

    assert found[0]["id"] == "d1"
