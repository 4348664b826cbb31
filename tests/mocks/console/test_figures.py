"""The figures of versions and the drawings of them."""

import pytest

from mocks.console.figures import Price, Seen, bins, by_version, in_bins, number, quantile, seen
from mocks.console.plots import nice, plot, shown


def one(version="version 1", at=0, took=100, **told):
    return Seen(version, at, took, told.pop("failed", False), told.pop("tokens", None), **told)


def assessed(name, value, source="CODE"):
    return {"assessment_name": name, "feedback": {"value": value}, "source": {"source_type": source}}


@pytest.mark.parametrize(
    ("told", "expected"),
    [(True, 1), ("yes", 1), ("No", 0), (0.4, 0.4), ("pass", 1), ("a bit of both", None), (None, None)],
)
def test_a_score_is_a_number_or_none(told, expected):
    assert number(told) == expected


def test_a_trace_tells_version_time_tokens_scores_and_thumbs():
    info = {
        "request_time": "2026-01-01T00:00:01Z",
        "execution_duration": "1.5s",
        "state": "OK",
        "tags": {"mlflow.registeredModelVersion": "3"},
        "trace_metadata": {"mlflow.trace.tokenUsage": '{"input_tokens": 30, "output_tokens": 4}'},
        "assessments": [
            assessed("safety", "yes", "LLM_JUDGE"),
            assessed("user_feedback", False, "HUMAN"),
            assessed("good", "yes", "HUMAN"),
            assessed("old", 1) | {"valid": False},
            {"assessment_name": "broken", "feedback": {"error": {"error_message": "no"}}, "source": {}},
        ],
    }

    told = seen(info, {})

    assert (told.version, told.took_ms, told.tokens, told.at_ms) == ("version 3", 1500, (30, 4), 1767225601000)
    assert (told.scores, told.thumb, told.people, told.errors) == ({"safety": 1}, False, {"good": 1}, ["broken"])


def test_a_trace_of_a_logged_model_has_the_version_that_its_id_stands_for():
    info = {"trace_metadata": {"mlflow.modelId": "m-1"}}

    assert [seen(info, names).version for names in ({"m-1": "2"}, {"m-1": "agent-git-ab"}, {})] == [
        "version 2",
        "agent-git-ab",
        "no version",
    ]


def test_versions_are_told_apart_in_their_order_and_failed_calls_count_for_no_time():
    traces = [one("version 10"), one("version 9", took=50), one("version 9", took=9000, failed=True), one("no version")]

    told = by_version(traces, None)

    assert [version.name for version in told] == ["version 9", "version 10", "no version"]
    assert (told[0].traces, told[0].failed, told[0].p50_ms, told[0].cost) == (2, 1, 50, None)


def test_cost_is_tokens_by_their_prices():
    (told,) = by_version([one(tokens=(1_000_000, 500_000)), one(tokens=(0, 0)), one()], Price(2, 10))

    assert (told.cost, told.tokens) == (3.5, 750_000)


@pytest.mark.parametrize(("share", "expected"), [(0, 1), (0.5, 2.5), (1, 4)])
def test_a_quantile_lies_between_its_neighbours(share, expected):
    assert quantile([1, 2, 3, 4], share) == expected
    assert quantile([], share) is None


def test_every_trace_lies_in_a_stretch_of_time():
    traces = [one(at=at * 1000) for at in range(100)]

    starts = bins(traces)

    assert len(starts) == 12
    assert sum(map(len, in_bins(traces, starts))) == 100


def test_a_figure_that_is_never_known_is_not_drawn():
    assert plot("Cost", "$", lambda version: version.cost, [one()], [0], None) is None


def test_a_line_has_a_point_for_each_stretch_that_knows_its_figure():
    traces = [one(at=0, took=400), one(at=10), one("version 2", at=20, took=800)]

    drawn = plot("Latency", "ms", lambda version: version.p50_ms, traces, [0, 15], None)

    assert [(line.name, line.values) for line in drawn.series] == [
        ("version 1", [250, None]),
        ("version 2", [None, 800]),
    ]
    assert [text for _, text in drawn.ticks] == ["0 ms", "500 ms", "1.0 s"]
    assert len(drawn.series[0].dots) == 1


@pytest.mark.parametrize(("value", "expected"), [(0.03, 0.05), (7, 10), (110, 200), (250, 250), (1, 1)])
def test_an_axis_ends_at_a_round_number(value, expected):
    assert nice(value) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(0.914, "share", "91 %"), (1500, "ms", "1.5 s"), (0.00123, "$", "$0.0012"), (None, "ms", "–"), (340, "", "340")],
)
def test_a_figure_is_read_in_its_unit(value, unit, expected):
    assert shown(value, unit) == expected
