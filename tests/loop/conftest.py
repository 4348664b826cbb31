"""People who label answers, and a judge that is aligned with them."""

import dspy
import mlflow
import pytest
from mlflow.entities import AssessmentSource
from mlflow.genai.judges import make_judge

MODEL = "databricks:/databricks-claude-sonnet-4-5"
WHY = "It does not cite its source."
ASKED = (  # this person accepts answers that name their source
    ("What is the fee?", "The fee is {n} % (Master Agreement, section 3).", "The fee is {n} %."),
    ("When does the lease end?", "The lease ends in 20{n} (Lease, page 2).", "The lease ends in 20{n}."),
    ("How much is the rent?", "The rent is ${n}00 a month (Lease, section 4).", "The rent is ${n}00 a month."),
    ("What is the cap on fees?", "The cap on fees is {n} % (Policy, article 2).", "The cap on fees is {n} %."),
    ("How long does delivery take?", "Delivery takes {n} days (Handbook, section 1).", "Delivery takes {n} days."),
)
OFF_TOPIC = "I watched {n} sunsets last year and the sea was calm."
LABELLED = [
    (question, answer.format(n=n), accepted)
    for n in (11, 12, 13, 14)
    for question, cited, bare in ASKED
    for answer, accepted in ((cited, True), (bare, False), (OFF_TOPIC, False))
]
TRAINING, HELD_OUT = LABELLED[:30], LABELLED[30:]


@pytest.fixture(scope="session")
def judge():
    dspy.configure_cache(enable_disk_cache=False)
    mlflow.set_tracking_uri("databricks")
    mlflow.set_experiment("/Shared/alignment")
    instructions = "The person judges whether {{ outputs }} is acceptable for {{ inputs }}."
    return make_judge(name="acceptable", instructions=instructions, feedback_value_type=bool, model=MODEL)


@pytest.fixture(scope="session")
def traces(judge):
    """Thirty answers that the person labelled."""
    return [_labelled(*one) for one in TRAINING]


def _labelled(question, answer, accepted):
    @mlflow.trace
    def answered(question):
        return answer

    answered(question)
    mlflow.flush_trace_async_logging()
    trace_id = mlflow.get_last_active_trace_id()
    person = AssessmentSource("HUMAN", "eve@example.com")
    why = None if accepted else WHY
    mlflow.log_feedback(trace_id=trace_id, name="acceptable", value=accepted, rationale=why, source=person)
    return mlflow.get_trace(trace_id)


@pytest.fixture(scope="session")
def agreement():
    """How often a judge says of answers that it has not seen what the person says."""

    def measured(judge):
        told = [judge(inputs={"question": q}, outputs=text).value == label for q, text, label in HELD_OUT]
        return sum(told) / len(told)

    return measured
