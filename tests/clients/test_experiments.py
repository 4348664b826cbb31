"""Experiments as the client makes, changes, finds and removes them."""

import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def experiment(as_databricks):
    return as_databricks.create_experiment("/Shared/one", tags={"team": "legal"})


def test_an_experiment_comes_back_by_id_and_by_name(as_databricks, experiment):
    found = as_databricks.get_experiment(experiment)

    assert (found.name, found.tags["team"], found.lifecycle_stage) == ("/Shared/one", "legal", "active")
    assert as_databricks.get_experiment_by_name("/Shared/one").experiment_id == experiment
    assert found.artifact_location == f"dbfs:/databricks/mlflow-tracking/{experiment}"


def test_a_name_that_is_taken_is_refused(as_databricks, experiment):
    with pytest.raises(MlflowException) as refused:
        as_databricks.create_experiment("/Shared/one")

    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"


def test_a_missing_experiment_is_none_by_name_and_refused_by_id(as_databricks):
    assert as_databricks.get_experiment_by_name("/Shared/none") is None

    with pytest.raises(MlflowException) as refused:
        as_databricks.get_experiment("987654321")

    assert refused.value.error_code == "RESOURCE_DOES_NOT_EXIST"


def test_tags_are_set_and_taken_away(as_databricks, experiment):
    client = as_databricks.MlflowClient()
    client.set_experiment_tag(experiment, "stage", "draft")
    assert as_databricks.get_experiment(experiment).tags["stage"] == "draft"

    client.delete_experiment_tag(experiment, "stage")

    assert "stage" not in as_databricks.get_experiment(experiment).tags


def test_an_experiment_is_renamed(as_databricks, experiment):
    as_databricks.MlflowClient().rename_experiment(experiment, "/Shared/other")

    assert as_databricks.get_experiment(experiment).name == "/Shared/other"


def test_a_deleted_experiment_is_restored(as_databricks, experiment):
    as_databricks.delete_experiment(experiment)
    assert as_databricks.get_experiment(experiment).lifecycle_stage == "deleted"
    assert as_databricks.search_experiments(filter_string="name LIKE '/Shared/%'") == []

    as_databricks.MlflowClient().restore_experiment(experiment)

    assert as_databricks.get_experiment(experiment).lifecycle_stage == "active"


def test_experiments_are_searched_in_order_and_in_pages(as_databricks):
    for number in range(5):
        as_databricks.create_experiment(f"/Shared/e{number}")
    client, found, token = as_databricks.MlflowClient(), [], None

    while True:
        page = client.search_experiments(
            filter_string="name LIKE '/Shared/%'", max_results=2, order_by=["name DESC"], page_token=token
        )
        found += [one.name for one in page]
        if not (token := page.token):
            break

    assert found == [f"/Shared/e{number}" for number in (4, 3, 2, 1, 0)]


def test_a_renamed_experiment_needs_an_absolute_path_too(as_databricks, experiment):
    with pytest.raises(MlflowException, match="must be an absolute path"):
        as_databricks.MlflowClient().rename_experiment(experiment, "relative")


def test_a_name_that_is_taken_is_said_without_a_word_of_the_database(as_databricks):
    as_databricks.create_experiment("/Shared/taken")

    with pytest.raises(MlflowException) as refused:
        as_databricks.create_experiment("/Shared/taken")

    assert refused.value.error_code == "RESOURCE_ALREADY_EXISTS"
    assert refused.value.message.endswith("Experiment(name=/Shared/taken) already exists.")


def test_the_sdk_lists_experiments_in_pages(as_databricks, w):
    made = [as_databricks.create_experiment(f"/Shared/{number}") for number in range(3)]

    listed = list(w.experiments.list_experiments(max_results=2))

    assert {one.experiment_id for one in listed} == set(made)
