"""The endpoints of a workspace: what each serves, how its traffic is divided, what its metrics say."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.public_api import PublicApi

ENDPOINTS = "/api/2.0/serving-endpoints"
EXPERIMENT, MONITORED = "MLFLOW_EXPERIMENT_ID", "MONITOR_EXPERIMENT_ID"
_METRIC = re.compile(r'^(\w+)\{endpoint_name="[^"]*",served_entity_name="([^"]*)"(?:,le="([^"]*)")?\} (\d+)$', re.M)
_KEPT = (
    "name",
    "entity_name",
    "entity_version",
    "scale_to_zero_enabled",
    "workload_size",
    "workload_type",
    "environment_vars",
    "external_model",
)
Json = dict[str, Any]


@dataclass
class Served:
    """A served entity: its share of the traffic in percent, and its figures since the sandbox was started."""

    name: str
    entity: str
    version: str
    share: int
    state: str
    requests: int = 0
    failed: int = 0
    took_ms: int = 0

    @property
    def mean_ms(self) -> int | None:
        """Milliseconds of an answer, on average."""
        return round(self.took_ms / self.requests) if self.requests else None


class EndpointDesk:
    """The endpoints of one workspace.

    Raises everywhere: what the API refuses
    """

    def __init__(self, workspace: Workspace) -> None:
        self._api = PublicApi(workspace)

    def endpoint(self, name: str) -> Json:
        """The endpoint as its API tells it."""
        return self._api.ask("GET", f"{ENDPOINTS}/{quote(name, safe='')}")  # type: ignore[no-any-return]  # a JSON object

    def served(self, endpoint: Json) -> list[Served]:
        """What it serves, with shares and figures."""
        config = endpoint.get("config") or {}
        routes = (config.get("traffic_config") or {}).get("routes") or ()
        shares = {one.get("served_model_name"): one["traffic_percentage"] for one in routes}
        entities = config.get("served_entities") or []
        told = [_served(one, shares.get(one["name"], 100 if len(entities) == 1 else 0)) for one in entities]
        text = str(self._api.ask("GET", f"{ENDPOINTS}/{quote(endpoint['name'], safe='')}/metrics")) if shares else ""
        for metric, entity, _, value in _METRIC.findall(text):
            for one in told:
                if one.name == entity:
                    _count(one, metric, int(value))
        return told

    def divide(self, name: str, shares: dict[str, int]) -> None:
        """Gives each served entity its share of the traffic; together they are 100."""
        config = self.endpoint(name).get("config") or {}
        entities = config.get("served_entities") or []
        if set(shares) != {one["name"] for one in entities}:
            names = ", ".join(one["name"] for one in entities)
            raise InvalidParameterValue(f"Each served entity gets a share: {names}.")
        if sum(shares.values()) != 100:
            raise InvalidParameterValue(f"The shares add up to {sum(shares.values())}, not to 100.")
        routes = [{"served_model_name": one, "traffic_percentage": share} for one, share in shares.items()]
        body: Json = {"served_entities": [{key: one[key] for key in _KEPT if key in one} for one in entities]}
        body["traffic_config"] = {"routes": routes}
        if config.get("auto_capture_config"):
            body["auto_capture_config"] = config["auto_capture_config"]
        self._api.ask("PUT", f"{ENDPOINTS}/{quote(name, safe='')}/config", body)


def experiment_of(endpoint: Json) -> str | None:
    """The experiment into which the endpoint is traced, if it says so."""
    for one in endpoint.get("tags") or ():
        if one.get("key") == MONITORED and one.get("value"):
            return str(one["value"])
    for config in (endpoint.get("config"), endpoint.get("pending_config")):
        for entity in (config or {}).get("served_entities") or ():
            if told := (entity.get("environment_vars") or {}).get(EXPERIMENT):
                return str(told)
    return None


def _served(told: Json, share: int) -> Served:
    model = (told.get("foundation_model") or told.get("external_model") or {}).get("name")
    state = str((told.get("state") or {}).get("deployment") or "").removeprefix("DEPLOYMENT_").lower()
    entity, version = str(told.get("entity_name") or model or ""), str(told.get("entity_version") or "")
    return Served(str(told["name"]), entity, version, share, state)


def _count(one: Served, metric: str, value: int) -> None:
    if metric == "request_count_total":
        one.requests = value
    elif metric in ("request_4xx_count_total", "request_5xx_count_total"):
        one.failed += value
    elif metric == "request_latency_ms_sum":
        one.took_ms = value
