"""Prompts of Unity Catalog over MLflow's registry, where a prompt is a model with certain tags."""

import json
from datetime import UTC, datetime
from typing import Any

from mocks.core.errors import AlreadyExists, InvalidParameterValue, ResourceAlreadyExists
from mocks.core.workspace import Workspace
from mocks.engines.mlflow_registry import MlflowRegistry, as_tags, tags_of
from mocks.prompts.wire import NewPrompt, Prompt, Prompts, PromptVersion, PromptVersions, Search, Tag

MODELS, VERSIONS = "registered-models", "model-versions"
PREFIX = "prompt~"  # Unity Catalog keeps models and prompts apart, MLflow does not
IS_PROMPT, TEXT, TYPE = "mlflow.prompt.is_prompt", "mlflow.prompt.text", "_mlflow_prompt_type"
SOURCE = "dummy-source"  # what MLflow itself writes for a prompt


class PromptStore:
    """The prompt registry of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow = MlflowRegistry(workspace)

    def create(self, told: NewPrompt) -> Prompt:
        """Registers a prompt.

        Raises: AlreadyExists, InvalidParameterValue, NotFound
        """
        self._mlflow.check_name(told.name, "Prompt")
        tags = [*told.prompt.tags, *as_tags({IS_PROMPT: "true"})]
        try:
            made = self._mlflow.call(
                "POST", f"{MODELS}/create", name=PREFIX + told.name, description=told.prompt.description, tags=tags
            )
        except ResourceAlreadyExists:
            # The client takes only this code for "then make a version" (mlflow/store/_unity_catalog/registry).
            raise AlreadyExists(f"Prompt '{told.name}' already exists.") from None
        return _prompt(made["registered_model"])

    def get(self, name: str) -> Prompt:
        """The prompt."""
        return _prompt(self._mlflow.call("GET", f"{MODELS}/get", name=PREFIX + name)["registered_model"])

    def update(self, name: str, description: str | None) -> Prompt:
        """Changes the description."""
        changed = self._mlflow.call("PATCH", f"{MODELS}/update", name=PREFIX + name, description=description or "")
        return _prompt(changed["registered_model"])

    def delete(self, name: str) -> None:
        """Removes the prompt and its versions."""
        self._mlflow.call("DELETE", f"{MODELS}/delete", name=PREFIX + name)

    def search(self, wanted: Search) -> Prompts:
        """The prompts of a schema."""
        schema = wanted.catalog_schema
        if schema is None:
            raise InvalidParameterValue("catalog_schema is missing: prompts are searched in one schema.")
        found = self._mlflow.call(
            "GET",
            f"{MODELS}/search",
            filter=f"name LIKE '{PREFIX}{schema.catalog_name}.{schema.schema_name}.%' AND tags.`{IS_PROMPT}` = 'true'",
            max_results=wanted.max_results,
            page_token=wanted.page_token,
        )
        prompts = [_prompt(record) for record in found.get("registered_models", [])]
        return Prompts(prompts=prompts, next_page_token=found.get("next_page_token"))

    def create_version(self, name: str, told: PromptVersion) -> PromptVersion:
        """Adds a version."""
        template = _template(told.template)
        text = template if isinstance(template, str) else json.dumps(template)
        made = self._mlflow.call(
            "POST",
            f"{VERSIONS}/create",
            name=PREFIX + name,
            source=SOURCE,
            description=told.description,
            tags=[*told.tags, *as_tags({IS_PROMPT: "true", TEXT: text})],
        )
        return _version(made["model_version"])

    def get_version(self, name: str, version: str) -> PromptVersion:
        """The version."""
        return _version(
            self._mlflow.call("GET", f"{VERSIONS}/get", name=PREFIX + name, version=version)["model_version"]
        )

    def get_by_alias(self, name: str, alias: str) -> PromptVersion:
        """The version that the alias points at."""
        return _version(self._mlflow.call("GET", f"{MODELS}/alias", name=PREFIX + name, alias=alias)["model_version"])

    def update_version(self, name: str, version: str, description: str | None) -> PromptVersion:
        """Changes the description of a version."""
        changed = self._mlflow.call(
            "PATCH", f"{VERSIONS}/update", name=PREFIX + name, version=version, description=description or ""
        )
        return _version(changed["model_version"])

    def delete_version(self, name: str, version: str) -> None:
        """Removes a version."""
        self._mlflow.call("DELETE", f"{VERSIONS}/delete", name=PREFIX + name, version=version)

    def search_versions(self, name: str, wanted: Search) -> PromptVersions:
        """The versions of a prompt."""
        found = self._mlflow.call(
            "GET",
            f"{VERSIONS}/search",
            filter=f"name = '{PREFIX}{name}' AND tag.`{IS_PROMPT}` = 'true'",
            max_results=wanted.max_results,
            page_token=wanted.page_token,
        )
        versions = [_version(record) for record in found.get("model_versions", [])]
        return PromptVersions(prompt_versions=versions, next_page_token=found.get("next_page_token"))

    def set_alias(self, name: str, alias: str, version: str) -> None:
        """Points the alias at a version."""
        self._mlflow.call("POST", f"{MODELS}/alias", name=PREFIX + name, alias=alias, version=version)

    def delete_alias(self, name: str, alias: str) -> None:
        """Removes the alias."""
        self._mlflow.call("DELETE", f"{MODELS}/alias", name=PREFIX + name, alias=alias)

    def set_tag(self, name: str, version: str | None, tag: Tag) -> None:
        """Sets a tag of the prompt, or of one version."""
        of = VERSIONS if version else MODELS
        self._mlflow.call("POST", f"{of}/set-tag", name=PREFIX + name, version=version, key=tag.key, value=tag.value)

    def delete_tag(self, name: str, version: str | None, key: str) -> None:
        """Removes a tag of the prompt, or of one version."""
        of = VERSIONS if version else MODELS
        self._mlflow.call("DELETE", f"{of}/delete-tag", name=PREFIX + name, version=version, key=key)

    def link_to_traces(self, versions: list[dict[str, Any]], trace_ids: list[str]) -> None:
        """Notes on the traces which prompt versions they used."""
        named = [{"name": version["name"], "version": str(version["version"])} for version in versions]
        for trace_id in trace_ids:
            self._mlflow.call("POST", "traces/link-prompts", trace_id=trace_id, prompt_versions=named)


def _template(encoded: str) -> Any:
    try:
        return json.loads(encoded)
    except ValueError:
        raise InvalidParameterValue("A template is JSON: a string or a list of messages.") from None


def _prompt(record: dict[str, Any]) -> Prompt:
    tags = {key: value for key, value in tags_of(record).items() if key != IS_PROMPT}
    aliases = [{"alias": a["alias"], "version": str(a["version"])} for a in record.get("aliases", [])]
    return Prompt(**_common(record), aliases=aliases, tags=as_tags(tags))


def _version(record: dict[str, Any]) -> PromptVersion:
    tags = {key: value for key, value in tags_of(record).items() if key != IS_PROMPT}
    text, version = tags.pop(TEXT, ""), str(record["version"])
    return PromptVersion(
        **_common(record),
        version=version,
        template=text if tags.get(TYPE) == "chat" else json.dumps(text, ensure_ascii=False),
        aliases=[{"alias": alias, "version": version} for alias in record.get("aliases", [])],
        tags=as_tags(tags),
    )


def _common(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": record["name"].removeprefix(PREFIX),
        "creation_timestamp": _time(record.get("creation_timestamp")),
        "last_updated_timestamp": _time(record.get("last_updated_timestamp")),
        "description": record.get("description", ""),
    }


def _time(milliseconds: int | str | None) -> str:
    moment = datetime.fromtimestamp(int(milliseconds or 0) / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
