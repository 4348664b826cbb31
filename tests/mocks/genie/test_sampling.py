"""Samples of tables: taken once for each version."""

import pytest

from mocks.core.errors import ResourceDoesNotExist
from mocks.genie.sampling import Samples


@pytest.fixture
def statements(warehouse, monkeypatch):
    ran = []
    run = warehouse.run
    monkeypatch.setattr(warehouse, "run", lambda statement, **told: ran.append(statement) or run(statement, **told))
    return ran


def test_a_column_tells_its_rows_and_its_values(warehouse):
    sample = Samples(warehouse).of(warehouse.table("main.default.customers"))["city"]

    assert (sample.rows, sample.filled, sample.distinct, sample.values) == (3, 3, 2, ("Lyon", "Turin"))


def test_a_table_that_did_not_change_is_sampled_once(warehouse, statements):
    samples, info = Samples(warehouse), warehouse.table("main.default.products")

    samples.of(info)
    samples.of(info)

    assert len(statements) == 2


def test_a_table_that_changed_is_sampled_again(warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.spokes AS SELECT 'a' AS kind")
    samples, info = Samples(warehouse), warehouse.table("main.default.spokes")
    samples.of(info)

    warehouse.run("INSERT INTO main.default.spokes VALUES ('b')")

    assert samples.of(info)["kind"].values == ("a", "b")


def test_nothing_is_sampled_after_the_end(warehouse):
    samples = Samples(warehouse)
    samples.ended = True

    with pytest.raises(ResourceDoesNotExist):
        samples.of(warehouse.table("main.default.customers"))
