"""A judge aligned with MemAlign agrees with held-out labels better than before, with no model and no network."""

import mlflow
import pytest
from mlflow.entities import AssessmentSource
from mlflow.genai.judges import make_judge
from mlflow.genai.judges.optimizers import MemAlignOptimizer

QUESTION = "What does the contract say?"
MODEL, EMBEDDINGS = "databricks:/databricks-claude-sonnet-4-5", "databricks:/databricks-gte-large-en"
PAIRS = (  # this person accepts answers that name their source
    ("The fee is {n} % (Master Agreement, section 3).", "The fee is {n} %."),
    ("It ends in 20{n} (Lease, page 2).", "It ends in 20{n}, I think."),
    ("Rent is ${n}00 a month (Lease, section 4).", "Rent is ${n}00 a month."),
    ("The cap is {n} % (Policy, article 2).", "The cap is {n} %."),
    ("Delivery takes {n} days (Handbook, section 1).", "Delivery takes {n} days."),
)
LABELLED = [
    (answer.format(n=n), accepted)
    for n in (11, 12, 13, 14)
    for pair in PAIRS
    for answer, accepted in zip(pair, (True, False), strict=True)
]
TRAINING, HELD_OUT = LABELLED[:20], LABELLED[20:]


@pytest.fixture(scope="module")
def judge():
    mlflow.set_tracking_uri("databricks")
    mlflow.set_experiment("/Shared/alignment")
    instructions = "The person judges whether {{ outputs }} is acceptable for {{ inputs }}."
    return make_judge(name="acceptable", instructions=instructions, feedback_value_type=bool, model=MODEL)


def labelled(answer, accepted):
    @mlflow.trace
    def answered(question):
        return answer

    answered(QUESTION)
    mlflow.flush_trace_async_logging()
    trace_id = mlflow.get_last_active_trace_id()
    person = AssessmentSource("HUMAN", "eve@example.com")
    mlflow.log_feedback(trace_id=trace_id, name="acceptable", value=accepted, source=person)
    return mlflow.get_trace(trace_id)


def agreement(judge):
    return sum(judge(inputs={"q": QUESTION}, outputs=text).value == label for text, label in HELD_OUT) / len(HELD_OUT)


def test_memalign_raises_the_agreement_with_labels_that_it_has_not_seen(judge):
    before = agreement(judge)
    traces = [labelled(*one) for one in TRAINING]

    aligned = judge.align(
        traces, MemAlignOptimizer(reflection_lm=MODEL, embedding_model=EMBEDDINGS, embedding_dim=1024)
    )

    assert "cite its source" in aligned.instructions
    assert agreement(aligned) >= before + 0.15
