"""Logged models: made, finished, found, tagged, removed."""

import pytest
from mlflow.exceptions import MlflowException


@pytest.fixture
def model(m, echo):
    with m.start_run():
        told = {"params": {"k": "5"}, "tags": {"team": "legal"}, "pip_requirements": ["mlflow"]}
        return m.pyfunc.log_model(name="echo", python_model=echo("a"), **told)


def test_a_model_has_its_parameters_tags_and_status(m, model):
    found = m.get_logged_model(model.model_id)

    assert (found.name, found.params, found.status) == ("echo", {"k": "5"}, "READY")
    assert found.tags["team"] == "legal"
    assert found.artifact_location.startswith("dbfs:/databricks/mlflow-tracking/")


def test_models_are_searched_by_name_and_metric(m, model):
    m.log_metric("quality", 0.9, model_id=model.model_id)

    found = m.search_logged_models(filter_string="name = 'echo' AND metrics.quality > 0.5", output_format="list")

    assert [one.model_id for one in found] == [model.model_id]
    assert m.search_logged_models(filter_string="metrics.quality > 0.95", output_format="list") == []


def test_tags_of_a_model_are_set_and_taken_away(m, model):
    m.set_logged_model_tags(model.model_id, {"stage": "draft"})
    assert m.get_logged_model(model.model_id).tags["stage"] == "draft"

    m.delete_logged_model_tag(model.model_id, "stage")

    assert "stage" not in m.get_logged_model(model.model_id).tags


def test_parameters_are_added_to_a_model(m, model):
    m.log_model_params({"temperature": "0"}, model_id=model.model_id)

    assert m.get_logged_model(model.model_id).params == {"k": "5", "temperature": "0"}


def test_a_model_without_files_is_made_and_finished(m):
    model = m.initialize_logged_model(name="elsewhere", model_type="agent")
    assert model.status == "PENDING"

    m.finalize_logged_model(model.model_id, "READY")

    assert m.get_logged_model(model.model_id).status == "READY"


def test_a_deleted_model_is_gone(m, model):
    m.MlflowClient().delete_logged_model(model.model_id)

    with pytest.raises(MlflowException):
        m.get_logged_model(model.model_id)


def test_a_trace_names_the_active_model(m):
    m.set_active_model(name="agent-v1")
    with m.start_span("root") as root:
        pass

    assert m.get_trace(root.trace_id).info.trace_metadata["mlflow.modelId"] == m.get_active_model_id()
    m.clear_active_model()
