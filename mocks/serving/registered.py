"""Questions to an endpoint over registered models: one of its entities is drawn, and its own code answers."""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from mocks.core.errors import InvalidState, TemporarilyUnavailable
from mocks.core.workspace import Workspace
from mocks.engines.model_servers import LoadError, ModelServer, ModelServers, ServedModel
from mocks.engines.object_permissions import ObjectPermissions
from mocks.serving.deployments import served_model
from mocks.serving.inference_table import Exchange, InferenceTables
from mocks.serving.metrics import Metrics
from mocks.serving.wire import Endpoint

if TYPE_CHECKING:
    import httpx

SEED = "sandbricks.traffic_seed"  # a tag of an endpoint that makes the draw repeatable


class Draws:
    """One source of chance for each endpoint of a workspace."""

    def __init__(self, _: Workspace) -> None:
        self._lock = threading.Lock()
        self._sources: dict[tuple[str, str | None], random.Random] = {}

    def entity(self, endpoint: Endpoint) -> dict[str, Any]:
        """An entity, drawn by the percentages of the traffic."""
        entities = {entity["name"]: entity for entity in endpoint.config["served_entities"]}
        routes = endpoint.config["traffic_config"]["routes"]
        seed = next((tag.value for tag in endpoint.tags if tag.key == SEED), None)
        with self._lock:
            source = self._sources.setdefault((endpoint.id, seed), random.Random(seed))  # noqa: S311  # traffic
            weights = [route["traffic_percentage"] for route in routes]
            (route,) = source.choices(routes, weights)
        return dict(entities[route["served_entity_name"]])


class RegisteredQueries:
    """Queries to the registered models of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._servers = workspace.engine(ModelServers)
        self._draws = workspace.engine(Draws)
        self._endpoints = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")
        self._tables, self._metrics = workspace.engine(InferenceTables), workspace.engine(Metrics)

    def answer(self, name: str, body: dict[str, Any], chosen: str | None = None) -> Response:
        """What the drawn model answers, whole or as a stream; `chosen` names the entity instead.

        Raises: InvalidState, ResourceDoesNotExist, TemporarilyUnavailable
        """
        endpoint = self._endpoints.get(name)
        permissions = self._workspace.engine(ObjectPermissions)
        permissions.require(self._workspace, "serving-endpoints", endpoint.id, "CAN_QUERY")
        call = _Call(self._workspace, endpoint, body)
        with ExitStack() as stack:
            server = self._servers.taken(lambda: self._chosen(name, chosen))
            stack.callback(server.give_back)
            answer = _entered(stack, server, call)
            head = {
                "served-model-name": server.served.entity,
                "x-request-id": call.request_id,
                "databricks-request-id": call.request_id,
            }
            if answer.headers["content-type"].startswith("text/event-stream"):
                kept = stack.pop_all()
                parts = self._streamed(kept, answer, call, server.served)
                return StreamingResponse(parts, media_type="text/event-stream", headers=head)
            content = answer.read()
            self._note(call.exchange(server.served, answer.status_code, content.decode()))
            return Response(content, answer.status_code, head, answer.headers["content-type"])

    def _chosen(self, name: str, entity: str | None) -> ServedModel:
        endpoint = self._endpoints.get(name)
        if endpoint.state.ready != "READY":
            raise InvalidState(
                f"Endpoint '{name}' is not ready (config_update: {endpoint.state.config_update}); "
                "its build logs say more."
            )
        if entity is None:
            return served_model(name, self._draws.entity(endpoint))
        for one in endpoint.config["served_entities"]:
            if one["name"] == entity:
                return served_model(name, one)
        raise InvalidState(f"Endpoint '{name}' serves no entity '{entity}'.")

    def _streamed(
        self, kept: ExitStack, answer: "httpx.Response", call: "_Call", served: ServedModel
    ) -> Iterator[bytes]:
        import httpx

        whole = b""
        with kept:
            try:
                for part in answer.iter_raw():
                    whole += part
                    yield part
            except httpx.TransportError as error:
                message = f"The process of the served model '{served.entity}' ended in the middle: {error}"
                yield f"data: {json.dumps({'error': {'message': message}})}\n\n".encode()
        self._note(call.exchange(served, answer.status_code, whole.decode(errors="replace")))

    def _note(self, exchange: Exchange) -> None:
        self._metrics.add(exchange.endpoint.name, exchange.entity, exchange.status, exchange.took_ms)
        self._tables.add(exchange)


class _Call:
    def __init__(self, workspace: Workspace, endpoint: Endpoint, body: dict[str, Any]) -> None:
        self._workspace, self._endpoint = workspace, endpoint
        self.request_id, self._began = workspace.new_uuid(), time.perf_counter()
        self.at_ms = workspace.now_ms()
        self.client_request_id = body.get("client_request_id")
        self.content = json.dumps({k: v for k, v in body.items() if k != "client_request_id"}).encode()

    def exchange(self, served: ServedModel, status: int, response: str) -> Exchange:
        return Exchange(
            endpoint=self._endpoint,
            request_id=self.request_id,
            client_request_id=self.client_request_id,
            at_ms=self.at_ms,
            took_ms=round(1000 * (time.perf_counter() - self._began)),
            status=status,
            request=self.content.decode(),
            response=response,
            entity=served.entity,
            requester=self._workspace.user_name,
        )


def _entered(stack: ExitStack, server: ModelServer, call: _Call) -> "httpx.Response":
    headers = {"content-type": "application/json", "x-request-id": call.request_id}
    try:
        return stack.enter_context(server.answering(call.content, headers))
    except LoadError as error:
        raise TemporarilyUnavailable(
            f"The served model '{server.served.entity}' does not load any more: {str(error)[-500:]}"
        ) from None
