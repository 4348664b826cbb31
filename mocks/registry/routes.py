"""Routes of the model registry, as MLflow's `databricks-uc` client calls them."""

from typing import Annotated, Any

from fastapi import Depends

from mocks.core.errors import InvalidParameterValue
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.registry.store import MODELS, VERSIONS, ModelStore, download_uri
from mocks.registry.wire import ModelCall, Models, OneModel, OneVersion, Versions

api = Api()
Store = Annotated[ModelStore, Depends(in_workspace(ModelStore))]
ROOT = "/api/2.0/mlflow/unity-catalog"
MODEL, VERSION = f"{ROOT}/{MODELS}", f"{ROOT}/{VERSIONS}"


@api.get(f"{ROOT}/registered-models:is-databricks-sdk-models-artifact-repository-enabled")
def is_files_api_used() -> dict[str, bool]:
    """Makes the client send model files through the Files API."""
    return {"is_databricks_sdk_models_artifact_repository_enabled": True}


@api.post(f"{MODEL}/create")
def create_registered_model(body: ModelCall, store: Store) -> OneModel:
    """Registers a model."""
    return store.create_model(body)


@api.get(f"{MODEL}/get")
def get_registered_model(name: str, store: Store) -> OneModel:
    """The model."""
    return store.get_model(name)


@api.patch(f"{MODEL}/update")
def update_registered_model(body: ModelCall, store: Store) -> OneModel:
    """Renames the model or changes its description."""
    return store.update_model(body)


@api.delete(f"{MODEL}/delete")
def delete_registered_model(store: Store, body: ModelCall | None = None, name: str = "") -> None:
    """Removes the model."""
    store.delete_model(body.name if body and body.name else name)


@api.get(f"{MODEL}/search")
def search_registered_models(
    store: Store,
    max_results: int | None = None,
    page_token: str | None = None,
    filter: str = "",  # noqa: A002  # its wire name
) -> Models:
    """All models."""
    if filter:
        raise InvalidParameterValue("Argument 'filter' is not supported for models in Unity Catalog.")
    return store.search_models(max_results, page_token)


@api.post(f"{MODEL}/alias")
def set_registered_model_alias(body: ModelCall, store: Store) -> None:
    """Points an alias at a version."""
    store.set_alias(body)


@api.delete(f"{MODEL}/alias")
def delete_registered_model_alias(store: Store, body: ModelCall | None = None, name: str = "", alias: str = "") -> None:
    """Removes an alias."""
    store.delete_alias((body and body.name) or name, (body and body.alias) or alias)


@api.get(f"{MODEL}/alias")
def get_model_version_by_alias(name: str, alias: str, store: Store) -> OneVersion:
    """The version behind an alias."""
    return store.get_by_alias(name, alias)


@api.post(f"{MODEL}/set-tag")
def set_registered_model_tag(body: ModelCall, store: Store) -> None:
    """Sets a tag of a model."""
    store.set_tag(MODELS, body)


@api.delete(f"{MODEL}/delete-tag")
def delete_registered_model_tag(body: ModelCall, store: Store) -> None:
    """Removes a tag of a model."""
    store.delete_tag(MODELS, body)


@api.post(f"{VERSION}/create")
def create_model_version(body: ModelCall, store: Store) -> OneVersion:
    """Opens the next version."""
    return store.create_version(body)


@api.post(f"{VERSION}/finalize")
def finalize_model_version(body: ModelCall, store: Store) -> OneVersion:
    """Says that the files are in."""
    return store.finalize_version(body)


@api.get(f"{VERSION}/get")
def get_model_version(name: str, version: str, store: Store) -> OneVersion:
    """The version."""
    return store.get_version(name, version)


@api.patch(f"{VERSION}/update")
def update_model_version(body: ModelCall, store: Store) -> OneVersion:
    """Changes the description."""
    return store.update_version(body)


@api.delete(f"{VERSION}/delete")
def delete_model_version(store: Store, body: ModelCall | None = None, name: str = "", version: str = "") -> None:
    """Removes the version."""
    store.delete_version(body if body and body.name else ModelCall(name=name, version=version))


@api.get(f"{VERSION}/search")
def search_model_versions(
    store: Store,
    filter: str | None = None,  # noqa: A002  # its wire name
    max_results: int | None = None,
    page_token: str | None = None,
) -> Versions:
    """The versions that match."""
    return store.search_versions(filter, max_results, page_token)


@api.get(f"{VERSION}/get-download-uri")
def get_model_version_download_uri(name: str, version: str, store: Store) -> dict[str, str]:
    """Where the files lie."""
    store.get_version(name, version)
    return {"artifact_uri": download_uri(name, version)}


@api.post(f"{VERSION}/set-tag")
def set_model_version_tag(body: ModelCall, store: Store) -> None:
    """Sets a tag of a version."""
    store.set_tag(VERSIONS, body)


@api.delete(f"{VERSION}/delete-tag")
def delete_model_version_tag(body: ModelCall, store: Store) -> None:
    """Removes a tag of a version."""
    store.delete_tag(VERSIONS, body)


@api.post(f"{VERSION}/generate-temporary-credentials")
def generate_temporary_model_version_credentials(body: ModelCall, store: Store) -> dict[str, Any]:
    """Says that the files go through the Files API, not to a cloud store."""
    store.get_version(body.name, body.version or "")
    return {"credentials": {"storage_mode": "DEFAULT_STORAGE"}}


@api.post(f"{VERSION}/emit-lineage")
def emit_model_version_lineage(body: ModelCall, store: Store) -> None:
    """Lineage is accepted for a version that exists; it is not kept."""
    store.get_version(body.name, body.version or "")
