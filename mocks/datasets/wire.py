"""Bodies of evaluation datasets and their records."""

import json
from typing import Any

from pydantic import Field

from mocks.core.wire import Json, Wire

TABLE = "databricks-uc-table"


class Dataset(Wire):
    """A dataset; the id is the one of its table."""

    dataset_id: str | None = None
    name: str | None = None
    digest: str | None = None
    schema_: str | None = Field(None, alias="schema")
    profile: str | None = None
    source: str | None = None
    source_type: str | None = None
    create_time: str | None = None
    created_by: str | None = None
    last_update_time: str | None = None
    last_updated_by: str | None = None
    experiment_ids: list[str] | None = None
    version: int | None = None
    is_uc_native: bool | None = None


class Datasets(Wire):
    """A page of datasets."""

    datasets: list[Dataset]
    next_page_token: str | None = None


class Input(Wire):
    """One named input; the value is any JSON."""

    key: str
    value: Any = None


class Expectation(Wire):
    """One expectation; the value is any JSON."""

    value: Any = None


class Record(Wire):
    """An example: what goes in, what is expected, and where it comes from."""

    dataset_record_id: str | None = None
    create_time: str | None = None
    created_by: str | None = None
    last_update_time: str | None = None
    last_updated_by: str | None = None
    source: dict[str, dict[str, str | None] | None] | None = None
    inputs: list[Input] = []
    expectations: dict[str, Expectation] | None = None
    tags: dict[str, str] | None = None

    def body(self) -> dict[str, Any]:
        """The JSON object; a null inside an input or an expectation is the user's own and stays."""
        told = self.model_dump(mode="json", exclude={"inputs", "expectations"}, exclude_none=True)
        told["inputs"] = [{"key": given.key, "value": given.value} for given in self.inputs]
        if self.expectations is not None:
            told["expectations"] = {key: {"value": kept.value} for key, kept in self.expectations.items()}
        return told


class Records(Json):
    """An answer with records, in which nulls stay."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


class NewRecord(Wire):
    """A record to be made."""

    dataset_record: Record


class NewRecords(Wire):
    """Records to be made, all or none."""

    requests: list[NewRecord] = []


class ChangedRecord(Wire):
    """A record to be changed, in the fields of the mask."""

    dataset_record_id: str
    dataset_record: Record
    update_mask: str


class ChangedRecords(Wire):
    """Records to be changed, all or none."""

    requests: list[ChangedRecord] = []


class DeletedRecord(Wire):
    """A record to be removed."""

    dataset_record_id: str


class DeletedRecords(Wire):
    """Records to be removed, all or none."""

    requests: list[DeletedRecord] = []


class Expectations(Wire):
    """Expectations to be added to a record."""

    expectations: dict[str, Expectation]


class DatasetVersion(Wire):
    """One write to the dataset."""

    dataset_id: str
    dataset: str
    version: int
    create_time: str
    created_by: str
    operation: str


class DatasetVersions(Wire):
    """A page of versions, the newest first."""

    dataset_versions: list[DatasetVersion]
    next_page_token: str | None = None
