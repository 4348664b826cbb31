"""Prompts of Unity Catalog over MLflow's registry, where a prompt is a model with certain tags."""

import json
from datetime import UTC, datetime
from typing import Any

from mocks.core.errors import AlreadyExists, InvalidParameterValue, ResourceAlreadyExists
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.registry import MlflowRegistry, as_tags, tags_of
from mocks.prompts.filters import prefixed
from mocks.prompts.wire import NewPrompt, Prompt, Prompts, PromptVersion, PromptVersions, Search, Tag

MODELS, VERSIONS = "registered-models", "model-versions"
PREFIX = "prompt~"  # Unity Catalog keeps models and prompts apart, MLflow does not
IS_PROMPT, TEXT, TYPE = "mlflow.prompt.is_prompt", "mlflow.prompt.text", "_mlflow_prompt_type"
SOURCE = "dummy-source"  # what MLflow itself writes for a prompt
CHANGEABLE = ("description", "tags")


class PromptStore:
    """The prompt registry of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow = MlflowRegistry(workspace)

    def create(self, told: NewPrompt) -> Prompt:
        """Registers a prompt.

        Raises: AlreadyExists, InvalidParameterValue, NotFound
        """
        self._mlflow.check_name(told.name, "Prompt")
        self._mlflow.require("CREATE_FUNCTION", told.name)
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
        self._mlflow.require("EXECUTE", name)
        return _prompt(self._mlflow.call("GET", f"{MODELS}/get", name=PREFIX + name)["registered_model"])

    def update(self, name: str, told: Prompt, mask: str | None) -> Prompt:
        """Changes the description or sets tags.

        Raises: InvalidParameterValue
        """
        self._change(MODELS, told, mask, name=PREFIX + name)
        return self.get(name)

    def delete(self, name: str) -> None:
        """Removes a prompt that has no versions any more.

        Raises: InvalidParameterValue
        """
        self._mlflow.require("MANAGE", name)
        if self.search_versions(name, Search(max_results=1)).prompt_versions:
            raise InvalidParameterValue(
                f"Cannot delete prompt '{name}' because it still has undeleted versions. Delete all versions first."
            )
        self._mlflow.call("DELETE", f"{MODELS}/delete", name=PREFIX + name)

    def search(self, wanted: Search) -> Prompts:
        """The prompts of a schema, by name.

        Raises: InvalidParameterValue, NotFound
        """
        schema = wanted.catalog_schema
        if schema is None:
            raise InvalidParameterValue("catalog_schema is missing: prompts are searched in one schema.")
        inside = f"{schema.catalog_name}.{schema.schema_name}."
        self._mlflow.check_name(f"{inside}x", "Prompt")
        self._mlflow.require("EXECUTE", inside)
        conditions = [f"name LIKE '{PREFIX}{inside}%'", f"tags.`{IS_PROMPT}` = 'true'"]
        found = self._mlflow.call(
            "GET",
            f"{MODELS}/search",
            filter=" AND ".join(conditions + prefixed(wanted.filter, PREFIX, inside)),
            max_results=wanted.max_results,
            page_token=wanted.page_token,
        )
        prompts = [_prompt(record) for record in found.get("registered_models", [])]
        # LIKE takes the _ of a schema's name for any character.
        kept = [prompt for prompt in prompts if (prompt.name or "").startswith(inside)]
        return Prompts(prompts=kept, next_page_token=found.get("next_page_token"))

    def create_version(self, name: str, told: PromptVersion) -> PromptVersion:
        """Adds a version."""
        self._mlflow.require("CREATE_FUNCTION", name)
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
        self._mlflow.require("EXECUTE", name)
        return _version(
            self._mlflow.call("GET", f"{VERSIONS}/get", name=PREFIX + name, version=version)["model_version"]
        )

    def get_by_alias(self, name: str, alias: str) -> PromptVersion:
        """The version that the alias points at."""
        self._mlflow.require("EXECUTE", name)
        return _version(self._mlflow.call("GET", f"{MODELS}/alias", name=PREFIX + name, alias=alias)["model_version"])

    def update_version(self, name: str, version: str, told: Prompt, mask: str | None) -> PromptVersion:
        """Changes the description of a version or sets its tags.

        Raises: InvalidParameterValue
        """
        self._change(VERSIONS, told, mask, name=PREFIX + name, version=version)
        return self.get_version(name, version)

    def delete_version(self, name: str, version: str) -> None:
        """Removes a version that no alias points at.

        Raises: InvalidParameterValue
        """
        self._mlflow.require("MANAGE", name)
        aliases = [alias["alias"] for alias in self.get_version(name, version).aliases]
        if aliases:
            raise InvalidParameterValue(
                f"Cannot delete version {version} of prompt '{name}': the alias {', '.join(aliases)} points at it."
            )
        self._mlflow.call("DELETE", f"{VERSIONS}/delete", name=PREFIX + name, version=version)

    def search_versions(self, name: str, wanted: Search) -> PromptVersions:
        """The versions of a prompt."""
        self._mlflow.require("EXECUTE", name)
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
        self._mlflow.require("MANAGE", name)
        self._mlflow.call("POST", f"{MODELS}/alias", name=PREFIX + name, alias=alias, version=version)

    def delete_alias(self, name: str, alias: str) -> None:
        """Removes the alias."""
        self._mlflow.require("MANAGE", name)
        self._mlflow.call("DELETE", f"{MODELS}/alias", name=PREFIX + name, alias=alias)

    def set_tag(self, name: str, version: str | None, tag: Tag) -> None:
        """Sets a tag of the prompt, or of one version."""
        of = VERSIONS if version else MODELS
        self._mlflow.require("APPLY_TAG", name)
        self._mlflow.call("POST", f"{of}/set-tag", name=PREFIX + name, version=version, key=tag.key, value=tag.value)

    def delete_tag(self, name: str, version: str | None, key: str) -> None:
        """Removes a tag of the prompt, or of one version."""
        of = VERSIONS if version else MODELS
        self._mlflow.require("APPLY_TAG", name)
        self._mlflow.call("DELETE", f"{of}/delete-tag", name=PREFIX + name, version=version, key=key)

    def _change(self, of: str, told: Prompt, mask: str | None, **where: str) -> None:
        given = [field for field in CHANGEABLE if field in told.model_fields_set]
        self._mlflow.require("MANAGE", where["name"].removeprefix(PREFIX))
        fields = given if mask is None else [field.strip() for field in mask.split(",")]
        if unknown := [field for field in fields if field not in CHANGEABLE]:
            raise InvalidParameterValue(f"{', '.join(unknown)} of a prompt cannot be changed; make a new version.")
        if "description" in fields:
            self._mlflow.call("PATCH", f"{of}/update", **where, description=told.description or "")
        for tag in told.tags if "tags" in fields else ():
            self._mlflow.call("POST", f"{of}/set-tag", **where, key=tag["key"], value=tag.get("value", ""))


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
