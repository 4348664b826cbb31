"""How an endpoint over registered models comes to serve a configuration: loaded first, then it takes the traffic."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.model_processes.servers import LoadError, ModelServers, ServedModel
from mocks.serving.wire import Endpoint, EndpointState

log = logging.getLogger("sandbricks.serving")
READY = {"deployment": "DEPLOYMENT_READY", "deployment_state_message": ""}
CREATING = {"deployment": "DEPLOYMENT_CREATING", "deployment_state_message": "Loading the model"}


class Deployments:
    """The deployments of one workspace; those that a stop of the sandbox cut short go on."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._servers = workspace.engine(ModelServers)
        self._endpoints = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        for endpoint in self._endpoints.all():
            if endpoint.pending_config:
                self.start(endpoint.name)

    def start(self, name: str) -> None:
        """Brings the endpoint to its pending configuration, in the background."""
        threading.Thread(target=self._deploy, args=(name,), name=f"deploy-{name}", daemon=True).start()

    def forget(self, name: str) -> None:
        """Ends the processes of an endpoint that is gone."""
        self._servers.keep_only(name, frozenset())

    def _deploy(self, name: str) -> None:
        with self._turns[name]:
            endpoint = self._endpoints.find(name)
            if endpoint is None or not endpoint.pending_config:
                return
            pending = endpoint.pending_config
            try:
                for served in served_models(name, pending):
                    self._servers.server(served).load()
            except LoadError as error:
                self._failed(name, pending, str(error))
                return
            self._serve(name, pending)

    def _serve(self, name: str, config: dict[str, Any]) -> None:
        def ready(endpoint: Endpoint) -> Endpoint:
            if endpoint.pending_config != config:
                return endpoint
            served = [entity | {"state": READY} for entity in config["served_entities"]]
            return endpoint.model_copy(
                update={
                    "config": config | {"served_entities": served},
                    "pending_config": None,
                    "state": EndpointState(),
                    "last_updated_timestamp": self._workspace.now_ms(),
                }
            )

        self._settle(name, ready)

    def _failed(self, name: str, config: dict[str, Any], why: str) -> None:
        log.warning("The endpoint '%s' was not updated: %s", name, why)
        state = {"deployment": "DEPLOYMENT_FAILED", "deployment_state_message": why[-2000:]}

        def failed(endpoint: Endpoint) -> Endpoint:
            if endpoint.pending_config != config:
                return endpoint
            entities = [entity | {"state": state} for entity in config["served_entities"]]
            told = config | {"served_entities": entities}
            serves = endpoint.config.get("config_version", 0) > 0
            return endpoint.model_copy(
                update={
                    "config": endpoint.config if serves else told | {"config_version": 0},
                    "pending_config": None,
                    "state": EndpointState(ready="READY" if serves else "NOT_READY", config_update="UPDATE_FAILED"),
                }
            )

        self._settle(name, failed)

    def _settle(self, name: str, change: Callable[[Endpoint], Endpoint]) -> None:
        """Keeps the outcome, and ends the processes that serve neither what is configured nor what is pending."""
        if self._endpoints.find(name) is None:
            self.forget(name)
            return
        now = self._endpoints.update(name, change)
        configs = (now.config if now.state.ready == "READY" else {}, now.pending_config or {})
        self._servers.keep_only(name, frozenset(one for told in configs for one in served_models(name, told)))


def served_models(name: str, config: dict[str, Any]) -> list[ServedModel]:
    """The registered models that the configuration serves."""
    return [served_model(name, entity) for entity in config.get("served_entities", [])]


def served_model(name: str, entity: dict[str, Any]) -> ServedModel:
    """One of them."""
    return ServedModel(
        endpoint=name,
        entity=entity["name"],
        model=entity["entity_name"],
        version=entity["entity_version"],
        variables=tuple(sorted((entity.get("environment_vars") or {}).items())),
        scales_to_zero=bool(entity.get("scale_to_zero_enabled")),
    )
