"""What a seed.yaml declares beside tables and documents: endpoints, indexes, Genie spaces, prompts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from sandbox.errors import SandboxError

_PROMPTS = "/api/2.0/mlflow/unity-catalog/prompts"
_VECTORS = "/api/2.0/vector-search"


class Caller(Protocol):
    """Calls the workspace; a refusal is a SandboxError."""

    def call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """The answer."""

    def exists(self, path: str) -> bool:
        """Whether there is something under that path."""


@dataclass(frozen=True)
class Kind:
    """One section of the file: the fields that an entry needs, and how it is made."""

    needed: tuple[str, ...]
    known: tuple[str, ...]
    make: Callable[[Caller, dict[str, Any]], None]


def checked(declared: Mapping[str, Any], file: object) -> dict[str, list[dict[str, Any]]]:
    """The sections, if each is a list of entries with the fields that they need.

    Raises: SandboxError
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name, entries in declared.items():
        if name not in KINDS:
            raise SandboxError(f"{file}: {name!r} is nothing that can be declared; {', '.join(KINDS)} are.")
        if not isinstance(entries, list):
            raise SandboxError(f"{file}: {name} must be a list.")
        found[name] = [_entry(entry, KINDS[name], f"{file}: {name}[{at}]") for at, entry in enumerate(entries)]
    return found


def make(caller: Caller, declared: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Makes all that is declared, in an order in which each finds what it needs."""
    counts = {}
    for name, kind in KINDS.items():
        for entry in declared.get(name, ()):
            kind.make(caller, dict(entry))
        counts[name] = len(declared.get(name, ()))
    return {name: count for name, count in counts.items() if count}


def _entry(entry: Any, kind: Kind, place: str) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise SandboxError(f"{place} must be an object.")
    missing = [name for name in kind.needed if name not in entry]
    unknown = [name for name in entry if kind.known and name not in kind.needed + kind.known]
    if missing or unknown:
        wrong = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"cannot have {', '.join(unknown)}"] * bool(unknown)
        raise SandboxError(f"{place} {' and '.join(wrong)}.")
    return entry


def _vector_endpoint(caller: Caller, entry: dict[str, Any]) -> None:
    if not caller.exists(f"{_VECTORS}/endpoints/{quote(entry['name'])}"):
        caller.call("POST", f"{_VECTORS}/endpoints", json={"endpoint_type": "STANDARD", **entry})


def _vector_index(caller: Caller, entry: dict[str, Any]) -> None:
    path = f"{_VECTORS}/indexes/{quote(entry['name'])}"
    if caller.exists(path):
        caller.call("DELETE", path)
    caller.call("POST", f"{_VECTORS}/indexes", json=entry)


def _serving_endpoint(caller: Caller, entry: dict[str, Any]) -> None:
    path = f"/api/2.0/serving-endpoints/{quote(entry['name'])}"
    if caller.exists(path):
        caller.call("PUT", f"{path}/config", json=entry["config"])
    else:
        caller.call("POST", "/api/2.0/serving-endpoints", json=entry)


def _space(caller: Caller, entry: dict[str, Any]) -> None:
    tables = {"data_sources": {"tables": [{"identifier": name} for name in entry.pop("tables", ())]}}
    serialized = entry.pop("serialized_space", tables)
    text = serialized if isinstance(serialized, str) else json.dumps(serialized)
    warehouse = caller.call("GET", "/api/2.0/sql/warehouses")["warehouses"][0]["id"]
    body = {"warehouse_id": warehouse, **entry, "serialized_space": text}
    spaces = caller.call("GET", "/api/2.0/genie/spaces").get("spaces", [])
    known = next((space["space_id"] for space in spaces if space["title"] == entry["title"]), None)
    if known is None:
        caller.call("POST", "/api/2.0/genie/spaces", json=body)
    else:
        caller.call("PATCH", f"/api/2.0/genie/spaces/{known}", json=body)


def _prompt(caller: Caller, entry: dict[str, Any]) -> None:
    path = f"{_PROMPTS}/{quote(entry['name'])}"
    if not caller.exists(path):
        prompt = {"name": entry["name"], "description": entry.get("description")}
        caller.call("POST", _PROMPTS, json={"name": entry["name"], "prompt": prompt})
    version = {"name": entry["name"], "template": json.dumps(entry["template"])}
    made = caller.call("POST", f"{path}/versions", json={"prompt_version": version})
    if alias := entry.get("alias"):
        caller.call("POST", f"{path}/aliases/{quote(alias)}", json={"version": made["version"]})


KINDS = {
    "vector_search_endpoints": Kind(("name",), ("endpoint_type",), _vector_endpoint),
    "vector_search_indexes": Kind(("name", "endpoint_name", "primary_key", "index_type"), (), _vector_index),
    "serving_endpoints": Kind(("name", "config"), (), _serving_endpoint),
    "spaces": Kind(("title",), ("description", "tables", "serialized_space", "parent_path"), _space),
    "prompts": Kind(("name", "template"), ("description", "alias"), _prompt),
}
