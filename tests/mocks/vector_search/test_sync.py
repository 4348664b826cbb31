"""An index follows its table, also when it was cut short."""

import pytest

from mocks.core.settings import Settings
from mocks.core.workspace import Workspaces
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.vector_search.source_table import SourceTable
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import DeltaSyncSpec, Index, NewEndpoint, NewIndex, Query, SourceColumn

INDEX = "main.default.idx"


@pytest.fixture
def workspace(tmp_path):
    workspaces = Workspaces(Settings(data=tmp_path, host="http://127.0.0.1:1", token="t", control_token="c"))
    yield workspaces.named("default")
    workspaces.close()


@pytest.fixture
def store(workspace):
    warehouse = workspace.engine(Warehouse)
    warehouse.run("CREATE TABLE main.default.docs (id INT, body STRING, note STRING)")
    warehouse.run("INSERT INTO main.default.docs SELECT id, 'text number ' || id, 'n' FROM range(300) AS t(id)")
    store = VectorSearchStore(workspace)
    store.create_endpoint(NewEndpoint(name="ep"))
    source = SourceColumn(name="body", embedding_model_endpoint_name="databricks-gte-large-en")
    spec = DeltaSyncSpec(source_table="main.default.docs", embedding_source_columns=[source])
    told = {"name": INDEX, "endpoint_name": "ep", "primary_key": "id", "index_type": "DELTA_SYNC"}
    store.create_index(NewIndex(**told, delta_sync_index_spec=spec))
    wait(store)
    return store


@pytest.fixture
def embedded(monkeypatch):
    """How many texts were embedded."""
    counted = []
    encode = Embedder.encode
    monkeypatch.setattr(Embedder, "encode", lambda self, texts: counted.extend(texts) or encode(self, texts))
    return counted


def wait(store):
    store._syncs._under_way[INDEX].join()


def rows(store):
    return store.get_index(INDEX)["status"]["indexed_row_count"]


def test_all_rows_are_there_after_the_first_sync(store):
    assert rows(store) == 300


def test_only_texts_that_changed_are_embedded_again(store, workspace, embedded):
    run = workspace.engine(Warehouse).run
    run("UPDATE main.default.docs SET body = 'changed' WHERE id < 3")
    run("UPDATE main.default.docs SET note = 'other' WHERE id > 100")
    run("DELETE FROM main.default.docs WHERE id = 50")

    store.sync_index(INDEX)
    wait(store)

    assert embedded == ["changed"] * 3
    assert rows(store) == 299
    found = store.query(INDEX, Query(query_text="text number 200", columns=["id", "note"], num_results=1))
    assert found.result.data_array[0][:2] == [200, "other"]


def test_vectors_that_a_cut_off_sync_left_without_rows_are_cleared(store, workspace):
    index = store._found(INDEX)
    workspace.engine(Vectors).upsert(
        index.id,
        ["9999"],
        workspace.engine(Vectors)._collection(index.id).get(ids=["1"], include=["embeddings"])["embeddings"],
    )

    store.sync_index(INDEX)
    wait(store)

    assert "9999" not in workspace.engine(Vectors).keys(index.id)


def test_a_table_that_is_gone_makes_the_sync_fail_and_the_index_answer_on(store, workspace):
    workspace.engine(Warehouse).run("DROP TABLE main.default.docs")

    store.sync_index(INDEX)
    wait(store)

    status = store.get_index(INDEX)["status"]
    assert (status["detailed_state"], status["indexed_row_count"]) == ("ONLINE_PIPELINE_FAILED", 300)
    assert "docs" in status["message"]


@pytest.fixture
def hashed(workspace):
    """The hash of the only row of a table with columns of many types."""
    columns = "id INT, body STRING, note STRING, tags ARRAY<STRING>, told STRUCT<x: INT, y: STRING>, raw BINARY"
    row = "1, 'a:b', NULL, array('a, b', 'c'), named_struct('x', 1, 'y', ''), X'00', array(1.5), 1.5, NULL"
    run = workspace.engine(Warehouse).run
    run(f"CREATE TABLE main.default.odd ({columns}, vec ARRAY<DOUBLE>, price DECIMAL(10,2), seen DATE)")
    run(f"INSERT INTO main.default.odd VALUES ({row})")
    spec = DeltaSyncSpec(source_table="main.default.odd")
    told = {"primary_key": "id", "index_type": "DELTA_SYNC", "id": "i", "creator": "c"}
    index = Index(name=INDEX, delta_sync_index_spec=spec, **told)
    return lambda: SourceTable(workspace, index, spec).hashes()["1"]


@pytest.mark.parametrize(
    "change",
    [
        "body = NULL, note = 'a:b'",
        "body = '', note = 'a:b'",
        "body = 'a:', note = 'b'",
        "note = ''",
        "note = '-'",
        "tags = array('a', 'b, c')",
        "tags = array('a, b, c')",
        "tags = NULL",
        "told = named_struct('x', 1, 'y', CAST(NULL AS STRING))",
        "told = named_struct('x', 1, 'y', 'null')",
        "raw = X'00FF'",
        "vec = array(1.5, 2.0)",
        "vec = array(1.5, NULL)",
        "price = 1.51",
        "seen = DATE'2024-02-29'",
    ],
)
def test_every_change_of_a_row_changes_its_hash(workspace, hashed, change):
    before = hashed()

    workspace.engine(Warehouse).run(f"UPDATE main.default.odd SET {change}")

    assert hashed() != before
