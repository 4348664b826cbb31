"""Embedded Chroma: the vectors of a workspace's indexes, in its own folder."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from mocks.core.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH, READ, FEW, ATTEMPTS = 128, 1000, 16, 3
FOLDER = "chroma"
# Wide enough that the approximate search finds what an exact one does (recall@10 on 100,000 chunks).
_HNSW = {"space": "l2", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}


T = TypeVar("T")


class _Changes:
    """While vectors are taken out and put in nobody looks: whoever did look meanwhile looks again."""

    def __init__(self) -> None:
        self._lock, self._ended, self._under_way = threading.Lock(), 0, False

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self._lock:
            self._under_way = True
            try:
                yield
            finally:
                self._ended, self._under_way = self._ended + 1, False

    def undisturbed(self, look: Callable[[], T]) -> T:
        from chromadb.errors import InternalError

        for _ in range(ATTEMPTS):
            before = self._ended
            with suppress(InternalError):  # Chroma found a vector and then no longer its id
                found = look()
                if before == self._ended and not self._under_way:
                    return found
            with self._lock:
                pass  # the change has ended
        with self._lock:
            return look()


class Vectors:
    """The collections of one workspace; vectors are always given, Chroma embeds nothing."""

    def __init__(self, workspace: Workspace) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        self._client: Any = chromadb.PersistentClient(str(workspace.folder / FOLDER), settings)
        self._lock = threading.Lock()
        self._open: dict[str, Any] = {}
        self._changes: defaultdict[str, _Changes] = defaultdict(_Changes)

    @staticmethod
    def used_by(workspace: Workspace) -> bool:
        """Whether the workspace has vectors already."""
        return (workspace.folder / FOLDER).exists()

    def upsert(self, name: str, keys: Sequence[str], vectors: "NDArray[np.float32]") -> None:
        """Stores vectors under their keys, in place of what was there.

        Many are taken out first: moving a vector inside the graph costs a dozen times what adding it does.
        """
        collection = self._collection(name)
        for start in range(0, len(keys), BATCH):
            chosen = list(keys[start : start + BATCH])
            with self._changes[name].changing():
                held = collection.get(ids=chosen, include=[])["ids"]
                if len(held) > FEW:
                    collection.delete(ids=held)
                collection.upsert(ids=chosen, embeddings=vectors[start : start + BATCH])

    def delete(self, name: str, keys: Sequence[str]) -> None:
        """Removes the vectors under these keys; unknown keys are fine."""
        collection = self._collection(name)
        for start in range(0, len(keys), BATCH):
            with self._changes[name].changing():
                collection.delete(ids=list(keys[start : start + BATCH]))

    def nearest(
        self, name: str, vector: "NDArray[np.float32]", count: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The nearest keys with their squared L2 distances; only among the given keys if some are given."""
        collection = self._collection(name)
        known = collection.count()
        if not known or (among is not None and not among):
            return []
        if among is not None:
            return self._changes[name].undisturbed(lambda: _exact(collection, vector, count, list(among)))
        asked = {"query_embeddings": [vector], "n_results": min(count, known), "include": ["distances"]}
        found = self._changes[name].undisturbed(lambda: collection.query(**asked))
        return list(zip(found["ids"][0], map(float, found["distances"][0]), strict=True))

    def vectors(self, name: str, keys: Sequence[str]) -> dict[str, list[float]]:
        """The stored vectors."""
        collection = self._collection(name)
        found = self._changes[name].undisturbed(lambda: collection.get(ids=list(keys), include=["embeddings"]))
        return {key: [float(x) for x in vector] for key, vector in zip(found["ids"], found["embeddings"], strict=True)}

    def keys(self, name: str) -> list[str]:
        """All keys."""
        return list(self._collection(name).get(include=[])["ids"])

    def count(self, name: str) -> int:
        """How many there are."""
        return int(self._collection(name).count())

    def names(self) -> list[str]:
        """The collections."""
        return sorted(collection.name for collection in self._client.list_collections())

    def drop(self, name: str) -> None:
        """Removes the collection."""
        self._collection(name)
        with self._lock:
            self._client.delete_collection(name)
            del self._open[name]

    def close(self) -> None:
        """Gives up the files."""
        self._open.clear()
        self._client.close()

    def _collection(self, name: str) -> Any:
        with self._lock:
            if name not in self._open:
                self._open[name] = self._client.get_or_create_collection(
                    name, configuration={"hnsw": _HNSW}, embedding_function=None
                )
            return self._open[name]


def _exact(collection: Any, vector: "NDArray[np.float32]", count: int, keys: list[str]) -> list[tuple[str, float]]:
    """Exact search among some keys: a filter may leave few, which an approximate search would miss."""
    import numpy as np

    scored: list[tuple[str, float]] = []
    for start in range(0, len(keys), READ):
        found = collection.get(ids=keys[start : start + READ], include=["embeddings"])
        distances = ((np.asarray(found["embeddings"], np.float32) - vector) ** 2).sum(1) if found["ids"] else []
        scored += zip(found["ids"], map(float, distances), strict=True)
    return sorted(scored, key=lambda pair: (pair[1], pair[0]))[:count]
