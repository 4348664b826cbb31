"""How the served models of an endpoint are asked, as an OpenAPI document made from their signatures."""

import json
from pathlib import Path
from typing import Any

# MLflow's types (mlflow/types/schema.py) in the words of JSON Schema.
_TYPES = {
    "boolean": "boolean",
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "string": "string",
    "binary": "string",
    "datetime": "string",
}
Json = dict[str, Any]


def document(endpoint: str, models: list[tuple[str, Path]]) -> Json:
    """One path for each served entity; `models` are their names and the folders of their files."""
    paths = {f"/served-models/{name}/invocations": {"post": _post(name, folder)} for name, folder in models}
    return {
        "openapi": "3.1.0",
        "info": {"title": endpoint, "version": "1"},
        "servers": [{"url": f"/serving-endpoints/{endpoint}"}],
        "paths": paths,
    }


def _post(name: str, folder: Path) -> Json:
    import yaml

    signature: Json = (yaml.safe_load((folder / "MLmodel").read_text()) or {}).get("signature") or {}
    asked, answered = (json.loads(signature.get(part) or "[]") for part in ("inputs", "outputs"))
    return {
        "summary": f"Asks the served model '{name}'",
        "requestBody": {"content": {"application/json": {"schema": _request(asked)}}},
        "responses": {
            "200": {"description": "Its answer", "content": {"application/json": {"schema": _columns(answered)}}}
        },
    }


def _request(columns: list[Json]) -> Json:
    """The forms that a model over columns takes; a model without named columns takes `inputs`."""
    if not all("name" in column for column in columns) or not columns:
        return {"type": "object", "properties": {"inputs": {"type": "array"}}}
    row = _columns(columns)
    names = [column["name"] for column in columns]
    split = {
        "type": "object",
        "properties": {"columns": {"type": "array", "items": {"enum": names}}, "data": {"type": "array"}},
    }
    return {
        "oneOf": [
            {"type": "object", "properties": {"dataframe_records": {"type": "array", "items": row}}},
            {"type": "object", "properties": {"dataframe_split": split}},
            row,
        ]
    }


def _columns(columns: list[Json]) -> Json:
    named = {column["name"]: _type(column) for column in columns if "name" in column}
    if not named:
        return {"type": "array", "items": _type(columns[0])} if columns else {}
    required = [column["name"] for column in columns if "name" in column and column.get("required", True)]
    return {"type": "object", "properties": named, "required": required}


def _type(told: Json) -> Json:
    kind = told.get("type")
    if kind == "array":
        return {"type": "array", "items": _type(told["items"])}
    if kind == "object":
        properties = {name: _type(inner) for name, inner in told.get("properties", {}).items()}
        return {"type": "object", "properties": properties}
    return {"type": _TYPES[kind]} if kind in _TYPES else {}
