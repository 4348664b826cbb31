"""Labeling sessions as MLflow's client drives them with databricks-agents."""

import uuid

import mlflow
import pytest
from databricks.sdk import WorkspaceClient
from mlflow.entities import AssessmentSource
from mlflow.genai import datasets, label_schemas, labeling


@pytest.fixture
def experiment():
    name = f"/Shared/review-{uuid.uuid4().hex[:8]}"
    mlflow.set_experiment(name)
    return name


def traced():
    @mlflow.trace
    def answer(question):
        return "It takes 30 days."

    answer("How long does a refund take?")
    mlflow.flush_trace_async_logging()
    return mlflow.get_trace(mlflow.get_last_active_trace_id())


@pytest.mark.parametrize(
    "answered",
    [
        label_schemas.InputCategorical(options=["good", "bad"]),
        label_schemas.InputCategoricalList(options=["late", "short"]),
        label_schemas.InputText(max_length=50),
        label_schemas.InputTextList(max_count=3),
        label_schemas.InputNumeric(min_value=1, max_value=5),
    ],
)
def test_a_label_schema_of_every_input_comes_back_as_it_was(experiment, answered):
    label_schemas.create_label_schema(name="quality", type="feedback", title="Is it good?", input=answered)

    assert label_schemas.get_label_schema("quality").input == answered


def test_traces_of_a_session_are_in_its_run_and_its_link_is_a_page(experiment):
    session = labeling.create_labeling_session(name="first", label_schemas=["expected_response"])
    session.add_traces([traced()])

    (found,) = mlflow.search_traces(run_id=session.mlflow_run_id, return_type="list")
    page = WorkspaceClient().api_client.do("GET", session.url.partition("/ml/")[2].join(["/ml/", ""]), raw=True)

    assert labeling.get_labeling_session(run_id=session.mlflow_run_id).name == "first"
    assert found.data.request
    assert b"How long does a refund take?" in page["contents"].read()


def test_labels_of_a_session_go_into_a_dataset(experiment):
    w = WorkspaceClient()
    schema = f"main.review_{uuid.uuid4().hex[:8]}"
    w.schemas.create(schema.partition(".")[2], "main")
    dataset = datasets.create_dataset(name=f"{schema}.labelled")
    session = labeling.create_labeling_session(name="synced", label_schemas=["expected_response"])
    session.add_traces([traced()])
    (trace,) = mlflow.search_traces(run_id=session.mlflow_run_id, return_type="list")
    person = AssessmentSource(source_type="HUMAN", source_id="eve@example.com")
    mlflow.log_expectation(trace_id=trace.info.trace_id, name="expected_response", value="30 days", source=person)

    session.sync(dataset.name)

    (row,) = datasets.get_dataset(name=dataset.name).to_df().to_dict("records")
    assert row["expectations"] == {"expected_response": "30 days"}
