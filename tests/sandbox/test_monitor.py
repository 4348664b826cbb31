"""`sandbricks monitor`."""

from sandbox.monitor import report_lines, sparkline, table

REPORT = {
    "experiment": {"experiment_id": "1", "name": "/Shared/agent"},
    "traces": 3,
    "only_the_newest": False,
    "scorers": [{"name": "safety", "sample_rate": 0.5}],
    "versions": [
        {
            "version": "version 1",
            "traces": 3,
            "failed": 1,
            "latency_ms": {"p50": 1500.0, "p95": 2100.0},
            "feedback": {"up": 1, "down": 1},
            "quality": {"safety": {"mean": 0.5, "traces": 2}},
            "scorer_errors": 0,
        }
    ],
    "over_time": [{"figure": "safety", "unit": "share", "from": ["a", "b"], "versions": {"version 1": [0.25, 1.0]}}],
}


def test_a_report_has_a_row_for_each_version_and_says_what_is_not_known():
    lines = "\n".join(report_lines(REPORT))

    assert "/Shared/agent" in lines
    assert "0.50 of 2" in lines
    assert "1 of 2" in lines
    assert "1.5 s" in lines
    assert "▃█            100 % at last" in lines
    assert "Started scorers: safety (50 %)." in lines
    assert "No cost: set the experiment's tags" in lines


def test_columns_are_aligned():
    assert list(table([["version", "n"], ["v1", "10"]])) == ["version   n", "v1       10"]


def test_a_sparkline_leaves_a_gap_where_nothing_is_known():
    assert sparkline([1, None, 2]) == "▅ █"
    assert sparkline([0, 0]) == "▁▁"
    assert sparkline([None]) == " "


def test_without_a_sandbox_the_refusal_names_the_command_that_helps(shell):
    refused = shell.run("monitor", "agent")

    assert refused.returncode == 1
    assert "try: sandbricks up" in refused.stderr


def test_what_is_unknown_is_refused_and_a_link_opens_the_pages_for_a_user(shell):
    shell.run("up", "-d")

    unknown, known = shell.run("monitor", "nobody"), shell.run("monitor")
    first, second = shell.run("link", "--user", "eve@example.com"), shell.run("link", "--user", "eve@example.com")

    assert unknown.returncode == 1
    assert "Nothing is known of 'nobody'" in unknown.stderr
    assert known.returncode == 0, known.stderr
    assert "/login/" in first.stdout
    assert first.stdout != second.stdout
