"""Routes of model serving."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.serving.store import ServingStore
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

api = Api()
Store = Annotated[ServingStore, Depends(in_workspace(ServingStore))]
ENDPOINTS = "/api/2.0/serving-endpoints"


@api.get(ENDPOINTS)
@api.get(f"{ENDPOINTS}/")
def list_serving_endpoints(store: Store) -> Endpoints:
    """All endpoints."""
    return store.list_endpoints()


@api.post(ENDPOINTS)
@api.post(f"{ENDPOINTS}/")
def create_serving_endpoint(body: NewEndpoint, store: Store) -> Endpoint:
    """Makes an endpoint."""
    return store.create_endpoint(body)


@api.get(f"{ENDPOINTS}/{{name}}")
def get_serving_endpoint(name: str, store: Store) -> Endpoint:
    """The endpoint."""
    return store.get_endpoint(name)


@api.delete(f"{ENDPOINTS}/{{name}}")
def delete_serving_endpoint(name: str, store: Store) -> None:
    """Takes the endpoint away."""
    store.delete_endpoint(name)


@api.put(f"{ENDPOINTS}/{{name}}/config")
def update_config(name: str, body: Config, store: Store) -> Endpoint:
    """Changes what the endpoint serves."""
    return store.update_config(name, body)


@api.patch(f"{ENDPOINTS}/{{name}}/tags")
def patch_tags(name: str, body: TagsChange, store: Store) -> Tags:
    """Sets and takes away tags."""
    return store.patch_tags(name, body)


@api.post("/serving-endpoints/chat/completions")
@api.post("/ai-gateway/mlflow/v1/chat/completions")
@api.post("/ai-gateway/openai/v1/chat/completions")
def create_chat_completion(body: ChatCall, store: Store) -> Response:
    """Answers a conversation; the endpoint is named in the body."""
    return store.chat(body.model or "", body)


@api.post("/serving-endpoints/responses")
@api.post("/ai-gateway/mlflow/v1/responses")
@api.post("/ai-gateway/openai/v1/responses")
def create_response(body: ResponsesCall, store: Store) -> Response:
    """Answers in the form of the Responses API; the endpoint is named in the body."""
    return store.respond(body.model or "", body)


@api.post("/serving-endpoints/embeddings")
@api.post("/ai-gateway/mlflow/v1/embeddings")
@api.post("/ai-gateway/openai/v1/embeddings")
def create_embeddings(body: EmbeddingCall, store: Store) -> Response:
    """Embeds texts; the endpoint is named in the body."""
    return store.embed(body.model or "", body)


@api.post("/serving-endpoints/{name}/invocations")
def query(name: str, body: Query, store: Store) -> Response:
    """Queries an endpoint in the form that its task takes."""
    return store.query(name, body)
