"""Judges as MLflow's client asks them: the managed endpoints, prompts at a chat endpoint, traces, alignment."""

from typing import Literal

import pytest
from mlflow.genai import judges, scorers
from mlflow.genai.judges import make_judge

from mocks.scorers import judge_client

ENDPOINT = "databricks:/databricks-claude-sonnet-4-5"
PARIS = {"request": "What is the capital of France?", "expected_facts": ["Paris is the capital of France."]}


@pytest.fixture(autouse=True)
def managed(m):
    judge_client.install()
    return m


def is_yes(feedback):
    assert feedback.error is None, feedback.error
    return str(feedback.value).lower() in ("yes", "true")


def test_correctness_tells_right_from_wrong_and_quotes_the_evidence():
    right = judges.is_correct(response="The capital of France is Paris.", **PARIS)
    wrong = judges.is_correct(response="The capital of France is London.", **PARIS)

    assert (is_yes(right), is_yes(wrong)) == (True, False)
    assert "rule judge" in right.rationale
    assert "The capital of France is Paris." in right.rationale


def test_groundedness_wants_every_number_in_the_context():
    told = {"request": "How long is the pool?", "context": [{"content": "The pool is 25 m long.", "doc_uri": "a"}]}

    assert is_yes(judges.is_grounded(response="It is 25 metres long.", **told))
    assert not is_yes(judges.is_grounded(response="It is 50 metres long.", **told))


def test_safety_is_the_opposite_of_harmfulness():
    assert is_yes(judges.is_safe(content="Bake the bread for an hour."))
    assert not is_yes(judges.is_safe(content="Those people are vermin and should be wiped out."))


def test_guidelines_are_kept_all_or_the_answer_is_no():
    rules = ["The response must be in English", "Answer in at most two sentences"]

    assert is_yes(judges.meets_guidelines(guidelines=rules, context={"response": "It opens at nine."}))
    assert not is_yes(
        judges.meets_guidelines(guidelines=rules, context={"response": "Es öffnet um neun Uhr für alle."})
    )


def test_chunks_are_rated_one_by_one():
    passages = [{"content": "Bees make honey from nectar."}, {"content": "The office opens at nine."}]

    rated = judges.is_context_relevant(request="How do bees make honey?", context=passages[0])
    other = judge_client.chunk_relevance(request="How do bees make honey?", retrieved_context=passages)

    assert is_yes(rated)
    assert [feedback.value for feedback in other] == ["yes", "no"]


@pytest.mark.parametrize(
    ("scorer", "good", "bad"),
    [
        (scorers.Correctness, "It takes 30 days.", "It takes 3 days."),
        (scorers.RelevanceToQuery, "A refund takes 30 days.", "Penguins live in the south."),
        (scorers.Safety, "A refund takes 30 days.", "You are worthless, go kill yourself."),
        (scorers.Completeness, "A refund takes 30 days.", "I won't say."),
        (scorers.Fluency, "A refund takes thirty days.", "A refund they takes thirty thirty days is of."),
    ],
)
@pytest.mark.parametrize("model", [None, ENDPOINT])
def test_built_in_scorers_judge_by_either_endpoint(scorer, good, bad, model):
    judge = scorer(model=model) if model else scorer()
    asks = scorer not in (scorers.Safety, scorers.Fluency)
    told = {"inputs": {"question": "How long does a refund take?"}} if asks else {}
    expected = {"expectations": {"expected_facts": ["A refund takes 30 days"]}} if scorer is scorers.Correctness else {}

    assert is_yes(judge(outputs=good, **told, **expected))
    assert not is_yes(judge(outputs=bad, **told, **expected))


@pytest.mark.parametrize(
    ("wanted", "good", "bad"),
    [(bool, True, False), (Literal["yes", "no"], "yes", "no"), (Literal["pass", "fail"], "pass", "fail"), (int, 5, 1)],
)
def test_a_judge_of_ones_own_answers_in_its_type(wanted, good, bad):
    judge = make_judge(
        name="cites",
        instructions="The response {{ outputs }} must cite a document and section, on a scale of 1 to 5.",
        feedback_value_type=wanted,
        model=ENDPOINT,
    )

    assert judge(outputs={"answer": "Five years (Lease, section 2)."}).value == good
    assert judge(outputs={"answer": "Five years."}).value == bad


def test_a_condition_in_the_instructions_decides():
    judge = make_judge(
        name="days",
        instructions="Answer yes if {{ outputs }} states how many days a refund takes, otherwise no.",
        feedback_value_type=Literal["yes", "no"],
        model=ENDPOINT,
    )

    assert judge(outputs={"a": "Refunds take 30 days."}).value == "yes"
    assert judge(outputs={"a": "Parcels leave from Rotterdam."}).value == "no"


@pytest.mark.parametrize("model", [None, ENDPOINT])
def test_a_judge_of_traces_reads_the_trace_with_its_tools(m, model):
    @m.trace
    def answer(question):
        with m.start_span("look", span_type="RETRIEVER") as span:
            span.set_outputs([{"page_content": "The pool is 25 m long."}])
        return "It is 25 m long." if "long" in question else "It is 9 m deep."

    verdicts = []
    for question in ("How long is the pool?", "How deep is the pool?"):
        answer(question)
        trace = m.get_trace(m.get_last_active_trace_id())
        judge = make_judge(
            name="grounded",
            instructions="Look at {{ trace }}: is the answer supported by what was retrieved, i.e. grounded?",
            feedback_value_type=bool,
            **({"model": model} if model else {}),
        )
        verdicts.append(judge(trace=trace).value)

    assert verdicts == [True, False]


def test_an_evaluation_with_built_in_judges_scores_every_row(m):
    rows = [
        {"inputs": {"q": "Capital of Peru?"}, "outputs": "Lima", "expectations": {"expected_response": "Lima"}},
        {"inputs": {"q": "Capital of Peru?"}, "outputs": "Quito", "expectations": {"expected_response": "Lima"}},
    ]

    result = m.genai.evaluate(data=rows, scorers=[scorers.Correctness(), scorers.Safety()])

    assert result.metrics["correctness/mean"] == 0.5
    assert result.metrics["safety/mean"] == 1.0


def test_an_unknown_judge_is_an_error_in_the_body(w):
    body = {"assessment_input": {"chat_request": "x"}, "requested_assessments": [{"assessment_name": "beauty"}]}

    told = w.api_client.do("POST", "/api/2.0/agents/chat-assessments", body=body)

    assert "no judge called 'beauty'" in told["error"]["error_msg"]


def test_a_started_built_in_scorer_judges_new_traces(m, server, workspace):
    experiment = m.set_experiment("/Shared/judged").experiment_id
    judge = scorers.Safety().register(name="safe", experiment_id=experiment)
    judge.start(sampling_config=scorers.ScorerSamplingConfig(sample_rate=1.0), experiment_id=experiment)

    with m.start_span("root") as span:
        span.set_inputs({"question": "hello"})
        span.set_outputs("Those people are vermin and should be wiped out.")
    m.flush_trace_async_logging()
    server.control("POST", "/_sandbox/scorers/settle", {"workspace": workspace["name"]})

    (assessment,) = m.get_trace(span.trace_id).info.assessments
    assert (assessment.name, assessment.value) == ("safe", "no")
