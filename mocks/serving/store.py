"""The serving endpoints of a workspace: the built-in ones and those that the user made."""

from typing import Any

from mocks.core.errors import (
    AlreadyExists,
    InvalidParameterValue,
    NotImplementedYet,
    PermissionDenied,
    ResourceDoesNotExist,
)
from mocks.core.transitions import Kind
from mocks.core.workspace import Workspace
from mocks.engines.chat.foundation import BY_NAME
from mocks.engines.metastore.kept_secrets import KeptSecrets
from mocks.engines.metastore.storage import Storage
from mocks.engines.mlflow.registry import MlflowRegistry
from mocks.engines.model_processes.servers import ModelServers
from mocks.serving.deployments import Deployments, served_model
from mocks.serving.described import stored_config, task_of
from mocks.serving.inference_table import InferenceTables
from mocks.serving.known_endpoints import KnownEndpoints
from mocks.serving.metrics import Metrics
from mocks.serving.openapi import document
from mocks.serving.rate_limits import checked_limits
from mocks.serving.wire import Config, Endpoint, Endpoints, EndpointState, Logs, NewEndpoint, Tags, TagsChange

UPDATING = "IN_PROGRESS"


class ServingStore:
    """Model serving in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._made = workspace.collection("serving_endpoints", Endpoint, "Endpoint with name")
        self._endpoints = workspace.engine(KnownEndpoints)
        self._deployments = workspace.engine(Deployments)

    def list_endpoints(self) -> Endpoints:
        """All endpoints, the built-in ones first."""
        return Endpoints(endpoints=[self._shown(endpoint) for endpoint in self._endpoints.all()])

    def get_endpoint(self, name: str) -> Endpoint:
        """The endpoint.

        Raises: ResourceDoesNotExist
        """
        return self._shown(self._endpoints.get(name))

    def create_endpoint(self, new: NewEndpoint) -> Endpoint:
        """Makes an endpoint; over registered models it is ready when they are loaded.

        Raises: AlreadyExists, InvalidParameterValue, ResourceDoesNotExist
        """
        checked_limits((new.ai_gateway or {}).get("rate_limits") or [])
        if new.name in BY_NAME:
            raise AlreadyExists(f"Endpoint with name '{new.name}' already exists.")
        now = self._workspace.now_ms()
        more = {key: value for key, value in new.body().items() if key not in ("name", "config", "tags", "state")}
        endpoint = Endpoint(
            name=new.name,
            id=self._workspace.new_id(),
            creator=self._workspace.user_name,
            creation_timestamp=now,
            last_updated_timestamp=now,
            tags=new.tags,
            permission_level="CAN_MANAGE",
            **more,
        )
        made = self._made.create(new.name, self._configured(endpoint, new.config))
        self._workspace.transitions.begin(Kind.SERVING_ENDPOINT, new.name)
        if made.pending_config:
            self._deployments.start(new.name)
        return made

    def delete_endpoint(self, name: str) -> None:
        """Takes the endpoint away.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)
        self._made.delete(name)
        self._deployments.forget(name)

    def update_config(self, name: str, config: Config) -> Endpoint:
        """Replaces what the endpoint serves; until that is loaded it serves what it served.

        Raises: InvalidParameterValue, PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)
        configured = self._configured(self._made.get(name), config)
        told = {key: getattr(configured, key) for key in ("config", "pending_config", "state", "task", "endpoint_type")}
        changed = self._made.update(name, lambda endpoint: endpoint.model_copy(update=told))
        self._workspace.transitions.begin(Kind.SERVING_ENDPOINT, name)
        if changed.pending_config:
            self._deployments.start(name)
        return changed

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

    def put_gateway(self, name: str, told: dict[str, Any]) -> dict[str, Any]:
        """Replaces the settings of the AI gateway of an endpoint.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        checked_limits(told.get("rate_limits") or [])
        changed = self._endpoints.get(name).model_copy(update={"ai_gateway": told})
        self._workspace.engine(InferenceTables).prepare(changed)
        self._endpoints.set_gateway(name, told)
        return told

    def put_rate_limits(self, name: str, limits: list[dict[str, Any]]) -> dict[str, Any]:
        """Replaces the rate limits alone, by the older call for it.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        told = (self.get_endpoint(name).ai_gateway or {}) | {"rate_limits": limits}
        return {"rate_limits": self.put_gateway(name, told)["rate_limits"]}

    def describe(self, name: str, description: str) -> Endpoint:
        """Replaces the description.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        self._changeable(name)
        return self._made.update(name, lambda endpoint: endpoint.model_copy(update={"description": description}))

    def build_logs(self, name: str, entity: str) -> Logs:
        """How the model was loaded, with the traceback if it was not.

        Raises: ResourceDoesNotExist
        """
        found = self._entity(name, entity)
        state = found.get("state") or {}
        told = state.get("deployment_state_message") if state.get("deployment") == "DEPLOYMENT_FAILED" else None
        return Logs(logs=told or self._output(name, found))

    def server_logs(self, name: str, entity: str) -> Logs:
        """What the process of the model wrote.

        Raises: ResourceDoesNotExist
        """
        return Logs(logs=self._output(name, self._entity(name, entity)))

    def metrics(self, name: str) -> str:
        """The figures of the endpoint, in Prometheus' text format.

        Raises: ResourceDoesNotExist
        """
        return self._workspace.engine(Metrics).text(self._made.get(name).name)

    def openapi(self, name: str) -> dict[str, Any]:
        """How the endpoint's served models are asked.

        Raises: ResourceDoesNotExist, NotImplementedYet
        """
        endpoint, storage = self._made.get(name), self._workspace.engine(Storage)
        if endpoint.endpoint_type == "EXTERNAL_MODEL":
            raise NotImplementedYet(f"'{name}' stands for a model outside this machine; its schema is not known here.")
        entities = endpoint.config.get("served_entities", [])
        folders = [(one["name"], storage.model_folder(one["entity_name"], one["entity_version"])) for one in entities]
        return document(name, folders)

    def _shown(self, endpoint: Endpoint) -> Endpoint:
        if not self._workspace.transitions.waiting(Kind.SERVING_ENDPOINT, endpoint.name):
            return endpoint
        first = (endpoint.pending_config or endpoint.config).get("config_version", 1) == 1
        state = EndpointState(ready="NOT_READY" if first else endpoint.state.ready, config_update=UPDATING)
        return endpoint.model_copy(update={"state": state})

    def _output(self, name: str, entity: dict[str, Any]) -> str:
        file = self._workspace.engine(ModelServers).server(served_model(name, entity)).log
        return file.read_text(errors="replace")[-100_000:] if file.exists() else ""

    def _entity(self, name: str, entity: str) -> dict[str, Any]:
        endpoint = self._made.get(name)
        for config in (endpoint.pending_config or {}, endpoint.config):
            for found in config.get("served_entities", []):
                if found["name"] == entity and "external_model" not in found:
                    return dict(found)
        raise ResourceDoesNotExist(f"Endpoint '{name}' has no served model '{entity}'.")

    def _configured(self, endpoint: Endpoint, config: Config) -> Endpoint:
        now, user = self._workspace.now_ms(), self._workspace.user_name
        version = int((endpoint.pending_config or endpoint.config).get("config_version", 0)) + 1
        stored = stored_config(config, user, now, version)
        if "external_model" in stored["served_entities"][0]:
            told: dict[str, Any] = {"config": stored, "endpoint_type": "EXTERNAL_MODEL", "task": task_of(config)}
            return endpoint.model_copy(update=told)
        tasks = {self._checked(entity) for entity in stored["served_entities"]}
        state = EndpointState(ready=endpoint.state.ready if endpoint.config else "NOT_READY", config_update=UPDATING)
        told = {"pending_config": stored, "state": state, "endpoint_type": "SERVED_MODELS", "task": next(iter(tasks))}
        changed = endpoint.model_copy(update=told)
        self._workspace.engine(InferenceTables).prepare(changed)
        return changed

    def _checked(self, entity: dict[str, Any]) -> str | None:
        """The task of a registered version, which must exist and be whole."""
        model, version = entity["entity_name"], entity["entity_version"]
        MlflowRegistry(self._workspace).call("GET", "model-versions/get", name=model, version=version)
        secrets = self._workspace.engine(KeptSecrets)
        for variable, value in (entity.get("environment_vars") or {}).items():
            if missing := secrets.missing(value):
                raise InvalidParameterValue(f"The variable {variable} refers to {missing}, which does not exist.")
        file = self._workspace.engine(Storage).model_folder(model, version) / "MLmodel"
        if not file.exists():
            raise InvalidParameterValue(f"Version {version} of '{model}' has no model files yet.")
        import yaml

        told = yaml.safe_load(file.read_text())
        task = (told.get("metadata") or {}).get("task") or told.get("task")
        return str(task) if task else None

    def _changeable(self, name: str) -> None:
        if name in BY_NAME:
            raise PermissionDenied(f"'{name}' is built in and cannot be changed.")
