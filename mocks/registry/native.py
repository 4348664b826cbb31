"""Models as Unity Catalog's own API shows them; the same models as MLflow's client sees."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.registry.native_wire import (
    AliasInfo,
    ModelChange,
    ModelInfo,
    ModelInfos,
    NewModel,
    NewVersion,
    TagAssignments,
    VersionInfo,
    VersionInfos,
)
from mocks.registry.store import MODELS, VERSIONS, ModelStore
from mocks.registry.wire import ModelCall, Models, ModelVersion, RegisteredModel, Versions

MANY = 1000
P = TypeVar("P", Models, Versions)


class NativeModelStore:
    """The model registry of one workspace.

    Raises everywhere: InvalidParameterValue, NotFound, ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._models = ModelStore(workspace)
        self._user = workspace.user_name

    def create_model(self, told: NewModel) -> ModelInfo:
        """Registers a model."""
        made = self._models.create_model(ModelCall(name=told.path, description=told.comment, tags=told.tags))
        return self._model(made.registered_model)

    def get_model(self, name: str, aliases: bool) -> ModelInfo:
        """The model; its aliases are told only to who asks for them."""
        return self._model(self._models.get_model(name).registered_model, aliases)

    def list_models(self, schema: str | None, size: int | None, token: str | None) -> ModelInfos:
        """The models, of one schema or of all."""
        prefix = f"{schema}." if schema else ""
        found = [model for model in self._all_models() if model.name.startswith(prefix)]
        models, following = page(found, size, token)
        infos = [self._model(model) for model in models]
        return ModelInfos(registered_models=infos, next_page_token=following)

    def update_model(self, name: str, change: ModelChange) -> ModelInfo:
        """Renames the model or changes its description."""
        catalog, schema, *_ = name.split(".")
        new = change.new_name
        if new and new.count(".") == 0:
            new = f"{catalog}.{schema}.{new}"
        if new and new != name:
            self._models.update_model(ModelCall(name=name, new_name=new))
            name = new
        if change.comment is not None:
            self._models.update_model(ModelCall(name=name, description=change.comment))
        return self.get_model(name, aliases=True)

    def delete_model(self, name: str) -> None:
        """Removes the model, its versions and their files."""
        self._models.delete_model(name)

    def set_alias(self, name: str, alias: str, version: int) -> AliasInfo:
        """Points the alias at a version."""
        self._models.set_alias(ModelCall(name=name, alias=alias, version=str(version)))
        return AliasInfo(alias_name=alias, version_num=version)

    def delete_alias(self, name: str, alias: str) -> None:
        """Removes the alias."""
        self._models.delete_alias(name, alias)

    def get_by_alias(self, name: str, alias: str, aliases: bool) -> VersionInfo:
        """The version that the alias points at."""
        return self._version(self._models.get_by_alias(name, alias).model_version, aliases)

    def create_version(self, told: NewVersion) -> VersionInfo:
        """Opens the next version; it is pending until its files are in."""
        made = self._models.create_version(
            ModelCall(
                name=f"{told.catalog_name}.{told.schema_name}.{told.model_name}",
                source=told.source,
                run_id=told.run_id,
                model_id=told.model_id,
                description=told.comment,
                tags=told.tags,
            )
        )
        return self._version(made.model_version)

    def finalize_version(self, name: str, version: str) -> VersionInfo:
        """Says that the files of a version are in."""
        return self._version(self._models.finalize_version(ModelCall(name=name, version=version)).model_version)

    def get_version(self, name: str, version: str, aliases: bool) -> VersionInfo:
        """The version."""
        return self._version(self._models.get_version(name, version).model_version, aliases)

    def list_versions(self, name: str, size: int | None, token: str | None) -> VersionInfos:
        """The versions of a model, the newest first."""
        self._models.get_model(name)
        found = sorted(self._all_versions(name), key=lambda version: -int(version.version))
        versions, following = page(found, size, token)
        return VersionInfos(model_versions=[self._version(one) for one in versions], next_page_token=following)

    def update_version(self, name: str, version: str, change: ModelChange) -> VersionInfo:
        """Changes the description."""
        told = ModelCall(name=name, version=version, description=change.comment)
        return self._version(self._models.update_version(told).model_version)

    def delete_version(self, name: str, version: str) -> None:
        """Removes the version and its files."""
        self._models.delete_version(ModelCall(name=name, version=version))

    def assign_tags(self, name: str, version: str | None, told: TagAssignments) -> None:
        """Sets and removes tags of a model or of one of its versions."""
        of = VERSIONS if version else MODELS
        for tag in told.changes.add_tags:
            self._models.set_tag(of, ModelCall(name=name, version=version, key=tag["key"], value=tag.get("value")))
        for key in told.changes.remove:
            self._models.delete_tag(of, ModelCall(name=name, version=version, key=key))

    def _all_models(self) -> Iterator[RegisteredModel]:
        def fetch(token: str | None) -> Models:
            return self._models.search_models(MANY, token)

        for found in _pages(fetch):
            yield from found.registered_models

    def _all_versions(self, name: str) -> Iterator[ModelVersion]:
        def fetch(token: str | None) -> Versions:
            return self._models.search_versions(f"name = '{name}'", MANY, token)

        for found in _pages(fetch):
            yield from found.model_versions

    def _model(self, model: RegisteredModel, aliases: bool = False) -> ModelInfo:
        catalog, schema, name = model.name.split(".", 2)
        return ModelInfo(
            name=name,
            catalog_name=catalog,
            schema_name=schema,
            full_name=model.name,
            comment=model.description or None,
            storage_location=f"dbfs:/Models/{catalog}/{schema}/{name}",
            created_at=model.creation_timestamp,
            created_by=model.user_id or self._user,
            updated_at=model.last_updated_timestamp,
            updated_by=model.user_id or self._user,
            owner=self._user,
            aliases=_aliases(model.aliases) if aliases else None,
            tags=model.tags,
        )

    def _version(self, version: ModelVersion, aliases: bool = False) -> VersionInfo:
        catalog, schema, name = version.name.split(".", 2)
        return VersionInfo(
            model_name=name,
            catalog_name=catalog,
            schema_name=schema,
            version=int(version.version),
            source=version.source,
            run_id=version.run_id or None,
            model_id=version.model_id,
            comment=version.description or None,
            status=version.status,
            storage_location=version.storage_location,
            created_at=version.creation_timestamp,
            created_by=version.user_id or self._user,
            updated_at=version.last_updated_timestamp,
            updated_by=version.user_id or self._user,
            aliases=_aliases(version.aliases) if aliases else None,
            tags=version.tags,
        )


def _aliases(told: list[dict[str, str]]) -> list[AliasInfo]:
    return [AliasInfo(alias_name=alias["alias"], version_num=int(alias["version"])) for alias in told]


def _pages(fetch: Callable[[str | None], P]) -> Iterator[P]:
    token: str | None = None
    while True:
        found = fetch(token)
        yield found
        if not (token := found.next_page_token):
            return
