"""Questions to endpoints: the writer answers for built-in ones, their own code for registered models."""

from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.responses import Response

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat.foundation import CHAT, EMBEDDINGS
from mocks.serving import chat, responses
from mocks.serving.calls import Call
from mocks.serving.embeddings import embed
from mocks.serving.known_endpoints import KnownEndpoints
from mocks.serving.registered import RegisteredQueries
from mocks.serving.wire import ChatCall, EmbeddingCall, Endpoint, Query, ResponsesCall

W = TypeVar("W", bound=Wire)


class Queries:
    """What the endpoints of one workspace are asked.

    Raises everywhere: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet, TemporarilyUnavailable
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._endpoints = workspace.engine(KnownEndpoints)

    def chat(self, name: str, body: dict[str, Any]) -> Response:
        """Answers a conversation, whole or streamed."""
        call = self._call(name, body)
        if _is_registered(call.endpoint):
            return self._registered(call)
        _check_task(call.endpoint, CHAT)
        return call.noting(name, chat.answer(name, read(ChatCall, body), self._workspace))

    def respond(self, name: str, body: dict[str, Any]) -> Response:
        """Answers in the form of the Responses API."""
        call = self._call(name, body)
        if _is_registered(call.endpoint):
            return self._registered(call)
        _check_task(call.endpoint, CHAT)
        return call.noting(name, responses.answer(name, read(ResponsesCall, body), self._workspace))

    def embed(self, name: str, body: dict[str, Any]) -> Response:
        """A vector for each text."""
        call = self._call(name, body)
        if _is_registered(call.endpoint):
            return self._registered(call)
        _check_task(call.endpoint, EMBEDDINGS)
        return call.noting(name, embed(self._workspace, name, read(EmbeddingCall, body)))

    def query(self, name: str, body: Query, served: str | None = None) -> Response:
        """Answers in the form that the endpoint takes; `served` asks one of its entities."""
        told = body.model_dump(exclude_unset=True)
        endpoint = self._endpoints.get(name)
        if _is_registered(endpoint):
            return self._registered(self._call(name, told), served)
        task, field = (self.embed, "input") if endpoint.task == EMBEDDINGS else (self.chat, "messages")
        if told.get(field) is None:
            raise InvalidParameterValue(
                f"This endpoint takes '{field}'; the request has {', '.join(told) or 'nothing'}."
            )
        return task(name, told)

    def _call(self, name: str, body: dict[str, Any]) -> Call:
        return Call(self._workspace, self._endpoints.get(name), body)

    def _registered(self, call: Call, served: str | None = None) -> Response:
        return RegisteredQueries(self._workspace).answer(call, served)


def _is_registered(endpoint: Endpoint) -> bool:
    return endpoint.endpoint_type == "SERVED_MODELS"


def _check_task(endpoint: Endpoint, task: str) -> None:
    if task != endpoint.task:
        raise InvalidParameterValue(f"Endpoint '{endpoint.name}' serves {endpoint.task}, not {task}.")


def read(kind: type[W], told: dict[str, Any]) -> W:
    """The body as the request of one task.

    Raises: InvalidParameterValue
    """
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidParameterValue(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
