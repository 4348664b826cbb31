"""A filter takes nothing away from what is found: as many as asked for, and the nearest of those that pass."""

import json

import numpy as np
import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import DirectAccessSpec, NewEndpoint, NewIndex, Query, VectorColumn

ROWS, WIDTH, INDEX = 4000, 16, "main.default.idx"
VECTORS = np.random.default_rng(1).normal(size=(ROWS, WIDTH)).astype(np.float32)
ASKED = np.random.default_rng(2).normal(size=WIDTH).astype(np.float32)
NEAREST_FIRST = [int(key) for key in np.argsort(((VECTORS - ASKED) ** 2).sum(1), kind="stable")]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("data"), host="http://127.0.0.1:1", token="t", control_token="c")
    workspaces = Workspaces(settings)
    store = VectorSearchStore(workspaces.named("default"))
    store.create_endpoint(NewEndpoint(name="ep"))
    schema = json.dumps({"id": "int", "rank": "int", "vec": "array<float>"})
    spec = DirectAccessSpec(
        embedding_vector_columns=[VectorColumn(name="vec", embedding_dimension=WIDTH)], schema_json=schema
    )
    told = {"name": INDEX, "endpoint_name": "ep", "primary_key": "id", "index_type": "DIRECT_ACCESS"}
    store.create_index(NewIndex(**told, direct_access_index_spec=spec))
    for start in range(0, ROWS, 1000):
        rows = [
            {"id": n, "rank": NEAREST_FIRST.index(n), "vec": VECTORS[n].tolist()} for n in range(start, start + 1000)
        ]
        store.upsert(INDEX, json.dumps(rows))
    yield store
    workspaces.close()


@pytest.fixture
def find(store):
    def query(count, **filters):
        asked = Query(query_vector=ASKED.tolist(), columns=["id"], num_results=count, **filters)
        return [row[0] for row in store.query(INDEX, asked).result.data_array]

    return query


@pytest.mark.parametrize("count", [1, 10, 300])
@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"rank >=": 0}, lambda rank: rank >= 0),
        ({"rank NOT": [0, 1, 2]}, lambda rank: rank > 2),
        ({"rank >=": 1500}, lambda rank: rank >= 1500),
        ({"rank >=": ROWS - 20}, lambda rank: rank >= ROWS - 20),
        ({"rank": 3999}, lambda rank: rank == 3999),
        ({"rank <": 0}, lambda rank: rank < 0),
    ],
    ids=["all", "almost all", "the far half", "the twenty farthest", "one", "none"],
)
def test_as_many_come_as_were_asked_for_and_the_nearest_of_those_that_pass(find, count, filters, passes):
    expected = [number for rank, number in enumerate(NEAREST_FIRST) if passes(rank)][:count]

    assert find(count, filters_json=json.dumps(filters)) == expected


def test_a_filter_in_sql_finds_the_same(find):
    assert find(10, filter_string="rank >= 3000") == NEAREST_FIRST[3000:3010]


def test_several_conditions_and_either_of_two_narrow_alike(find):
    either = json.dumps({"rank OR id": [7, NEAREST_FIRST[9]], "rank <": 9})

    assert find(10, filters_json=either) == [NEAREST_FIRST[7]]
