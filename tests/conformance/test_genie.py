"""databricks-mcp and the Genie client of databricks-ai-bridge."""

import json

from databricks_ai_bridge.genie import Genie
from databricks_mcp import DatabricksMCPClient


def test_the_bridge_gets_sql_and_a_frame(w, space):
    answer = Genie(space, client=w, return_pandas=True).ask_question("How many orders are there?")

    assert "COUNT(" in answer.query
    assert answer.result.iloc[0, 0] == 3


def test_the_bridge_gets_the_text_when_nothing_can_be_answered(w, space):
    answer = Genie(space, client=w).ask_question("What is the airspeed of a swallow?")

    assert "airspeed" in answer.result


def test_the_mcp_client_lists_and_asks(w, host, space):
    client = DatabricksMCPClient(server_url=f"{host}/api/2.0/mcp/genie/{space}", workspace_client=w)
    tool = client.list_tools()[0]

    told = json.loads(client.call_tool(tool.name, {"query": "total amount by region"}).content[0].text)

    rows = told["content"]["queryAttachments"][0]["statement_response"]["result"]["data_array"]
    assert sorted(cell["string_value"] for row in rows for cell in row["values"]) == ["15.0", "7.0", "APAC", "EMEA"]


def test_the_mcp_client_names_the_space_as_a_resource(w, host, space):
    client = DatabricksMCPClient(server_url=f"{host}/api/2.0/mcp/genie/{space}", workspace_client=w)

    assert [resource.name for resource in client.get_databricks_resources()] == [space]
