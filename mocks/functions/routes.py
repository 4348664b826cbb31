"""Routes of the managed MCP servers over functions."""

from typing import Annotated, Any

from fastapi import Body, Depends
from starlette.responses import Response

from mocks.core.mcp import respond
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.functions.store import FunctionStore

api = Api()
Store = Annotated[FunctionStore, Depends(in_workspace(FunctionStore))]
FUNCTIONS = "/api/2.0/mcp/functions/{catalog}/{schema}"


@api.post(FUNCTIONS)
def call_schema_mcp(catalog: str, schema: str, store: Store, body: Annotated[Any, Body()] = None) -> Response:
    """The server over all functions of a schema."""
    return respond(body, f"{catalog}.{schema}", lambda: store.tools(catalog, schema, None))


@api.post(FUNCTIONS + "/{name}")
def call_function_mcp(
    catalog: str, schema: str, name: str, store: Store, body: Annotated[Any, Body()] = None
) -> Response:
    """The server over one function."""
    return respond(body, f"{catalog}.{schema}.{name}", lambda: store.tools(catalog, schema, name))
