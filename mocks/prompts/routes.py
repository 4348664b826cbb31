"""Routes of the prompt registry, as MLflow's `databricks-uc` client calls them."""

from typing import Annotated

from fastapi import Depends

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.prompts.links import PromptLinks
from mocks.prompts.store import PromptStore
from mocks.prompts.wire import (
    AliasTarget,
    ChangedPrompt,
    ChangedPromptVersion,
    Links,
    NewPrompt,
    NewPromptVersion,
    Prompt,
    Prompts,
    PromptVersion,
    PromptVersions,
    Search,
    Tag,
)

api = Api()
Store = Annotated[PromptStore, Depends(in_workspace(PromptStore))]
Linked = Annotated[PromptLinks, Depends(in_workspace(PromptLinks.of))]
ROOT = "/api/2.0/mlflow/unity-catalog"
PROMPTS, PROMPT = f"{ROOT}/prompts", f"{ROOT}/prompts/{{name}}"
VERSION = f"{PROMPT}/versions/{{version}}"


@api.post(PROMPTS)
def create_prompt(body: NewPrompt, store: Store) -> Prompt:
    """Registers a prompt."""
    return store.create(body)


@api.post(f"{PROMPTS}/search")
def search_prompts(body: Search, store: Store) -> Prompts:
    """The prompts of a schema."""
    return store.search(body)


@api.get(PROMPT)
def get_prompt(name: str, store: Store) -> Prompt:
    """The prompt."""
    return store.get(name)


@api.patch(PROMPT)
def update_prompt(name: str, body: ChangedPrompt, store: Store) -> Prompt:
    """Changes the description or sets tags."""
    return store.update(name, body.prompt, body.update_mask)


@api.delete(PROMPT)
def delete_prompt(name: str, store: Store) -> None:
    """Removes the prompt."""
    store.delete(name)


@api.post(f"{PROMPT}/versions")
def create_prompt_version(name: str, body: NewPromptVersion, store: Store) -> PromptVersion:
    """Adds a version."""
    return store.create_version(name, body.prompt_version)


@api.post(f"{PROMPT}/versions/search")
def search_prompt_versions(name: str, body: Search, store: Store) -> PromptVersions:
    """The versions of a prompt."""
    return store.search_versions(name, body)


@api.get(f"{PROMPT}/versions/by-alias/{{alias}}")
def get_prompt_version_by_alias(name: str, alias: str, store: Store) -> PromptVersion:
    """The version behind an alias."""
    return store.get_by_alias(name, alias)


@api.get(VERSION)
def get_prompt_version(name: str, version: str, store: Store) -> PromptVersion:
    """The version."""
    return store.get_version(name, version)


@api.patch(VERSION)
def update_prompt_version(name: str, version: str, body: ChangedPromptVersion, store: Store) -> PromptVersion:
    """Changes the description of a version or sets its tags."""
    return store.update_version(name, version, body.prompt_version, body.update_mask)


@api.delete(VERSION)
def delete_prompt_version(name: str, version: str, store: Store) -> None:
    """Removes a version."""
    store.delete_version(name, version)


@api.post(f"{PROMPT}/aliases/{{alias}}")
def set_prompt_alias(name: str, alias: str, body: AliasTarget, store: Store) -> None:
    """Points an alias at a version."""
    store.set_alias(name, alias, str(body.version))


@api.delete(f"{PROMPT}/aliases/{{alias}}")
def delete_prompt_alias(name: str, alias: str, store: Store) -> None:
    """Removes an alias."""
    store.delete_alias(name, alias)


@api.post(f"{PROMPT}/tags")
def set_prompt_tag(name: str, body: Tag, store: Store) -> None:
    """Sets a tag."""
    store.set_tag(name, None, body)


@api.delete(f"{PROMPT}/tags/{{key:path}}")
def delete_prompt_tag(name: str, key: str, store: Store) -> None:
    """Removes a tag."""
    store.delete_tag(name, None, key)


@api.post(f"{VERSION}/tags")
def set_prompt_version_tag(name: str, version: str, body: Tag, store: Store) -> None:
    """Sets a tag of a version."""
    store.set_tag(name, version, body)


@api.delete(f"{VERSION}/tags/{{key:path}}")
def delete_prompt_version_tag(name: str, version: str, key: str, store: Store) -> None:
    """Removes a tag of a version."""
    store.delete_tag(name, version, key)


@api.post(f"{ROOT}/prompt-versions/links-to-traces")
def link_prompts_to_traces(body: Links, links: Linked) -> None:
    """Notes on traces which prompts they used."""
    links.to_traces(body.prompt_versions, body.trace_ids)


@api.post(f"{ROOT}/prompt-versions/links-to-runs")
def link_prompt_versions_to_runs(body: Links, links: Linked) -> None:
    """Notes on runs which prompts they used."""
    links.to_runs(body.prompt_versions, body.run_ids)


@api.post(f"{ROOT}/prompt-versions/links-to-models")
def link_prompt_versions_to_models(body: Links, links: Linked) -> None:
    """Notes on logged models which prompts they used."""
    links.to_models(body.prompt_versions, body.model_ids)
