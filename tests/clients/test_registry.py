"""Models in Unity Catalog with `databricks-uc` as the registry URI."""

import pytest
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.tracking._model_registry.registry import ModelRegistryStoreRegistry

MODEL = "main.default.echo"


@pytest.fixture(params=["mlflow's wire form", "the native wire form"])
def wire_form(request, monkeypatch):
    """The client chooses once; it is made to choose again."""
    monkeypatch.setenv("MLFLOW_ENABLE_UC_NATIVE_MODEL_REGISTRY", str("native" in request.param))
    chosen = ModelRegistryStoreRegistry._get_store_with_resolved_uri
    chosen.cache_clear()
    yield
    chosen.cache_clear()


@pytest.fixture
def two_versions(wire_form, m, echo):
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


def test_a_renamed_model_takes_its_files_along(m, two_versions):
    two_versions.rename_registered_model(MODEL, "main.default.renamed")

    assert m.pyfunc.load_model("models:/main.default.renamed/2").predict(["a"]) == ["v2:a"]
    with pytest.raises(MlflowException, match="not found"):
        two_versions.get_registered_model(MODEL)


def test_a_version_is_copied_to_another_model(m, two_versions):
    two_versions.copy_model_version(f"models:/{MODEL}/1", "main.default.copy")

    assert m.pyfunc.load_model("models:/main.default.copy/1").predict(["a"]) == ["v1:a"]


def test_a_version_names_the_logged_model_that_it_came_from(m, two_versions):
    version = two_versions.get_model_version(MODEL, "2")

    assert m.get_logged_model(version.model_id).name == "echo"


def test_tags_and_aliases_are_taken_away(two_versions):
    two_versions.set_registered_model_alias(MODEL, "champion", "1")
    two_versions.set_registered_model_tag(MODEL, "team", "legal")
    two_versions.set_model_version_tag(MODEL, "1", "eval", "passed")

    two_versions.delete_registered_model_alias(MODEL, "champion")
    two_versions.delete_registered_model_tag(MODEL, "team")
    two_versions.delete_model_version_tag(MODEL, "1", "eval")

    model = two_versions.get_registered_model(MODEL)
    assert (model.aliases, model.tags, two_versions.get_model_version(MODEL, "1").tags) == ({}, {}, {})


def test_the_sdk_sees_the_models_that_the_client_registered(w, two_versions):
    two_versions.set_registered_model_alias(MODEL, "champion", "2")

    (model,) = w.registered_models.list(catalog_name="main", schema_name="default")
    assert (model.full_name, model.owner) == (MODEL, w.current_user.me().user_name)
    assert [one.version for one in w.model_versions.list(MODEL)] == [2, 1]
    assert w.model_versions.get_by_alias(MODEL, "champion").version == 2
    assert w.registered_models.get(MODEL, include_aliases=True).aliases[0].alias_name == "champion"


def test_the_sdk_changes_and_removes_models(w):
    w.registered_models.create(catalog_name="main", schema_name="default", name="empty", comment="nothing")
    w.registered_models.update("main.default.empty", comment="still nothing")
    assert w.registered_models.get("main.default.empty").comment == "still nothing"

    w.registered_models.delete("main.default.empty")

    assert list(w.registered_models.list()) == []
