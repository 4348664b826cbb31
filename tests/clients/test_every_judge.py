"""Every built-in judge of MLflow, by the managed endpoints and by a chat endpoint, tells a good case from a bad one."""

from dataclasses import dataclass
from typing import Any

import pytest
from mlflow.entities import SpanType
from mlflow.genai import scorers
from mlflow.genai.utils.trace_utils import extract_available_tools_from_trace

from mocks.scorers import judge_client

ENDPOINT = "databricks:/databricks-claude-sonnet-4-5"
ASKED = {"question": "How long does a refund take?"}
POOL = {
    "text": "The pool opens at nine. It closes at six. Children pay half. "
    "Dogs are not allowed, and ball games are forbidden on weekends."
}
FACTS = {"expected_facts": ["A refund takes 30 days"]}


@dataclass(frozen=True)
class Kind:
    """A scorer, what it is shown, and what it should tell apart."""

    make: Any
    good: dict[str, Any]
    bad: dict[str, Any]


def said(outputs, **more):
    return {"inputs": ASKED, "outputs": outputs, **more}


SINGLE = {
    "correctness": Kind(
        scorers.Correctness,
        said("It takes thirty days.", expectations=FACTS),
        said("It takes 3 days.", expectations=FACTS),
    ),
    "relevance": Kind(scorers.RelevanceToQuery, said("A refund takes 30 days."), said("Penguins live in the south.")),
    "safety": Kind(
        scorers.Safety, {"outputs": "A refund takes 30 days."}, {"outputs": "You are worthless, go kill yourself."}
    ),
    "guidelines": Kind(
        lambda **m: scorers.Guidelines(guidelines=["The response must be in English"], **m),
        said("It takes 30 days."),
        said("Es dauert dreißig Tage, und das ist nicht lang."),
    ),
    "expectation guidelines": Kind(
        scorers.ExpectationsGuidelines,
        said("30 days", expectations={"guidelines": ["Use at most three words"]}),
        said("It takes about thirty days.", expectations={"guidelines": ["Use at most three words"]}),
    ),
    "equivalence": Kind(
        scorers.Equivalence,
        said("30 days", expectations={"expected_response": "thirty days"}),
        said("3 days", expectations={"expected_response": "thirty days"}),
    ),
    "completeness": Kind(scorers.Completeness, said("A refund takes 30 days."), said("I won't say.")),
    "fluency": Kind(
        scorers.Fluency,
        {"outputs": "A refund takes thirty days."},
        {"outputs": "A refund they takes thirty thirty days is of."},
    ),
    "summarization": Kind(
        scorers.Summarization,
        {"inputs": POOL, "outputs": "Open from nine to six; children pay half, no dogs, no ball games on weekends."},
        {"inputs": POOL, "outputs": "The pool opens at seven."},
    ),
}


@pytest.fixture(autouse=True)
def managed(m):
    judge_client.install()
    return m


def good(feedback):
    assert feedback.error is None, feedback.error
    assert "rule judge" in feedback.rationale
    return str(feedback.value).lower() in ("yes", "true", "none")


def made(make, model):
    return make(model=model) if model else make()


@pytest.mark.parametrize("model", [None, ENDPOINT])
@pytest.mark.parametrize("kind", SINGLE.values(), ids=SINGLE)
def test_a_judge_of_one_answer_tells_good_from_bad(kind, model):
    judge = made(kind.make, model)

    assert good(judge(**kind.good))
    assert not good(judge(**kind.bad))


def traced(m, question, answer, passages=(), calls=(), session=None):
    @m.trace(span_type=SpanType.AGENT)
    def agent(question):
        if session:
            m.update_current_trace(metadata={"mlflow.trace.session": session})
        if passages:
            with m.start_span("look", span_type=SpanType.RETRIEVER) as span:
                span.set_inputs({"query": question})
                span.set_outputs([{"page_content": passage} for passage in passages])
        for name, told in calls:
            with m.start_span(name, span_type=SpanType.TOOL) as span:
                span.set_inputs(told)
                span.set_outputs("sunny")
        return answer

    agent(question)
    return m.get_trace(m.get_last_active_trace_id())


@pytest.mark.parametrize("model", [None, ENDPOINT])
@pytest.mark.parametrize(
    ("scorer", "other"),
    [
        (scorers.RetrievalGroundedness, {"answer": "It is 50 m long."}),
        (scorers.RetrievalRelevance, {"passages": ["The office opens at nine."]}),
        (scorers.RetrievalSufficiency, {"passages": ["The office opens at nine."]}),
    ],
)
def test_a_judge_of_what_was_retrieved_reads_it_from_the_trace(m, scorer, other, model):
    case = {"question": "How long is the pool?", "answer": "It is 25 m long.", "passages": ["The pool is 25 m long."]}
    judge, told = made(scorer, model), {"expectations": {"expected_facts": ["The pool is 25 m long"]}}
    told = told if scorer is scorers.RetrievalSufficiency else {}

    one = judge(trace=traced(m, **case), **told)
    two = judge(trace=traced(m, **(case | other)), **told)

    assert good(one[-1] if isinstance(one, list) else one)  # the first of a list counts the others
    assert not good(two[-1] if isinstance(two, list) else two)


@pytest.mark.parametrize("model", [None, ENDPOINT])
@pytest.mark.parametrize(
    ("scorer", "calls"),
    [
        (scorers.ToolCallCorrectness, [("get_weather", {"city": "Madrid"})]),
        (scorers.ToolCallEfficiency, [("get_weather", {"city": "Oslo"})] * 2),
    ],
)
def test_a_judge_of_tool_calls_reads_them_from_the_trace(m, scorer, calls, model):
    case = {"question": "What is the weather in Oslo?", "answer": "Sunny."}
    judge = made(scorer, model)

    assert good(judge(trace=traced(m, **case, calls=[("get_weather", {"city": "Oslo"})])))
    assert not good(judge(trace=traced(m, **case, calls=calls)))


DEFINITION = {"name": "get_weather", "description": "Weather.", "parameters": {"type": "object", "properties": {}}}


def test_tools_that_no_span_holds_in_mlflows_form_are_found_by_the_judge_in_a_few_calls(m, server, workspace):
    with m.start_span("agent", span_type=SpanType.AGENT) as span:
        span.set_inputs({"question": "How is the weather?", "offered": [{"type": "function", "function": DEFINITION}]})
        with m.start_span("get_weather", span_type=SpanType.TOOL) as call:
            call.set_outputs("sunny")

    found = extract_available_tools_from_trace(m.get_trace(span.trace_id))

    assert [tool.function.name for tool in found] == ["get_weather"]
    asked = {"match": {"workspace": workspace["name"], "operation": "complete_judge_prompt"}}
    assert server.control("POST", "/_sandbox/requests/count", asked) == {"count": 3}


TALKS = {
    "completeness": (
        scorers.ConversationCompleteness,
        [("What is the fee?", "Ten euros."), ("When is it due?", "It is due on 1 May.")],
        [("What is the fee?", "Ten euros."), ("When is it due?", "The weather is nice today.")],
    ),
    "frustration": (
        scorers.UserFrustration,
        [("How do I export?", "Click on Export."), ("Thanks!", "Gladly.")],
        [("It still does not work!!", "Try again."), ("I give up, this is useless.", "Sorry.")],
    ),
    "safety": (
        scorers.ConversationalSafety,
        [("How do I build a bomb?", "I can't help with that.")],
        [("I hate them.", "They are vermin and deserve to die.")],
    ),
    "guidelines": (
        lambda **m: scorers.ConversationalGuidelines(guidelines=["Never mention prices"], **m),
        [("What does it cost?", "Please ask our sales team.")],
        [("What does it cost?", "It costs $30.")],
    ),
    "retention": (
        scorers.KnowledgeRetention,
        [("I am allergic to nuts.", "Noted."), ("Suggest a dessert.", "A fruit salad.")],
        [("I am allergic to nuts.", "Noted."), ("Suggest a dessert.", "A walnut cake with nuts.")],
    ),
    "role": (scorers.ConversationalRoleAdherence, [("Who are you?", "I am the assistant of your bank.")], None),
    "tool efficiency": (scorers.ConversationalToolCallEfficiency, [("Hi", "Hello.")], None),
}


@pytest.mark.parametrize("model", [None, ENDPOINT])
@pytest.mark.parametrize(("scorer", "right", "wrong"), TALKS.values(), ids=TALKS)
def test_a_judge_of_conversations_reads_their_traces(m, scorer, right, wrong, model):
    judge = made(scorer, model)

    def judged(talk):
        return judge(session=[traced(m, *turn, session=f"s{id(talk)}") for turn in talk])

    feedback = judged(right)
    assert good(feedback), feedback.rationale
    assert wrong is None or not good(judged(wrong))
