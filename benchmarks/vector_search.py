"""Vector search over 100,000 chunks: a query through gateway and SDK beside its parts, what it finds, and a small sync.

The chunks are made of words drawn at random and their vectors lie around those of some such texts, since embedding
100,000 texts would take an hour. Alone: `python -m benchmarks.vector_search`.
"""

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service.vectorsearch import QueryVectorIndexResponse

from benchmarks.figures import Figure, machine, table
from benchmarks.running import Running
from mocks.core.settings import Settings
from mocks.core.workspace import DEFAULT, Workspace, Workspaces
from mocks.engines.embedder import Embedder
from mocks.engines.vectors import Vectors
from mocks.engines.warehouse import Warehouse
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import DeltaSyncSpec, Index, NewEndpoint, NewIndex, SourceColumn

CHUNKS, CHANGED, QUERIES, TOP = 100_000, 1_000, 200, 10
CENTRES, SPREAD, WORDS = 400, 0.6, 80
INDEX, TABLE = "main.default.bench_idx", "main.default.bench"
_VOCABULARY = Path(__file__).parents[1] / "mocks" / "engines" / "wordpiece" / "vocab.txt"
_COMMON_WORDS = [word for word in _VOCABULARY.read_text().split()[2000:14000] if word.isalpha()]


def measure() -> Iterator[Figure]:
    """Fills a sandbox of its own, asks it, and lets its index follow a change."""
    folder = Path(tempfile.mkdtemp(prefix="bench-vectors-"))
    try:
        fill(folder / "data")
        yield from compare(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(home: Path) -> None:
    """A table of chunks and an index that follows it, the vectors derived."""
    with Running(home) as running:  # it marks the folder as its own
        running.seconds_to_first_answer()
    workspaces, workspace = _opened(home)
    with closing(workspaces):
        workspace.engine(Warehouse).run(f"CREATE TABLE {TABLE} (id INT, title STRING, body STRING)")
        drawn = random.Random(7)
        texts = [_text(drawn) for _ in range(CHUNKS)]
        titles = [f"chunk {number % 977}" for number in range(CHUNKS)]
        rows = pa.table({"id": pa.array(range(CHUNKS), pa.int32()), "title": titles, "body": texts})
        workspace.engine(Warehouse).insert(TABLE, rows)
        with patch.object(Embedder, "encode", _derived(workspace.shared(Embedder), drawn)):
            _make_index(VectorSearchStore(workspace))


def compare(folder: Path) -> Iterator[Figure]:
    """All figures of a filled folder."""
    shutil.copytree(folder / "data", folder / "copy")
    workspaces, workspace = _opened(folder / "copy")
    with closing(workspaces):
        with Running(folder / "data") as running:
            yield from _queries(running, workspace)
        yield from _sync(workspace)


def _opened(home: Path) -> tuple[Workspaces, Workspace]:
    settings = Settings(data=home, host="http://127.0.0.1:1", token="dapi" + "0" * 32, control_token="c" * 32)
    workspaces = Workspaces(settings)
    return workspaces, workspaces.named(DEFAULT)


def _text(drawn: random.Random) -> str:
    return " ".join(drawn.choices(_COMMON_WORDS, k=WORDS))


def _derived(embedder: Embedder, drawn: random.Random) -> Callable[..., Any]:
    """Vectors of length 1 near those of real texts, as far from them as such texts are from each other."""
    centres = embedder.encode([" ".join(_text(drawn).split()[:12]) for _ in range(CENTRES)])
    numbers = np.random.default_rng(7)

    def encode(_: Embedder, texts: Sequence[str]) -> Any:
        mixed = centres[numbers.integers(0, CENTRES, (len(texts), 3))].mean(1)
        noise = numbers.normal(0, SPREAD / np.sqrt(mixed.shape[1]), mixed.shape)
        vectors = mixed + noise
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    return encode


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


def _queries(running: Running, workspace: Workspace) -> Iterator[Figure]:
    """Each question is asked both ways, one after the other, so that what else the machine does hits both."""
    running.seconds_to_ready()
    config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
    w, index = WorkspaceClient(config=config), _index(workspace)
    embedder, vectors, rows = workspace.shared(Embedder), workspace.engine(Vectors), workspace.engine(OpenIndexes)
    every, keys = _all_vectors(workspace, index)
    whole: list[float] = []
    direct: list[float] = []
    words, found = [], []
    drawn = random.Random(8)
    answer, vector = QueryVectorIndexResponse(), every[0]

    def ask(question: str) -> None:
        nonlocal answer
        answer = w.vector_search_indexes.query_index(INDEX, ["id", "body"], query_text=question, num_results=TOP)

    def search(question: str) -> None:
        nonlocal vector
        vector = embedder.encode([question])[0]
        vectors.nearest(index.id, vector, TOP)

    for number in range(QUERIES):
        question = " ".join(_text(drawn).split()[:12])
        both = [(ask, whole), (search, direct)]
        for call, taken in both if number % 2 else both[::-1]:
            taken.append(_seconds(call, question))
        words.append(1000 * _seconds(lambda text: rows.rows(index).search(text, TOP, None), question))
        exact = {keys[at] for at in np.argpartition(-(every @ vector), TOP)[:TOP]}
        ours = {str(row[0]) for row in (answer.result and answer.result.data_array) or ()}
        found.append(len(exact & ours) / TOP)
    ratio = statistics.median(whole) / statistics.median(direct)
    yield Figure(f"query of {CHUNKS} through SDK, p50", 1000 * statistics.median(whole), "ms")
    yield Figure("  beside embedding it + Chroma in process", ratio, "times", 1.3)
    yield Figure(f"  of the {TOP} nearest, not found", 1 - statistics.mean(found), "", 0.02)
    yield Figure("  full text, p50", statistics.median(words), "ms")


def _seconds(call: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    call(text)
    return time.perf_counter() - began


def _synced(store: VectorSearchStore) -> None:
    store.sync_index(INDEX)
    _wait(store)


def _sync(workspace: Workspace) -> Iterator[Figure]:
    """The time of a sync beside that of embedding as many texts, which it cannot do without."""
    store, drawn = VectorSearchStore(workspace), random.Random(9)
    texts = [f"changed {_text(drawn)}" for _ in range(CHANGED)]
    embedder = workspace.shared(Embedder)
    update = f"UPDATE {TABLE} SET body = concat('changed ', body) WHERE id < {CHANGED}"  # our own names
    workspace.engine(Warehouse).run(update)
    moments = [time.perf_counter()]  # half of the embedding before it and half after, so that a changing load hits both
    for step in (
        lambda: embedder.encode(texts[::2]),
        lambda: _synced(store),
        lambda: embedder.encode(texts[1::2]),
    ):
        step()
        moments.append(time.perf_counter())
    before, synced, after = (end - start for start, end in pairwise(moments))
    yield Figure(f"sync of {CHANGED} changed rows of {CHUNKS}", synced, "s")
    yield Figure("  beside embedding their texts", synced / (before + after), "times", 1.1)


def _index(workspace: Workspace) -> Index:
    return workspace.collection("vector_search_indexes", Index, "Vector index").get(INDEX)


def _all_vectors(workspace: Workspace, index: Index) -> tuple[Any, list[str]]:
    keys, vectors, step = workspace.engine(Vectors).keys(index.id), workspace.engine(Vectors), 5000
    parts = [vectors.vectors(index.id, keys[start : start + step]) for start in range(0, len(keys), step)]
    held = {key: vector for part in parts for key, vector in part.items()}
    return np.asarray(list(held.values()), np.float32), list(held)


if __name__ == "__main__":
    for line in (*machine(), "", *table(measure())):
        print(line)
