"""Questions to an endpoint over registered models: one of its entities is drawn, and its own code answers."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from mocks.core.errors import InvalidState, TemporarilyUnavailable
from mocks.core.workspace import Workspace
from mocks.engines.metastore.object_permissions import ObjectPermissions
from mocks.engines.model_processes.servers import LoadError, ModelServer, ModelServers, ServedModel
from mocks.serving.calls import Call
from mocks.serving.deployments import served_model
from mocks.serving.wire import Endpoint

if TYPE_CHECKING:
    import httpx

SEED = "sandbricks.traffic_seed"  # a tag of an endpoint that makes the draw repeatable


class Draws:
    """One source of chance for each endpoint of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._ids = workspace.ids
        self._lock = threading.Lock()
        self._sources: dict[tuple[str, str | None], random.Random] = {}

    def entity(self, endpoint: Endpoint) -> dict[str, Any]:
        """An entity, drawn by the percentages of the traffic."""
        entities = {entity["name"]: entity for entity in endpoint.config["served_entities"]}
        routes = endpoint.config["traffic_config"]["routes"]
        seed = next((tag.value for tag in endpoint.tags if tag.key == SEED), None)
        if seed is None and self._ids.told is not None:  # a workspace whose ids repeat draws the same again, too
            seed = f"{self._ids.told} {endpoint.name}"
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

    def answer(self, call: Call, chosen: str | None = None) -> Response:
        """What the drawn model answers, whole or as a stream; `chosen` names the entity instead.

        Raises: InvalidState, ResourceDoesNotExist, TemporarilyUnavailable
        """
        permissions = self._workspace.engine(ObjectPermissions)
        permissions.require(self._workspace, "serving-endpoints", call.endpoint.id, "CAN_QUERY")
        name = call.endpoint.name
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
            call.note(server.served.entity, answer.status_code, content.decode())
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

    def _streamed(self, kept: ExitStack, answer: "httpx.Response", call: Call, served: ServedModel) -> Iterator[bytes]:
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
        call.note(served.entity, answer.status_code, whole.decode(errors="replace"))


def _entered(stack: ExitStack, server: ModelServer, call: Call) -> "httpx.Response":
    headers = {"content-type": "application/json", "x-request-id": call.request_id}
    try:
        return stack.enter_context(server.answering(call.content, headers))
    except LoadError as error:
        raise TemporarilyUnavailable(
            f"The served model '{server.served.entity}' does not load any more: {str(error)[-500:]}"
        ) from None
