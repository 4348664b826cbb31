"""The chat page as a browser without scripts gets it, and its stream as its script reads it."""

import json
import time

import pytest
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

from tests.clients.endings import ended

LLM = "databricks-claude-sonnet-4-5"
MODEL = "main.default.helper"
AGENT = """
import mlflow
from mlflow.pyfunc import ResponsesAgent
from mlflow.types.responses import ResponsesAgentRequest, ResponsesAgentResponse, ResponsesAgentStreamEvent
class Agent(ResponsesAgent):
    def predict(self, request: ResponsesAgentRequest) -> ResponsesAgentResponse:
        done = [one.item for one in self.predict_stream(request) if one.type == "response.output_item.done"]
        return ResponsesAgentResponse(output=done)
    def predict_stream(self, request):
        if request.context:
            mlflow.update_current_trace(metadata={"mlflow.trace.session": request.context.conversation_id})
        with mlflow.start_span("search", span_type="RETRIEVER") as span:
            span.set_outputs([{"page_content": "A refund takes 30 days.", "metadata": {"doc_uri": "faq.md"}}])
        with mlflow.start_span("genie", span_type="TOOL") as span:
            span.set_outputs({"sql": "SELECT days FROM refunds"})
        said = [one.content for one in request.input if one.role == "user"]
        for part in ("heard <b>", said[-1], "</b> after ", str(len(said) - 1)):
            yield ResponsesAgentStreamEvent(**self.create_text_delta(delta=part, item_id="m1"))
        text = f"heard <b>{said[-1]}</b> after {len(said) - 1}"
        item = self.create_text_output_item(text=text, id="m1")
        yield ResponsesAgentStreamEvent(type="response.output_item.done", item=item)
mlflow.models.set_model(Agent())
"""


@pytest.fixture
def agent(m, w, tmp_path):
    """The endpoint `helper` over an agent, and the experiment into which it is traced."""
    (tmp_path / "agent.py").write_text(AGENT)
    told = {"pip_requirements": ["mlflow"], "registered_model_name": MODEL}
    m.pyfunc.log_model(name="agent", python_model=str(tmp_path / "agent.py"), **told)
    experiment = m.create_experiment("/Shared/helper")
    variables = {"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment}
    entity = ServedEntityInput(
        entity_name=MODEL, entity_version="1", scale_to_zero_enabled=True, environment_vars=variables
    )
    config = EndpointCoreConfigInput(name="helper", served_entities=[entity])
    ended(w, w.serving_endpoints.create("helper", config=config))
    yield experiment
    w.serving_endpoints.delete("helper")


def traces(m, experiment, number):
    """They are written behind the answers."""
    until = time.monotonic() + 60
    while (
        len(found := m.search_traces(locations=[experiment], return_type="list")) < number and time.monotonic() < until
    ):
        time.sleep(0.1)
    return found


def test_a_conversation_with_an_agent_shows_sources_and_sql_and_keeps_the_feedback(m, browser, agent):
    first = browser.post("/chat/helper", data={"question": "refunds?"})
    second = browser.post(first.url.path, data={"question": "and fees?"})
    traces(m, agent, 2)
    shown = browser.get(first.url.path).text
    browser.post(f"{first.url.path}/turns/2/feedback", data={"value": "down", "comment": "Too short"})

    assert "heard &lt;b&gt;refunds?&lt;/b&gt; after 0" in first.text
    assert "heard &lt;b&gt;and fees?&lt;/b&gt; after 1" in second.text
    assert "A refund takes 30 days." in shown
    assert "SELECT days FROM refunds" in shown
    told = [one.info for one in traces(m, agent, 2)]
    (label,) = [label for one in told for label in one.assessments]
    assert (label.name, label.value, label.rationale) == ("user_feedback", False, "Too short")
    assert (label.source.source_type, label.source.source_id) == ("HUMAN", browser_user(shown))
    assert {one.trace_metadata["mlflow.trace.session"] for one in told} == {first.url.path.rpartition("/")[2]}


def browser_user(page):
    return page.partition('class="who">')[2].partition("<")[0]


def test_an_answer_is_streamed_to_the_script_of_the_page(browser):
    asked = {"question": "Say hello"}

    with browser.stream("POST", f"/chat/{LLM}", data=asked, headers={"Accept": "text/event-stream"}) as answer:
        events = [json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: ")]

    said = "".join(event["delta"] for event in events if "delta" in event)
    assert list(events[0]) == ["page"]
    assert said
    assert said[:20] in browser.get(events[-1]["turn"]).text


def test_an_endpoint_without_traces_says_that_no_feedback_can_be_kept(browser):
    shown = browser.post(f"/chat/{LLM}", data={"question": "<script>alert(1)</script>"})

    assert "no feedback can be kept" in shown.text
    assert "answered by" in shown.text
    assert "<script>alert" not in shown.text
    assert browser.post(f"{shown.url.path}/turns/1/feedback", data={"value": "up"}).status_code == 400


def test_an_unknown_endpoint_is_a_page_that_names_those_that_talk(browser):
    shown = browser.get("/chat/nobody")

    assert shown.status_code == 404
    assert f'href="/chat/{LLM}"' in shown.text


@pytest.mark.parametrize("told", [{"question": ""}, {"question": "   "}, {}, {"question": "x" * 20_001}])
def test_a_question_that_is_none_is_refused(browser, told):
    assert browser.post(f"/chat/{LLM}", data=told).status_code == 400


def test_a_conversation_is_seen_by_who_had_it_only(server, workspace, sign_in, browser):
    had = browser.post(f"/chat/{LLM}", data={"question": "mine"}).url.path
    server.control("POST", "/_sandbox/principals", {"workspace": workspace["name"], "user_name": "eve@example.com"})
    eve = sign_in(workspace, "eve@example.com")

    assert eve.get(had).status_code == 404
    assert "mine" not in eve.get(f"/chat/{LLM}").text


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_post_with_the_session_of_the_user(browser, headers):
    refused = browser.post(f"/chat/{LLM}", data={"question": "sent by evil"}, headers=headers)

    assert refused.status_code == 403
    assert "sent by evil" not in browser.get(f"/chat/{LLM}").text
