"""The same agent, pointed at a workspace in the cloud: nothing changes but the address and the token."""

import asyncio
import json
from urllib.parse import urlsplit

import mlflow
import pytest
import requests
from databricks.sdk import WorkspaceClient

from agent.graph import build
from agent.responses import ContractAgent
from agent.settings import Settings
from sandbox.testing import mock_workspace

HOST = "https://dbc-1234.cloud.databricks.com"
SPACE = "01f0aaaabbbbccccddddeeeeffff0000"
ENVELOPE = {
    "content": {"queryAttachments": [{"query": "SELECT COUNT(*) FROM contracts"}], "textAttachments": ["40"]},
    "conversationId": "c1",
    "messageId": "m1",
    "status": "COMPLETED",
}


class Cloud:
    """What a workspace would answer, and a record of what it was asked."""

    def __init__(self, workspace):
        self.workspace, self.rest_asked, self.questions = workspace, [], []

    @property
    def asked(self):
        """Host, path, authorization and body of every request."""
        sent = [call.request for call in self.workspace.router.calls]
        streamed = [(str(one.url), one.headers.get("Authorization"), one.content) for one in sent]
        found = [*self.rest_asked, *streamed]
        return [(urlsplit(url).netloc, urlsplit(url).path, token, body) for url, token, body in found]

    def bodies(self, path):
        return [json.loads(body) for _, asked, _, body in self.asked if asked == path and body]

    def rest(self, request):
        path = urlsplit(request.url).path
        self.rest_asked.append((request.url, request.headers.get("Authorization"), request.body))
        if path.endswith("/query"):
            columns = [{"name": name} for name in (*json.loads(request.body)["columns"], "score")]
            row = ["c-1", "/V/a.md", "GPA-002", "contract", "executed", "GPA-002", 0, None, "5. Quality", "4 ppm", 0.9]
            return {"manifest": {"columns": columns}, "result": {"row_count": 1, "data_array": [row]}}
        if "/prompts/" in path:
            version = {"name": "main.contracts.contract_agent", "version": "1", "template": json.dumps("Be brief.")}
            return {"prompt_version": version, **version}
        return {}

    def query_space(self, query, **_):
        """Asks the space."""
        self.questions.append(query)
        return ENVELOPE

    def poll_response(self, **_):
        """Asks again."""
        return ENVELOPE

    def says(self, *turns):
        """What the model answers, one turn after the other."""
        first, *then = turns
        told = {"content": first} if isinstance(first, str) else {"tool_calls": first}
        self.workspace.chat(Settings().chat_endpoint, **told, then=then)


def calls(name, **arguments):
    return [{"name": name, "arguments": arguments}]


@pytest.fixture
def cloud(monkeypatch):
    def send(_, request, **__):
        answer = requests.Response()
        answer.status_code, answer._content = 200, json.dumps(cloud.rest(request)).encode()
        answer.url, answer.request, answer.headers["Content-Type"] = request.url, request, "application/json"
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    with mock_workspace(HOST) as workspace:
        cloud = Cloud(workspace)
        tools = {f"{tool.__name__}_{SPACE}": tool for tool in (cloud.query_space, cloud.poll_response)}
        workspace.mcp(f"/api/2.0/mcp/genie/{SPACE}", tools)
        yield cloud


@pytest.fixture
def agent(cloud, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABRICKS_HOST", HOST)
    monkeypatch.setenv("DATABRICKS_TOKEN", "dapi-cloud")
    monkeypatch.setenv("DATABRICKS_CONFIG_FILE", str(tmp_path / "none"))
    before = mlflow.get_tracking_uri(), mlflow.get_registry_uri()
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    mlflow.tracing.disable()
    yield ContractAgent(build(WorkspaceClient(), Settings(genie_space_id=SPACE)))
    mlflow.tracing.enable()
    mlflow.set_tracking_uri(before[0])
    mlflow.set_registry_uri(before[1])


def ask(agent, text):
    return agent.predict({"input": [{"role": "user", "content": text}]})


def test_a_document_question_asks_the_index_of_that_workspace(agent, cloud):
    cloud.says(calls("search_contracts", query="hydrogen sulfide limit GPA-002"), "4 ppm (5. Quality).")

    answer = ask(agent, "What is the H2S limit in GPA-002?")

    queries = cloud.bodies("/api/2.0/vector-search/indexes/main.contracts.chunks_index/query")
    filters = [json.loads(query["filters_json"]) for query in queries]
    assert {"contract_id": "GPA-002", "status NOT": "draft", "kind": "amendment"} in filters
    assert answer.output[-1].content[0]["text"] == "4 ppm (5. Quality)."
    assert answer.custom_outputs["sources"][0]["doc_uri"] == "/V/a.md"


def test_a_table_question_asks_the_space_over_mcp(agent, cloud):
    cloud.says(calls("ask_genie", question="How many contracts?"), "40 contracts.")

    answer = ask(agent, "How many contracts do we have?")

    assert cloud.questions == ["How many contracts?"]
    assert answer.custom_outputs["sql"] == ["SELECT COUNT(*) FROM contracts"]


def test_a_follow_up_searches_the_contract_of_the_question_before(agent, cloud):
    cloud.says(calls("search_contracts", query="carbon dioxide"), "2 %.")
    before = [{"role": "user", "content": "H2S limit of GPA-002?"}, {"role": "assistant", "content": "4 ppm."}]

    agent.predict({"input": [*before, {"role": "user", "content": "And carbon dioxide?"}]})

    queries = cloud.bodies("/api/2.0/vector-search/indexes/main.contracts.chunks_index/query")
    assert json.loads(queries[0]["filters_json"])["contract_id"] == "GPA-002"


def test_the_agent_answers_inside_a_running_event_loop(agent, cloud):
    cloud.says(calls("ask_genie", question="How many contracts?"), "40 contracts.")

    async def notebook():
        return ask(agent, "How many contracts do we have?")

    assert asyncio.run(notebook()).output[-1].content[0]["text"] == "40 contracts."


def test_every_request_goes_to_that_host_with_its_token(agent, cloud):
    cloud.says(calls("ask_genie", question="How many?"), calls("search_contracts", query="x"), "Done.")

    ask(agent, "Both, please.")

    paths = {path for _, path, _, _ in cloud.asked}
    assert {"/serving-endpoints/chat/completions", f"/api/2.0/mcp/genie/{SPACE}"} <= paths
    assert {host for host, _, _, _ in cloud.asked} == {urlsplit(HOST).netloc}
    authorised = {token for _, path, token, _ in cloud.asked if not path.startswith("/.well-known/")}
    assert authorised == {"Bearer dapi-cloud"}


def test_the_registered_prompt_is_the_system_message(agent, cloud):
    cloud.says("Hello.")

    ask(agent, "Hi")

    assert cloud.bodies("/serving-endpoints/chat/completions")[0]["messages"][0] == {
        "role": "system",
        "content": "Be brief.",
    }


def test_a_model_that_only_searches_is_told_to_answer(agent, cloud):
    cloud.says(*[calls("search_contracts", query="x")] * Settings().max_steps, "Enough.")

    ask(agent, "?")

    last = cloud.bodies("/serving-endpoints/chat/completions")[-1]
    assert "tools" not in last
    assert last["messages"][-1]["content"].startswith("Answer now")


def test_words_are_streamed_as_they_come(agent, cloud):
    cloud.says("4 ppm")

    events = list(agent.predict_stream({"input": [{"role": "user", "content": "Hi"}]}))

    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert deltas == ["4 ", "ppm"]
    assert events[-1].type == "response.output_item.done"
