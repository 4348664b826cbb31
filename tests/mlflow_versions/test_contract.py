"""What must work with every release of the MLflow client that a team may have: `make mlflow-versions`.

Runs in an environment with that release, against a sandbox whose own server has the pinned one.
"""

import os

import mlflow
import pytest
from mlflow.entities import AssessmentSource, UCSchemaLocation
from mlflow.exceptions import MlflowException
from mlflow.genai import scorer

MODEL, PROMPT = "main.default.echo", "main.default.greeting"
CODE = """
import mlflow
class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[str], params=None) -> list[str]:
        return ["echo:" + text for text in model_input]
mlflow.models.set_model(Echo())
"""


@pytest.fixture(autouse=True)
def experiment(monkeypatch):
    assert "127.0.0.1" in os.environ["DATABRICKS_HOST"], "these tests write; they run against a sandbox only"
    monkeypatch.setenv("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    yield mlflow.set_experiment("/Shared/contract").experiment_id
    mlflow.tracing.reset()


@pytest.fixture
def trace():
    with mlflow.start_span("root", span_type="AGENT") as root:
        root.set_inputs({"question": "ü"})
        with mlflow.start_span("tool", span_type="TOOL") as tool:
            tool.set_outputs(["x", None, 1.5])
    return root.trace_id


def test_a_run_keeps_parameters_metrics_and_artifacts(tmp_path):
    with mlflow.start_run() as run:
        mlflow.log_param("p", 1)
        mlflow.log_metric("m", 0.5)
        mlflow.log_text("grüße", "a/b.txt")

    found = mlflow.get_run(run.info.run_id).data
    assert (found.params, found.metrics) == ({"p": "1"}, {"m": 0.5})
    assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/a/b.txt") == "grüße"
    listed = mlflow.MlflowClient().list_artifacts(run.info.run_id, "a")
    assert [one.path for one in listed] == ["a/b.txt"]


def test_runs_and_experiments_are_searched(experiment):
    with mlflow.start_run(tags={"kind": "contract"}) as run:
        pass

    found = mlflow.search_runs(filter_string="tags.kind = 'contract'", output_format="list", max_results=1)
    assert [one.info.run_id for one in found] == [run.info.run_id]
    named = mlflow.search_experiments(filter_string="name = '/Shared/contract'")
    assert [one.experiment_id for one in named] == [experiment]


def test_a_relative_experiment_name_is_refused():
    with pytest.raises(MlflowException, match="absolute path"):
        mlflow.create_experiment("relative")


def test_a_trace_comes_back_as_it_was(trace):
    spans = {span.name: span for span in mlflow.get_trace(trace).data.spans}

    assert spans["root"].inputs == {"question": "ü"}
    assert spans["tool"].outputs == ["x", None, 1.5]
    assert spans["tool"].parent_id == spans["root"].span_id


@pytest.mark.parametrize("told", ["span.name = 'tool'", "trace.status = 'OK'"])
def test_traces_are_searched(trace, told):
    found = mlflow.search_traces(filter_string=told, return_type="list", max_results=5)

    assert trace in [one.info.trace_id for one in found]


def test_feedback_is_logged_overridden_and_deleted(trace):
    source = AssessmentSource(source_type="HUMAN", source_id="enduser")
    first = mlflow.log_feedback(trace_id=trace, name="good", value=False, rationale="why", source=source)
    second = mlflow.override_feedback(trace_id=trace, assessment_id=first.assessment_id, value=True)

    assert mlflow.get_assessment(trace, second.assessment_id).overrides == first.assessment_id
    mlflow.delete_assessment(trace, second.assessment_id)
    names = [one.assessment_id for one in mlflow.get_trace(trace).info.assessments]
    assert second.assessment_id not in names


def test_an_expectation_is_kept(trace):
    logged = mlflow.log_expectation(trace_id=trace, name="expected", value={"days": 30})

    assert mlflow.get_assessment(trace, logged.assessment_id).value == {"days": 30}


def test_a_model_is_registered_found_by_alias_and_loaded(tmp_path):
    (tmp_path / "echo.py").write_text(CODE)
    logged = mlflow.pyfunc.log_model(
        name="echo",
        python_model=str(tmp_path / "echo.py"),
        pip_requirements=["mlflow"],
        registered_model_name=MODEL,
    )
    client = mlflow.MlflowClient()
    client.set_registered_model_alias(MODEL, "champion", logged.registered_model_version)

    assert mlflow.pyfunc.load_model(f"models:/{MODEL}@champion").predict(["a"]) == ["echo:a"]
    assert mlflow.pyfunc.load_model(logged.model_uri).predict(["b"]) == ["echo:b"]
    found = client.search_model_versions(f"name = '{MODEL}'")
    assert str(logged.registered_model_version) in {str(one.version) for one in found}


def test_a_two_level_model_name_is_refused():
    with pytest.raises(MlflowException, match=r"three levels|all three levels"):
        mlflow.MlflowClient().create_registered_model("echo.model")


def test_a_prompt_is_registered_twice_and_loaded_by_version_and_alias():
    first = mlflow.genai.register_prompt(name=PROMPT, template="Hello {{name}}")
    second = mlflow.genai.register_prompt(name=PROMPT, template="Hi {{name}}")
    mlflow.genai.set_prompt_alias(PROMPT, "prod", second.version)

    assert mlflow.genai.load_prompt(PROMPT, version=first.version).format(name="x") == "Hello x"
    assert mlflow.genai.load_prompt(f"prompts:/{PROMPT}@prod").format(name="x") == "Hi x"


def test_an_evaluation_scores_every_row():
    @scorer
    def exact(outputs, expectations):
        return outputs == expectations["answer"]

    rows = [{"inputs": {"q": str(n)}, "expectations": {"answer": f"a{min(n, 1)}"}} for n in range(3)]
    result = mlflow.genai.evaluate(data=rows, predict_fn=lambda q: f"a{q}", scorers=[exact])

    assert result.metrics["exact/mean"] == pytest.approx(2 / 3)
    found = mlflow.search_traces(run_id=result.run_id, return_type="list")
    assert len(found) == 3


def test_traces_go_to_a_location_in_unity_catalog(experiment):
    location = UCSchemaLocation("main", "default")
    place = mlflow.tracing.set_experiment_trace_location(location, experiment)
    mlflow.tracing.set_destination(place)
    with mlflow.start_span("located") as span:
        pass
    mlflow.flush_trace_async_logging()

    assert mlflow.get_trace(span.trace_id).data.spans[0].name == "located"
    found = mlflow.search_traces(locations=["main.default"], filter_string="trace.timestamp_ms > 0", return_type="list")
    assert span.trace_id in [one.info.trace_id for one in found]
    mlflow.tracing.unset_experiment_trace_location(place, experiment)
