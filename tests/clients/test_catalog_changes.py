"""Schemas, tables, volumes and model versions changed through databricks-sdk."""

import pytest
from databricks.sdk import errors
from databricks.sdk.service.catalog import VolumeType
from mlflow import MlflowClient

MODEL = "main.default.echo"


@pytest.fixture
def volume(w):
    return w.volumes.create("main", "default", "inbox", VolumeType.MANAGED, comment="what came in").full_name


@pytest.fixture
def table(w, sql):
    sql("CREATE TABLE main.default.orders (id INT)")
    return "main.default.orders"


@pytest.fixture
def sql(w):
    warehouse = next(iter(w.warehouses.list())).id
    return lambda statement: w.statement_execution.execute_statement(statement, warehouse, wait_timeout="30s")


def test_a_schema_takes_a_comment_and_properties(w):
    w.schemas.create("sales", "main", comment="what we sell")
    w.schemas.update("main.sales", comment="what we sold", properties={"team": "legal"})

    found = w.schemas.get("main.sales")
    assert (found.comment, found.properties) == ("what we sold", {"team": "legal"})


@pytest.mark.parametrize("kind", ["schemas", "volumes"])
def test_a_new_name_is_refused_and_changes_nothing(w, volume, kind):
    name = "main.default" if kind == "schemas" else volume

    with pytest.raises(errors.NotImplemented, match="does not rename"):
        getattr(w, kind).update(name, new_name="other", comment="changed")

    (found,) = [one for one in w.volumes.list("main", "default") if one.full_name == volume]
    assert (found.comment, w.schemas.get("main.default").comment) == ("what came in", None)


def test_a_volume_keeps_its_name_when_only_the_comment_changes(w, volume):
    changed = w.volumes.update(volume, comment="read already")

    assert (changed.full_name, changed.comment) == (volume, "read already")


def test_a_table_takes_another_owner(w, table):
    w.tables.update(table, owner="legal")

    assert w.tables.get(table).owner == "legal"


@pytest.mark.parametrize("kind", ["schemas", "volumes", "tables"])
def test_a_change_of_what_is_not_there_is_refused(w, kind):
    with pytest.raises(errors.NotFound):
        getattr(w, kind).update("main.nowhere" if kind == "schemas" else "main.default.nowhere", owner="legal")


def test_a_version_takes_a_description(w, m, echo):
    m.pyfunc.log_model(name="echo", python_model=echo("v1"), pip_requirements=["mlflow"], registered_model_name=MODEL)

    MlflowClient().update_model_version(MODEL, "1", "the first")
    assert w.model_versions.get(MODEL, 1).comment == "the first"

    w.model_versions.update(MODEL, 1, comment="still the first")
    assert MlflowClient().get_model_version(MODEL, "1").description == "still the first"
