"""Bodies of the Review App."""

from typing import Any, Literal

from pydantic import Field, field_validator

from mocks.core.wire import Wire

ItemState = Literal["PENDING", "IN_PROGRESS", "COMPLETED", "SKIPPED"]


class Options(Wire):
    """A choice among these."""

    options: list[str]


class TextLimit(Wire):
    """A text."""

    max_length: int | None = None


class TextsLimit(Wire):
    """Several texts."""

    max_length_each: int | None = None
    max_count: int | None = None


class Range(Wire):
    """A number."""

    min_value: float | None = None
    max_value: float | None = None


class LabelingSchema(Wire):
    """A question to reviewers; exactly one of the inputs says how it is answered."""

    name: str = Field(min_length=1)
    type: Literal["FEEDBACK", "EXPECTATION"]
    title: str = ""  # these three are always told: databricks-agents reads them as they are
    instruction: str = ""
    enable_comment: bool = False
    categorical: Options | None = None
    categorical_list: Options | None = None
    text: TextLimit | None = None
    text_list: TextsLimit | None = None
    numeric: Range | None = None

    @field_validator("title", "instruction", mode="before")
    @classmethod
    def not_null(cls, value: Any) -> Any:
        """Clients send null for what they leave out."""
        return value if value is not None else ""

    @field_validator("enable_comment", mode="before")
    @classmethod
    def as_flag(cls, value: Any) -> Any:
        """The same for the flag."""
        return bool(value)


class ReviewApp(Wire):
    """The Review App of an experiment."""

    review_app_id: str | None = None
    experiment_id: str
    agents: list[dict[str, Any]] = []
    labeling_schemas: list[LabelingSchema] = []


class ReviewApps(Wire):
    """A page of Review Apps."""

    review_apps: list[ReviewApp]
    next_page_token: str | None = None


class SchemaRef(Wire):
    """A schema by its name."""

    name: str


class LabelingSession(Wire):
    """What is labelled together; the run holds its traces."""

    labeling_session_id: str | None = None
    review_app_id: str | None = None
    mlflow_run_id: str | None = None
    name: str = ""
    assigned_users: list[str] = []
    agent: dict[str, Any] | None = None
    labeling_schemas: list[SchemaRef] = []
    additional_configs: dict[str, Any] | None = None
    created_by: str | None = None
    create_time: str | None = None


class LabelingSessions(Wire):
    """A page of sessions."""

    labeling_sessions: list[LabelingSession]
    next_page_token: str | None = None


class Source(Wire):
    """Where an item comes from: a trace or a record of a dataset."""

    trace_id: str | None = None
    dataset_record: dict[str, str] | None = None


class Item(Wire):
    """One thing to be labelled."""

    item_id: str | None = None
    create_time: str | None = None
    created_by: str | None = None
    last_update_time: str | None = None
    last_updated_by: str | None = None
    source: Source
    state: ItemState = "PENDING"
    chat_rounds: list[dict[str, Any]] = []


class Items(Wire):
    """Items, or a page of them."""

    items: list[Item] = []
    next_page_token: str | None = None


class ItemChange(Wire):
    """A new state of an item."""

    state: ItemState
