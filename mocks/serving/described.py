"""How endpoints describe themselves: the built-in ones, and the configuration of those that the user made."""

from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.engines.chat.foundation import CHAT, FoundationEndpoint
from mocks.serving.wire import Config, Endpoint, ServedEntity, Traffic

_READY = {"deployment": "DEPLOYMENT_READY", "deployment_state_message": ""}
_CREATING = {"deployment": "DEPLOYMENT_CREATING", "deployment_state_message": "The model is being loaded."}


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

    Raises: InvalidParameterValue
    """
    entities = [_entity(entity, user, now) for entity in config.entities]
    if not entities:
        raise InvalidParameterValue("An endpoint serves at least one entity: config.served_entities is empty.")
    names = [entity["name"] for entity in entities]
    if len(set(names)) < len(names):
        raise InvalidParameterValue(f"The names of served entities must differ: {', '.join(names)}.")
    if len({"external_model" in entity for entity in entities}) > 1:
        raise InvalidParameterValue("An endpoint serves either registered models or external ones.")
    told: dict[str, Any] = {
        "served_entities": entities,
        "served_models": [_older(entity) for entity in entities if "external_model" not in entity],
        "traffic_config": {"routes": _routes(config.traffic_config, names)},
        "config_version": version,
    }
    if config.auto_capture_config:
        told["auto_capture_config"] = config.auto_capture_config
    return told


def task_of(config: Config) -> str | None:
    """The task that the entities have in common."""
    return next((str(e.external_model.get("task")) for e in config.entities if e.external_model), None)


def _entity(entity: ServedEntity, user: str, now: int) -> dict[str, Any]:
    told = entity.body() | {"creator": user, "creation_timestamp": now}
    if entity.external_model is not None:
        named = {"name": entity.name or str(entity.external_model.get("name")), "state": _READY}
        return told | named | {"external_model": _without_keys(entity.external_model)}
    model, version = entity.entity_name or entity.model_name, entity.entity_version or entity.model_version
    if not model or not version:
        raise InvalidParameterValue("A served entity has an entity_name and an entity_version.")
    for older in ("model_name", "model_version"):
        told.pop(older, None)
    name = entity.name or f"{model.rpartition('.')[2]}-{version}"
    return told | {"name": name, "entity_name": model, "entity_version": version, "state": _CREATING}


def _without_keys(told: dict[str, Any]) -> dict[str, Any]:
    """The description without the keys that came in plain text: nobody gets them back, and nothing here uses them."""
    kept = {name: value for name, value in told.items() if not name.endswith("_plaintext")}
    return {name: _without_keys(value) if isinstance(value, dict) else value for name, value in kept.items()}


def _older(entity: dict[str, Any]) -> dict[str, Any]:
    """The entity in the older spelling, which some clients still read."""
    kept = {key: value for key, value in entity.items() if key not in ("entity_name", "entity_version")}
    return kept | {"model_name": entity["entity_name"], "model_version": entity["entity_version"]}


def _routes(traffic: Traffic | None, names: list[str]) -> list[dict[str, Any]]:
    routes = traffic.routes if traffic else []
    if not routes:
        return [_route(name, 0 if at else 100) for at, name in enumerate(names)]
    unknown = [route.entity for route in routes if route.entity not in names]
    if unknown:
        raise InvalidParameterValue(
            f"The traffic goes to {', '.join(unknown)}, which the endpoint does not serve; "
            f"it serves {', '.join(names)}."
        )
    total = sum(route.traffic_percentage for route in routes)
    if total != 100:
        raise InvalidParameterValue(f"The traffic percentages add up to {total}, not to 100.")
    return [_route(route.entity, route.traffic_percentage) for route in routes]


def _route(name: str, share: int) -> dict[str, Any]:
    return {"served_model_name": name, "served_entity_name": name, "traffic_percentage": share}
