"""Traces, spans and assessments."""

import pytest
import requests
from mlflow.entities import AssessmentSource, Document, SpanType


@pytest.fixture
def trace(m):
    @m.trace(name="retrieve", span_type=SpanType.RETRIEVER)
    def retrieve(question):
        return [Document(page_content="Refunds within 30 days", metadata={"doc_uri": "d1"})]

    @m.trace(name="agent", span_type=SpanType.AGENT, attributes={"größe": [1, 2.5, None, {"a": True}]})
    def agent(question):
        m.update_current_trace(
            tags={"kind": "test"}, metadata={"mlflow.trace.session": "s1", "mlflow.trace.user": "u1"}
        )
        return f"answer:{len(retrieve(question))}"

    agent("refund policy?")
    return m.get_last_active_trace_id()


def test_a_trace_comes_back_with_its_spans_as_they_were(m, trace):
    spans = {span.name: span for span in m.get_trace(trace).data.spans}

    assert (spans["agent"].inputs, spans["agent"].outputs) == ({"question": "refund policy?"}, "answer:1")
    assert spans["agent"].get_attribute("größe") == [1, 2.5, None, {"a": True}]
    assert spans["retrieve"].parent_id == spans["agent"].span_id
    assert spans["retrieve"].span_type == "RETRIEVER"


def test_a_trace_survives_the_round_trip_without_a_difference(m):
    with m.start_span("root") as root:
        root.set_inputs({"x": "ü", "n": 1.5})
        with m.start_span("child", span_type="TOOL") as child:
            child.set_outputs([None, {"deep": [1, {"er": "☃"}]}])
    written = {span.span_id: span.to_dict() for span in (root, child)}

    read = {span.span_id: span.to_dict() for span in m.get_trace(root.trace_id).data.spans}

    assert read == written


def test_an_exception_is_kept_with_its_type_and_message(m):
    @m.trace
    def fail():
        raise ValueError("no such contract")

    with pytest.raises(ValueError, match="no such contract"):
        fail()

    trace = m.get_trace(m.get_last_active_trace_id())
    assert trace.info.state == "ERROR"
    assert trace.data.spans[0].events[0].attributes["exception.message"] == "no such contract"


@pytest.mark.parametrize(
    "filter_string",
    [
        "tags.kind = 'test'",
        "span.name = 'retrieve'",
        "span.type = 'RETRIEVER'",
        "metadata.`mlflow.trace.session` = 's1'",
    ],
)
def test_traces_are_found_by_tag_span_and_session(m, trace, filter_string):
    found = m.search_traces(filter_string=filter_string, return_type="list")

    assert [one.info.trace_id for one in found] == [trace]


def test_traces_with_other_values_are_not_found(m, trace):
    assert m.search_traces(filter_string="span.name = 'other'", return_type="list") == []


def test_the_marks_of_the_server_behind_do_not_reach_the_client(m, trace):
    info = m.get_trace(trace).info

    assert [key for key in (*info.tags, *info.trace_metadata) if key.endswith(("spansLocation", "infoFinalized"))] == []


def test_feedback_of_a_user_is_on_the_trace_and_finds_it(m, trace):
    m.log_feedback(
        trace_id=trace,
        name="user_feedback",
        value=False,
        rationale="Missing details about legal entities",
        source=AssessmentSource("HUMAN", "enduser"),
    )

    (feedback,) = m.get_trace(trace).info.assessments
    assert (feedback.value, feedback.rationale) == (False, "Missing details about legal entities")
    assert (feedback.source.source_type, feedback.source.source_id) == ("HUMAN", "enduser")
    assert len(m.search_traces(filter_string="feedback.user_feedback = 'false'", return_type="list")) == 1


def test_a_correction_overrides_and_the_first_one_is_no_longer_valid(m, trace):
    first = m.log_feedback(trace_id=trace, name="grounded", value="no")

    second = m.override_feedback(trace_id=trace, assessment_id=first.assessment_id, value="yes", rationale="expert")

    kept = {one.assessment_id: one for one in m.get_trace(trace).info.assessments}
    assert kept[second.assessment_id].overrides == first.assessment_id
    assert first.assessment_id not in kept or kept[first.assessment_id].valid is False


def test_an_expectation_is_logged_and_deleted(m, trace):
    expectation = m.log_expectation(trace_id=trace, name="expected", value={"days": 30})
    assert m.get_assessment(trace, expectation.assessment_id).value == {"days": 30}

    m.delete_assessment(trace, expectation.assessment_id)

    assert m.get_trace(trace).info.assessments == []


def test_a_span_with_more_attributes_than_opentelemetry_keeps_comes_back(m):
    with m.start_span("wide") as span:
        span.set_attributes({f"a{number}": {"n": number} for number in range(300)})

    (kept,) = m.get_trace(span.trace_id).data.spans

    assert kept.get_attribute("a299") == {"n": 299}


def test_a_missing_trace_is_none(m):
    assert m.get_trace("tr-" + "0" * 32, silent=True) is None


def test_evaluation_scores_each_trace_and_stores_the_mean(m):
    @m.genai.scorer
    def exact(outputs, expectations):
        return outputs == expectations["expected_response"]

    def answer(q):
        return "4"

    data = [{"inputs": {"q": q}, "expectations": {"expected_response": r}} for q, r in (("2+2", "4"), ("3+3", "6"))]
    result = m.genai.evaluate(data=data, predict_fn=answer, scorers=[exact])

    assert result.metrics["exact/mean"] == 0.5
    assert m.get_run(result.run_id).data.metrics["exact/mean"] == 0.5


def test_spans_for_a_trace_that_does_not_exist_are_refused(m, w):
    told = w.api_client.do("GET", "/api/2.0/mlflow/traces/tr-none/credentials-for-data-upload")

    answer = requests.put(told["credential_info"]["signed_uri"], json={"spans": []}, timeout=10)

    assert (answer.status_code, answer.json()["error_code"]) == (404, "RESOURCE_DOES_NOT_EXIST")


def test_the_traces_of_a_model_are_found_by_its_id(m, w, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACING_SQL_WAREHOUSE_ID", next(iter(w.warehouses.list())).id)
    models = [m.create_external_model(name=name) for name in ("one", "two")]
    for model in models:
        m.set_active_model(model_id=model.model_id)
        with m.start_span(f"by {model.name}"):
            pass
    m.clear_active_model()

    found = m.search_traces(model_id=models[1].model_id, return_type="list")

    assert [one.data.spans[0].name for one in found] == ["by two"]
