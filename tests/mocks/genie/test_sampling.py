"""Samples of tables: taken once for each version."""

import pytest

from mocks.core.errors import ResourceDoesNotExist
from mocks.genie.knowledge.sampling import Samples


@pytest.fixture
def taken(warehouse, monkeypatch):
    ran = []
    take = warehouse.samples
    monkeypatch.setattr(warehouse, "samples", lambda table: ran.append(table) or take(table))
    return ran


def test_a_column_tells_its_rows_and_its_values(warehouse):
    sample = Samples(warehouse).of(warehouse.table("main.default.customers"))["city"]

    assert (sample.rows, sample.filled, sample.distinct, sample.values) == (3, 3, 2, ("Lyon", "Turin"))


def test_a_table_that_did_not_change_is_sampled_once(warehouse, taken):
    samples, info = Samples(warehouse), warehouse.table("main.default.products")

    samples.of(info)
    samples.of(info)

    assert len(taken) == 1


def test_a_view_is_sampled_again_when_a_table_under_it_changed(warehouse):
    warehouse.run("CREATE OR REPLACE TABLE main.default.wheels AS SELECT 'a' AS kind")
    warehouse.run("CREATE OR REPLACE VIEW main.default.all_wheels AS SELECT * FROM main.default.wheels")
    samples, info = Samples(warehouse), warehouse.table("main.default.all_wheels")
    samples.of(info)

    warehouse.run("INSERT INTO main.default.wheels VALUES ('b')")

    assert samples.of(info)["kind"].values == ("a", "b")


def test_the_keys_and_values_of_a_large_table_are_exact(warehouse):
    made = "SELECT id, id % 2000 AS group_id, concat('k', id % 7) AS kind, id % 150000 AS nearly FROM range(200000)"
    warehouse.run(f"CREATE OR REPLACE TABLE main.default.heap AS {made}")

    found = Samples(warehouse).of(warehouse.table("main.default.heap"))

    assert {name: sample.distinct for name, sample in found.items() if name != "nearly"} == {
        "id": 200_000,
        "group_id": 2_000,
        "kind": 7,
    }
    assert found["nearly"].distinct < found["nearly"].rows
    assert found["kind"].values == tuple(f"k{n}" for n in range(7))


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


def test_a_view_whose_table_is_gone_is_left_out_of_the_space(warehouse, engine):
    warehouse.run("CREATE OR REPLACE TABLE main.default.short AS SELECT 1 AS n")
    warehouse.run("CREATE OR REPLACE VIEW main.default.broken AS SELECT * FROM main.default.short")
    warehouse.run("DROP TABLE main.default.short")

    assert [table.name for table in engine(more=["broken"]).space.tables] == ["customers", "products", "sales"]
