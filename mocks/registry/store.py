"""Models of Unity Catalog over MLflow's registry."""

import shutil
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.storage import Storage
from mocks.engines.mlflow.registry import MlflowRegistry, as_tags, tags_of
from mocks.registry.wire import ModelCall, Models, ModelVersion, OneModel, OneVersion, RegisteredModel, Versions

MODELS, VERSIONS = "registered-models", "model-versions"
PENDING = "sandbricks.pending"  # our own tag on a version whose files are not in yet
MODEL_ID = "sandbricks.modelId"  # our own tag: MLflow's registry forgets which logged model a version came from
PROMPTS = "prompt~"  # the names under which MLflow keeps our prompts (mocks/prompts)
NOUN = "Registered model"


class ModelStore:
    """The model registry of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow = MlflowRegistry(workspace)
        self._storage = workspace.engine(Storage)

    def create_model(self, told: ModelCall) -> OneModel:
        """Registers a model.

        Raises: InvalidParameterValue, NotFound, ResourceAlreadyExists
        """
        self._mlflow.check_name(told.name, NOUN)
        self._mlflow.require("CREATE_MODEL", told.name)
        made = self._mlflow.call(
            "POST", f"{MODELS}/create", name=told.name, description=told.description, tags=told.tags
        )
        return _one_model(made)

    def get_model(self, name: str) -> OneModel:
        """The model."""
        self._mlflow.require("EXECUTE", name)
        return _one_model(self._mlflow.call("GET", f"{MODELS}/get", name=name))

    def update_model(self, told: ModelCall) -> OneModel:
        """Renames the model or changes its description."""
        self._mlflow.require("MANAGE", told.name)
        if told.new_name:
            return self._renamed(told.name, told.new_name)
        changed = self._mlflow.call("PATCH", f"{MODELS}/update", name=told.name, description=told.description or "")
        return _one_model(changed)

    def delete_model(self, name: str) -> None:
        """Removes the model, its versions and their files."""
        self._mlflow.require("MANAGE", name)
        self._mlflow.call("DELETE", f"{MODELS}/delete", name=name)
        shutil.rmtree(self._storage.model_folder(name, "1").parent, ignore_errors=True)

    def search_models(self, max_results: int | None, page_token: str | None) -> Models:
        """All models; MLflow leaves prompts out of this search."""
        found = self._mlflow.call("GET", f"{MODELS}/search", max_results=max_results, page_token=page_token)
        records = found.get("registered_models", [])
        allowed = self._mlflow.allowed([model["name"] for model in records])
        models = [_model(model) for model in records if model["name"] in allowed]
        return Models(registered_models=models, next_page_token=found.get("next_page_token"))

    def set_alias(self, told: ModelCall) -> None:
        """Points the alias at a version."""
        self._mlflow.require("MANAGE", told.name)
        self._mlflow.call("POST", f"{MODELS}/alias", name=told.name, alias=told.alias, version=told.version)

    def delete_alias(self, name: str, alias: str) -> None:
        """Removes the alias."""
        self._mlflow.require("MANAGE", name)
        self._mlflow.call("DELETE", f"{MODELS}/alias", name=name, alias=alias)

    def get_by_alias(self, name: str, alias: str) -> OneVersion:
        """The version that the alias points at."""
        self._mlflow.require("EXECUTE", name)
        return _one_version(self._mlflow.call("GET", f"{MODELS}/alias", name=name, alias=alias))

    def set_tag(self, of: str, told: ModelCall) -> None:
        """Sets a tag of a model or a version."""
        self._mlflow.require("APPLY_TAG", told.name)
        self._mlflow.call(
            "POST", f"{of}/set-tag", name=told.name, version=told.version, key=told.key, value=told.value or ""
        )

    def delete_tag(self, of: str, told: ModelCall) -> None:
        """Removes a tag of a model or a version."""
        self._mlflow.require("APPLY_TAG", told.name)
        self._mlflow.call("DELETE", f"{of}/delete-tag", name=told.name, version=told.version, key=told.key)

    def create_version(self, told: ModelCall) -> OneVersion:
        """Opens the next version; it is pending until its files are in."""
        self._mlflow.check_name(told.name, NOUN)
        self._mlflow.require("CREATE_MODEL_VERSION", told.name)
        own = {PENDING: "true"} | ({MODEL_ID: told.model_id} if told.model_id else {})
        made = self._mlflow.call(
            "POST",
            f"{VERSIONS}/create",
            name=told.name,
            source=told.source,
            run_id=told.run_id,
            model_id=told.model_id if (told.source or "").startswith("models:/m-") else None,
            description=told.description,
            tags=[*(told.tags or []), *as_tags(own)],
        )
        return _one_version(made)

    def finalize_version(self, told: ModelCall) -> OneVersion:
        """Says that the files of a version are in."""
        self._mlflow.require("CREATE_MODEL_VERSION", told.name)
        self._mlflow.call("DELETE", f"{VERSIONS}/delete-tag", name=told.name, version=told.version, key=PENDING)
        return self._version(told.name, told.version or "")

    def get_version(self, name: str, version: str) -> OneVersion:
        """The version."""
        self._mlflow.require("EXECUTE", name)
        return self._version(name, version)

    def update_version(self, told: ModelCall) -> OneVersion:
        """Changes the description."""
        self._mlflow.require("MANAGE", told.name)
        changed = self._mlflow.call(
            "PATCH", f"{VERSIONS}/update", name=told.name, version=told.version, description=told.description or ""
        )
        return _one_version(changed)

    def delete_version(self, told: ModelCall) -> None:
        """Removes the version and its files."""
        self._mlflow.require("MANAGE", told.name)
        self._mlflow.call("DELETE", f"{VERSIONS}/delete", name=told.name, version=told.version)
        shutil.rmtree(self._storage.model_folder(told.name, told.version or ""), ignore_errors=True)

    def search_versions(self, filter_: str | None, max_results: int | None, page_token: str | None) -> Versions:
        """The versions that match MLflow's filter."""
        found = self._mlflow.call(
            "GET", f"{VERSIONS}/search", filter=filter_, max_results=max_results, page_token=page_token
        )
        records = [one for one in found.get("model_versions", []) if not one["name"].startswith(PROMPTS)]
        allowed = self._mlflow.allowed([one["name"] for one in records])
        versions = [_version(one) for one in records if one["name"] in allowed]
        return Versions(model_versions=versions, next_page_token=found.get("next_page_token"))

    def _version(self, name: str, version: str) -> OneVersion:
        return _one_version(self._mlflow.call("GET", f"{VERSIONS}/get", name=name, version=version))

    def _renamed(self, name: str, new_name: str) -> OneModel:
        self._mlflow.check_name(new_name, NOUN)
        renamed = _one_model(self._mlflow.call("POST", f"{MODELS}/rename", name=name, new_name=new_name))
        old, new = (self._storage.model_folder(one, "1").parent for one in (name, new_name))
        if old.is_dir():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
        return renamed


def download_uri(name: str, version: str) -> str:
    """Where the files of a version lie, as Databricks writes it."""
    return f"dbfs:/Models/{name.replace('.', '/')}/{version}"


def _one_model(answer: dict[str, Any]) -> OneModel:
    return OneModel(registered_model=_model(answer["registered_model"]))


def _one_version(answer: dict[str, Any]) -> OneVersion:
    return OneVersion(model_version=_version(answer["model_version"]))


def _model(record: dict[str, Any]) -> RegisteredModel:
    told = {name: record[name] for name in RegisteredModel.model_fields if name in record}
    return RegisteredModel(**told)


def _version(record: dict[str, Any]) -> ModelVersion:
    tags = tags_of(record)
    pending, model_id = tags.pop(PENDING, None), tags.pop(MODEL_ID, None)
    told = {name: record[name] for name in ModelVersion.model_fields if record.get(name) not in (None, "")}
    return ModelVersion(
        **told
        | {
            "version": str(record["version"]),
            "model_id": model_id or record.get("model_id"),
            "status": "PENDING_REGISTRATION" if pending else "READY",
            "aliases": [{"alias": alias, "version": str(record["version"])} for alias in record.get("aliases", [])],
            "tags": as_tags(tags),
            "storage_location": download_uri(record["name"], str(record["version"])),
        }
    )
