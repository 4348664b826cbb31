"""Vector search over 100,000 chunks: a query through gateway and SDK beside its parts, what it finds, and a small sync.

The texts are real sentences. Embedding all of them takes a quarter of an hour, so 20,000 are embedded and the vectors
of the others lie between those of near ones; `--embedded 100000` embeds all. What an index cannot do well in any way,
vectors that point everywhere alike, is measured beside it. `--folder` keeps what was filled in for the next time.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service.vectorsearch import QueryVectorIndexResponse

from benchmarks.figures import Figure, machine, table
from benchmarks.real_texts import sentences, vectors
from benchmarks.running import Running
from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspace, Workspaces
from mocks.engines.embedding.embedder import DIMENSION, Embedder
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import DeltaSyncSpec, Index, NewEndpoint, NewIndex, SourceColumn

CHUNKS, EMBEDDED, CHANGED, QUERIES, TOP = 100_000, 20_000, 1_000, 200, 10
ALIKE = 20_000
CHARACTERS = 365  # a chunk of the reference documents has so many on average
INDEX, TABLE, EVERYWHERE = "main.default.bench_idx", "main.default.bench", "everywhere"


def measure(kept: Path | None = None, chunks: int = CHUNKS, embedded: int = EMBEDDED) -> Iterator[Figure]:
    """Fills a sandbox of its own unless one is kept, asks it, and lets its index follow a change."""
    folder = Path(tempfile.mkdtemp(prefix="bench-vectors-"))
    home = (kept or folder) / f"{chunks}-{embedded}"
    texts = sentences()
    try:
        if not (home / "filled").exists():
            shutil.rmtree(home, ignore_errors=True)
            fill(home, texts[:chunks], embedded)
        shutil.copytree(home, folder / "served")
        shutil.copytree(home, folder / "opened")
        workspaces, workspace = _opened(folder / "opened")
        with closing(workspaces):
            with Running(folder / "served") as running:
                yield from _queries(running, workspace, texts[chunks:])
            yield from _everywhere(workspace)
            yield from _sync(workspace, texts)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(home: Path, texts: Sequence[str], embedded: int) -> None:
    """A table of chunks, an index that follows it, and a collection of vectors that point everywhere."""
    with Running(home) as running:  # it marks the folder as its own
        running.seconds_to_first_answer()
    workspaces, workspace = _opened(home)
    with closing(workspaces):
        run = workspace.engine(Warehouse).run
        run(f"CREATE TABLE {TABLE} (id INT, title STRING, body STRING)")
        numbers = range(len(texts))
        rows = {"id": pa.array(numbers, pa.int32()), "title": [f"chunk {n % 977}" for n in numbers], "body": texts}
        workspace.engine(Warehouse).insert(TABLE, pa.table(rows))
        known = dict(zip(texts, vectors(workspace.shared(Embedder).encode, texts, embedded), strict=True))
        with patch.object(Embedder, "encode", lambda _, asked: np.asarray([known[text] for text in asked])):
            _make_index(VectorSearchStore(workspace))
        everywhere = _unit(np.random.default_rng(7), min(ALIKE, len(texts)))
        workspace.engine(Vectors).upsert(EVERYWHERE, [str(number) for number in range(len(everywhere))], everywhere)
    (home / "filled").touch()


def _opened(home: Path) -> tuple[Workspaces, Workspace]:
    settings = Settings(data=home, host="http://127.0.0.1:1", token="dapi" + "0" * 32, control_token="c" * 32)
    workspaces = Workspaces(settings)
    return workspaces, workspaces.named(DEFAULT)


def _unit(drawn: np.random.Generator, count: int) -> Any:
    made = drawn.normal(size=(count, DIMENSION))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def _make_index(store: VectorSearchStore) -> None:
    store.create_endpoint(NewEndpoint(name="bench"))
    source = SourceColumn(name="body", embedding_model_endpoint_name="databricks-gte-large-en")
    spec = DeltaSyncSpec(source_table=TABLE, embedding_source_columns=[source])
    told = {"name": INDEX, "endpoint_name": "bench", "primary_key": "id", "index_type": "DELTA_SYNC"}
    store.create_index(NewIndex.model_validate(told | {"delta_sync_index_spec": spec}))
    _wait(store)


def _wait(store: VectorSearchStore) -> None:
    while store.get_index(INDEX)["status"]["detailed_state"] != "ONLINE_NO_PENDING_UPDATE":
        time.sleep(0.02)


def _queries(running: Running, workspace: Workspace, questions: Sequence[str]) -> Iterator[Figure]:
    """Each question is asked both ways, one after the other, so that what else the machine does hits both."""
    running.seconds_to_ready()
    config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
    w, index = WorkspaceClient(config=config), _index(workspace)
    embedder, engine, rows = workspace.shared(Embedder), workspace.engine(Vectors), workspace.engine(OpenIndexes)
    every, keys = _all_vectors(workspace, index.id)
    whole, direct = list[float](), list[float]()
    words, found = [], []
    answer, vector = QueryVectorIndexResponse(), every[0]

    def ask(question: str) -> None:
        nonlocal answer
        answer = w.vector_search_indexes.query_index(INDEX, ["id", "body"], query_text=question, num_results=TOP)

    def search(question: str) -> None:
        nonlocal vector
        vector = embedder.encode([question])[0]
        engine.nearest(index.id, vector, TOP)

    for number, question in enumerate(questions[:QUERIES]):
        both = [(ask, whole), (search, direct)]
        for call, taken in both if number % 2 else both[::-1]:
            taken.append(_seconds(call, question))
        words.append(1000 * _seconds(lambda text: rows.rows(index).search(text, TOP, None), question))
        ours = {str(row[0]) for row in (answer.result and answer.result.data_array) or ()}
        found.append(_share(every, keys, vector, ours))
    ratio = statistics.median(whole) / statistics.median(direct)
    yield Figure(f"query of {len(keys)} through SDK, p50", 1000 * statistics.median(whole), "ms")
    yield Figure("  beside embedding it + Chroma in process", ratio, "times", 1.3)
    yield Figure(f"  of the {TOP} nearest, not found", 1 - statistics.mean(found), "", 0.02)
    yield Figure("  full text, p50", statistics.median(words), "ms")


def _everywhere(workspace: Workspace) -> Iterator[Figure]:
    engine, (every, keys) = workspace.engine(Vectors), _all_vectors(workspace, EVERYWHERE)
    asked = _unit(np.random.default_rng(8), QUERIES)
    found = [_share(every, keys, one, {key for key, _ in engine.nearest(EVERYWHERE, one, TOP)}) for one in asked]
    yield Figure(f"  not found of {len(keys)} that point everywhere alike", 1 - statistics.mean(found), "")


def _share(every: Any, keys: Sequence[str], vector: Any, ours: set[str]) -> float:
    exact = {keys[at] for at in np.argpartition(-(every @ vector), TOP)[:TOP]}
    return len(exact & ours) / TOP


def _seconds(call: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    call(text)
    return time.perf_counter() - began


def _synced(store: VectorSearchStore) -> None:
    store.sync_index(INDEX)
    _wait(store)


def _sync(workspace: Workspace, texts: Sequence[str]) -> Iterator[Figure]:
    """The time of a sync beside that of embedding as many texts, which it cannot do without."""
    store, drawn = VectorSearchStore(workspace), random.Random(9)
    anew = [" ".join(drawn.sample(texts, 8))[:CHARACTERS] for _ in range(2 * CHANGED)]
    run, insert = workspace.engine(Warehouse).run, workspace.engine(Warehouse).insert
    run(f"CREATE TABLE {TABLE}_anew (id INT, body STRING)")
    insert(f"{TABLE}_anew", pa.table({"id": pa.array(range(CHANGED), pa.int32()), "body": anew[:CHANGED]}))
    run(f"MERGE INTO {TABLE} t USING {TABLE}_anew s ON t.id = s.id WHEN MATCHED THEN UPDATE SET body = s.body")
    alone, embedder = anew[CHANGED:], workspace.shared(Embedder)
    moments = [time.perf_counter()]  # half of the embedding before it and half after, so that a changing load hits both
    for step in (
        lambda: embedder.encode(alone[::2]),
        lambda: _synced(store),
        lambda: embedder.encode(alone[1::2]),
    ):
        step()
        moments.append(time.perf_counter())
    before, synced, after = (end - start for start, end in pairwise(moments))
    yield Figure(
        f"sync of {CHANGED} changed rows of {store.get_index(INDEX)['status']['indexed_row_count']}", synced, "s"
    )
    yield Figure("  beside embedding their texts", synced / (before + after), "times", 1.1)


def _index(workspace: Workspace) -> Index:
    return workspace.collection("vector_search_indexes", Index, "Vector index").get(INDEX)


def _all_vectors(workspace: Workspace, collection: str) -> tuple[Any, list[str]]:
    engine, step = workspace.engine(Vectors), 5000
    keys = engine.keys(collection)
    parts = [engine.vectors(collection, keys[start : start + step]) for start in range(0, len(keys), step)]
    held = {key: vector for part in parts for key, vector in part.items()}
    return np.asarray(list(held.values()), np.float32), list(held)


def main() -> None:
    """Alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vector_search", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="where to keep what was filled in; found there, it is not filled again"
    )
    parser.add_argument("--chunks", type=int, default=CHUNKS)
    parser.add_argument(
        "--embedded", type=int, default=EMBEDDED, help=f"how many have vectors of their own: {EMBEDDED}"
    )
    told = parser.parse_args()
    for line in chain(machine(), [""], table(measure(told.folder, told.chunks, told.embedded))):
        print(line, flush=True)


if __name__ == "__main__":
    main()
