import pytest

from agent.evaluate import Score
from agent.loop.diagnosis import Cause, counted, diagnose


def cause(judged=None, **values):
    (found,) = diagnose([Score("Q1", "x", {name: float(value) for name, value in values.items()}, judged or {})])
    return found.cause


@pytest.mark.parametrize(
    ("values", "judged", "expected"),
    [
        ({"sql": 0, "facts": 0, "documents": 0}, {}, Cause.GENIE),
        ({"facts": 0, "documents": 0}, {}, Cause.RETRIEVAL),
        ({"facts": 0, "documents": 1}, {"sufficiency": 0.0}, Cause.RETRIEVAL),
        ({"facts": 0, "documents": 1}, {"sufficiency": 1.0}, Cause.PROMPT),
        ({"facts": 1, "documents": 1, "citations": 0}, {"sufficiency": 0.0}, Cause.PROMPT),
        ({"behaviour": 0}, {}, Cause.PROMPT),
    ],
)
def test_the_first_part_that_failed_is_the_cause(values, judged, expected):
    assert cause(judged, **values) is expected


def test_what_is_right_needs_no_diagnosis():
    assert diagnose([Score("Q1", "x", {"facts": 1.0})]) == []


def test_causes_are_counted_with_the_most_frequent_first():
    wrong = [Score(f"Q{n}", "x", {"sql": 0.0}) for n in range(2)] + [Score("Q9", "x", {"behaviour": 0.0})]

    assert list(counted(diagnose(wrong)).items()) == [(Cause.GENIE, 2), (Cause.PROMPT, 1)]
