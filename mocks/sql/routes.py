"""Routes of the SQL service."""

from typing import Annotated, Any

from anyio import to_thread
from fastapi import Body, Depends, Query, Request
from starlette.responses import Response

from mocks.core.mcp import respond
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.sql.mcp import NAME, SqlTools
from mocks.sql.query_history import QueryHistory
from mocks.sql.sessions import Sessions
from mocks.sql.store import StatementStore
from mocks.sql.thrift import ThriftService
from mocks.sql.warehouses import WarehouseStore
from mocks.sql.wire import (
    NewSession,
    NewStatement,
    StatementAnswer,
    WarehouseId,
    WarehouseInfo,
    Warehouses,
    WarehouseSpec,
)

api = Api()
Statements = Annotated[StatementStore, Depends(in_workspace(StatementStore))]
Store = Annotated[WarehouseStore, Depends(in_workspace(WarehouseStore))]
Opened = Annotated[Sessions, Depends(in_workspace(Sessions))]
Thrift = Annotated[ThriftService, Depends(in_workspace(ThriftService))]
Tools = Annotated[SqlTools, Depends(in_workspace(SqlTools))]
STATEMENTS, WAREHOUSES = "/api/2.0/sql/statements", "/api/2.0/sql/warehouses"


@api.post(STATEMENTS)
def execute_statement(body: NewStatement, statements: Statements) -> StatementAnswer:
    """Runs a statement."""
    return statements.execute(body)


@api.get(STATEMENTS + "/{statement_id}")
def get_statement(statement_id: str, statements: Statements) -> StatementAnswer:
    """State and result."""
    return statements.get(statement_id)


@api.delete(STATEMENTS + "/{statement_id}")
def close_statement(statement_id: str, statements: Statements) -> None:
    """Forgets a statement."""
    statements.close(statement_id)


@api.post(STATEMENTS + "/{statement_id}/cancel")
def cancel_execution(statement_id: str, statements: Statements) -> None:
    """Stops a statement."""
    statements.cancel(statement_id)


@api.get(STATEMENTS + "/{statement_id}/result/chunks/{chunk_index}")
def get_statement_result_chunk_n(statement_id: str, chunk_index: int, statements: Statements) -> dict[str, Any]:
    """A part of the result."""
    return statements.chunk(statement_id, chunk_index)


@api.get("/_signed/statements/{statement_id}/chunks/{chunk_index}")
def download_chunk(statement_id: str, chunk_index: int, statements: Statements) -> Response:
    """A part of the result, behind its external link."""
    content, media_type = statements.download(statement_id, chunk_index)
    return Response(content, media_type=media_type)


@api.post("/api/2.0/sql/sessions")
def create_session(body: NewSession, sessions: Opened) -> dict[str, str]:
    """Opens a session."""
    return {"session_id": sessions.open(body)}


@api.delete("/api/2.0/sql/sessions/{session_id}")
def close_session(session_id: str, sessions: Opened) -> None:
    """Closes a session."""
    sessions.close(session_id)


@api.post("/sql/1.0/warehouses/{warehouse_id}")
@api.post("/sql/1.0/endpoints/{warehouse_id}")
async def call_thrift(warehouse_id: str, request: Request, store: Store, service: Thrift) -> Response:
    """One message of Thrift over HTTP."""
    await to_thread.run_sync(store.get, warehouse_id)
    answer = await to_thread.run_sync(service.answer, await request.body(), warehouse_id)
    return Response(answer, media_type="application/x-thrift")


@api.get("/api/2.0/sql/history/queries")
def list_queries(
    history: Annotated[QueryHistory, Depends(in_workspace(QueryHistory))],
    statuses: Annotated[list[str], Query(alias="filter_by.statuses")] = [],  # noqa: B006  # FastAPI copies it
    warehouses: Annotated[list[str], Query(alias="filter_by.warehouse_ids")] = [],  # noqa: B006
    statements: Annotated[list[str], Query(alias="filter_by.statement_ids")] = [],  # noqa: B006
    max_results: int | None = None,
    page_token: str | None = None,
) -> dict[str, Any]:
    """The statements run lately."""
    return history.list(statuses, warehouses, statements, max_results, page_token)


@api.get(WAREHOUSES)
def list_warehouses(store: Store, page_size: int | None = None, page_token: str | None = None) -> Warehouses:
    """A page of warehouses."""
    return store.list(page_size, page_token)


@api.post(WAREHOUSES)
def create_warehouse(body: WarehouseSpec, store: Store) -> WarehouseId:
    """Makes a warehouse."""
    return store.create(body)


@api.get(WAREHOUSES + "/{warehouse_id}")
def get_warehouse(warehouse_id: str, store: Store) -> WarehouseInfo:
    """A warehouse."""
    return store.get(warehouse_id)


@api.post(WAREHOUSES + "/{warehouse_id}/edit")
def edit_warehouse(warehouse_id: str, body: WarehouseSpec, store: Store) -> None:
    """Changes a warehouse."""
    store.edit(warehouse_id, body)


@api.post(WAREHOUSES + "/{warehouse_id}/start")
def start_warehouse(warehouse_id: str, store: Store) -> None:
    """Starts a warehouse."""
    store.set_state(warehouse_id, "RUNNING")


@api.post(WAREHOUSES + "/{warehouse_id}/stop")
def stop_warehouse(warehouse_id: str, store: Store) -> None:
    """Stops a warehouse."""
    store.set_state(warehouse_id, "STOPPED")


@api.delete(WAREHOUSES + "/{warehouse_id}")
def delete_warehouse(warehouse_id: str, store: Store) -> None:
    """Deletes a warehouse."""
    store.set_state(warehouse_id, "DELETED")


@api.get("/api/2.0/connector-service/feature-flags/{client}/{version}")
def get_feature_flags() -> dict[str, Any]:
    """Asked by the SQL drivers before their first statement; without an answer they wait half a minute."""
    return {"flags": [], "ttl_seconds": 900}


@api.post("/api/2.0/mcp/sql")
def call_mcp(tools: Tools, body: Annotated[Any, Body()] = None) -> Response:
    """The managed MCP server."""
    return respond(body, NAME, tools.tools)
