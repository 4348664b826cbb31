"""The vector index that follows the chunks table."""

import time
from collections.abc import Callable

from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound
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
_SLOWEST = 15.0


def follow(w: WorkspaceClient, settings: Settings, rows: int) -> None:
    """Makes endpoint and index if they are missing, and returns once the index holds the table's rows."""
    _ensure_endpoint(w, settings.vector_endpoint)
    if _exists(w, settings.index_name):
        w.vector_search_indexes.sync_index(settings.index_name)
    else:
        _create(w, settings)  # a new index reads its table by itself
    with tqdm(total=rows, desc="index", unit="chunk") as bar:
        _wait(lambda: _holds(w, settings.index_name, rows, bar), f"{settings.index_name} to hold {rows} rows")


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


def _holds(w: WorkspaceClient, name: str, rows: int, bar: tqdm) -> bool:
    """Databricks says ready while a sync still runs, so the count is asked for too."""
    status = w.vector_search_indexes.get_index(name).status
    bar.n = min(rows, (status and status.indexed_row_count) or 0)
    bar.refresh()
    return bool(status and status.ready and status.indexed_row_count == rows)


def _wait(condition: Callable[[], bool], what: str) -> None:
    pause, end = 0.1, time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {_PATIENCE:.0f} s in vain for {what}.")
        time.sleep(pause)
        pause = min(pause * 1.5, _SLOWEST)
