"""The plan by which a new version takes over."""

import pytest

from agent import serving
from agent.settings import Settings


@pytest.fixture
def served(monkeypatch):
    """The shares that were asked for, in their order."""
    asked = []
    monkeypatch.setattr(serving, "serve", lambda *told: asked.append(dict(told[2])))
    return asked


def test_the_share_of_a_new_version_rises_step_by_step(served):
    steps = list(serving.canary(None, Settings(), "1", "2", "7", steps=(10, 50, 100), pause=0))

    assert steps == [10, 50, 100]
    assert served == [{"1": 90, "2": 10}, {"1": 50, "2": 50}, {"2": 100}]


def test_a_step_that_is_not_healthy_brings_the_old_version_back(served):
    plan = serving.canary(
        None, Settings(), "1", "2", "7", steps=(10, 50, 100), pause=0, healthy=lambda share: share < 50
    )

    assert list(plan) == [10, 50, 0]
    assert served[-1] == {"1": 100}


def test_shares_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="add up to 90"):
        serving.serve(None, Settings(), {"1": 60, "2": 30}, "7")
