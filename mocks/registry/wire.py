"""Bodies of the model registry; the fields follow `uc_registry_messages.proto` (MLflow, Apache-2.0)."""

from typing import Any

from pydantic import field_validator

from mocks.core.wire import Wire


class ModelCall(Wire):
    """What calls about models and versions may carry."""

    name: str = ""
    version: str | None = None
    new_name: str | None = None
    description: str | None = None
    source: str | None = None
    run_id: str | None = None
    model_id: str | None = None
    alias: str | None = None
    key: str | None = None
    value: str | None = None
    tags: list[dict[str, Any]] | None = None

    @field_validator("version", mode="before")
    @classmethod
    def as_text(cls, version: Any) -> Any:
        """Clients send the number as text or as a number."""
        return str(version) if isinstance(version, int) else version


class RegisteredModel(Wire):
    """A registered model."""

    name: str
    creation_timestamp: int | None = None
    last_updated_timestamp: int | None = None
    user_id: str | None = None
    description: str | None = None
    aliases: list[dict[str, str]] = []
    tags: list[dict[str, str]] = []


class ModelVersion(Wire):
    """A version of a registered model."""

    name: str
    version: str
    creation_timestamp: int | None = None
    last_updated_timestamp: int | None = None
    user_id: str | None = None
    description: str | None = None
    source: str | None = None
    run_id: str | None = None
    model_id: str | None = None
    status: str
    aliases: list[dict[str, str]] = []
    tags: list[dict[str, str]] = []
    storage_location: str


class OneModel(Wire):
    """An answer with one model."""

    registered_model: RegisteredModel


class OneVersion(Wire):
    """An answer with one version."""

    model_version: ModelVersion


class Models(Wire):
    """A page of models."""

    registered_models: list[RegisteredModel] = []
    next_page_token: str | None = None


class Versions(Wire):
    """A page of versions."""

    model_versions: list[ModelVersion] = []
    next_page_token: str | None = None
