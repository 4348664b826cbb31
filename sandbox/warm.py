"""Uses each heavy part once while the image is built, which then holds compiled code of what runs only."""

import json
from typing import Any

import httpx

from sandbox.config import read_config

_INDEX = {
    "embedding_vector_columns": [{"name": "v", "embedding_dimension": 2}],
    "schema_json": '{"id":"string","v":"array<float>"}',
}
_CALLS: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/2.1/unity-catalog/schemas", {"name": "warm", "catalog_name": "main"}),
    ("POST", "/api/2.0/vector-search/endpoints", {"name": "warm", "endpoint_type": "STANDARD"}),
    (
        "POST",
        "/api/2.0/vector-search/indexes",
        {"name": "main.warm.i", "endpoint_name": "warm", "primary_key": "id", "index_type": "DIRECT_ACCESS"}
        | {"direct_access_index_spec": _INDEX},
    ),
    ("POST", "/api/2.0/vector-search/indexes/main.warm.i/upsert-data", {"inputs_json": '[{"id":"a","v":[1,0]}]'}),
    ("POST", "/serving-endpoints/databricks-gte-large-en/invocations", {"input": ["warm"]}),
    (
        "POST",
        "/serving-endpoints/databricks-claude-sonnet-4/invocations",
        {"messages": [{"role": "user", "content": "Hello"}]},
    ),
    ("POST", "/api/2.0/mlflow/experiments/create", {"name": "/Shared/warm"}),
)


def main() -> None:
    """Makes each call; one that is refused fails the build."""
    environment = read_config().environment
    headers = {"Authorization": f"Bearer {environment['DATABRICKS_TOKEN']}"}
    with httpx.Client(base_url=environment["DATABRICKS_HOST"], headers=headers, timeout=120, trust_env=False) as client:
        warehouse = client.get("/api/2.0/sql/warehouses").json()["warehouses"][0]["id"]
        tables = {"data_sources": {"tables": [{"identifier": "main.warm.t"}]}}
        for statement in ("CREATE TABLE main.warm.t AS SELECT 1 AS x", "SELECT sum(x) FROM main.warm.t"):
            body = {"statement": statement, "warehouse_id": warehouse, "wait_timeout": "30s"}
            client.post("/api/2.0/sql/statements", json=body).raise_for_status()
        for method, path, asked in _CALLS:
            client.request(method, path, json=asked).raise_for_status()
        body = {"warehouse_id": warehouse, "serialized_space": json.dumps(tables), "title": "warm"}
        space = client.post("/api/2.0/genie/spaces", json=body).raise_for_status().json()["space_id"]
        asked = {"content": "How many t are there?"}
        client.post(f"/api/2.0/genie/spaces/{space}/start-conversation", json=asked).raise_for_status()


if __name__ == "__main__":
    main()
