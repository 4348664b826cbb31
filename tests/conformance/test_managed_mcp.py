"""Several managed MCP servers behind one client of databricks-langchain."""

import asyncio
import json

import pytest
from databricks_langchain import DatabricksMCPServer, DatabricksMultiServerMCPClient


@pytest.fixture
def tools(w, run, schema, index):
    run(f"CREATE FUNCTION {schema}.twice(n INT COMMENT 'what to double') RETURNS INT COMMENT 'Doubles' RETURN n * 2")
    catalog, _, name = schema.partition(".")
    servers = [
        DatabricksMCPServer.from_uc_function(catalog=catalog, schema=name, name="functions", workspace_client=w),
        DatabricksMCPServer.from_vector_search(catalog=catalog, schema=name, name="passages", workspace_client=w),
        DatabricksMCPServer(name="sql", url=f"{w.config.host}/api/2.0/mcp/sql", workspace_client=w),
    ]
    found = asyncio.run(DatabricksMultiServerMCPClient(servers).get_tools())
    yield {tool.name: tool for tool in found}
    run(f"DROP FUNCTION {schema}.twice")


def text(tool, **given):
    answer = asyncio.run(tool.ainvoke(given))
    return answer if isinstance(answer, str) else answer[0]["text"]


def test_tools_of_all_servers_are_there_and_answer(tools, schema):
    twice, passages = (tools[f"{schema.replace('.', '__')}__{name}"] for name in ("twice", "docs_idx"))

    assert "42" in text(twice, n=21)
    assert json.loads(text(passages, query="refund"))[0]["id"] == "d1"
    assert "execute_sql" in tools
    answer = json.loads(text(tools["execute_sql_read_only"], query="SELECT 1 AS one"))
    assert answer["status"]["state"] == "SUCCEEDED"
