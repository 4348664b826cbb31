"""Routes of Unity Catalog's own API for models, as the SDK calls it and, if told to, MLflow's client."""

from typing import Annotated

from fastapi import Depends

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api, Wire
from mocks.core.workspace import in_workspace
from mocks.registry.native import NativeModelStore
from mocks.registry.native_wire import (
    AliasInfo,
    ModelChange,
    ModelInfo,
    ModelInfos,
    NewAlias,
    NewModel,
    NewVersion,
    TagAssignments,
    VersionInfo,
    VersionInfos,
)

api = Api()
Store = Annotated[NativeModelStore, Depends(in_workspace(NativeModelStore))]
ROOT = "/api/2.1/unity-catalog"
MODELS = f"{ROOT}/models"


class WantedCredentials(Wire):
    """For which version temporary credentials are wanted."""

    catalog_name: str
    schema_name: str
    model_name: str
    version: int


@api.post(MODELS)
def create_native_model(body: NewModel, store: Store) -> ModelInfo:
    """Registers a model."""
    return store.create_model(body)


@api.get(MODELS)
def list_native_models(
    store: Store,
    catalog_name: str | None = None,
    schema_name: str | None = None,
    max_results: int | None = None,
    page_token: str | None = None,
) -> ModelInfos:
    """The models, of one schema or of all."""
    if (catalog_name is None) != (schema_name is None):
        raise InvalidParameterValue("catalog_name and schema_name are given together or not at all.")
    schema = f"{catalog_name}.{schema_name}" if catalog_name else None
    return store.list_models(schema, max_results, page_token)


@api.post(f"{MODELS}/versions")
def create_native_version(body: NewVersion, store: Store) -> VersionInfo:
    """Opens the next version."""
    return store.create_version(body)


@api.get(f"{MODELS}/{{full_name}}")
def get_native_model(full_name: str, store: Store, include_aliases: bool = False) -> ModelInfo:
    """The model."""
    return store.get_model(full_name, include_aliases)


@api.patch(f"{MODELS}/{{full_name}}")
def update_native_model(full_name: str, body: ModelChange, store: Store) -> ModelInfo:
    """Renames the model or changes its description."""
    return store.update_model(full_name, body)


@api.delete(f"{MODELS}/{{full_name}}")
def delete_native_model(full_name: str, store: Store) -> None:
    """Removes the model."""
    store.delete_model(full_name)


@api.put(f"{MODELS}/{{full_name}}/aliases/{{alias}}")
def set_native_alias(full_name: str, alias: str, body: NewAlias, store: Store) -> AliasInfo:
    """Points an alias at a version."""
    return store.set_alias(full_name, alias, body.version_num)


@api.delete(f"{MODELS}/{{full_name}}/aliases/{{alias}}")
def delete_native_alias(full_name: str, alias: str, store: Store) -> None:
    """Removes an alias."""
    store.delete_alias(full_name, alias)


@api.get(f"{MODELS}/{{full_name}}/aliases/{{alias}}")
def get_native_version_by_alias(full_name: str, alias: str, store: Store, include_aliases: bool = False) -> VersionInfo:
    """The version behind an alias."""
    return store.get_by_alias(full_name, alias, include_aliases)


@api.get(f"{MODELS}/{{full_name}}/versions")
def list_native_versions(
    full_name: str, store: Store, max_results: int | None = None, page_token: str | None = None
) -> VersionInfos:
    """The versions of a model."""
    return store.list_versions(full_name, max_results, page_token)


@api.get(f"{MODELS}/{{full_name}}/versions/{{version}}")
def get_native_version(full_name: str, version: int, store: Store, include_aliases: bool = False) -> VersionInfo:
    """The version."""
    return store.get_version(full_name, str(version), include_aliases)


@api.patch(f"{MODELS}/{{full_name}}/versions/{{version}}")
def update_native_version(full_name: str, version: int, body: ModelChange, store: Store) -> VersionInfo:
    """Changes the description."""
    return store.update_version(full_name, str(version), body)


@api.delete(f"{MODELS}/{{full_name}}/versions/{{version}}")
def delete_native_version(full_name: str, version: int, store: Store) -> None:
    """Removes the version."""
    store.delete_version(full_name, str(version))


@api.patch(f"{MODELS}/{{full_name}}/versions/{{version}}/finalize")
def finalize_native_version(full_name: str, version: int, store: Store) -> VersionInfo:
    """Says that the files are in."""
    return store.finalize_version(full_name, str(version))


@api.post(f"{ROOT}/temporary-model-version-credentials")
def generate_native_credentials(body: WantedCredentials, store: Store) -> dict[str, str]:
    """Says that the files go through the Files API, not to a cloud store."""
    store.get_version(f"{body.catalog_name}.{body.schema_name}.{body.model_name}", str(body.version), aliases=False)
    return {"storage_mode": "DEFAULT_STORAGE"}


@api.patch(f"{ROOT}/securable-tags/FUNCTION/{{full_name}}")
def assign_model_tags(full_name: str, body: TagAssignments, store: Store) -> None:
    """Tags of a model; Unity Catalog counts models among its functions."""
    store.assign_tags(full_name, None, body)


@api.patch(f"{ROOT}/subentity-tags/FUNCTION/{{full_name}}/{{version}}")
def assign_version_tags(full_name: str, version: int, body: TagAssignments, store: Store) -> None:
    """Tags of a version."""
    store.assign_tags(full_name, str(version), body)
