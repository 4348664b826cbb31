"""Bodies of the newer family of paths, made of those of the older one."""

from datetime import UTC, datetime
from typing import Any

from mocks.core.wire import Wire
from mocks.vector_search.wire import Endpoint, NewIndex, QueryResult

_SPECS = ("delta_sync_index_spec", "direct_access_index_spec")
# New name of a field of an embedding column, and the old one.
_MODEL, _MODEL_BEFORE = "embedding_model_endpoint", "embedding_model_endpoint_name"


class AiQuery(Wire):
    """A query; the other fields are those of the older family."""

    max_results: int = 10
    page_size: int | None = None


class AiScan(Wire):
    """How many rows, and after which."""

    page_size: int = 100
    page_token: str | None = None


def endpoint_body(name: str, endpoint: Endpoint) -> dict[str, Any]:
    """The endpoint under its full name."""
    told = endpoint.body() | {"name": name, "index_count": endpoint.num_indexes, "num_indexes": None}
    times = {"create_time": endpoint.creation_timestamp, "update_time": endpoint.last_updated_timestamp}
    told |= {field: _time(moment) for field, moment in times.items()}
    return told | {"creation_timestamp": None, "last_updated_timestamp": None}


def new_index(endpoint: str, name: str, told: dict[str, Any]) -> NewIndex:
    """The index to be made, in the words of the older family."""
    specs = {field: _renamed(told[field], _MODEL, _MODEL_BEFORE) for field in _SPECS if told.get(field)}
    return NewIndex(**told | specs | {"name": name, "endpoint_name": endpoint})


def index_body(parent: str, told: dict[str, Any]) -> dict[str, Any]:
    """The index under its full name."""
    specs = {field: _renamed(told[field], _MODEL_BEFORE, _MODEL) for field in _SPECS if told.get(field)}
    return told | specs | {"name": f"{parent}/indexes/{told['name']}", "endpoint": parent, "endpoint_name": None}


def query_body(found: QueryResult) -> dict[str, Any]:
    """What a query found; this family has no next page, so it is one group of rows at most."""
    return found.body() | {"next_page_token": None}


def scan_body(told: dict[str, Any]) -> dict[str, Any]:
    """The rows, each one object."""
    rows = [{field["key"]: _plain(field["value"]) for field in row["fields"]} for row in told["data"]]
    return {"data": rows, "next_page_token": told["last_primary_key"]}


def _plain(value: dict[str, Any]) -> Any:
    """What a protobuf `Value` holds."""
    match next(iter(value.items()), None):
        case None:
            return None
        case "list_value", held:
            return [_plain(one) for one in held["values"]]
        case "struct_value", held:
            return {field["key"]: _plain(field["value"]) for field in held["fields"]}
        case _, held:
            return held


def _renamed(spec: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    columns = [
        {new if name == old else name: value for name, value in column.items()}
        for column in spec.get("embedding_source_columns") or ()
    ]
    return spec | {"embedding_source_columns": columns}


def _time(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
