"""The in-process router, as official clients meet it."""

import asyncio

import httpx
import pytest
from langchain_mcp_adapters.client import MultiServerMCPClient
from openai import OpenAI

from sandbox.testing import mock_workspace

HOST = "https://adb-1.azuredatabricks.net"


@pytest.fixture
def workspace():
    with mock_workspace(HOST) as router:
        yield router


@pytest.fixture
def openai(workspace):
    with OpenAI(base_url=f"{HOST}/serving-endpoints", api_key="x", max_retries=0) as client:
        yield client


ASKED = [{"role": "user", "content": "Hello"}]


def test_a_chat_endpoint_answers_what_it_was_told(workspace, openai):
    route = workspace.chat("ours", "Good day.")

    answer = openai.chat.completions.create(model="ours", messages=ASKED)

    assert answer.choices[0].message.content == "Good day."
    assert route.call_count == 1


def test_it_streams_and_calls_tools(workspace, openai):
    workspace.chat("ours", tool_calls=[{"name": "look", "arguments": {"x": 1}}])

    chunks = list(openai.chat.completions.create(model="ours", messages=ASKED, stream=True))

    assert chunks[0].choices[0].delta.tool_calls[0].function.name == "look"
    assert chunks[-1].choices[0].finish_reason == "tool_calls"


def test_two_endpoints_answer_each_for_itself(workspace, openai):
    workspace.chat("one", "1")
    workspace.chat("two", "2")

    said = [openai.chat.completions.create(model=m, messages=ASKED).choices[0].message.content for m in ("two", "one")]

    assert said == ["2", "1"]
    invoked = httpx.post(f"{HOST}/serving-endpoints/two/invocations", json={"messages": ASKED}).json()
    assert invoked["choices"][0]["message"]["content"] == "2"


def test_an_mcp_client_lists_and_calls_the_tools_of_the_test(workspace):
    workspace.mcp("/api/2.0/mcp/genie/s1", {"ask": lambda question: {"echo": question}})
    server = {"url": f"{HOST}/api/2.0/mcp/genie/s1", "transport": "streamable_http"}

    async def call():
        [tool] = await MultiServerMCPClient({"genie": server}).get_tools()
        return tool.name, await tool.ainvoke({"question": "how many?"})

    name, said = asyncio.run(call())

    assert name == "ask"
    assert "how many?" in str(said)


def test_a_vector_index_finds_what_it_was_told(workspace):
    workspace.vector_index("main.a.i", ["id"], [["x", 0.9]])

    found = httpx.post(f"{HOST}/api/2.0/vector-search/indexes/main.a.i/query", json={"query_text": "q"}).json()

    assert found["result"]["data_array"] == [["x", 0.9]]
    assert [column["name"] for column in found["manifest"]["columns"]] == ["id", "score"]


def test_what_was_not_told_fails_the_test(workspace):
    with pytest.raises(Exception, match="not mocked"):
        httpx.get(f"{HOST}/api/2.0/clusters/list")
