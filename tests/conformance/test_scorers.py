"""databricks-agents on scheduled scorers."""

import uuid

import mlflow
import pytest
from databricks.agents import scorers as scheduled
from mlflow.genai.scheduled_scorers import ScorerScheduleConfig
from mlflow.genai.scorers import Safety, delete_scorer, list_scorers, scorer


@pytest.fixture
def experiment(host):
    mlflow.set_tracking_uri("databricks")
    return mlflow.set_experiment(f"/Shared/{uuid.uuid4().hex}").experiment_id


@scorer
def is_long(outputs):
    return len(outputs) > 3


def test_a_deleted_scorer_is_gone_with_its_versions(experiment):
    is_long.register()

    delete_scorer(name="is_long")

    assert list_scorers() == []
    assert is_long.register().scorer_version == 1


def test_deleting_a_scorer_that_does_not_exist_is_refused(experiment):
    is_long.register()

    with pytest.raises(Exception, match="not found"):
        delete_scorer(name="nothing")


def test_scheduled_scorers_are_added_changed_and_listed(experiment):
    told = {"experiment_id": experiment, "scheduled_scorer_name": "safety"}
    scheduled.add_scheduled_scorer(**told, scorer=Safety(), sample_rate=0.5, filter_string="trace.status = 'OK'")
    scheduled.update_scheduled_scorer(**told, scorer=Safety(), sample_rate=0.25)

    (found,) = scheduled.list_scheduled_scorers(experiment_id=experiment)

    assert (found.scheduled_scorer_name, found.sample_rate) == ("safety", 0.25)


def test_the_scorers_of_an_experiment_are_set_at_once(experiment):
    configs = [ScorerScheduleConfig(scorer=is_long, scheduled_scorer_name=name, sample_rate=0.0) for name in "ab"]

    scheduled.set_scheduled_scorers(experiment_id=experiment, scheduled_scorers=configs)

    found = scheduled.list_scheduled_scorers(experiment_id=experiment)
    assert [config.scheduled_scorer_name for config in found] == ["a", "b"]
