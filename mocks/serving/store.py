"""The serving endpoints of a workspace: the built-in ones and those that the user made."""

from typing import TypeVar

from pydantic import ValidationError
from starlette.responses import Response

from mocks.core.errors import (
    AlreadyExists,
    InvalidParameterValue,
    NotImplementedYet,
    PermissionDenied,
    ResourceDoesNotExist,
)
from mocks.core.wire import Json, Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat import Backend
from mocks.engines.embedder import MODEL
from mocks.engines.foundation import BY_NAME, CHAT, EMBEDDINGS, ENDPOINTS, FoundationEndpoint
from mocks.engines.llm import Llm
from mocks.engines.stand_in import StandIn
from mocks.serving import chat, responses
from mocks.serving.described import foundation_endpoint, stored_config, task_of
from mocks.serving.embeddings import embed
from mocks.serving.wire import (
    ChatCall,
    Config,
    EmbeddingCall,
    Endpoint,
    Endpoints,
    NewEndpoint,
    Query,
    ResponsesCall,
    Tags,
    TagsChange,
)

W = TypeVar("W", bound=Wire)


class ServingStore:
    """Model serving in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._made = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")

    def list_endpoints(self) -> Endpoints:
        """All endpoints, the built-in ones first."""
        return Endpoints(endpoints=[*map(foundation_endpoint, ENDPOINTS), *self._made.all()])

    def get_endpoint(self, name: str) -> Endpoint:
        """The endpoint.

        Raises: ResourceDoesNotExist
        """
        return foundation_endpoint(BY_NAME[name]) if name in BY_NAME else self._made.get(name)

    def create_endpoint(self, new: NewEndpoint) -> Endpoint:
        """Stores an endpoint over external models.

        Raises: AlreadyExists, InvalidParameterValue, NotImplementedYet
        """
        if new.name in BY_NAME:
            raise AlreadyExists(f"Endpoint with name '{new.name}' already exists.")
        now = self._workspace.now_ms()
        more = {name: value for name, value in new.body().items() if name not in ("name", "config", "tags")}
        endpoint = Endpoint(
            name=new.name,
            id=self._workspace.new_id(),
            creator=self._workspace.user_name,
            creation_timestamp=now,
            last_updated_timestamp=now,
            config=stored_config(new.config, self._workspace.user_name, now, version=1),
            task=task_of(new.config),
            endpoint_type="EXTERNAL_MODEL",
            tags=new.tags,
            permission_level="CAN_MANAGE",
            **more,
        )
        return self._made.create(new.name, endpoint)

    def delete_endpoint(self, name: str) -> None:
        """Takes the endpoint away.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)
        self._made.delete(name)

    def update_config(self, name: str, config: Config) -> Endpoint:
        """Replaces what the endpoint serves.

        Raises: InvalidParameterValue, NotImplementedYet, PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)
        now, user = self._workspace.now_ms(), self._workspace.user_name

        def changed(endpoint: Endpoint) -> Endpoint:
            version = int(endpoint.config.get("config_version", 0)) + 1
            stored = stored_config(config, user, now, version)
            return endpoint.model_copy(
                update={"config": stored, "task": task_of(config), "last_updated_timestamp": now}
            )

        return self._made.update(name, changed)

    def patch_tags(self, name: str, change: TagsChange) -> Tags:
        """Sets and takes away tags.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)

        def changed(endpoint: Endpoint) -> Endpoint:
            tags = {tag.key: tag for tag in [*endpoint.tags, *change.add_tags]}
            kept = [tag for key, tag in tags.items() if key not in change.delete_tags]
            return endpoint.model_copy(update={"tags": kept})

        return Tags(tags=self._made.update(name, changed).tags)

    def chat(self, name: str, call: ChatCall) -> Response:
        """Answers a conversation, whole or streamed.

        Raises: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet
        """
        self._foundation(name, CHAT)
        return chat.answer(name, call, self._backend(), self._workspace)

    def respond(self, name: str, call: ResponsesCall) -> Response:
        """Answers in the form of the Responses API.

        Raises: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet
        """
        self._foundation(name, CHAT)
        return responses.answer(name, call, self._backend(), self._workspace)

    def embed(self, name: str, call: EmbeddingCall) -> Response:
        """A vector for each text.

        Raises: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet
        """
        dimension = self._foundation(name, EMBEDDINGS).dimension
        assert dimension is not None  # every endpoint of this task has one
        vectors = embed(self._workspace, name, dimension, call)
        return Json(vectors.body(), headers=chat.headers(name, MODEL))

    def query(self, name: str, body: Query) -> Response:
        """Answers in the form that the endpoint's task takes.

        Raises: InvalidParameterValue, ResourceDoesNotExist, NotImplementedYet
        """
        if self._foundation(name).task == EMBEDDINGS:
            return self.embed(name, _read(EmbeddingCall, body, "input"))
        return self.chat(name, _read(ChatCall, body, "messages"))

    def _foundation(self, name: str, task: str | None = None) -> FoundationEndpoint:
        """The built-in endpoint, if it is for that task."""
        if name not in BY_NAME:
            if self._made.find(name):
                raise NotImplementedYet(
                    f"'{name}' stands for a model outside this machine; the sandbox calls nothing outside."
                )
            raise ResourceDoesNotExist(f"Endpoint with name '{name}' does not exist.")
        endpoint = BY_NAME[name]
        if task not in (None, endpoint.task):
            raise InvalidParameterValue(f"Endpoint '{name}' serves {endpoint.task}, not {task}.")
        return endpoint

    def _backend(self) -> Backend:
        """The server that was named when the sandbox was started, else the stand-in."""
        if self._workspace.settings.llm_url:
            return self._workspace.shared(Llm)
        return self._workspace.shared(StandIn)

    def _changeable(self, name: str) -> None:
        if name in BY_NAME:
            raise PermissionDenied(f"'{name}' is built in and cannot be changed.")


def _read(kind: type[W], body: Query, field: str) -> W:
    """The body as the request of one task."""
    told = body.model_dump(exclude_unset=True)
    if told.get(field) is None:
        raise InvalidParameterValue(f"This endpoint takes '{field}'; the request has {', '.join(told) or 'nothing'}.")
    try:
        return kind.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidParameterValue(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
