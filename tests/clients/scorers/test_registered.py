"""Scorers through MLflow: registered, listed, versioned, changed and deleted."""

import pytest
from mlflow.exceptions import MlflowException
from mlflow.genai.scorers import ScorerSamplingConfig, delete_scorer, get_scorer, list_scorers, scorer
from mlflow.genai.scorers.registry import list_scorer_versions

from tests.clients.scorers.examples import ALWAYS, is_long, raises


def test_a_registered_scorer_is_listed_and_stopped(m):
    registered = is_long.register()

    (found,) = list_scorers()

    assert (found.name, found.sample_rate, registered.scorer_version) == ("is_long", 0.0, 1)
    assert get_scorer(name="is_long").status.name == "STOPPED"


def test_sample_rate_and_filter_can_be_changed(m):
    started = is_long.register().start(sampling_config=ALWAYS)

    started.update(sampling_config=ScorerSamplingConfig(sample_rate=0.25, filter_string="trace.status = 'OK'"))

    found = get_scorer(name="is_long")
    assert (found.sample_rate, found.filter_string, found.scorer_version) == (0.25, "trace.status = 'OK'", 1)


def test_a_changed_scorer_is_a_new_version_and_keeps_its_schedule(m):
    is_long.register(name="judge").start(sampling_config=ALWAYS)

    changed = raises.register(name="judge")

    assert (changed.scorer_version, changed.sample_rate) == (2, 1.0)
    assert [version for _, version in list_scorer_versions(name="judge")] == [2, 1]
    assert get_scorer(name="judge", version=1).scorer_version == 1


def test_registering_the_same_scorer_again_makes_no_version(m):
    is_long.register()

    assert is_long.register().scorer_version == 1


def test_a_deleted_version_leaves_the_one_before(m):
    is_long.register(name="judge")
    raises.register(name="judge")

    delete_scorer(name="judge", version=2)

    assert get_scorer(name="judge").scorer_version == 1
    with pytest.raises(MlflowException, match="version 2 not found"):
        get_scorer(name="judge", version=2)


def test_a_scorer_goes_with_its_last_version(m):
    is_long.register()

    delete_scorer(name="is_long", version=1)

    assert list_scorers() == []
    with pytest.raises(MlflowException, match="'is_long' not found"):
        list_scorer_versions(name="is_long")


def test_a_scorer_of_sessions_cannot_be_started(m):
    @scorer
    def polite(session):
        return True

    with pytest.raises(MlflowException, match="whole sessions"):
        polite.register().start(sampling_config=ALWAYS)
