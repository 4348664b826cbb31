"""Scorers run in a process of their own: what they may do to it and what they see of it."""

import psutil
from mlflow.genai.scorers import scorer

from tests.clients.scorers.examples import ALWAYS, is_long, raises


@scorer(timeout=0.5)
def never_ends(outputs):
    while True:
        pass


@scorer(timeout=0)
def kills_its_process(outputs):
    import os

    os._exit(3)


@scorer
def environment(outputs):
    import os

    return ",".join(sorted(os.environ))


@scorer
def prices(outputs):
    from mlflow.environment_variables import MLFLOW_MODEL_CATALOG_URI

    return f"from '{MLFLOW_MODEL_CATALOG_URI.get()}'"


def test_a_scorer_that_raises_leaves_its_error(m, answer):
    raises.register().start(sampling_config=ALWAYS)

    said = answer("x")["raises"]

    assert said.feedback.value is None
    assert said.error.error_message == "there is no answer to this"
    assert "ValueError" in said.error.stack_trace


def test_a_scorer_that_hangs_leaves_an_error_and_the_others_go_on(m, answer):
    never_ends.register().start(sampling_config=ALWAYS)
    is_long.register().start(sampling_config=ALWAYS)

    said = answer("a long answer")

    assert "timed out" in said["never_ends"].error.error_message
    assert said["is_long"].feedback.value is True
    assert answer("again")["is_long"].feedback.value is True


def test_a_scorer_that_ends_its_process_leaves_an_error(m, answer):
    kills_its_process.register().start(sampling_config=ALWAYS)

    assert "has ended" in answer("x")["kills_its_process"].error.error_message


def test_a_scorer_sees_its_workspace_and_no_other_secret(m, answer):
    environment.register().start(sampling_config=ALWAYS)

    names = answer("x")["environment"].feedback.value.split(",")

    assert {"DATABRICKS_HOST", "DATABRICKS_TOKEN"} <= set(names)
    assert [name for name in names if "SANDBRICKS" in name or "CONTROL" in name] == []


def test_a_judge_looks_up_no_prices_in_the_network(m, answer):
    prices.register().start(sampling_config=ALWAYS)

    assert answer("x")["prices"].feedback.value == "from ''"


def test_no_process_for_scorers_is_left_when_none_is_started(m, answer, server):
    started = is_long.register().start(sampling_config=ALWAYS)
    answer("a long answer")
    assert "mocks.scorers.worker" in _children(server)

    started.stop()
    answer("no one looks")

    assert "mocks.scorers.worker" not in _children(server)


def _children(server):
    return [word for child in psutil.Process(server.pid).children() for word in child.cmdline()]
