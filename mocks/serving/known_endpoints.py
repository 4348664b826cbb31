"""All endpoints of a workspace, the built-in ones and those that the user made, under one lookup."""

from typing import Any

from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat.foundation import BY_NAME, ENDPOINTS
from mocks.serving.described import foundation_endpoint
from mocks.serving.wire import Endpoint


class Gateway(Wire):
    """The settings of the AI gateway of a built-in endpoint."""

    told: dict[str, Any]


class KnownEndpoints:
    """The endpoints of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._made = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")
        self._gateways = workspace.collection("foundation_gateways", Gateway, "Endpoint with name")

    def all(self) -> list[Endpoint]:
        """The built-in ones first."""
        return [*(self.get(one.name) for one in ENDPOINTS), *self._made.all()]

    def get(self, name: str) -> Endpoint:
        """The endpoint.

        Raises: ResourceDoesNotExist
        """
        if name not in BY_NAME:
            return self._made.get(name)
        gateway = self._gateways.find(name)
        return foundation_endpoint(BY_NAME[name]).model_copy(update={"ai_gateway": gateway.told if gateway else None})

    def set_gateway(self, name: str, told: dict[str, Any]) -> None:
        """Replaces the settings of the AI gateway.

        Raises: ResourceDoesNotExist
        """
        if name in BY_NAME:
            self._gateways.put(name, Gateway(told=told))
        else:
            self._made.update(name, lambda endpoint: endpoint.model_copy(update={"ai_gateway": told}))
