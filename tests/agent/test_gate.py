import pytest

from agent.loop.gate import Decision, compare, decide

BETTER = compare("right", {f"q{n}": 0.0 for n in range(20)}, {f"q{n}": float(n > 2) for n in range(20)})
WORSE = compare("sql", {f"q{n}": 1.0 for n in range(20)}, {f"q{n}": float(n > 9) for n in range(20)})
OPEN = compare("facts", {"a": 0.0, "b": 1.0}, {"a": 1.0, "b": 0.0})


def test_only_questions_with_a_value_for_both_are_compared():
    found = compare("right", {"a": 0.0, "b": 1.0}, {"b": 0.5, "c": 1.0})

    assert (found.questions, found.baseline, found.candidate) == (1, 1.0, 0.5)


def test_without_a_common_question_there_is_nothing_to_compare():
    assert compare("right", {"a": 1.0}, {"b": 1.0}) is None


def test_a_clear_change_has_an_interval_without_zero():
    assert BETTER.low > 0
    assert WORSE.high < 0
    assert OPEN.low < 0 < OPEN.high


def test_the_interval_is_that_of_the_bootstrap():
    low, high = BETTER.low, BETTER.high

    assert low < BETTER.change < high
    assert (low, high) == (pytest.approx(0.7), pytest.approx(1.0))


def test_equal_versions_have_no_interval_at_all():
    same = compare("right", {"a": 1.0, "b": 0.0}, {"a": 1.0, "b": 0.0})

    assert (same.low, same.high) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("differences", "decision"),
    [
        ([BETTER, OPEN], Decision.PROMOTE),
        ([BETTER, WORSE], Decision.ROLL_BACK),
        ([OPEN], Decision.KEEP),
        ([], Decision.KEEP),
    ],
)
def test_only_what_is_better_and_nowhere_worse_is_promoted(differences, decision):
    assert decide(differences, ["right", "sql"]) is decision


def test_a_metric_that_does_not_decide_promotes_nothing():
    assert decide([BETTER], ["sql"]) is Decision.KEEP
