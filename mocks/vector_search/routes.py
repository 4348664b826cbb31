"""Routes of vector search; the official clients differ in paths and verbs, and both forms are served."""

from typing import Annotated, Any

from fastapi import Body, Depends
from fastapi import Query as Parameter
from starlette.responses import Response

from mocks.core.mcp import respond
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.vector_search.mcp import tools
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import (
    Deletion,
    Endpoint,
    Endpoints,
    NewEndpoint,
    NewIndex,
    NextPage,
    Query,
    QueryResult,
    Scan,
    Upsert,
    Written,
)

api = Api()
Store = Annotated[VectorSearchStore, Depends(in_workspace(VectorSearchStore))]
ROOT = "/api/2.0/vector-search"
ENDPOINTS, INDEXES = f"{ROOT}/endpoints", f"{ROOT}/indexes"
OF_ENDPOINT = f"{ENDPOINTS}/{{endpoint}}/indexes"
BOTH = ["GET", "POST"]  # databricks-ai-search sends GET with a body, databricks-sdk POST


@api.post(ENDPOINTS)
def create_endpoint(body: NewEndpoint, store: Store) -> Endpoint:
    """Makes an endpoint."""
    return store.create_endpoint(body)


@api.get(ENDPOINTS)
def list_endpoints(store: Store, page_token: str | None = None) -> Endpoints:
    """The endpoints."""
    return store.list_endpoints(page_token)


@api.get(f"{ENDPOINTS}/{{name}}")
def get_endpoint(name: str, store: Store) -> Endpoint:
    """The endpoint."""
    return store.get_endpoint(name)


@api.delete(f"{ENDPOINTS}/{{name}}")
def delete_endpoint(name: str, store: Store) -> None:
    """Removes an endpoint."""
    store.delete_endpoint(name)


@api.post(INDEXES)
def create_index(body: NewIndex, store: Store) -> dict[str, Any]:
    """Makes an index."""
    return store.create_index(body)


@api.post(OF_ENDPOINT)
def create_index_on_endpoint(endpoint: str, body: NewIndex, store: Store) -> dict[str, Any]:
    """Makes an index."""
    return store.create_index(body.model_copy(update={"endpoint_name": endpoint}))


@api.get(INDEXES)
def list_indexes(endpoint_name: str, store: Store, page_token: str | None = None) -> dict[str, Any]:
    """The indexes of an endpoint."""
    return store.list_indexes(endpoint_name, page_token)


@api.get(OF_ENDPOINT)
def list_indexes_of_endpoint(endpoint: str, store: Store, page_token: str | None = None) -> dict[str, Any]:
    """The indexes of an endpoint."""
    return store.list_indexes(endpoint, page_token)


@api.get(f"{INDEXES}/{{name}}")
@api.get(f"{OF_ENDPOINT}/{{name}}")
def get_index(name: str, store: Store) -> dict[str, Any]:
    """The index."""
    return store.get_index(name)


@api.delete(f"{INDEXES}/{{name}}")
@api.delete(f"{OF_ENDPOINT}/{{name}}")
def delete_index(name: str, store: Store) -> None:
    """Removes the index."""
    store.delete_index(name)


@api.post(f"{INDEXES}/{{name}}/sync")
@api.post(f"{OF_ENDPOINT}/{{name}}/sync")
def sync_index(name: str, store: Store) -> None:
    """Brings the index up to its table."""
    store.sync_index(name)


@api.api_route(f"{INDEXES}/{{name}}/query", methods=BOTH)
@api.api_route(f"{OF_ENDPOINT}/{{name}}/query", methods=BOTH)
def query_index(name: str, body: Query, store: Store) -> QueryResult:
    """Finds rows."""
    return store.query(name, body)


@api.api_route(f"{INDEXES}/{{name}}/query-next-page", methods=BOTH)
@api.api_route(f"{OF_ENDPOINT}/{{name}}/query-next-page", methods=BOTH)
def query_next_page(name: str, body: NextPage, store: Store) -> QueryResult:
    """Finds the rows after those of the page before."""
    return store.query_next_page(name, body)


@api.api_route(f"{INDEXES}/{{name}}/scan", methods=BOTH)
@api.api_route(f"{OF_ENDPOINT}/{{name}}/scan", methods=BOTH)
def scan_index(name: str, body: Scan, store: Store) -> dict[str, Any]:
    """Lists rows."""
    return store.scan(name, body)


@api.post(f"{INDEXES}/{{name}}/upsert-data")
@api.post(f"{OF_ENDPOINT}/{{name}}/upsert-data")
def upsert_data_vector_index(name: str, body: Upsert, store: Store) -> Written:
    """Writes rows."""
    return store.upsert(name, body.inputs_json)


@api.api_route(f"{INDEXES}/{{name}}/delete-data", methods=["DELETE", "POST"])
@api.api_route(f"{OF_ENDPOINT}/{{name}}/delete-data", methods=["DELETE", "POST"])
def delete_data_vector_index(
    name: str,
    store: Store,
    body: Deletion | None = None,
    primary_keys: Annotated[list[str] | None, Parameter()] = None,
) -> Written:
    """Removes rows; the keys come in the body or in the query."""
    return store.delete_rows(name, body.primary_keys if body and body.primary_keys else primary_keys or [])


@api.post("/api/2.0/mcp/vector-search/{catalog}/{schema}")
@api.post("/api/2.0/mcp/vector-search/{catalog}/{schema}/{index}")
@api.post("/api/2.0/mcp/ai-search/{catalog}/{schema}")
@api.post("/api/2.0/mcp/ai-search/{catalog}/{schema}/{index}")
def call_mcp(
    catalog: str, schema: str, body: Annotated[Any, Body()], store: Store, index: str | None = None
) -> Response:
    """The managed MCP server."""
    return respond(body, "vector-search", lambda: tools(store, catalog, schema, index))
