"""Started scorers run on the traces that arrive: which are scored, when, and how often."""

import base64
import json
import urllib.request

import pytest
from mlflow.entities import AssessmentSourceType
from mlflow.entities.trace_location import UnityCatalog
from mlflow.genai.scorers import ScorerSamplingConfig

from tests.clients.scorers.examples import ALWAYS, is_long, raises


def test_a_started_scorer_scores_the_traces_that_arrive(m, answer):
    is_long.register().start(sampling_config=ALWAYS)

    assert answer("a long answer")["is_long"].feedback.value is True
    assert answer("no")["is_long"].feedback.value is False


def test_an_assessment_names_its_scorer_and_its_version(m, answer, experiment):
    is_long.register().start(sampling_config=ALWAYS)

    said = answer("a long answer")["is_long"]

    assert (said.source.source_type, said.source.source_id) == (AssessmentSourceType.CODE, "is_long")
    assert said.metadata["mlflow.assessment.scorerVersion"] == "1"
    assert said.metadata["mlflow.assessment.scorerResourceName"].startswith(f"experiments/{experiment}/scorers/")


def test_a_scorer_that_is_only_registered_scores_nothing(m, answer):
    is_long.register()

    assert answer("a long answer") == {}


def test_a_stopped_scorer_scores_nothing_more(m, answer):
    started = is_long.register().start(sampling_config=ALWAYS)
    before = answer("one")
    started.stop()

    assert (list(before), answer("two")) == (["is_long"], {})


def test_a_trace_from_before_the_start_is_not_scored(m, answer, settle):
    answer("early")
    early = m.get_last_active_trace_id()
    is_long.register().start(sampling_config=ALWAYS)
    m.set_trace_tag(early, "touched", "yes")
    settle()

    assert m.get_trace(early).info.assessments == []


def test_a_filter_chooses_the_traces(m, answer):
    only = ScorerSamplingConfig(sample_rate=1.0, filter_string="trace.status = 'ERROR'")
    is_long.register().start(sampling_config=only)

    @m.trace
    def fail():
        raise RuntimeError("broken")

    assert answer("fine") == {}
    with pytest.raises(RuntimeError):
        fail()
    failed = m.get_last_active_trace_id()
    answer("fine")
    assert [said.name for said in m.get_trace(failed).info.assessments] == ["is_long"]


def test_a_trace_is_looked_at_again_when_feedback_makes_it_match(m, answer, settle):
    disliked = ScorerSamplingConfig(sample_rate=1.0, filter_string="feedback.liked = 'false'")
    is_long.register().start(sampling_config=disliked)
    assert answer("a long answer") == {}

    trace = m.get_last_active_trace_id()
    m.log_feedback(trace_id=trace, name="liked", value=False)
    settle()

    assert {said.name for said in m.get_trace(trace).info.assessments} == {"liked", "is_long"}


def test_a_trace_is_scored_once(m, answer, settle):
    is_long.register().start(sampling_config=ALWAYS)
    answer("a long answer")
    trace = m.get_last_active_trace_id()

    m.set_trace_tag(trace, "touched", "yes")
    settle()

    assert len(m.get_trace(trace).info.assessments) == 1


def test_half_of_the_traces_are_sampled_and_always_the_same(m, answer):
    is_long.register().start(sampling_config=ScorerSamplingConfig(sample_rate=0.5))
    once = {}
    for number in range(20):
        said = answer(f"answer {number}", wait=lambda: None)
        once[m.get_last_active_trace_id()] = said
    final = answer("the last")

    chosen = {t.info.trace_id for t in m.search_traces(return_type="list") if t.info.assessments}
    assert 0 < len(chosen) < 21
    assert bool(final) == (m.get_last_active_trace_id() in chosen)


def test_traces_of_an_evaluation_are_left_out(m, settle):
    is_long.register().start(sampling_config=ALWAYS)
    m.genai.evaluate(data=[{"inputs": {"q": "x"}}], predict_fn=lambda q: f"a long {q}", scorers=[raises])
    settle()

    (trace,) = m.search_traces(return_type="list")
    assert [said.name for said in trace.info.assessments] == ["raises"]


def test_a_trace_that_still_runs_is_scored_when_it_has_ended(m, w, experiment, answer, settle):
    answer("a long answer")
    donor, trace = m.get_last_active_trace_id(), "tr-" + "1" * 32
    span = m.get_trace(donor).data.spans[0].to_dict() | {"trace_id": base64.b64encode(b"\x11" * 16).decode()}
    spans = json.dumps({"spans": [span]}).replace(donor, trace).encode()
    location = {"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": {"experiment_id": experiment}}
    info = {"trace_id": trace, "trace_location": location, "request_time": "2099-01-01T00:00:00Z"}
    is_long.register().start(sampling_config=ALWAYS)

    def assessments(state):
        path = "/api/3.0/mlflow/traces"
        w.api_client.do("POST", path, body={"trace": {"trace_info": info | {"state": state}}})
        target = w.api_client.do("GET", f"/api/2.0/mlflow/traces/{trace}/credentials-for-data-upload")
        upload = urllib.request.Request(target["credential_info"]["signed_uri"], spans, method="PUT")
        urllib.request.urlopen(upload).close()
        settle()
        return w.api_client.do("GET", f"{path}/{trace}")["trace"]["trace_info"].get("assessments", [])

    assert assessments("IN_PROGRESS") == []
    assert [said["assessment_name"] for said in assessments("OK")] == ["is_long"]


def test_traces_in_unity_catalog_are_scored_by_the_experiment_linked_to_their_location(m, w, settle):
    w.schemas.create("traces", "main")
    m.set_experiment("/Shared/linked", trace_location=UnityCatalog("main", "traces", "app"))
    is_long.register().start(sampling_config=ALWAYS)

    with m.start_span("answer") as span:
        span.set_outputs("a long answer")
    settle()

    assert span.trace_id.startswith("trace:/main.traces.app/")
    assert [said.name for said in m.get_trace(span.trace_id).info.assessments] == ["is_long"]
