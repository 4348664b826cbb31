"""Routes of model serving."""

import json
from typing import Annotated, Any

from fastapi import Body, Depends
from starlette.responses import Response

from mocks.core.wire import Api, Wire
from mocks.core.workspace import in_workspace
from mocks.serving.agents import AgentDeployments, AgentStore, Deployed, NewDeployment
from mocks.serving.queries import Queries
from mocks.serving.store import ServingStore
from mocks.serving.wire import Config, Endpoint, Endpoints, Logs, NewEndpoint, Query, Tags, TagsChange

api = Api()
Store = Annotated[ServingStore, Depends(in_workspace(ServingStore))]
Asked = Annotated[Queries, Depends(in_workspace(Queries))]
Agents = Annotated[AgentStore, Depends(in_workspace(AgentStore))]
ENDPOINTS = "/api/2.0/serving-endpoints"
DEPLOYMENTS = "/api/2.0/agents/deployments"


class Call(Wire):
    """A call that names its endpoint in the body; its other fields are the endpoint's own."""

    model: str


class Described(Wire):
    """A new description."""

    description: str


class Limits(Wire):
    """Rate limits."""

    rate_limits: list[dict[str, Any]]


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


@api.patch(f"{ENDPOINTS}/{{name}}/description")
def patch_description(name: str, body: Described, store: Store) -> Endpoint:
    """Replaces the description."""
    return store.describe(name, body.description)


@api.put(f"{ENDPOINTS}/{{name}}/ai-gateway")
def put_ai_gateway(name: str, body: Annotated[dict[str, Any], Body()], store: Store) -> dict[str, Any]:
    """Replaces the settings of the AI gateway."""
    return store.put_gateway(name, body)


@api.put(f"{ENDPOINTS}/{{name}}/rate-limits")
def put_rate_limits(name: str, body: Limits, store: Store) -> dict[str, Any]:
    """Replaces the rate limits."""
    return store.put_rate_limits(name, body.rate_limits)


@api.get(f"{ENDPOINTS}/{{name}}/served-models/{{entity}}/build-logs")
def get_build_logs(name: str, entity: str, store: Store) -> Logs:
    """How the model was loaded."""
    return store.build_logs(name, entity)


@api.get(f"{ENDPOINTS}/{{name}}/served-models/{{entity}}/logs")
def get_server_logs(name: str, entity: str, store: Store) -> Logs:
    """What the process of the model wrote."""
    return store.server_logs(name, entity)


@api.get(f"{ENDPOINTS}/{{name}}/metrics")
def get_metrics(name: str, store: Store) -> Response:
    """The figures of the endpoint."""
    return Response(store.metrics(name), media_type="text/plain; version=0.0.4")


@api.get(f"{ENDPOINTS}/{{name}}/openapi")
def get_openapi(name: str, store: Store) -> Response:
    """How the endpoint is asked."""
    return Response(json.dumps(store.openapi(name)), media_type="text/plain")


@api.post("/serving-endpoints/chat/completions")
@api.post("/ai-gateway/mlflow/v1/chat/completions")
@api.post("/ai-gateway/openai/v1/chat/completions")
def create_chat_completion(body: Call, asked: Asked) -> Response:
    """Answers a conversation; the endpoint is named in the body."""
    return asked.chat(body.model, body.model_dump(exclude_unset=True))


@api.post("/serving-endpoints/responses")
@api.post("/ai-gateway/mlflow/v1/responses")
@api.post("/ai-gateway/openai/v1/responses")
def create_response(body: Call, asked: Asked) -> Response:
    """Answers in the form of the Responses API; the endpoint is named in the body."""
    return asked.respond(body.model, body.model_dump(exclude_unset=True))


@api.post("/serving-endpoints/embeddings")
@api.post("/ai-gateway/mlflow/v1/embeddings")
@api.post("/ai-gateway/openai/v1/embeddings")
def create_embeddings(body: Call, asked: Asked) -> Response:
    """Embeds texts; the endpoint is named in the body."""
    return asked.embed(body.model, body.model_dump(exclude_unset=True))


@api.post("/serving-endpoints/{name}/invocations")
def query(name: str, body: Query, asked: Asked) -> Response:
    """Queries an endpoint in the form that its task takes."""
    return asked.query(name, body)


@api.post("/serving-endpoints/{name}/served-models/{entity}/invocations")
def query_served_model(name: str, entity: str, body: Query, asked: Asked) -> Response:
    """Queries one of the models that an endpoint serves, past the traffic split."""
    return asked.query(name, body, entity)


@api.post(DEPLOYMENTS)
def create_agent_deployment(body: NewDeployment, agents: Agents) -> Deployed:
    """Notes that a version of an agent is deployed to an endpoint."""
    return agents.create(body)


@api.get(DEPLOYMENTS)
def list_agent_deployments(agents: Agents) -> AgentDeployments:
    """All deployments."""
    return agents.matching()


@api.get(f"{DEPLOYMENTS}/{{model}}")
def get_agent_deployments(model: str, agents: Agents) -> AgentDeployments:
    """The deployments of a model."""
    return agents.matching(model)


@api.get(f"{DEPLOYMENTS}/{{model}}/versions/{{version}}")
def get_agent_deployment(model: str, version: str, agents: Agents) -> AgentDeployments:
    """The deployment of a version."""
    return agents.matching(model, version)


@api.delete(f"{DEPLOYMENTS}/{{model}}")
def delete_agent_deployments(model: str, agents: Agents) -> None:
    """Forgets the deployments of a model."""
    agents.delete(model)


@api.delete(f"{DEPLOYMENTS}/{{model}}/versions/{{version}}")
def delete_agent_deployment(model: str, version: str, agents: Agents) -> None:
    """Forgets the deployment of a version."""
    agents.delete(model, version)
