"""The console in Chromium: answers stream, sliders stay 100 together, axe-core finds no serious fault."""

import json
import time
import uuid

import httpx
import mlflow
import pytest
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

LLM = "databricks-claude-sonnet-4-5"
AGENT = """
import mlflow
from mlflow.pyfunc import ResponsesAgent
from mlflow.types.responses import ResponsesAgentResponse, ResponsesAgentStreamEvent
class Agent(ResponsesAgent):
    def predict(self, request):
        return ResponsesAgentResponse(output=[self.create_text_output_item(text="hello", id="m1")])
    def predict_stream(self, request):
        with mlflow.start_span("search", span_type="RETRIEVER") as span:
            span.set_outputs([{"page_content": "A refund takes 30 days.", "metadata": {"doc_uri": "faq.md"}}])
        parts = ("It takes ", "30 days. ", "<script>document.title = 'broken'</script>")
        for part in parts:
            yield ResponsesAgentStreamEvent(**self.create_text_delta(delta=part, item_id="m1"))
        item = self.create_text_output_item(text="".join(parts), id="m1")
        yield ResponsesAgentStreamEvent(type="response.output_item.done", item=item)
mlflow.models.set_model(Agent())
"""


@pytest.fixture(scope="module")
def agent(w, schema, tmp_path_factory):
    """An endpoint over two versions of an agent, each with half of the traffic, and the experiment of its traces."""
    code = tmp_path_factory.mktemp("agent") / "agent.py"
    code.write_text(AGENT)
    experiment, name = mlflow.set_experiment(f"/Shared/{schema}").experiment_id, f"{schema}.helper"
    told = {"pip_requirements": ["mlflow"], "registered_model_name": name}
    for _ in range(2):
        mlflow.pyfunc.log_model(name="agent", python_model=str(code), **told)
    variables = {"ENABLE_MLFLOW_TRACING": "true", "MLFLOW_EXPERIMENT_ID": experiment}
    entities = [
        ServedEntityInput(
            entity_name=name, entity_version=number, environment_vars=variables, scale_to_zero_enabled=True
        )
        for number in ("1", "2")
    ]
    endpoint = f"helper-{uuid.uuid4().hex[:6]}"
    config = EndpointCoreConfigInput(name=endpoint, served_entities=entities)
    w.serving_endpoints.create_and_wait(endpoint, config=config)
    yield endpoint, experiment
    w.serving_endpoints.delete(endpoint)


def asked(browser, question):
    browser.one("#question").send_keys(question)
    browser.button("Send").click()


def test_an_answer_streams_in_and_thumbs_with_a_comment_land_on_its_trace(browser, agent):
    endpoint, experiment = agent
    browser.open(f"/chat/{endpoint}")
    asked(browser, "How long does a refund take?")
    browser.one("form[data-feedback] textarea").send_keys("Where is that written?")
    browser.button("Bad answer").click()
    browser.driver.find_element("xpath", "//*[contains(text(), 'Your feedback is on the trace')]")
    browser.one("summary").click()

    traces = mlflow.search_traces(locations=[experiment], return_type="list")
    (label,) = [one for trace in traces for one in trace.info.assessments]
    assert (label.name, label.value, label.rationale) == ("user_feedback", False, "Where is that written?")
    assert label.source.source_type == "HUMAN"
    assert "A refund takes 30 days." in browser.text
    assert "It takes 30 days. <script>" in browser.text
    assert browser.driver.title == f"{endpoint} · sandbricks"
    assert browser.complaints() == []


def test_the_conversation_has_an_address_and_goes_on(browser):
    browser.open(f"/chat/{LLM}")
    asked(browser, "Say hello")
    browser.driver.find_element("xpath", "//*[contains(text(), 'no feedback can be kept')]")
    address = browser.driver.current_url
    browser.open(address)
    asked(browser, "And again")

    assert len(address.rpartition("/")[2]) == 32
    browser.driver.find_element("css selector", "#turn-2")
    assert [one.text for one in browser.all(".said.user .text")] == ["Say hello", "And again"]


def test_an_endpoint_that_is_gone_is_told_in_the_page_that_is_open(browser, agent):
    browser.open(f"/chat/{LLM}")
    browser.driver.execute_script("document.querySelector('[data-ask]').action = '/chat/nobody'")
    asked(browser, "Are you there?")

    browser.driver.find_element("xpath", "//*[@id='failed' and not(@hidden)]")
    assert browser.one("#question").get_attribute("value") == "Are you there?"


def divided(w, endpoint, expected):
    """The shares of the traffic, once the browser has sent them and the models are loaded."""
    until = time.monotonic() + 60
    while True:
        routes = w.serving_endpoints.get(endpoint).config.traffic_config.routes
        shares = [route.traffic_percentage for route in routes]
        if shares == expected or time.monotonic() > until:
            return shares
        time.sleep(0.1)


def test_moving_a_slider_moves_the_others_so_that_they_stay_100_together(w, browser, agent):
    endpoint, _ = agent
    browser.open(f"/ml/endpoints/{endpoint}")
    browser.one("[data-slider]:not([hidden])")
    browser.driver.execute_script(
        "const s = document.querySelector('[data-slider]'); s.value = 30;"
        "s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    numbers = [one.get_attribute("value") for one in browser.all("[name^='share:']")]
    browser.button("Divide the traffic").click()

    assert numbers == ["30", "70"]
    assert divided(w, endpoint, [30, 70]) == [30, 70]


def test_shares_that_are_not_100_cannot_be_sent(browser, agent):
    browser.open(f"/ml/endpoints/{agent[0]}")
    browser.one("[data-slider]:not([hidden])")
    number = browser.one("[name^='share:']")
    number.clear()
    number.send_keys("7")

    assert not browser.button("Divide the traffic").is_enabled()
    assert "they must be 100 together" in browser.text


def test_genie_is_asked_and_taught_in_the_browser(w, browser, space):
    browser.open(f"/genie/rooms/{space}")
    browser.one("#question").send_keys("What is the total amount by region?")
    browser.button("Ask").click()
    browser.one(".wide td")
    browser.button("Add to the curated examples").click()
    browser.button("Replace the curated example")

    told = json.loads(w.genie.get_space(space, include_serialized_space=True).serialized_space)
    (example,) = told["instructions"]["example_question_sqls"]
    assert example["question"] == ["What is the total amount by region?"]
    assert "EMEA" in browser.text


def test_without_a_session_nothing_is_shown(chromium, host):
    chromium.delete_all_cookies()
    chromium.get(f"{host}/chat")

    assert "Sign in first" in chromium.page_source


@pytest.fixture
def pages(browser, agent, space):
    """Every page with something on it."""
    endpoint, experiment = agent
    browser.open(f"/chat/{endpoint}")
    asked(browser, "How long does a refund take?")
    browser.one("form[data-feedback]")
    chat = browser.driver.current_url
    browser.open(f"/genie/rooms/{space}")
    browser.one("#question").send_keys("What is the total amount by region?")
    browser.button("Ask").click()
    browser.one(".wide td")
    genie = browser.driver.current_url
    lists = ["/", "/chat", "/genie", "/ml/endpoints", "/monitoring", "/ml/review-v2"]
    filled = [chat, genie, f"/ml/endpoints/{endpoint}", f"/monitoring/{experiment}", f"/ml/endpoints/{LLM}"]
    return [*lists, *filled, "/chat/nobody", "/genie/rooms/nothing", "/console/nothing"]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault_on_any_page(browser, pages, dark):
    browser.dark(dark)
    found = {}
    for size in ("desktop", "phone"):
        browser.resize(size)
        for page in pages:
            browser.open(page)
            wide = browser.driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth")
            found[f"{page} {size}"] = browser.faults() + (["is wider than the screen"] if wide else [])

    assert {page: faults for page, faults in found.items() if faults} == {}


def test_axe_does_find_a_fault_where_there_is_one(browser):
    browser.open("/")
    browser.driver.execute_script("document.querySelector('main').innerHTML = '<img src=\"/console/icon.svg\">'")

    assert any(fault.startswith("image-alt") for fault in browser.faults())


def test_a_page_of_another_site_cannot_frame_or_post(host, control):
    link = control("/_sandbox/login-links", {})["url"]
    with httpx.Client(follow_redirects=True) as window:
        policy = window.get(link).headers["content-security-policy"]
        refused = window.post(f"{host}/chat/{LLM}", data={"question": "x"}, headers={"Origin": "https://evil.example"})

    assert "frame-ancestors 'none'" in policy
    assert refused.status_code == 403
