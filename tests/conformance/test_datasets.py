"""databricks-agents on evaluation datasets, through mlflow.genai.datasets."""

import uuid

import mlflow
import pytest
from mlflow.genai import datasets


@pytest.fixture(scope="module", autouse=True)
def experiment(host):
    mlflow.set_tracking_uri("databricks")
    return mlflow.set_experiment("/Shared/conformance").experiment_id


@pytest.fixture
def name(schema):
    return f"{schema}.evals_{uuid.uuid4().hex[:8]}"


@pytest.fixture
def dataset(name, experiment):
    return datasets.create_dataset(name, experiment_id=experiment)


def test_merged_records_come_back_as_rows(dataset, name):
    dataset.merge_records([{"inputs": {"q": "refund?"}, "expectations": {"expected_response": "30 days"}}])

    row = datasets.get_dataset(name).to_df().iloc[0]

    assert row["inputs"] == {"q": "refund?"}
    assert row["expectations"] == {"expected_response": "30 days"}


def test_a_record_with_the_same_inputs_is_merged_into_the_old_one(dataset, name):
    dataset.merge_records([{"inputs": {"q": "a", "n": 1}, "expectations": {"x": 1, "y": 1}, "tags": {"t": "1"}}])
    dataset.merge_records([{"inputs": {"n": 1, "q": "a"}, "expectations": {"y": 2}, "tags": {"u": "2"}}])

    (row,) = datasets.get_dataset(name).to_df().to_dict("records")

    assert (row["expectations"], row["tags"]) == ({"x": 1, "y": 2}, {"t": "1", "u": "2"})


def test_traces_are_merged_with_their_inputs_and_where_they_come_from(dataset, name):
    @mlflow.trace
    def answer(question):
        return "yes"

    answer("is it?")
    mlflow.flush_trace_async_logging()
    trace = mlflow.get_last_active_trace_id()
    dataset.merge_records(mlflow.search_traces(max_results=1))

    (row,) = datasets.get_dataset(name).to_df().to_dict("records")

    assert row["inputs"] == {"question": "is it?"}
    assert row["source"]["trace"] == {"trace_id": trace}


def test_a_thousand_records_are_read_page_by_page(dataset, name):
    dataset.merge_records([{"inputs": {"n": number}} for number in range(1001)])

    found = datasets.get_dataset(name).to_df()

    assert [row["n"] for row in found["inputs"]] == list(range(1001))


def test_a_version_has_the_records_of_its_time(dataset, name):
    dataset.merge_records([{"inputs": {"q": "a"}}])
    dataset.merge_records([{"inputs": {"q": "b"}}])

    versions = [version.version for version in dataset.list_versions()]

    assert versions == [2, 1, 0]
    assert len(datasets.get_dataset(name, version=1).to_df()) == 1


def test_deleted_records_are_gone(dataset, name):
    dataset.merge_records([{"inputs": {"q": "a"}}, {"inputs": {"q": "b"}}])
    number = datasets.get_dataset(name).to_df()["dataset_record_id"].iloc[0]

    dataset.delete_records([number])

    assert datasets.get_dataset(name).to_df()["inputs"].tolist() == [{"q": "b"}]


def test_a_profile_is_kept(dataset, name):
    dataset.set_profile("a hundred questions of May")

    assert datasets.get_dataset(name).profile == "a hundred questions of May"


def test_a_dataset_joins_and_leaves_experiments(dataset, name, experiment):
    another = mlflow.create_experiment(f"/Shared/{uuid.uuid4().hex}")

    dataset.add_to_experiments(another)
    joined = datasets.get_dataset(name).experiment_ids
    dataset.remove_from_experiments(another)

    assert joined == [experiment, another]
    assert datasets.get_dataset(name).experiment_ids == [experiment]


def test_a_dataset_is_found_by_its_experiment(dataset, name, experiment):
    assert name in [found.name for found in datasets.search_datasets(experiment_ids=experiment)]


def test_a_deleted_dataset_is_gone(dataset, name):
    datasets.delete_dataset(name)

    with pytest.raises(Exception, match="does not exist"):
        datasets.get_dataset(name)


def test_a_name_without_three_levels_is_explained(experiment):
    with pytest.raises(ValueError, match=r"catalog\.schema\.table"):
        datasets.create_dataset("evals", experiment_id=experiment)


def test_an_evaluation_on_a_dataset_is_linked_to_it(dataset, name):
    dataset.merge_records([{"inputs": {"q": "a"}, "expectations": {"expected_response": "A"}}])

    @mlflow.genai.scorer
    def right(outputs, expectations):
        return outputs == expectations["expected_response"]

    evaluated = mlflow.genai.evaluate(datasets.get_dataset(name), predict_fn=lambda q: q.upper(), scorers=[right])

    (used,) = mlflow.get_run(evaluated.run_id).inputs.dataset_inputs
    assert evaluated.metrics == {"right/mean": 1.0}
    assert (used.dataset.name, used.dataset.digest) == (name, datasets.get_dataset(name).digest)
