"""The newer family of paths, `/api/2.0/ai-search/workspaces/…`, over the same endpoints and indexes.

Names are paths (`workspaces/{workspace}/endpoints/{endpoint}/indexes/{index}`), verbs stand behind a colon
(`AiSearchAPI` in databricks-sdk).
"""

from typing import Annotated, Any

from fastapi import Body, Depends
from fastapi import Query as Parameter

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.vector_search.ai_search_wire import (
    AiQuery,
    AiScan,
    endpoint_body,
    index_body,
    new_index,
    query_body,
    scan_body,
)
from mocks.vector_search.groups import GROUP
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import Deletion, NewEndpoint, Query, Scan, Upsert, Written

api = Api()
Store = Annotated[VectorSearchStore, Depends(in_workspace(VectorSearchStore))]
Told = Annotated[dict[str, Any], Body()]
PARENT = "/api/2.0/ai-search/workspaces/{workspace_id}"
ENDPOINT = f"{PARENT}/endpoints/{{endpoint}}"
INDEX = f"{ENDPOINT}/indexes/{{index}}"


def _endpoint_name(workspace_id: str, endpoint: str) -> str:
    return f"workspaces/{workspace_id}/endpoints/{endpoint}"


@api.post(f"{PARENT}/endpoints")
def create_ai_endpoint(
    workspace_id: str, body: Told, store: Store, endpoint_id: Annotated[str, Parameter()] = ""
) -> dict[str, Any]:
    """Makes an endpoint."""
    kind = str(body.get("endpoint_type") or "STANDARD")
    made = store.create_endpoint(NewEndpoint(name=endpoint_id, endpoint_type=kind))
    return endpoint_body(_endpoint_name(workspace_id, made.name), made)


@api.get(f"{PARENT}/endpoints")
def list_ai_endpoints(workspace_id: str, store: Store, page_token: str | None = None) -> dict[str, Any]:
    """The endpoints."""
    found = store.list_endpoints(page_token)
    listed = [endpoint_body(_endpoint_name(workspace_id, one.name), one) for one in found.endpoints]
    return {"endpoints": listed, "next_page_token": found.next_page_token}


@api.get(ENDPOINT)
def get_ai_endpoint(workspace_id: str, endpoint: str, store: Store) -> dict[str, Any]:
    """The endpoint."""
    return endpoint_body(_endpoint_name(workspace_id, endpoint), store.get_endpoint(endpoint))


@api.delete(ENDPOINT)
def delete_ai_endpoint(endpoint: str, store: Store) -> None:
    """Removes an endpoint."""
    store.delete_endpoint(endpoint)


@api.post(f"{ENDPOINT}/indexes")
def create_ai_index(
    workspace_id: str, endpoint: str, body: Told, store: Store, index_id: Annotated[str, Parameter()] = ""
) -> dict[str, Any]:
    """Makes an index; `index_id` is its full name in Unity Catalog."""
    made = store.create_index(new_index(endpoint, index_id, body))
    return index_body(_endpoint_name(workspace_id, endpoint), made)


@api.get(f"{ENDPOINT}/indexes")
def list_ai_indexes(workspace_id: str, endpoint: str, store: Store, page_token: str | None = None) -> dict[str, Any]:
    """The indexes of an endpoint."""
    found, parent = store.list_indexes(endpoint, page_token), _endpoint_name(workspace_id, endpoint)
    listed = [index_body(parent, one) for one in found["vector_indexes"]]
    return {"indexes": listed, "next_page_token": found["next_page_token"]}


@api.get(INDEX)
def get_ai_index(workspace_id: str, endpoint: str, index: str, store: Store) -> dict[str, Any]:
    """The index."""
    return index_body(_endpoint_name(workspace_id, endpoint), store.get_index(index))


@api.delete(INDEX)
def delete_ai_index(index: str, store: Store) -> None:
    """Removes the index."""
    store.delete_index(index)


@api.post(f"{INDEX}:query")
def query_ai_index(index: str, body: AiQuery, store: Store) -> dict[str, Any]:
    """Finds rows.

    Raises: InvalidParameterValue
    """
    asked = Query(**body.body() | {"num_results": body.page_size or body.max_results})
    if asked.num_results > GROUP:
        raise InvalidParameterValue(f"At most {GROUP} results come at once.")
    return query_body(store.query(index, asked))


@api.post(f"{INDEX}:scan")
def scan_ai_index(index: str, body: AiScan, store: Store) -> dict[str, Any]:
    """Lists rows; the token is the last key."""
    return scan_body(store.scan(index, Scan(num_results=body.page_size, last_primary_key=body.page_token or None)))


@api.post(f"{INDEX}:sync")
def sync_ai_index(index: str, store: Store) -> None:
    """Brings the index up to its table."""
    store.sync_index(index)


@api.post(f"{INDEX}:upsertData")
def upsert_ai_data(index: str, body: Upsert, store: Store) -> Written:
    """Writes rows."""
    return store.upsert(index, body.inputs_json)


@api.post(f"{INDEX}:removeData")
def remove_ai_data(index: str, body: Deletion, store: Store) -> Written:
    """Removes rows."""
    return store.delete_rows(index, body.primary_keys)
