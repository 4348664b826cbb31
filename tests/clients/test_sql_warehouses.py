"""SQL warehouses through databricks-sdk."""

import pytest
from databricks.sdk.errors import NotFound
from databricks.sdk.service.sql import (
    State,
)


def test_a_warehouse_is_there_and_runs(w, warehouse):
    found = w.warehouses.get(warehouse)

    assert found.state is State.RUNNING
    assert found.odbc_params.path == f"/sql/1.0/warehouses/{warehouse}"


def test_a_warehouse_is_made_edited_stopped_started_and_deleted(w):
    made = w.warehouses.create(name="mine", cluster_size="Small", max_num_clusters=1, auto_stop_mins=10).result()

    w.warehouses.edit(made.id, name="yours", cluster_size="Medium").result()
    stopped = w.warehouses.stop(made.id).result()
    started = w.warehouses.start(made.id).result()

    assert (stopped.state, started.state) == (State.STOPPED, State.RUNNING)
    assert (started.name, started.cluster_size) == ("yours", "Medium")
    w.warehouses.delete(made.id)
    with pytest.raises(NotFound):
        w.warehouses.get(made.id)


def test_a_statement_starts_a_stopped_warehouse(w, warehouse):
    w.warehouses.stop(warehouse).result()

    w.statement_execution.execute_statement("SELECT 1", warehouse)

    assert w.warehouses.get(warehouse).state is State.RUNNING
