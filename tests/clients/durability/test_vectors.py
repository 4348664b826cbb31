"""Vectors and their rows are whole after `kill -9`, in the middle of a write or of a sync."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import pytest
from databricks.sdk.service import vectorsearch as vs

from tests.clients.durability.killing import acknowledged


@pytest.fixture
def followed():
    """Makes a table with vectors of its own and an index that follows it."""

    def make(w, rows):
        run = statement_of(w)
        run("CREATE TABLE main.default.docs (id INT, body STRING, vec ARRAY<FLOAT>)")
        run(f"INSERT INTO main.default.docs SELECT id, 'first ' || id, array(id, 1) FROM range({rows}) AS t(id)")
        w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
        spec = vs.DeltaSyncVectorIndexSpecRequest(
            source_table="main.default.docs",
            pipeline_type=vs.PipelineType.TRIGGERED,
            embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        )
        kind = vs.VectorIndexType.DELTA_SYNC
        w.vector_search_indexes.create_index("main.default.idx", "ep", "id", kind, delta_sync_index_spec=spec)
        settled(w)
        return run

    return make


def statement_of(w):
    warehouse = next(iter(w.warehouses.list())).id
    return lambda statement: w.statement_execution.execute_statement(statement, warehouse)


def settled(w):
    status = {}
    while status.get("detailed_state") != "ONLINE_NO_PENDING_UPDATE":  # the SDK's class leaves this field out
        status = w.api_client.do("GET", "/api/2.0/vector-search/indexes/main.default.idx")["status"]
    return status


def found_rows(w, rows):
    """Each row that the vectors lead to, with its text and its score."""
    asked = {"columns": ["id", "body"], "query_vector": [0.0, 1.0], "num_results": rows + 100}
    page = w.vector_search_indexes.query_index("main.default.idx", **asked)
    found = page.result.data_array
    while page.next_page_token:
        page = w.vector_search_indexes.query_next_page("main.default.idx", page_token=page.next_page_token)
        found += page.result.data_array
    return sorted(found)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_sync_that_a_kill_cut_off_goes_on_and_ends_exact(start, followed, share, tmp_path):
    victim, w = start()
    run = followed(w, 3000)
    run("UPDATE main.default.docs SET body = 'second ' || id, vec = array(id, 2) WHERE id % 2 = 0")
    run("DELETE FROM main.default.docs WHERE id % 3 = 0")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: suppressed(lambda: w.vector_search_indexes.sync_index("main.default.idx")))
        (file,) = (tmp_path / "data").rglob("vector_search/*.sqlite")
        wait_for_written(file, share * 1000)
        victim.kill()

    _, w = start()

    assert settled(w)["indexed_row_count"] == 2000
    expected = [
        (n, f"{'first' if n % 2 else 'second'} {n}", 1 / (1 + n**2 + (n % 2 == 0))) for n in range(3000) if n % 3
    ]
    assert [(n, body, pytest.approx(score, rel=1e-3)) for n, body, score in expected] == [
        tuple(row) for row in found_rows(w, 3000)
    ]


def suppressed(call):
    with suppress(Exception):  # the server is killed in the middle
        call()


def wait_for_written(file, count):
    """Looks into the file of the rows until so many are written anew."""
    with closing(sqlite3.connect(file)) as database:
        while database.execute("SELECT count(*) FROM rows WHERE body LIKE '%second%'").fetchone()[0] < count:
            pass


def test_vectors_upserted_before_a_kill_are_all_there_each_with_its_row(start):
    victim, w = start()
    w.vector_search_endpoints.create_endpoint("ep", vs.EndpointType.STANDARD)
    spec = vs.DirectAccessVectorIndexSpec(
        embedding_vector_columns=[vs.EmbeddingVectorColumn(name="vec", embedding_dimension=2)],
        schema_json='{"id": "int", "body": "string", "vec": "array<float>"}',
    )
    kind = vs.VectorIndexType.DIRECT_ACCESS
    w.vector_search_indexes.create_index("main.default.idx", "ep", "id", kind, direct_access_index_spec=spec)

    def write(number):
        # Every key is written again and again, so that a kill finds writes over older rows.
        row = {"id": number % 40, "body": f"text {number}", "vec": [float(number), 1.0]}
        w.vector_search_indexes.upsert_data_vector_index("main.default.idx", json.dumps([row]))

    done = acknowledged(write, victim, 80)
    _, w = start()

    rows = found_rows(w, 40)
    assert {number % 40 for number in done} <= {row[0] for row in rows}
    numbers = [int(body.removeprefix("text ")) for _, body, _ in rows]
    assert [score for *_, score in rows] == [pytest.approx(1 / (1 + n**2), rel=1e-3) for n in numbers]
