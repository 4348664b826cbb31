"""Statements under way: what is kept, and for how long."""

import pytest

from mocks.core.errors import ResourceDoesNotExist
from mocks.engines.warehouse import executions
from mocks.engines.warehouse.executions import Asked, Executions, State

ENDLESS = "SELECT count(*) FROM range(10000000) a CROSS JOIN range(10000000) b"


@pytest.fixture
def kept(engines):
    return engines.engine(Executions)


def test_a_statement_ends_with_its_result(kept):
    execution = kept.submit(Asked("SELECT 1 AS a"))

    assert execution.wait(30)
    assert (execution.state, execution.result.rows()) == (State.SUCCEEDED, [["1"]])


def test_a_fault_of_ours_is_a_failed_statement_and_not_a_hanging_one(kept, monkeypatch):
    monkeypatch.setattr(kept._warehouse, "run", lambda *_, **__: 1 / 0)
    execution = kept.submit(Asked("SELECT 1"))

    assert execution.wait(30)
    assert (execution.state, execution.error.condition) == (State.FAILED, "INTERNAL_ERROR")


def test_the_oldest_statements_are_forgotten_first(kept, monkeypatch):
    monkeypatch.setattr(executions, "KEPT", 3)
    runs = []
    for number in range(6):
        runs.append(kept.submit(Asked(f"SELECT {number}")))
        assert runs[-1].wait(30)
    kept.close()

    with pytest.raises(ResourceDoesNotExist):
        kept.get(runs[0].id)
    assert kept.get(runs[-1].id).result.rows() == [["5"]]


def test_closing_stops_what_runs(kept):
    execution = kept.submit(Asked(ENDLESS))

    kept.close()

    assert execution.state in (State.CANCELED, State.PENDING)


def test_a_forgotten_statement_is_canceled(kept):
    execution = kept.submit(Asked(ENDLESS))

    kept.forget(execution.id)

    assert execution.wait(30)
    assert execution.state is State.CANCELED
    with pytest.raises(ResourceDoesNotExist):
        kept.get(execution.id)
