"""The same agent, pointed at a workspace in the cloud: nothing changes but the address and the token."""

import asyncio
import json
from urllib.parse import urlsplit

import httpx
import mlflow
import pytest
import requests
import respx
from databricks.sdk import WorkspaceClient

from agent.graph import build
from agent.responses import ContractAgent
from agent.settings import Settings

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

    def __init__(self):
        self.asked = []
        self.turns = []

    def see(self, method, url, headers, body):
        self.asked.append((method, urlsplit(url).netloc, urlsplit(url).path, headers.get("Authorization"), body))

    def bodies(self, path):
        return [json.loads(body) for _, _, asked, _, body in self.asked if asked == path and body]

    def rest(self, request):
        path = urlsplit(request.url).path
        self.see(request.method, request.url, request.headers, request.body)
        if path.endswith("/query"):
            columns = [{"name": name} for name in (*json.loads(request.body)["columns"], "score")]
            row = ["c-1", "/V/a.md", "GPA-002", "contract", "executed", "GPA-002", 0, None, "5. Quality", "4 ppm", 0.9]
            return {"manifest": {"columns": columns}, "result": {"row_count": 1, "data_array": [row]}}
        if "/prompts/" in path:
            version = {"name": "main.contracts.contract_agent", "version": "1", "template": json.dumps("Be brief.")}
            return {"prompt_version": version, **version}
        return {}

    def chat(self, request):
        self.see(request.method, str(request.url), request.headers, request.content)
        return httpx.Response(200, text=self.turns.pop(0), headers={"content-type": "text/event-stream"})

    def mcp(self, request):
        self.see(request.method, str(request.url), request.headers, request.content)
        told = json.loads(request.content)
        results = {
            "initialize": {
                "protocolVersion": told.get("params", {}).get("protocolVersion"),
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "genie", "version": "1"},
            },
            "tools/list": {"tools": [_tool(f"{name}_{SPACE}") for name in ("query_space", "poll_response")]},
            "tools/call": {"content": [{"type": "text", "text": json.dumps(ENVELOPE)}]},
        }
        if "id" not in told:
            return httpx.Response(202)
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": told["id"], "result": results[told["method"]]})


def _tool(name):
    text = {"type": "string"}
    return {
        "name": name,
        "inputSchema": {
            "type": "object",
            "properties": dict.fromkeys(("query", "conversation_id", "message_id"), text),
        },
    }


def _events(*deltas):
    chunks = [
        {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [{"index": 0, **delta}]}
        for delta in deltas
    ]
    return "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"


def says(text):
    return _events({"delta": {"role": "assistant", "content": text}}, {"delta": {}, "finish_reason": "stop"})


def calls(name, **arguments):
    call = {"index": 0, "id": "t1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    return _events({"delta": {"role": "assistant", "tool_calls": [call]}}, {"delta": {}, "finish_reason": "tool_calls"})


@pytest.fixture
def cloud(monkeypatch):
    cloud = Cloud()

    def send(_, request, **__):
        answer = requests.Response()
        answer.status_code, answer._content = 200, json.dumps(cloud.rest(request)).encode()
        answer.url, answer.request, answer.headers["Content-Type"] = request.url, request, "application/json"
        return answer

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    with respx.mock(assert_all_called=False) as router:
        router.post(f"{HOST}/serving-endpoints/chat/completions").mock(side_effect=cloud.chat)
        router.route(url__startswith=f"{HOST}/api/2.0/mcp/genie/").mock(side_effect=cloud.mcp)
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
    cloud.turns = [calls("search_contracts", query="hydrogen sulfide limit GPA-002"), says("4 ppm (5. Quality).")]

    answer = ask(agent, "What is the H2S limit in GPA-002?")

    queries = cloud.bodies("/api/2.0/vector-search/indexes/main.contracts.chunks_index/query")
    filters = [json.loads(query["filters_json"]) for query in queries]
    assert {"contract_id": "GPA-002", "status NOT": "draft", "kind": "amendment"} in filters
    assert answer.output[-1].content[0]["text"] == "4 ppm (5. Quality)."
    assert answer.custom_outputs["sources"][0]["doc_uri"] == "/V/a.md"


def test_a_table_question_asks_the_space_over_mcp(agent, cloud):
    cloud.turns = [calls("ask_genie", question="How many contracts?"), says("40 contracts.")]

    answer = ask(agent, "How many contracts do we have?")

    told = [body for body in cloud.bodies(f"/api/2.0/mcp/genie/{SPACE}") if body["method"] == "tools/call"]
    assert told[0]["params"]["name"] == f"query_space_{SPACE}"
    assert told[0]["params"]["arguments"] == {"query": "How many contracts?"}
    assert answer.custom_outputs["sql"] == ["SELECT COUNT(*) FROM contracts"]


def test_a_follow_up_searches_the_contract_of_the_question_before(agent, cloud):
    cloud.turns = [calls("search_contracts", query="carbon dioxide"), says("2 %.")]
    before = [{"role": "user", "content": "H2S limit of GPA-002?"}, {"role": "assistant", "content": "4 ppm."}]

    agent.predict({"input": [*before, {"role": "user", "content": "And carbon dioxide?"}]})

    queries = cloud.bodies("/api/2.0/vector-search/indexes/main.contracts.chunks_index/query")
    assert json.loads(queries[0]["filters_json"])["contract_id"] == "GPA-002"


def test_the_agent_answers_inside_a_running_event_loop(agent, cloud):
    cloud.turns = [calls("ask_genie", question="How many contracts?"), says("40 contracts.")]

    async def notebook():
        return ask(agent, "How many contracts do we have?")

    assert asyncio.run(notebook()).output[-1].content[0]["text"] == "40 contracts."


def test_every_request_goes_to_that_host_with_its_token(agent, cloud):
    cloud.turns = [calls("ask_genie", question="How many?"), calls("search_contracts", query="x"), says("Done.")]

    ask(agent, "Both, please.")

    paths = {path for _, _, path, _, _ in cloud.asked}
    assert {"/serving-endpoints/chat/completions", f"/api/2.0/mcp/genie/{SPACE}"} <= paths
    assert {host for _, host, _, _, _ in cloud.asked} == {urlsplit(HOST).netloc}
    authorised = {token for _, _, path, token, _ in cloud.asked if not path.startswith("/.well-known/")}
    assert authorised == {"Bearer dapi-cloud"}


def test_the_registered_prompt_is_the_system_message(agent, cloud):
    cloud.turns = [says("Hello.")]

    ask(agent, "Hi")

    assert cloud.bodies("/serving-endpoints/chat/completions")[0]["messages"][0] == {
        "role": "system",
        "content": "Be brief.",
    }


def test_a_model_that_only_searches_is_told_to_answer(agent, cloud):
    cloud.turns = [calls("search_contracts", query="x")] * Settings().max_steps + [says("Enough.")]

    ask(agent, "?")

    last = cloud.bodies("/serving-endpoints/chat/completions")[-1]
    assert "tools" not in last
    assert last["messages"][-1]["content"].startswith("Answer now")


def test_words_are_streamed_as_they_come(agent, cloud):
    cloud.turns = [_events({"delta": {"role": "assistant", "content": "4 "}}, {"delta": {"content": "ppm"}})]

    events = list(agent.predict_stream({"input": [{"role": "user", "content": "Hi"}]}))

    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert deltas == ["4 ", "ppm"]
    assert events[-1].type == "response.output_item.done"
