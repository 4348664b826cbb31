"""Bodies of the prompt registry; the fields follow `uc_prompt_messages.proto` (MLflow, Apache-2.0)."""

from mocks.core.wire import Wire

Tags = list[dict[str, str]]


class Prompt(Wire):
    """A prompt; times are RFC 3339 here, not milliseconds."""

    name: str | None = None
    creation_timestamp: str | None = None
    last_updated_timestamp: str | None = None
    description: str | None = None
    aliases: list[dict[str, str]] = []
    tags: Tags = []


class PromptVersion(Wire):
    """A version; `template` is JSON: a string, or a list of messages."""

    name: str | None = None
    version: str | None = None
    creation_timestamp: str | None = None
    last_updated_timestamp: str | None = None
    description: str | None = None
    template: str
    aliases: list[dict[str, str]] = []
    tags: Tags = []


class NewPrompt(Wire):
    """A prompt to be made."""

    name: str
    prompt: Prompt = Prompt()


class ChangedPrompt(Wire):
    """New words about a prompt."""

    prompt: Prompt = Prompt()
    update_mask: str | None = None


class NewPromptVersion(Wire):
    """A version to be made."""

    prompt_version: PromptVersion


class ChangedPromptVersion(Wire):
    """New words about a version, which has the shape of a prompt but for its template."""

    prompt_version: Prompt = Prompt()
    update_mask: str | None = None


class SchemaName(Wire):
    """A schema of Unity Catalog."""

    catalog_name: str
    schema_name: str


class Search(Wire):
    """Which prompts or versions are wanted."""

    catalog_schema: SchemaName | None = None
    filter: str | None = None
    max_results: int | None = None
    page_token: str | None = None


class AliasTarget(Wire):
    """The version that an alias names."""

    version: str | int


class Tag(Wire):
    """A tag."""

    key: str
    value: str = ""


class PromptVersionName(Wire):
    """A version of a prompt."""

    name: str
    version: str | int


class Links(Wire):
    """Which prompt versions were used in which traces, runs or models."""

    prompt_versions: list[PromptVersionName] = []
    trace_ids: list[str] = []
    run_ids: list[str] = []
    model_ids: list[str] = []


class Prompts(Wire):
    """A page of prompts."""

    prompts: list[Prompt] = []
    next_page_token: str | None = None


class PromptVersions(Wire):
    """A page of versions."""

    prompt_versions: list[PromptVersion] = []
    next_page_token: str | None = None
