"""databricks-mcp and the function toolkit in its local mode, over functions of Unity Catalog."""

import os

import pytest
from databricks_mcp import DatabricksMCPClient
from unitycatalog.ai.core.databricks import DatabricksFunctionClient
from unitycatalog.ai.langchain.toolkit import UCFunctionToolkit


@pytest.fixture
def greet(run, schema):
    run(
        f"CREATE OR REPLACE FUNCTION {schema}.greet(name STRING COMMENT 'whom') RETURNS STRING LANGUAGE PYTHON "
        "COMMENT 'Says hello' AS $$\nreturn 'hello ' + name\n$$"
    )
    return f"{schema}.greet"


def test_the_mcp_client_lists_and_calls_a_python_function(w, host, schema, greet):
    client = DatabricksMCPClient(
        server_url=f"{host}/api/2.0/mcp/functions/{schema.replace('.', '/')}", workspace_client=w
    )

    (tool,) = client.list_tools()
    assert "hello al" in client.call_tool(tool.name, {"name": "al"}).content[0].text


def test_the_toolkit_runs_the_function_in_its_local_mode(w, greet):
    os.environ.setdefault("EXECUTOR_MAX_CPU_TIME_LIMIT", "30")
    client = DatabricksFunctionClient(client=w, execution_mode="local")

    (tool,) = UCFunctionToolkit(function_names=[greet], client=client).tools
    assert "hello al" in tool.invoke({"name": "al"})
