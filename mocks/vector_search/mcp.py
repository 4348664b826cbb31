"""The managed MCP server: one tool for each index that embeds questions itself."""

import json
from collections.abc import Sequence
from typing import Any

from mocks.core.mcp import INVALID_PARAMS, McpError, Tool
from mocks.vector_search.store import VectorSearchStore
from mocks.vector_search.wire import Index, Query

_SETTINGS = {"columns", "filters", "include_score", "num_results", "query_type", "score_threshold", "columns_to_rerank"}


def tools(store: VectorSearchStore, catalog: str, schema: str, name: str | None) -> Sequence[Tool]:
    """The tools of a schema, or of one index of it."""
    indexes = store.managed_indexes(f"{catalog}.{schema}.")
    chosen = [index for index in indexes if name in (None, index.name.rpartition(".")[2])]
    if name is not None and not chosen:
        raise McpError(INVALID_PARAMS, f"BAD_REQUEST: index {catalog}.{schema}.{name} not found.")
    return [_tool(store, index) for index in chosen]


def _tool(store: VectorSearchStore, index: Index) -> Tool:
    spec = index.delta_sync_index_spec
    return Tool(
        name=index.name.replace(".", "__"),
        description=f"Searches the passages of the vector index {index.name} (text of {spec and spec.source_table}).",
        input_schema={
            "type": "object",
            "properties": {
                "query": {"type": "string", "description": "What to look for, in plain words"},
                "num_results": {"type": "integer", "description": "How many passages at most"},
                "filters": {"type": "string", "description": "A JSON object of column conditions"},
                "query_type": {"type": "string", "enum": ["ANN", "HYBRID"]},
            },
            "required": ["query"],
        },
        call=lambda given, meta: _call(store, index, given, meta),
    )


def _call(store: VectorSearchStore, index: Index, given: dict[str, Any], meta: dict[str, Any]) -> list[dict[str, Any]]:
    told = {name: value for name, value in (meta | given).items() if name in _SETTINGS}
    names = _names(told.get("columns")) or index.column_names
    found = store.query(
        index.name,
        Query(
            query_text=str(given["query"]),
            columns=names,
            num_results=int(_number("num_results", told.get("num_results") or 5)),
            query_type=told.get("query_type"),
            filters_json=_filters(told.get("filters")),
            score_threshold=_number("score_threshold", told["score_threshold"]) if "score_threshold" in told else None,
            columns_to_rerank=_names(told.get("columns_to_rerank")),
        ),
    )
    scored = str(told.get("include_score", "")).lower() == "true"
    keys = [*names, "score"] if scored else names
    return [dict(zip(keys, row, strict=False)) for row in found.result.data_array]


def _names(told: Any) -> list[str]:
    """Columns as a list, or as a text with commas, which is how `_meta` has them."""
    return [name.strip() for name in told.split(",")] if isinstance(told, str) else list(told or ())


def _filters(told: Any) -> str | None:
    return json.dumps(told) if isinstance(told, dict) else told


def _number(name: str, told: Any) -> float:
    try:
        return float(told)
    except (TypeError, ValueError):
        raise McpError(INVALID_PARAMS, f"BAD_REQUEST: {name} must be a number.") from None
