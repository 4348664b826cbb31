"""The vector index that follows the chunks table."""

import json
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import Aborted, NotFound, ResourceConflict
from databricks.sdk.service.vectorsearch import (
    DeltaSyncVectorIndexSpecRequest,
    EmbeddingSourceColumn,
    EndpointStatusState,
    EndpointType,
    PipelineType,
    VectorIndexType,
)
from tqdm import tqdm

from agent.settings import Settings

_PATIENCE = 3600.0
_SHORTEST, _LONGEST = 0.1, 15.0
_SHARE = 0.05  # of the time waited so far, so that little is waited in vain
_LEAST_ROWS = 100


class Following:
    """Makes endpoint and index if they are missing; embedding begins while there is still more to write."""

    def __init__(self, w: WorkspaceClient, settings: Settings) -> None:
        self._w, self._settings, self._name = w, settings, settings.index_name
        self._thread = ThreadPoolExecutor(1, "sync")
        self._begun: Future[bool] | None = None
        self._rows = self._synced = 0

    def __enter__(self) -> Self:
        _ensure_endpoint(self._w, self._settings.vector_endpoint)
        if not _exists(self._w, self._name):
            _create(self._w, self._settings)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def wrote(self, rows: int) -> None:
        """Has the index catch up when a good part is new: each time it reads the whole table."""
        self._rows += rows
        if self._rows - self._synced >= max(_LEAST_ROWS, self._synced) and (not self._begun or self._begun.done()):
            self._synced = self._rows
            self._begun = self._thread.submit(self._sync)

    def finish(self, rows: int, last: tuple[str, str] | None) -> None:
        """Returns once the index holds the table's rows, those of the last document (path, sha) among them."""
        if self._begun:
            self._begun.result()
        with tqdm(total=rows, desc="index", unit="chunk") as bar:
            _wait(self._sync, f"{self._name} to be ready for a sync")
            _wait(lambda: self._holds(rows, bar) and self._has(last), f"{self._name} to hold {rows} rows")

    def _sync(self) -> bool:
        """Whether it was begun; not while one is under way or the index is being made."""
        status = self._w.vector_search_indexes.get_index(self._name).status
        if not (status and status.ready):
            return False
        with suppress(ResourceConflict, Aborted):
            self._w.vector_search_indexes.sync_index(self._name)
            return True
        return False

    def _holds(self, rows: int, bar: tqdm) -> bool:
        """Databricks says ready while a sync still runs, so the count is asked for too."""
        status = self._w.vector_search_indexes.get_index(self._name).status
        bar.n = min(rows, (status and status.indexed_row_count) or 0)
        bar.refresh()
        return bool(status and status.ready and status.indexed_row_count == rows)

    def _has(self, document: tuple[str, str] | None) -> bool:
        """The count tells nothing of a document that has as many chunks as before."""
        if document is None:
            return True
        filters = json.dumps({"doc_uri": document[0], "doc_sha": document[1]})
        answer = self._w.vector_search_indexes.query_index(
            self._name, ["chunk_id"], query_text="any", filters_json=filters, num_results=1
        )
        return bool(answer.result and answer.result.data_array)


def _ensure_endpoint(w: WorkspaceClient, name: str) -> None:
    try:
        w.vector_search_endpoints.get_endpoint(name)
    except NotFound:
        w.vector_search_endpoints.create_endpoint(name, EndpointType.STANDARD)
    _wait(lambda: _online(w, name), f"the vector search endpoint {name}")


def _online(w: WorkspaceClient, name: str) -> bool:
    status = w.vector_search_endpoints.get_endpoint(name).endpoint_status
    return bool(status and status.state is EndpointStatusState.ONLINE)


def _exists(w: WorkspaceClient, name: str) -> bool:
    try:
        w.vector_search_indexes.get_index(name)
    except NotFound:
        return False
    return True


def _create(w: WorkspaceClient, settings: Settings) -> None:
    w.vector_search_indexes.create_index(
        name=settings.index_name,
        endpoint_name=settings.vector_endpoint,
        primary_key="chunk_id",
        index_type=VectorIndexType.DELTA_SYNC,
        delta_sync_index_spec=DeltaSyncVectorIndexSpecRequest(
            source_table=settings.chunks_table,
            pipeline_type=PipelineType.TRIGGERED,
            embedding_source_columns=[
                EmbeddingSourceColumn(name="content", embedding_model_endpoint_name=settings.embedding_endpoint)
            ],
        ),
    )


def _wait(condition: Callable[[], bool], what: str) -> None:
    began = time.monotonic()
    while not condition():
        waited = time.monotonic() - began
        if waited > _PATIENCE:
            raise TimeoutError(f"Waited {_PATIENCE:.0f} s in vain for {what}.")
        time.sleep(min(max(_SHORTEST, waited * _SHARE), _LONGEST))
