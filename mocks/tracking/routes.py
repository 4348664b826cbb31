"""Routes of MLflow tracking and traces, and of MLflow's pages."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.tracking.model_traces import ModelTraces, ModelTraceStore
from mocks.tracking.store import TrackingStore
from mocks.tracking.wire import ModelCredentials, ModelPaths, RunCredentials, RunPaths, TraceCredentials

api = Api()
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
Store = Annotated[TrackingStore, Depends(in_workspace(TrackingStore))]


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


@api.get("/api/2.0/mlflow/traces/{trace_id}/credentials-for-data-upload")
@api.get("/api/2.0/mlflow/traces/{trace_id}/credentials-for-data-download")
def get_trace_credentials(trace_id: str, store: Store, path: str | None = None) -> TraceCredentials:
    """Where the client sends or gets the spans."""
    return store.trace_credentials(trace_id, path)


@api.put("/_signed/traces/{trace_id}")
def put_trace_data(trace_id: str, body: Body, store: Store) -> Response:
    """Takes the spans."""
    store.write_spans(trace_id, body)
    return Response(status_code=200)


@api.get("/_signed/traces/{trace_id}")
def get_trace_data(trace_id: str, store: Store) -> Response:
    """Gives the spans."""
    return Response(store.read_spans(trace_id), media_type="application/json")


@api.put("/_signed/traces/{trace_id}/{path:path}")
def put_trace_attachment(trace_id: str, path: str, body: Body, store: Store) -> Response:
    """Takes an attachment."""
    store.write_attachment(trace_id, path, body)
    return Response(status_code=200)


@api.get("/_signed/traces/{trace_id}/{path:path}")
def get_trace_attachment(trace_id: str, path: str, store: Store) -> Response:
    """Gives an attachment."""
    return Response(store.read_attachment(trace_id, path), media_type="application/octet-stream")


@api.post("/api/2.0/mlflow/artifacts/credentials-for-read")
@api.post("/api/2.0/mlflow/artifacts/credentials-for-write")
def get_run_credentials(body: RunPaths, store: Store) -> RunCredentials:
    """Presigned access to files of a run."""
    return store.run_credentials(body.run_id, body.path)


@api.post("/api/2.0/mlflow/logged-models/{model_id}/artifacts/credentials-for-upload")
@api.post("/api/2.0/mlflow/logged-models/{model_id}/artifacts/credentials-for-download")
def get_model_credentials(model_id: str, body: ModelPaths, store: Store) -> ModelCredentials:
    """Presigned access to files of a logged model."""
    return store.model_credentials(model_id, body.paths)


@api.post("/api/2.0/mlflow/client-telemetry/ingest")
@api.post("/api/2.0/agents/evaluation-client-usage-events")
def drop_usage_events() -> None:
    """Usage events of the client are accepted and not kept."""


@api.get("/api/2.0/mlflow/unified-traces")
def search_model_traces(
    model_id: str,
    store: Annotated[ModelTraceStore, Depends(in_workspace(ModelTraceStore))],
    experiment_ids: Annotated[list[str], Query()],
    filter_: Annotated[str | None, Query(alias="filter")] = None,
    max_results: int = 100,
    order_by: Annotated[tuple[str, ...], Query()] = (),
    page_token: str | None = None,
) -> ModelTraces:
    """The traces that a model wrote."""
    return store.search(model_id, experiment_ids, filter_, max_results, list(order_by), page_token)


@api.get("/api/2.0/mlflow/experiments/list")
def list_experiments(
    store: Store, max_results: int = 1000, page_token: str | None = None, view_type: str = "ACTIVE_ONLY"
) -> Response:
    """All experiments; MLflow has only its search, Databricks' SDK asks for the list."""
    return store.list_experiments(max_results, page_token, view_type)


@api.api_route("/api/2.0/mlflow/{path:path}", methods=METHODS)
@api.api_route("/api/3.0/mlflow/{path:path}", methods=METHODS)
def forward(request: Request, body: Body, store: Store) -> Response:
    """Everything else is MLflow's own."""
    return store.forward(request.method, request.url.path, request.url.query, request.headers, body)


@api.get("/ml")
def open_pages() -> Response:
    """The pages live below a slash, so that what they load is found beside them."""
    return RedirectResponse("/ml/")


@api.get("/ml/experiments/{path:path}")
def open_link(path: str, request: Request) -> Response:
    """The links that clients print; MLflow's own pages keep the place behind a #."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/ml/#/experiments/{path}{query}")


@api.api_route("/ml/{path:path}", methods=METHODS)
def page(path: str, request: Request, body: Body, store: Store) -> Response:
    """MLflow's pages."""
    return store.page(request.method, f"/{path}", request.url.query, request.headers, body)
