"""Which traces a scorer takes."""

import pytest

from mocks.scorers.sampling import sampled
from mocks.scorers.wire import ScorerConfig

TRACES = [f"tr-{number:032x}" for number in range(4000)]


def scorer(name, rate):
    return ScorerConfig(name=name, serialized_scorer="{}", sample_rate=rate)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 1.0])
def test_a_rate_is_the_share_of_the_traces(rate):
    taken = sum(bool(sampled(trace, [scorer("a", rate)])) for trace in TRACES)

    assert taken / len(TRACES) == pytest.approx(rate, abs=0.025)


def test_the_answer_for_a_trace_never_changes():
    assert [sampled(t, [scorer("a", 0.5)]) for t in TRACES[:50]] == [
        sampled(t, [scorer("a", 0.5)]) for t in TRACES[:50]
    ]


def test_what_a_rare_scorer_takes_a_frequent_one_takes_too():
    scorers = [scorer("rare", 0.1), scorer("often", 0.4)]

    taken = [{one.name for one in sampled(trace, scorers)} for trace in TRACES]

    assert {"rare"} not in taken
    assert sum("rare" in names for names in taken) / len(TRACES) == pytest.approx(0.1, abs=0.025)
