"""Scorers: registered, started, and run on the traces that arrive."""

import base64
import json
import urllib.request
from typing import Literal

import psutil
import pytest
from databricks.sdk import errors
from databricks.sdk.errors import InvalidParameterValue, NotFound, ResourceConflict
from mlflow.entities import AssessmentSourceType
from mlflow.entities.trace_location import UnityCatalog
from mlflow.exceptions import MlflowException
from mlflow.genai.judges import make_judge
from mlflow.genai.scorers import (
    Fluency,
    Guidelines,
    RelevanceToQuery,
    RetrievalGroundedness,
    Safety,
    ScorerSamplingConfig,
    delete_scorer,
    get_scorer,
    list_scorers,
    scorer,
)
from mlflow.genai.scorers.registry import list_scorer_versions

ALWAYS = ScorerSamplingConfig(sample_rate=1.0)
GUIDELINE = ["The response must contain at most three words."]
SCHEDULED = "/api/2.0/managed-evals/scheduled-scorers"


@scorer
def is_long(outputs):
    return len(outputs) > 3


@scorer
def raises(outputs):
    raise ValueError("there is no answer to this")


@scorer(timeout=0.5)
def never_ends(outputs):
    while True:
        pass


@scorer(timeout=0)
def kills_its_process(outputs):
    import os

    os._exit(3)


@scorer
def environment(outputs):
    import os

    return ",".join(sorted(os.environ))


@scorer
def prices(outputs):
    from mlflow.environment_variables import MLFLOW_MODEL_CATALOG_URI

    return f"from '{MLFLOW_MODEL_CATALOG_URI.get()}'"


def ask(m, answer, name="ask"):
    """The id of a trace that retrieves a passage and answers."""
    with m.start_span(name) as root:
        root.set_inputs({"question": "What is the fee of the contract a month?"})
        with m.start_span("search", span_type="RETRIEVER") as found:
            found.set_outputs([{"page_content": "The fee of the contract is 30 dollars a month.", "metadata": {}}])
        root.set_outputs(answer)
    return root.trace_id


@pytest.fixture
def settle(server, workspace):
    def wait():
        server.control("POST", "/_sandbox/scorers/settle", {"workspace": workspace["name"]})

    return wait


@pytest.fixture
def answer(m, settle):
    """Makes a trace, waits for the scorers and gives what they said, by name."""

    @m.trace(name="answer")
    def echo(text):
        return text

    def make(text, wait=settle):
        echo(text)
        wait()
        return {said.name: said for said in m.get_trace(m.get_last_active_trace_id()).info.assessments}

    return make


@pytest.fixture
def experiment(m):
    return m.get_experiment_by_name("/Shared/tests").experiment_id


def _scorer(name, rate=0.0, **fields):
    serialized = '{"name": "x", "call_source": "return 1", "call_signature": "()", "original_func_name": "x"}'
    return {"name": name, "serialized_scorer": serialized, "custom": {}, "sample_rate": rate, **fields}


def _body(*scorers):
    return {"scheduled_scorers": {"scorers": list(scorers)}}


def test_a_registered_scorer_is_listed_and_stopped(m):
    registered = is_long.register()

    (found,) = list_scorers()

    assert (found.name, found.sample_rate, registered.scorer_version) == ("is_long", 0.0, 1)
    assert get_scorer(name="is_long").status.name == "STOPPED"


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


def test_a_scorer_that_raises_leaves_its_error(m, answer):
    raises.register().start(sampling_config=ALWAYS)

    said = answer("x")["raises"]

    assert said.feedback.value is None
    assert said.error.error_message == "there is no answer to this"
    assert "ValueError" in said.error.stack_trace


def test_a_scorer_that_hangs_leaves_an_error_and_the_others_go_on(m, answer):
    never_ends.register().start(sampling_config=ALWAYS)
    is_long.register().start(sampling_config=ALWAYS)

    said = answer("a long answer")

    assert "timed out" in said["never_ends"].error.error_message
    assert said["is_long"].feedback.value is True
    assert answer("again")["is_long"].feedback.value is True


def test_a_scorer_that_ends_its_process_leaves_an_error(m, answer):
    kills_its_process.register().start(sampling_config=ALWAYS)

    assert "has ended" in answer("x")["kills_its_process"].error.error_message


@pytest.mark.parametrize(
    ("judge", "path"),
    [(Safety(), "/api/2.0/agents/chat-assessments"), (Fluency(), "/api/2.0/agents/chat-completions")],
    ids=["by its name", "by a prompt"],
)
def test_a_built_in_scorer_asks_the_judge_endpoint(m, answer, server, workspace, judge, path):
    judge.register().start(sampling_config=ALWAYS)

    (said,) = answer("a long answer").values()

    asked = server.control("GET", f"/_sandbox/requests?workspace={workspace['name']}&limit=1000")["requests"]
    assert path in [request["path"] for request in asked]
    assert said.name == judge.name
    assert (said.feedback.value, said.error) == ("yes", None)


def test_started_built_in_scorers_judge_what_a_trace_answers_and_what_it_retrieved(m, settle):
    for judge in (RelevanceToQuery(), RetrievalGroundedness(), Guidelines(name="short", guidelines=GUIDELINE)):
        judge.register().start(
            sampling_config=ScorerSamplingConfig(sample_rate=1.0, filter_string="trace.name = 'ask'")
        )

    traces = {answer: ask(m, answer) for answer in ("The fee is 30 dollars a month.", "Penguins swim in the cold sea.")}
    other = ask(m, "The fee is 30 dollars a month.", name="unasked")
    settle()

    said = {answer: {one.name: one.value for one in m.get_trace(traces[answer]).info.assessments} for answer in traces}
    right, wrong = said.values()
    assert right == {"relevance_to_query": "yes", "retrieval_groundedness": "yes", "short": "no"}
    assert (wrong["relevance_to_query"], wrong["retrieval_groundedness"]) == ("no", "no")
    assert m.get_trace(other).info.assessments == []


def test_a_started_built_in_scorer_is_changed_stopped_and_deleted(m, settle):
    started = Safety().register().start(sampling_config=ALWAYS)
    changed = started.update(sampling_config=ScorerSamplingConfig(sample_rate=1.0, filter_string="trace.name = 'ask'"))
    asked, unasked = ask(m, "Good day."), ask(m, "Good day.", name="unasked")
    settle()
    changed.stop()
    late = ask(m, "Good day.")
    settle()
    delete_scorer(name="safety", version=1)

    counts = [len(m.get_trace(trace).info.assessments) for trace in (asked, unasked, late)]
    assert (counts, list_scorers()) == ([1, 0, 0], [])


def test_a_judge_on_an_endpoint_is_asked_there(m, answer):
    told = {"model": "databricks:/databricks-meta-llama-3-3-70b-instruct", "feedback_value_type": Literal["yes", "no"]}
    make_judge(name="polite", instructions="Is {{ outputs }} polite?", **told).register().start(sampling_config=ALWAYS)

    said = answer("Thank you very much.")["polite"]

    assert (said.source.source_type, said.source.source_id) == (AssessmentSourceType.LLM_JUDGE, told["model"])
    assert said.feedback.value in ("yes", "no")


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


def test_a_scorer_sees_its_workspace_and_no_other_secret(m, answer):
    environment.register().start(sampling_config=ALWAYS)

    names = answer("x")["environment"].feedback.value.split(",")

    assert {"DATABRICKS_HOST", "DATABRICKS_TOKEN"} <= set(names)
    assert [name for name in names if "SANDBRICKS" in name or "CONTROL" in name] == []


def test_a_judge_looks_up_no_prices_in_the_network(m, answer):
    prices.register().start(sampling_config=ALWAYS)

    assert answer("x")["prices"].feedback.value == "from ''"


def test_no_process_for_scorers_is_left_when_none_is_started(m, answer, server):
    started = is_long.register().start(sampling_config=ALWAYS)
    answer("a long answer")
    assert "mocks.scorers.worker" in _children(server)

    started.stop()
    answer("no one looks")

    assert "mocks.scorers.worker" not in _children(server)


def test_sample_rate_and_filter_can_be_changed(m):
    started = is_long.register().start(sampling_config=ALWAYS)

    started.update(sampling_config=ScorerSamplingConfig(sample_rate=0.25, filter_string="trace.status = 'OK'"))

    found = get_scorer(name="is_long")
    assert (found.sample_rate, found.filter_string, found.scorer_version) == (0.25, "trace.status = 'OK'", 1)


def test_a_changed_scorer_is_a_new_version_and_keeps_its_schedule(m):
    is_long.register(name="judge").start(sampling_config=ALWAYS)

    changed = raises.register(name="judge")

    assert (changed.scorer_version, changed.sample_rate) == (2, 1.0)
    assert [version for _, version in list_scorer_versions(name="judge")] == [2, 1]
    assert get_scorer(name="judge", version=1).scorer_version == 1


def test_registering_the_same_scorer_again_makes_no_version(m):
    is_long.register()

    assert is_long.register().scorer_version == 1


def test_a_deleted_version_leaves_the_one_before(m):
    is_long.register(name="judge")
    raises.register(name="judge")

    delete_scorer(name="judge", version=2)

    assert get_scorer(name="judge").scorer_version == 1
    with pytest.raises(MlflowException, match="version 2 not found"):
        get_scorer(name="judge", version=2)


def test_a_scorer_goes_with_its_last_version(m):
    is_long.register()

    delete_scorer(name="is_long", version=1)

    assert list_scorers() == []
    with pytest.raises(MlflowException, match="'is_long' not found"):
        list_scorer_versions(name="is_long")


def test_replacing_the_scorers_of_an_experiment_without_any_is_not_found(w, experiment):
    with pytest.raises(NotFound) as refused:
        w.api_client.do("PATCH", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    assert refused.value.error_code == "NOT_FOUND"


def test_creating_scorers_twice_is_refused(w, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    with pytest.raises(ResourceConflict) as refused:
        w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("b")))

    assert refused.value.error_code == "ALREADY_EXISTS"


def test_all_scorers_of_an_experiment_can_be_deleted(w, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))
    w.api_client.do("DELETE", f"{SCHEDULED}/{experiment}")

    assert w.api_client.do("GET", f"{SCHEDULED}/{experiment}")["scheduled_scorers"] == {"scorers": []}


@pytest.mark.parametrize(
    ("scorers", "told"),
    [
        ([_scorer("a"), _scorer("a")], "unique"),
        ([_scorer("a", rate=1.5)], "sample_rate"),
        ([_scorer("")], "name"),
        ([_scorer("a") | {"serialized_scorer": "no JSON"}], "no JSON object"),
        ([_scorer("a", filter_string="what?")], "cannot be read"),
    ],
    ids=["a name twice", "a rate above 1", "no name", "no JSON", "a filter that is none"],
)
def test_scorers_that_make_no_sense_are_refused(w, experiment, scorers, told):
    with pytest.raises(InvalidParameterValue, match=told):
        w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(*scorers))

    assert w.api_client.do("GET", f"{SCHEDULED}/{experiment}")["scheduled_scorers"] == {"scorers": []}


def test_a_scorer_of_an_experiment_that_does_not_exist_is_refused(w):
    with pytest.raises(NotFound):
        w.api_client.do("POST", f"{SCHEDULED}/987654", body=_body(_scorer("a")))


def test_a_scorer_of_sessions_cannot_be_started(m):
    @scorer
    def polite(session):
        return True

    with pytest.raises(MlflowException, match="whole sessions"):
        polite.register().start(sampling_config=ALWAYS)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "scheduled-scorers/1/backfill"),
        ("GET", "experiments/1/monitoring-configuration"),
        ("PATCH", "experiments/1/monitoring-configuration"),
    ],
)
def test_backfills_and_cadence_say_that_there_are_none(w, method, path):
    with pytest.raises(errors.NotImplemented, match="arrive"):
        w.api_client.do(method, f"/api/2.0/managed-evals/{path}", body=None if method == "GET" else {})


def test_scorers_of_another_workspace_are_not_seen(w, other, experiment):
    w.api_client.do("POST", f"{SCHEDULED}/{experiment}", body=_body(_scorer("a")))

    with pytest.raises(NotFound):
        other.api_client.do("GET", f"{SCHEDULED}/{experiment}")


def _children(server):
    return [word for child in psutil.Process(server.pid).children() for word in child.cmdline()]
