"""Bodies of Unity Catalog's own API for models (unity_catalog_messages.proto; `w.registered_models` of the SDK)."""

from typing import Any

from mocks.core.wire import Wire


class NewModel(Wire):
    """A model to be registered, by its three names or its full one."""

    name: str = ""
    catalog_name: str = ""
    schema_name: str = ""
    full_name: str | None = None
    comment: str | None = None
    tags: list[dict[str, Any]] | None = None

    @property
    def path(self) -> str:
        """The name with its three levels."""
        return self.full_name or f"{self.catalog_name}.{self.schema_name}.{self.name}"


class ModelChange(Wire):
    """What can be changed of a model or a version."""

    new_name: str | None = None
    comment: str | None = None


class NewVersion(Wire):
    """A version to be opened."""

    model_name: str
    catalog_name: str
    schema_name: str
    source: str
    run_id: str | None = None
    model_id: str | None = None
    comment: str | None = None
    tags: list[dict[str, Any]] | None = None


class NewAlias(Wire):
    """Where an alias points."""

    version_num: int


class TagChanges(Wire):
    """Tags to set and keys to remove."""

    add_tags: list[dict[str, str]] = []
    remove: list[str] = []


class TagAssignments(Wire):
    """A change of the tags of a securable."""

    changes: TagChanges


class AliasInfo(Wire):
    """An alias of a model."""

    alias_name: str
    version_num: int


class ModelInfo(Wire):
    """A registered model."""

    name: str
    catalog_name: str
    schema_name: str
    full_name: str
    comment: str | None = None
    storage_location: str
    created_at: int | None = None
    created_by: str | None = None
    updated_at: int | None = None
    updated_by: str | None = None
    owner: str | None = None
    aliases: list[AliasInfo] | None = None
    tags: list[dict[str, str]] | None = None


class VersionInfo(Wire):
    """A version of a registered model."""

    model_name: str
    catalog_name: str
    schema_name: str
    version: int
    source: str | None = None
    run_id: str | None = None
    model_id: str | None = None
    comment: str | None = None
    status: str
    storage_location: str
    created_at: int | None = None
    created_by: str | None = None
    updated_at: int | None = None
    updated_by: str | None = None
    aliases: list[AliasInfo] | None = None
    tags: list[dict[str, str]] | None = None


class ModelInfos(Wire):
    """A page of models."""

    registered_models: list[ModelInfo]
    next_page_token: str | None = None


class VersionInfos(Wire):
    """A page of versions."""

    model_versions: list[VersionInfo]
    next_page_token: str | None = None
