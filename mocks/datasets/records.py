"""The records of a dataset: made, changed and removed, a batch at a time and each batch whole or not at all."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mocks.core import paging
from mocks.core.errors import ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.datasets import table
from mocks.datasets.store import DatasetStore, fields_of
from mocks.datasets.wire import Expectation, Record
from mocks.engines.metastore.names import Name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

CHANGEABLE = ("inputs", "expectations", "tags", "source")


class RecordStore:
    """The records of the datasets of one workspace.

    Raises everywhere: ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._datasets = DatasetStore(workspace)

    def page(self, dataset_id: str, version: int | None, size: int | None, token: str | None) -> dict[str, Any]:
        """A page of them, the oldest first."""
        chosen, following = paging.page(table.records(self._datasets.rows(dataset_id, version)), size, token)
        listed: dict[str, Any] = {"dataset_records": [record.body() for record in chosen]}
        return listed | ({"next_page_token": following} if following else {})

    def get(self, dataset_id: str, number: str) -> dict[str, Any]:
        """One of them."""
        return _found(table.records(self._datasets.rows(dataset_id)), number).body()

    def create(self, dataset_id: str, told: Sequence[Record]) -> dict[str, Any]:
        """Appends records.

        Raises: InvalidParameterValue
        """
        # A microsecond apart, so that they are listed in the order in which they were given.
        start = self._workspace.now_ms() * 1000
        made = [self._stamped(table.checked(record), start + place) for place, record in enumerate(told)]

        def change(cursor: "Cursor", name: Name) -> None:
            table.insert(cursor, name, made)

        self._datasets.write(dataset_id, change)
        return {"dataset_records": [record.body() for record in made]}

    def update(self, dataset_id: str, told: Sequence[tuple[str, Record, str]]) -> dict[str, Any]:
        """Changes records in the fields of their masks.

        Raises: InvalidParameterValue, NotImplementedYet
        """
        wanted = [
            (number, {field: getattr(record, field) for field in fields_of(mask, CHANGEABLE)})
            for number, record, mask in told
        ]

        def change(cursor: "Cursor", name: Name) -> list[Record]:
            kept = table.records(table.read(cursor, name))
            changed = [self._changed(_found(kept, number), fields) for number, fields in wanted]
            table.replace(cursor, name, changed)
            return changed

        return {"dataset_records": [record.body() for record in self._datasets.write(dataset_id, change)]}

    def expect(self, dataset_id: str, number: str, expectations: Mapping[str, Expectation]) -> dict[str, Any]:
        """Adds expectations to a record, over those of the same names."""

        def change(cursor: "Cursor", name: Name) -> Record:
            record = _found(table.records(table.read(cursor, name)), number)
            changed = self._changed(record, {"expectations": {**(record.expectations or {}), **expectations}})
            table.replace(cursor, name, [changed])
            return changed

        return self._datasets.write(dataset_id, change).body()

    def delete(self, dataset_id: str, numbers: Sequence[str]) -> None:
        """Removes records."""

        def change(cursor: "Cursor", name: Name) -> None:
            kept = table.records(table.read(cursor, name))
            table.remove(cursor, name, [_found(kept, number).dataset_record_id or "" for number in numbers])

        self._datasets.write(dataset_id, change)

    def _stamped(self, record: Record, micros: int) -> Record:
        now, who = table.rfc3339(micros), self._workspace.user_name
        stamp = {"create_time": now, "created_by": who, "last_update_time": now, "last_updated_by": who}
        return record.model_copy(update={"dataset_record_id": self._workspace.new_uuid(), **stamp})

    def _changed(self, record: Record, fields: dict[str, Any]) -> Record:
        now = table.rfc3339(self._workspace.now_ms() * 1000)
        stamp = {"last_update_time": now, "last_updated_by": self._workspace.user_name}
        return table.checked(record.model_copy(update=fields | stamp))


def _found(kept: Sequence[Record], number: str) -> Record:
    for record in kept:
        if record.dataset_record_id == number:
            return record
    raise ResourceDoesNotExist(f"Dataset record '{number}' does not exist.")
