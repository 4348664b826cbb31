"""Models in Unity Catalog with `databricks-uc` as the registry URI."""

import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

MODEL = "main.default.echo"


@pytest.fixture
def two_versions(m, echo):
    for version in ("v1", "v2"):
        m.pyfunc.log_model(
            name="echo", python_model=echo(version), pip_requirements=["mlflow"], registered_model_name=MODEL
        )
    return MlflowClient()


def test_versions_are_numbered_and_ready(two_versions):
    found = two_versions.search_model_versions(f"name = '{MODEL}'")

    assert sorted((version.version, version.status) for version in found) == [("1", "READY"), ("2", "READY")]


def test_an_alias_moves_and_the_model_behind_it_loads(m, two_versions):
    two_versions.set_registered_model_alias(MODEL, "champion", "1")
    two_versions.set_registered_model_alias(MODEL, "champion", "2")

    assert two_versions.get_model_version_by_alias(MODEL, "champion").version == "2"
    assert m.pyfunc.load_model(f"models:/{MODEL}@champion").predict(["a"]) == ["v2:a"]


def test_each_version_runs_its_own_code(m, two_versions):
    assert m.pyfunc.load_model(f"models:/{MODEL}/1").predict(["a"]) == ["v1:a"]


def test_tags_and_descriptions_are_kept(two_versions):
    two_versions.set_model_version_tag(MODEL, "1", "eval", "passed")
    two_versions.update_registered_model(MODEL, "Echoes")

    assert two_versions.get_model_version(MODEL, "1").tags == {"eval": "passed"}
    assert two_versions.get_registered_model(MODEL).description == "Echoes"


def test_a_deleted_version_is_gone_and_the_other_stays(two_versions):
    two_versions.delete_model_version(MODEL, "1")

    assert [version.version for version in two_versions.search_model_versions(f"name = '{MODEL}'")] == ["2"]


def test_a_name_without_three_levels_is_refused_with_the_hint(m):
    with pytest.raises(MlflowException, match="all three levels"):
        MlflowClient().create_registered_model("echo.model")


def test_a_schema_that_does_not_exist_is_named(m):
    with pytest.raises(MlflowException, match=r"main\.nowhere"):
        MlflowClient().create_registered_model("main.nowhere.echo")


def test_prompts_are_not_listed_among_the_models(m, two_versions):
    m.genai.register_prompt(name="main.default.greeting", template="Hi {{name}}")

    assert [model.name for model in two_versions.search_registered_models()] == [MODEL]
