"""Routes of evaluation datasets."""

from typing import Annotated

from fastapi import Depends, Query

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.datasets.records import RecordStore
from mocks.datasets.store import DatasetStore
from mocks.datasets.wire import (
    ChangedRecords,
    Dataset,
    Datasets,
    DatasetVersions,
    DeletedRecords,
    Expectations,
    NewRecords,
    Record,
    Records,
)

api = Api(prefix="/api/2.0/managed-evals/datasets")
Store = Annotated[DatasetStore, Depends(in_workspace(DatasetStore))]
Rows = Annotated[RecordStore, Depends(in_workspace(RecordStore))]

Filter = Annotated[str | None, Query(alias="filter")]


@api.post("")
def create_dataset(body: Dataset, store: Store, experiment_ids: str = "") -> Dataset:
    """Makes a dataset, which is an empty table."""
    asked = [number for number in experiment_ids.split(",") if number]
    return store.create(body, asked or body.experiment_ids or [])


@api.get("")
def list_datasets(
    store: Store, condition: Filter = None, page_size: int | None = None, page_token: str | None = None
) -> Datasets:
    """A page of the datasets, of one experiment if the filter names it."""
    return store.search(condition, page_size, page_token)


@api.get("/{dataset_id}")
def get_dataset(dataset_id: str, store: Store, version: int | None = None) -> Dataset:
    """One dataset."""
    return store.get(dataset_id, version)


@api.patch("/{dataset_id}")
def update_dataset(dataset_id: str, body: Dataset, store: Store, update_mask: str = "") -> Dataset:
    """Changes a dataset's profile or experiments."""
    return store.update(dataset_id, body, update_mask)


@api.delete("/{dataset_id}")
def delete_dataset(dataset_id: str, store: Store) -> None:
    """Removes a dataset with its table."""
    store.delete(dataset_id)


@api.get("/{dataset_id}/versions")
def list_dataset_versions(
    dataset_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> DatasetVersions:
    """A page of the writes to a dataset."""
    return store.versions(dataset_id, page_size, page_token)


@api.get("/{dataset_id}/records")
def list_dataset_records(
    dataset_id: str,
    rows: Rows,
    version: int | None = None,
    page_size: int | None = None,
    page_token: str | None = None,
) -> Records:
    """A page of the records."""
    return Records(rows.page(dataset_id, version, page_size, page_token))


@api.post("/{dataset_id}/records:batchCreate")
def batch_create_dataset_records(dataset_id: str, body: NewRecords, rows: Rows) -> Records:
    """Appends records."""
    return Records(rows.create(dataset_id, [one.dataset_record for one in body.requests]))


@api.post("/{dataset_id}/records:batchUpdate")
def batch_update_dataset_records(dataset_id: str, body: ChangedRecords, rows: Rows) -> Records:
    """Changes records."""
    told = [(one.dataset_record_id, one.dataset_record, one.update_mask) for one in body.requests]
    return Records(rows.update(dataset_id, told))


@api.post("/{dataset_id}/records:batchDelete")
def delete_dataset_records(dataset_id: str, body: DeletedRecords, rows: Rows) -> None:
    """Removes records."""
    rows.delete(dataset_id, [one.dataset_record_id for one in body.requests])


@api.get("/{dataset_id}/records/{dataset_record_id}")
def get_dataset_record(dataset_id: str, dataset_record_id: str, rows: Rows) -> Records:
    """One record."""
    return Records(rows.get(dataset_id, dataset_record_id))


@api.patch("/{dataset_id}/records/{dataset_record_id}")
def update_dataset_record(
    dataset_id: str, dataset_record_id: str, body: Record, rows: Rows, update_mask: str = ""
) -> Records:
    """Changes a record."""
    changed = rows.update(dataset_id, [(dataset_record_id, body, update_mask)])
    return Records(changed["dataset_records"][0])


@api.post("/{dataset_id}/records/{dataset_record_id}/expectations")
def upsert_dataset_record_expectations(
    dataset_id: str, dataset_record_id: str, body: Expectations, rows: Rows
) -> Records:
    """Adds expectations to a record."""
    return Records(rows.expect(dataset_id, dataset_record_id, body.expectations))
