"""Bodies of model serving."""

from typing import Any, Literal

from pydantic import Field, field_validator

from mocks.core.wire import Wire


class EndpointState(Wire):
    """Whether the endpoint answers; the client's waiter reads both fields."""

    ready: str = "READY"
    config_update: str = "NOT_UPDATING"


class Tag(Wire):
    """A tag of an endpoint."""

    key: str
    value: str | None = None


class Endpoint(Wire):
    """A serving endpoint."""

    name: str
    id: str
    creator: str | None = None
    creation_timestamp: int | None = None
    last_updated_timestamp: int | None = None
    state: EndpointState = EndpointState()
    config: dict[str, Any] = {}
    pending_config: dict[str, Any] | None = None
    ai_gateway: dict[str, Any] | None = None
    description: str | None = None
    task: str | None = None
    endpoint_type: str | None = None
    capabilities: dict[str, bool] | None = None
    tags: list[Tag] = []
    permission_level: str | None = None
    route_optimized: bool = False


class Endpoints(Wire):
    """All endpoints."""

    endpoints: list[Endpoint]


class ServedEntity(Wire):
    """What is served; the older spelling of name and version is accepted."""

    name: str | None = None
    entity_name: str | None = None
    entity_version: str | None = None
    model_name: str | None = None
    model_version: str | None = None
    external_model: dict[str, Any] | None = None
    environment_vars: dict[str, str] | None = None
    scale_to_zero_enabled: bool = False
    workload_size: str | None = None
    workload_type: str | None = None

    @field_validator("entity_version", "model_version", mode="before")
    @classmethod
    def as_text(cls, version: Any) -> Any:
        """databricks-agents sends the number as a number."""
        return str(version) if isinstance(version, int) else version


class Route(Wire):
    """The share of one entity, which may be named in the older spelling."""

    served_model_name: str | None = None
    served_entity_name: str | None = None
    traffic_percentage: int = Field(ge=0, le=100)

    @property
    def entity(self) -> str:
        """The entity's name."""
        return self.served_entity_name or self.served_model_name or ""


class Traffic(Wire):
    """How the traffic is divided."""

    routes: list[Route] = []


class Config(Wire):
    """What an endpoint serves and how the traffic is divided."""

    served_entities: list[ServedEntity] = []
    served_models: list[ServedEntity] = []
    traffic_config: "Traffic | None" = None
    auto_capture_config: dict[str, Any] | None = None

    @property
    def entities(self) -> list[ServedEntity]:
        """The entities in either spelling."""
        return [*self.served_entities, *self.served_models]


class NewEndpoint(Wire):
    """An endpoint to be made."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$")
    config: Config = Config()
    tags: list[Tag] = []
    description: str | None = None
    ai_gateway: dict[str, Any] | None = None


class Logs(Wire):
    """The output of a process."""

    logs: str


class TagsChange(Wire):
    """Tags to be set and taken away."""

    add_tags: list[Tag] = []
    delete_tags: list[str] = []


class Tags(Wire):
    """All tags of an endpoint."""

    tags: list[Tag]


class EmbeddingCall(Wire):
    """Texts to be embedded."""

    input: str | list[Any]
    model: str | None = None
    encoding_format: str | None = None
    dimensions: int | None = None


class Embedding(Wire):
    """One vector: numbers, or little-endian 32-bit floats in base64."""

    object: str = "embedding"
    index: int
    embedding: list[float] | str


class Embeddings(Wire):
    """The vectors of a call, and which model made them."""

    object: str = "list"
    model: str
    data: list[Embedding]
    usage: dict[str, int]
    sandbricks_output: dict[str, str]


class ChatMessage(Wire):
    """A message; its content may be a text or a list of parts."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Any] | None = None
    tool_calls: list["MessageToolCall"] | None = None
    tool_call_id: str | None = None


class CalledFunction(Wire):
    """A function's name and its arguments as JSON."""

    name: str
    arguments: str | dict[str, Any] | None = None


class MessageToolCall(Wire):
    """A call that the assistant made."""

    id: str | None = None
    function: CalledFunction


class FunctionDefinition(Wire):
    """A function on offer."""

    name: str
    description: str | None = None
    parameters: dict[str, Any] | None = None


class ChatTool(Wire):
    """A tool on offer."""

    type: str = "function"
    function: FunctionDefinition


class ChatCall(Wire):
    """A request of Chat Completions."""

    messages: list[ChatMessage] = Field(min_length=1)
    model: str | None = None
    tools: list[ChatTool] | None = None
    tool_choice: str | dict[str, Any] | None = None
    response_format: dict[str, Any] | None = None
    n: int | None = Field(None, ge=1, le=16)
    stop: str | list[str] | None = None
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    stream: bool | None = None
    stream_options: dict[str, Any] | None = None


class Query(Wire):
    """What `invocations` takes: messages for a chat endpoint, input for one that embeds."""

    messages: list[Any] | None = None
    input: Any = None
    dataframe_split: dict[str, Any] | None = None
    dataframe_records: list[Any] | None = None
    inputs: Any = None
    instances: list[Any] | None = None


class ResponsesCall(Wire):
    """A request of the Responses API."""

    input: str | list[dict[str, Any]]
    model: str | None = None
    instructions: str | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    parallel_tool_calls: bool | None = None
    text: dict[str, Any] | None = None
    max_output_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    stream: bool | None = None
