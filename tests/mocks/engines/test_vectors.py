"""Vectors are replaced while they are asked for."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from chromadb.errors import InternalError

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.engines.embedding.vectors import Vectors

COUNT, TIMES = 300, 6
KEYS = [f"k{number}" for number in range(COUNT)]


@pytest.fixture
def engine(tmp_path):
    workspaces = Workspaces(Settings(data=tmp_path, host="http://127.0.0.1:1", token="t", control_token="c"))
    yield workspaces.named("default").engine(Vectors)
    workspaces.close()


def at(place):
    """A vector for each key, all of them around one place."""
    return np.asarray([[place, number / COUNT] for number in range(COUNT)], np.float32)


def test_what_is_replaced_is_found_at_any_moment(engine):
    engine.upsert("some", KEYS, at(0.0))
    asked = np.asarray([0.0, 0.0], np.float32)

    with ThreadPoolExecutor(1) as thread:
        writing = thread.submit(lambda: [engine.upsert("some", KEYS, at(float(n))) for n in range(1, TIMES)])
        found = []
        while not writing.done():
            found.append(len(engine.nearest("some", asked, COUNT)))
        writing.result()

    assert set(found) == {COUNT}


def test_the_last_of_many_writes_is_what_is_found(engine):
    for place in (0.0, 5.0, 2.0):
        engine.upsert("some", KEYS, at(place))

    nearest = engine.nearest("some", np.asarray([2.0, 0.0], np.float32), COUNT)

    assert [key for key, _ in nearest] == KEYS
    assert nearest[0][1] == pytest.approx(0.0)
    assert engine.count("some") == COUNT


def test_new_and_replaced_keys_may_come_together(engine):
    engine.upsert("some", KEYS[:200], at(0.0)[:200])

    engine.upsert("some", KEYS, at(1.0))

    assert {round(distance, 3) for _, distance in engine.nearest("some", at(1.0)[7], 1)} == {0.0}
    assert sorted(engine.keys("some")) == sorted(KEYS)


def test_a_search_that_met_a_vector_on_its_way_out_is_made_again(engine, monkeypatch):
    engine.upsert("some", KEYS, at(0.0))
    collection = engine._collection("some")
    query, failures = collection.query, [InternalError("Error finding id")]

    def failing(**told):
        if failures:
            raise failures.pop()
        return query(**told)

    monkeypatch.setattr(collection, "query", failing)

    assert engine.nearest("some", at(0.0)[5], 1)[0][0] == "k5"
    assert not failures


def test_an_error_that_stays_is_told(engine, monkeypatch):
    engine.upsert("some", KEYS, at(0.0))

    def broken(**_):
        raise InternalError("broken")

    monkeypatch.setattr(engine._collection("some"), "query", broken)

    with pytest.raises(InternalError, match="broken"):
        engine.nearest("some", at(0.0)[5], 1)
