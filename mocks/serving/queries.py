"""Questions to endpoints: the writer answers for built-in ones, their own code for registered models."""

from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.responses import Response

from mocks.core.errors import InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist
from mocks.core.wire import Json, Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat import Backend
from mocks.engines.embedder import MODEL
from mocks.engines.foundation import BY_NAME, CHAT, EMBEDDINGS, FoundationEndpoint
from mocks.engines.llm import Llm
from mocks.engines.stand_in import StandIn
from mocks.serving import chat, responses
from mocks.serving.embeddings import embed
from mocks.serving.rate_limits import RateLimits
from mocks.serving.registered import RegisteredQueries
from mocks.serving.wire import ChatCall, EmbeddingCall, Endpoint, Query, ResponsesCall

W = TypeVar("W", bound=Wire)


class Queries:
    """What the endpoints of one workspace are asked.

    Raises everywhere: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet, TemporarilyUnavailable
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._made = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")

    def chat(self, name: str, call: dict[str, Any]) -> Response:
        """Answers a conversation, whole or streamed."""
        if name not in BY_NAME:
            return self._registered(name, call)
        self._foundation(name, CHAT)
        return chat.answer(name, read(ChatCall, call), self._backend(), self._workspace)

    def respond(self, name: str, call: dict[str, Any]) -> Response:
        """Answers in the form of the Responses API."""
        if name not in BY_NAME:
            return self._registered(name, call)
        self._foundation(name, CHAT)
        return responses.answer(name, read(ResponsesCall, call), self._backend(), self._workspace)

    def embed(self, name: str, call: dict[str, Any]) -> Response:
        """A vector for each text."""
        if name not in BY_NAME:
            return self._registered(name, call)
        dimension = self._foundation(name, EMBEDDINGS).dimension
        assert dimension is not None  # every endpoint of this task has one
        vectors = embed(self._workspace, name, dimension, read(EmbeddingCall, call))
        return Json(vectors.body(), headers=chat.headers(name, MODEL))

    def query(self, name: str, body: Query, served: str | None = None) -> Response:
        """Answers in the form that the endpoint takes; `served` asks one of its entities."""
        told = body.model_dump(exclude_unset=True)
        if name not in BY_NAME:
            return self._registered(name, told, served)
        task, field = (self.embed, "input") if BY_NAME[name].task == EMBEDDINGS else (self.chat, "messages")
        if told.get(field) is None:
            raise InvalidParameterValue(
                f"This endpoint takes '{field}'; the request has {', '.join(told) or 'nothing'}."
            )
        return task(name, told)

    def _registered(self, name: str, call: dict[str, Any], served: str | None = None) -> Response:
        endpoint = self._made.find(name)
        if endpoint is None:
            raise ResourceDoesNotExist(f"Endpoint with name '{name}' does not exist.")
        self._workspace.engine(RateLimits).take(endpoint, self._workspace.user_name)
        if endpoint.endpoint_type == "EXTERNAL_MODEL":
            raise NotImplementedYet(
                f"'{name}' stands for a model outside this machine; the sandbox calls nothing outside."
            )
        told = {key: value for key, value in call.items() if key != "model"}
        return RegisteredQueries(self._workspace).answer(name, told, served)

    def _foundation(self, name: str, task: str) -> FoundationEndpoint:
        """The built-in endpoint, if it is for that task."""
        endpoint = BY_NAME[name]
        if task != endpoint.task:
            raise InvalidParameterValue(f"Endpoint '{name}' serves {endpoint.task}, not {task}.")
        return endpoint

    def _backend(self) -> Backend:
        """The server that was named when the sandbox was started, else the stand-in."""
        if self._workspace.settings.llm_url:
            return self._workspace.shared(Llm)
        return self._workspace.shared(StandIn)


def read(kind: type[W], told: dict[str, Any]) -> W:
    """The body as the request of one task.

    Raises: InvalidParameterValue
    """
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidParameterValue(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
