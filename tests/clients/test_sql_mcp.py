"""The managed MCP server over SQL, through the mcp package's own client."""

import asyncio

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client


@pytest.fixture
def mcp(server, workspace):
    def ask(work):
        async def session():
            headers = {"Authorization": f"Bearer {workspace['token']}"}
            async with (
                streamablehttp_client(f"{server.host}/api/2.0/mcp/sql", headers=headers) as (read, write, _),
                ClientSession(read, write) as client,
            ):
                await client.initialize()
                return await work(client)

        return asyncio.run(session())

    return ask


def test_the_tools_of_the_managed_server_are_there(mcp):
    listed = mcp(lambda client: client.list_tools())

    assert [tool.name for tool in listed.tools] == ["execute_sql", "execute_sql_read_only", "poll_sql_result"]


def test_rows_come_as_proto_json(mcp):
    answer = mcp(lambda client: client.call_tool("execute_sql_read_only", {"query": "SELECT 42 AS a, NULL AS b"}))

    assert answer.structuredContent["status"] == {"state": "SUCCEEDED"}
    assert answer.structuredContent["result"]["data_array"] == [{"values": [{"string_value": "42"}, {}]}]


def test_the_read_only_tool_writes_nothing(mcp):
    answer = mcp(lambda client: client.call_tool("execute_sql_read_only", {"query": "CREATE TABLE t (a INT)"}))

    assert answer.structuredContent["status"]["state"] == "FAILED"
    tables = mcp(lambda client: client.call_tool("execute_sql", {"query": "SHOW TABLES"}))
    assert tables.structuredContent["result"]["data_array"] == []
