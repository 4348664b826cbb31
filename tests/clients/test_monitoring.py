"""Monitoring: what clients wrote onto traces is read back as figures of each version."""

import pytest
from mlflow.entities import AssessmentSource
from mlflow.genai.scorers import scorer


@pytest.fixture
def agent(m):
    """Traces of two versions: the first slow to please, the second liked and scored."""

    @m.trace
    def answer(question, version):
        m.update_current_trace(tags={"mlflow.registeredModelVersion": version})
        return question.upper()

    def ask(version, thumb, score):
        answer("<script>alert(1)</script>", version)
        trace = m.get_last_active_trace_id()
        human = AssessmentSource("HUMAN", "eve@example.com")
        m.log_feedback(trace_id=trace, name="user_feedback", value=thumb, source=human)
        m.log_feedback(trace_id=trace, name="correct", value=score, source=AssessmentSource("CODE", "x"))

    for thumb, score in ((False, "no"), (True, "yes")):
        ask("1", thumb, score)
    ask("2", True, "yes")
    return m.get_experiment_by_name("/Shared/tests").experiment_id


@pytest.fixture
def report(w):
    return lambda name: w.api_client.do("GET", f"/monitoring/{name}", query={"format": "json"})


def test_each_version_has_its_feedback_and_its_scores(agent, report):
    one, two = report(agent)["versions"]

    assert (one["version"], one["traces"], one["feedback"]) == ("version 1", 2, {"up": 1, "down": 1})
    assert (one["quality"]["correct"], two["quality"]["correct"]["mean"]) == ({"mean": 0.5, "traces": 2}, 1.0)
    assert two["latency_ms"]["p50"] >= 0


def test_an_experiment_is_found_by_its_name(agent, report):
    assert report("Shared/tests") == report(agent)


def test_no_cost_is_told_without_prices_and_tokens_by_price_with_them(m, agent, report):
    with m.start_span("llm", span_type="CHAT_MODEL") as span:
        span.set_attribute("mlflow.chat.tokenUsage", {"input_tokens": 1000, "output_tokens": 100, "total_tokens": 1100})
    before = report(agent)
    m.set_experiment_tag("sandbricks.price.input", "3")
    m.set_experiment_tag("sandbricks.price.output", "15")
    after = report(agent)

    assert "price_per_million_tokens" not in before
    assert all("cost_per_call" not in version for version in before["versions"])
    assert after["price_per_million_tokens"] == {"input": 3.0, "output": 15.0}
    assert after["versions"][-1]["cost_per_call"] == pytest.approx(0.0045)


def test_the_page_draws_lines_and_has_the_same_as_tables(browser, agent):
    shown = browser.get(f"/monitoring/{agent}").text

    assert 'role="img" aria-label="correct over time' in shown
    assert "No prices are configured" in shown
    assert "No scorer is started" in shown
    assert "version 2" in shown
    assert "<script>alert" not in shown


def test_a_started_scorer_is_named_and_scores_what_arrives(server, workspace, m, browser, agent, report):
    @scorer
    def loud(outputs):
        return outputs.isupper()

    from mlflow.genai.scorers import ScorerSamplingConfig

    loud.register(name="loud").start(sampling_config=ScorerSamplingConfig(sample_rate=1.0))
    with m.start_span("answer") as span:
        span.set_inputs({"question": "a"})
        span.set_outputs("HELLO")
    server.control("POST", "/_sandbox/scorers/settle", {"workspace": workspace["name"], "timeout_seconds": 60})

    assert report(agent)["scorers"] == [{"name": "loud", "sample_rate": 1.0}]
    assert report(agent)["versions"][-1]["quality"]["loud"] == {"mean": 1.0, "traces": 1}
    assert "Started scorers: loud (100 %)" in browser.get(f"/monitoring/{agent}").text


def test_an_unknown_name_is_a_page_that_names_what_there_is(browser, agent, w):
    shown = browser.get("/monitoring/nothing")

    assert shown.status_code == 404
    assert 'href="/monitoring/Shared/tests"' in shown.text
    with pytest.raises(Exception, match="nothing"):
        w.api_client.do("GET", "/monitoring/nothing", query={"format": "json"})
