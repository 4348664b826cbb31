"""Built-in scorers and judges made from instructions, started on traces."""

from typing import Literal

import pytest
from mlflow.entities import AssessmentSourceType
from mlflow.genai.judges import make_judge
from mlflow.genai.scorers import (
    Fluency,
    Guidelines,
    RelevanceToQuery,
    RetrievalGroundedness,
    Safety,
    ScorerSamplingConfig,
    delete_scorer,
    list_scorers,
)

from tests.clients.scorers.examples import ALWAYS

GUIDELINE = ["The response must contain at most three words."]


def ask(m, answer, name="ask"):
    """The id of a trace that retrieves a passage and answers."""
    with m.start_span(name) as root:
        root.set_inputs({"question": "What is the fee of the contract a month?"})
        with m.start_span("search", span_type="RETRIEVER") as found:
            found.set_outputs([{"page_content": "The fee of the contract is 30 dollars a month.", "metadata": {}}])
        root.set_outputs(answer)
    return root.trace_id


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
