"""Runs: metrics, parameters, batches, inputs and outputs, search, removal."""

import mlflow
import pandas as pd
import pytest
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException


@pytest.fixture
def client(m):
    return m.MlflowClient()


@pytest.fixture
def run(m):
    with m.start_run(run_name="one", description="what it is") as run:
        pass
    return run.info.run_id


def test_a_run_has_its_name_its_user_and_its_description(m, run):
    found = m.get_run(run)

    assert (found.info.run_name, found.info.status) == ("one", "FINISHED")
    assert found.data.tags["mlflow.note.content"] == "what it is"
    assert found.info.artifact_uri.endswith(f"/{run}/artifacts")


def test_a_metric_keeps_its_history(m, client, run):
    for step, value in enumerate([0.5, 0.25, 0.125]):
        client.log_metric(run, "loss", value, step=step)

    assert [(one.step, one.value) for one in client.get_metric_history(run, "loss")] == [
        (0, 0.5),
        (1, 0.25),
        (2, 0.125),
    ]
    assert m.get_run(run).data.metrics == {"loss": 0.125}


def test_a_batch_of_a_thousand_metrics_is_kept_whole(m, client, run):
    metrics = [Metric("m", float(step), 1, step) for step in range(900)]
    client.log_batch(run, metrics=metrics, params=[Param("p", "1")], tags=[RunTag("t", "2")])

    assert len(client.get_metric_history(run, "m")) == 900
    assert (m.get_run(run).data.params, m.get_run(run).data.tags["t"]) == ({"p": "1"}, "2")


def test_a_parameter_does_not_change(client, run):
    client.log_param(run, "p", "1")

    with pytest.raises(MlflowException) as refused:
        client.log_param(run, "p", "2")

    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_tags_of_a_run_are_set_and_taken_away(m, client, run):
    client.set_tag(run, "kind", "a")
    assert m.get_run(run).data.tags["kind"] == "a"

    client.delete_tag(run, "kind")

    assert "kind" not in m.get_run(run).data.tags


def test_a_run_is_ended_with_a_status_and_renamed(m, client):
    run = client.create_run(m.get_experiment_by_name("/Shared/tests").experiment_id).info.run_id

    client.update_run(run, name="renamed")
    client.set_terminated(run, status="FAILED")

    assert (m.get_run(run).info.run_name, m.get_run(run).info.status) == ("renamed", "FAILED")


def test_children_are_found_by_their_parent(m):
    with m.start_run() as parent, m.start_run(nested=True) as child:
        pass

    found = m.search_runs(filter_string=f"tags.mlflow.parentRunId = '{parent.info.run_id}'", output_format="list")

    assert [one.info.run_id for one in found] == [child.info.run_id]
    assert m.get_parent_run(child.info.run_id).info.run_id == parent.info.run_id


def test_runs_are_searched_by_metric_and_parameter_in_order(m):
    for value in (1, 2, 3):
        with m.start_run():
            m.log_param("p", value)
            m.log_metric("m", value / 2)

    found = m.search_runs(
        filter_string="metrics.m > 0.5 and params.p != '9'", order_by=["metrics.m DESC"], output_format="pandas"
    )

    assert list(found["params.p"]) == ["3", "2"]


def test_a_deleted_run_is_restored(m, client, run):
    client.delete_run(run)
    assert m.search_runs(output_format="list") == []

    client.restore_run(run)

    assert [one.info.run_id for one in m.search_runs(output_format="list")] == [run]


def test_a_dataset_is_logged_as_an_input(m):
    table = pd.DataFrame({"x": [1, 2]})
    with m.start_run() as run:
        m.log_input(mlflow.data.from_pandas(table, name="two rows"), context="evaluation")

    (logged,) = m.get_run(run.info.run_id).inputs.dataset_inputs
    assert (logged.dataset.name, logged.tags[0].value) == ("two rows", "evaluation")


def test_a_model_is_the_output_of_its_run(m, echo):
    with m.start_run() as run:
        model = m.pyfunc.log_model(name="echo", python_model=echo("a"))

    (output,) = m.get_run(run.info.run_id).outputs.model_outputs
    assert output.model_id == model.model_id
