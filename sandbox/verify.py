"""`sandbricks verify`: asks a workspace and a fresh sandbox the same; where do their answers differ in shape?

Nothing that a workspace holds goes into the report: names of fields and their types only.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx

from sandbox.config import Config
from sandbox.errors import SandboxError, TargetError
from sandbox.server import control_of, throwaway
from sandbox.status import Told
from sandbox.target import is_loopback
from sandbox.up import READY_SECONDS

# What a user names himself: its keys are content, not shape.
_FREE = frozenset({"properties", "options", "tags", "custom_tags", "metadata", "parameters", "warehouse_channel_tags"})
_NOWHERE = "00000000000000000000000000000000"


@dataclass(frozen=True)
class Check:
    """A call that changes nothing; `{warehouse}` and `{endpoint}` are the user's, and it is left out without them."""

    name: str
    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Side:
    """One of the two that are asked."""

    host: str
    headers: Mapping[str, str]
    given: Mapping[str, str]

    def ask(self, check: Check) -> tuple[int, Any]:
        """Status and body; a body that is no JSON counts as nothing."""
        path, body = _filled(check.path, self.given), _filled(check.body, self.given)
        with httpx.Client(
            base_url=self.host, headers=self.headers, timeout=60, trust_env=not is_loopback(self.host)
        ) as client:
            answer = client.request(check.method, path, json=body)
        try:
            return answer.status_code, answer.json()
        except ValueError:
            return answer.status_code, None


_SQL, _CHAT = "/api/2.0/sql/statements", "/serving-endpoints/{endpoint}/invocations"
_SAY = {"messages": [{"role": "user", "content": "Say yes."}], "max_tokens": 5}
_GOOD = {"statement": "SELECT 1 AS a, 'x' AS b", "warehouse_id": "{warehouse}"}
CHECKS = (
    Check("host_metadata", "GET", "/.well-known/databricks-config"),
    Check("me", "GET", "/api/2.0/preview/scim/v2/Me"),
    Check("unknown_api", "GET", "/api/2.0/no-such-api"),
    Check("catalogs", "GET", "/api/2.1/unity-catalog/catalogs"),
    Check("missing_table", "GET", "/api/2.1/unity-catalog/tables/main.no_such_schema.no_such_table"),
    Check("warehouses", "GET", "/api/2.0/sql/warehouses"),
    Check("missing_statement", "GET", f"/api/2.0/sql/statements/{_NOWHERE}"),
    Check("statement", "POST", _SQL, _GOOD),
    Check("bad_statement", "POST", _SQL, _GOOD | {"statement": "SELEC 1"}),
    Check("serving_endpoints", "GET", "/api/2.0/serving-endpoints"),
    Check("missing_endpoint", "GET", "/api/2.0/serving-endpoints/no-such-endpoint"),
    Check("chat", "POST", _CHAT, _SAY),
    Check("vector_search_endpoints", "GET", "/api/2.0/vector-search/endpoints"),
    Check("missing_index", "GET", "/api/2.0/vector-search/indexes/main.no_such_schema.no_such_index"),
    Check("genie_spaces", "GET", "/api/2.0/genie/spaces"),
    Check("missing_space", "GET", f"/api/2.0/genie/spaces/{_NOWHERE}"),
    Check("experiments", "POST", "/api/2.0/mlflow/experiments/search", {"max_results": 5}),
    Check("missing_run", "GET", f"/api/2.0/mlflow/runs/get?run_id={_NOWHERE}"),
)


def verify(
    config: Config, profile: str, *, only: str = "", given: Mapping[str, str], report: Path, local: bool
) -> Told:
    """Compares, writes the report, and tells it.

    Raises: SandboxError, TargetError
    """
    workspace = _workspace(config, profile, given, local)
    with throwaway(config) as sandbox:
        instance = sandbox.start()
        control_of(sandbox.directory, instance).wait_until_ready(READY_SECONDS)
        own = _sandbox(instance.host, sandbox.directory.token(), given)
        checks = [check for check in CHECKS if only in check.name and _can(check, given)]
        results = [compare(check, own, workspace) for check in checks]
    told = {"sandbricks": version("sandbricks"), "at": datetime.now(UTC).date().isoformat(), "checks": results}
    report.write_text(json.dumps(told, indent=1) + "\n")
    same = sum(result["same"] for result in results)
    return told | {"report": str(report)}, [*_lines(results), f"{same} of {len(results)} are the same; see {report}."]


def compare(check: Check, sandbox: Side, workspace: Side) -> dict[str, Any]:
    """Where the answers to one call differ."""
    (own_status, own), (their_status, theirs) = sandbox.ask(check), workspace.ask(check)
    ours, real = dict(_fields(own)), dict(_fields(theirs))
    empty = {path for side in (ours, real) for path, kind in side.items() if kind == "empty"}
    shared = {path for path in ours.keys() & real.keys() if path not in empty}
    told = {
        "only_in_workspace": sorted(path for path in real.keys() - ours.keys() if not _under(path, empty)),
        "only_in_sandbox": sorted(path for path in ours.keys() - real.keys() if not _under(path, empty)),
        "types": {path: [ours[path], real[path]] for path in sorted(shared) if ours[path] != real[path]},
    }
    same = own_status == their_status and not any(told.values())
    call = f"{check.method} {check.path.partition('?')[0]}"
    return {"name": check.name, "call": call, "status": [own_status, their_status], "same": same, **told}


def _workspace(config: Config, profile: str, given: Mapping[str, str], local: bool) -> Side:
    from databricks.sdk.core import Config as Credentials

    try:
        credentials = Credentials(profile=profile, config_file=config.environment.get("DATABRICKS_CONFIG_FILE"))
    except ValueError as error:  # what the SDK raises for a profile that is not there or not whole
        raise SandboxError(f"The profile {profile} cannot be used: {error}") from error
    if is_loopback(credentials.host) and not local:
        raise TargetError(
            f"The profile {profile} points at this machine; a real workspace is wanted.", "--even-if-local"
        )
    return Side(credentials.host, credentials.authenticate(), given)


def _sandbox(host: str, token: str, given: Mapping[str, str]) -> Side:
    headers = {"Authorization": f"Bearer {token}"}
    warehouses = httpx.get(f"{host}/api/2.0/sql/warehouses", headers=headers, trust_env=False).json()["warehouses"]
    own = {"warehouse": warehouses[0]["id"], "endpoint": given.get("endpoint", "")}
    return Side(host, headers, own)


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in given.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    return {key: _filled(item, given) for key, item in value.items()} if isinstance(value, dict) else value


def _can(check: Check, given: Mapping[str, str]) -> bool:
    text = f"{check.path} {json.dumps(check.body)}"
    return all(f"{{{name}}}" not in text or given.get(name) for name in ("warehouse", "endpoint"))


def _fields(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every field with its type; the items of a list are taken together."""
    if isinstance(value, dict):
        yield path or ".", "object" if value else "empty"
        for name, item in value.items() if path.rpartition(".")[2] not in _FREE else ():
            yield from _fields(item, f"{path}.{name}")
    elif isinstance(value, list):
        yield path or ".", "list" if value else "empty"
        for item in value:
            yield from _fields(item, f"{path}[]")
    else:
        yield path or ".", _TYPES.get(type(value), "null")


_TYPES = {str: "string", bool: "boolean", int: "number", float: "number"}


def _under(path: str, parents: set[str]) -> bool:
    return any(path.startswith((f"{parent}.", f"{parent}[")) for parent in parents)


def _lines(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    for result in results:
        own, theirs = result["status"]
        yield f"  {'same   ' if result['same'] else 'differs'}  {result['name']:24} {own} {theirs}"
        for sign, name in (("+", "only_in_workspace"), ("-", "only_in_sandbox"), ("~", "types")):
            yield from (f"             {sign} {path}" for path in result[name])
