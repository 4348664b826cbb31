"""How endpoints describe themselves: the built-in ones, and the configuration of those that the user made."""

from typing import Any

from mocks.core.errors import InvalidParameterValue, NotImplementedYet
from mocks.engines.foundation import CHAT, FoundationEndpoint
from mocks.serving.wire import Config, Endpoint, ServedEntity

_READY = {"deployment": "DEPLOYMENT_READY", "deployment_state_message": ""}


def foundation_endpoint(endpoint: FoundationEndpoint) -> Endpoint:
    """A built-in endpoint as a workspace lists it."""
    model = {
        "name": f"system.ai.{endpoint.name}",
        "display_name": endpoint.display_name,
        "description": "Listed as in a workspace; in this sandbox another model answers and says so in every response.",
    }
    entity = {
        "name": endpoint.name,
        "entity_name": f"system.ai.{endpoint.name}",
        "foundation_model": model,
        "state": _READY,
    }
    return Endpoint(
        name=endpoint.name,
        id=endpoint.name,
        config={"served_entities": [entity], "config_version": 1},
        task=endpoint.task,
        endpoint_type="FOUNDATION_MODEL_API",
        capabilities={"function_calling": endpoint.task == CHAT},
        permission_level="CAN_QUERY",
    )


def stored_config(config: Config, user: str, now: int, version: int) -> dict[str, Any]:
    """The configuration as it is kept.

    Raises: InvalidParameterValue, NotImplementedYet
    """
    entities = [_entity(entity, user, now) for entity in config.entities]
    if not entities:
        raise InvalidParameterValue("An endpoint serves at least one entity: config.served_entities is empty.")
    routes = (config.traffic_config or {}).get("routes") or [_whole(entities[0]["name"])]
    return {"served_entities": entities, "traffic_config": {"routes": routes}, "config_version": version}


def task_of(config: Config) -> str | None:
    """The task that the entities have in common."""
    return next((str(e.external_model.get("task")) for e in config.entities if e.external_model), None)


def _entity(entity: ServedEntity, user: str, now: int) -> dict[str, Any]:
    named = entity.entity_name or entity.model_name
    if entity.external_model is None:
        raise NotImplementedYet(
            f"Serving the registered model '{named}' from its own code is not built yet; "
            "endpoints over external models are stored."
        )
    told = entity.body()
    told["name"] = entity.name or str(entity.external_model.get("name"))
    return told | {"creator": user, "creation_timestamp": now, "state": _READY}


def _whole(name: str) -> dict[str, Any]:
    return {"served_model_name": name, "served_entity_name": name, "traffic_percentage": 100}
