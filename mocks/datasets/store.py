"""What a dataset is: a table, and in the table's record its experiments and profile."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from mocks.core.errors import InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.datasets import table
from mocks.datasets.refusals import refusing
from mocks.datasets.wire import TABLE as TABLE_SOURCE
from mocks.datasets.wire import Dataset, Datasets, DatasetVersion, DatasetVersions
from mocks.engines.metastore.names import Name
from mocks.engines.metastore.securables import TABLE, Description, Securable, Securables
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.mlflow.registry import MlflowRegistry
from mocks.engines.statements import table_history
from mocks.engines.warehouse.duck import Duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

T = TypeVar("T")
DATASET = "dataset"
CHANGEABLE = ("profile", "experiment_ids")
_FILTER = re.compile(r"""\s*experiment_id\s*=\s*(?:'([^']*)'|"([^"]*)"|(\w+))\s*""")


class DatasetStore:
    """The datasets of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._tables, self._duck = workspace.engine(TableCatalog), workspace.engine(Duck)
        self._records = Securables(workspace)

    @refusing()
    def create(self, body: Dataset, experiments: list[str]) -> Dataset:
        """Makes the table, empty.

        Raises: InvalidParameterValue, AlreadyExists, NotFound
        """
        from mocks.engines.statements.table_spec import column

        if body.source_type not in (None, TABLE_SOURCE):
            raise InvalidParameterValue(f"A dataset is a {TABLE_SOURCE} here, not a '{body.source_type}'.")
        name = _name(body.name or "")
        self._check_experiments(experiments)
        told = {"experiment_ids": experiments, "profile": body.profile, "schema": body.schema_}
        details = {"table_type": "MANAGED", "format": "DELTA", table_history.KEPT: True, DATASET: told}
        columns = [column(title, kind, True, None) for title, kind in table.COLUMNS.items()]
        self._tables.create(name, columns, Description(details=details))
        with self._duck.writing() as cursor:
            table_history.forget_dropped(cursor)
            return self._dataset(cursor, self._records.get(cursor, TABLE, name.full))

    def get(self, dataset_id: str, version: int | None) -> Dataset:
        """One of them, as it is or as it was.

        Raises: ResourceDoesNotExist
        """
        with self._duck.reading() as cursor:
            return self._dataset(cursor, self._find(cursor, dataset_id), version)

    def search(self, condition: str | None, size: int | None, token: str | None) -> Datasets:
        """A page of those of an experiment, or of all, the newest first.

        Raises: InvalidParameterValue
        """
        experiment = _experiment(condition)
        with self._duck.reading() as cursor:
            found = self._records.telling(cursor, TABLE, DATASET)
            kept = [r for r in found if experiment is None or experiment in r.details[DATASET]["experiment_ids"]]
            chosen, following = page(kept, size, token)
            return Datasets(datasets=[self._dataset(cursor, one) for one in chosen], next_page_token=following)

    def update(self, dataset_id: str, body: Dataset, mask: str) -> Dataset:
        """Changes the profile or the experiments.

        Raises: ResourceDoesNotExist, InvalidParameterValue
        """
        fields = fields_of(mask, CHANGEABLE)
        if "experiment_ids" in fields:
            if not body.experiment_ids:
                raise InvalidParameterValue("A dataset belongs to at least one experiment; delete it instead.")
            self._check_experiments(body.experiment_ids)
        with self._duck.writing() as cursor:
            record = self._find(cursor, dataset_id)
            told = record.details[DATASET] | {field: getattr(body, field) for field in fields}
            return self._dataset(cursor, self._records.change(cursor, record, details=record.details | {DATASET: told}))

    @refusing()
    def delete(self, dataset_id: str) -> None:
        """Drops the table.

        Raises: ResourceDoesNotExist
        """
        with self._duck.reading() as cursor:
            name = self._find(cursor, dataset_id).name
        self._tables.drop_table(_name(name))

    def versions(self, dataset_id: str, size: int | None, token: str | None) -> DatasetVersions:
        """A page of the writes to it, the newest first.

        Raises: ResourceDoesNotExist
        """
        with self._duck.reading() as cursor:
            name = self._find(cursor, dataset_id).name
            chosen, following = page(table_history.versions(cursor, dataset_id), size, token)
        found = [
            DatasetVersion(
                dataset_id=dataset_id,
                dataset=name,
                version=one.version,
                create_time=table.rfc3339(one.made_at * 1000),
                created_by=one.made_by,
                operation=one.operation,
            )
            for one in chosen
        ]
        return DatasetVersions(dataset_versions=found, next_page_token=following)

    def rows(self, dataset_id: str, version: int | None = None) -> list[dict[str, Any]]:
        """The rows, as they are or as they were.

        Raises: ResourceDoesNotExist
        """
        with self._duck.reading() as cursor:
            return self._rows(cursor, self._find(cursor, dataset_id), version)

    @refusing()
    def write(self, dataset_id: str, change: Callable[["Cursor", Name], T]) -> T:
        """Lets the caller change rows, in one transaction.

        Raises: ResourceDoesNotExist
        """
        with self._duck.writing() as cursor:
            record = self._find(cursor, dataset_id)
            done = change(cursor, _name(record.name))
            self._records.touch(cursor, record.name)
            return done

    def _find(self, cursor: "Cursor", dataset_id: str) -> Securable:
        record = self._records.with_id(cursor, TABLE, dataset_id)
        if record is None or DATASET not in record.details:
            raise ResourceDoesNotExist(f"Dataset '{dataset_id}' does not exist.")
        return record

    def _rows(self, cursor: "Cursor", record: Securable, version: int | None) -> list[dict[str, Any]]:
        if version is None:
            return table.read(cursor, _name(record.name))
        if version not in (one.version for one in table_history.versions(cursor, record.id)):
            raise ResourceDoesNotExist(f"Dataset '{record.name}' has no version {version}.")
        return list(table_history.rows_at(cursor, record.id, version))

    def _dataset(self, cursor: "Cursor", record: Securable, version: int | None = None) -> Dataset:
        newest = next(iter(table_history.versions(cursor, record.id)), None)
        written = max(record.updated_at, newest.made_at if newest else 0)
        told = record.details[DATASET]
        return Dataset(
            dataset_id=record.id,
            name=record.name,
            digest=table.digest(self._rows(cursor, record, version)),
            schema=told["schema"],
            profile=told["profile"],
            # No `source` beside it: with one, the client's set_profile fails (databricks-agents 1.13, entities.py).
            source_type=TABLE_SOURCE,
            create_time=table.rfc3339(record.created_at * 1000),
            created_by=record.created_by,
            last_update_time=table.rfc3339(written * 1000),
            last_updated_by=newest.made_by if newest else record.updated_by,
            experiment_ids=told["experiment_ids"],
            version=version,
            is_uc_native=True,
        )

    def _check_experiments(self, numbers: list[str]) -> None:
        mlflow = self._workspace.engine(MlflowRegistry)
        for number in numbers:
            mlflow.call("GET", "experiments/get", experiment_id=number)


def fields_of(mask: str, known: tuple[str, ...]) -> list[str]:
    """The fields of an update mask.

    Raises: InvalidParameterValue, NotImplementedYet
    """
    fields = [field.strip() for field in mask.split(",") if field.strip()]
    if not fields:
        raise InvalidParameterValue(f"update_mask names the fields to change, of {', '.join(known)}.")
    if unknown := [field for field in fields if field not in known]:
        raise NotImplementedYet(f"{', '.join(unknown)} cannot be changed; only {', '.join(known)}.")
    return fields


def _name(full_name: str) -> Name:
    parts = [part.strip("`").lower() for part in full_name.split(".")]
    if len(parts) != 3 or not all(parts):
        # databricks-agents looks for "invalid table name" and explains it to its caller (datasets/api.py).
        raise InvalidParameterValue(f"Invalid table name '{full_name}': it has the form catalog.schema.table.")
    return Name(*parts)


def _experiment(condition: str | None) -> str | None:
    if not condition:
        return None
    found = _FILTER.fullmatch(condition)
    if found is None:
        raise InvalidParameterValue(f"The filter '{condition}' is not of the form experiment_id='123'.")
    return next(part for part in found.groups() if part is not None)
