"""Tool schemas of functions, arguments as SQL parameters, and results."""

import json
from typing import Any

from mocks.core.mcp import INVALID_PARAMS, McpError
from mocks.core.wire import Wire
from mocks.engines.warehouse.column_types import SqlType

_JSON_TYPES: dict[str, dict[str, Any]] = {
    **{key: {"type": "integer"} for key in ("BIGINT", "INT", "SMALLINT", "TINYINT")},
    **{key: {"type": "number"} for key in ("DOUBLE", "FLOAT", "DECIMAL")},
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "string", "format": "date"},
    "TIMESTAMP": {"type": "string", "format": "date-time"},
    "TIMESTAMP_NTZ": {"type": "string", "format": "date-time"},
    "VARIANT": {},
}
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "string": (str,),
    "array": (list,),
    "object": (dict,),
}


class FunctionResult(Wire):
    """What a call gives: one row of one column for a scalar function."""

    is_truncated: bool
    columns: list[str]
    rows: list[list[str | None]]


def json_schema(kind: SqlType) -> dict[str, Any]:
    """The JSON Schema of a type of Databricks."""
    parts = [json_schema(child) for _, child in kind.children]
    match kind.keyword:
        case "ARRAY":
            return {"type": "array", "items": parts[0]}
        case "MAP":
            return {"type": "object", "additionalProperties": parts[1]}
        case "STRUCT":
            names = (name for name, _ in kind.children)
            return {"type": "object", "properties": dict(zip(names, parts, strict=True))}
    return _JSON_TYPES.get(kind.keyword, {"type": "string"})


def checked(name: str, value: Any, schema: dict[str, Any]) -> Any:
    """The argument, if it has the type that the tool's schema asks for.

    Raises: McpError
    """
    wanted = schema.get("type")
    fits = value is None or wanted is None or isinstance(value, _PYTHON_TYPES[wanted])
    if not fits or (isinstance(value, bool) and wanted in ("integer", "number")):
        raise McpError(INVALID_PARAMS, f"BAD_REQUEST: The value of parameter '{name}' must be of type {wanted}.")
    return value


def text(value: Any) -> str | None:
    """The value as the text of a SQL parameter."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
