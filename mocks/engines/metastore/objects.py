"""Unity Catalog's objects over DuckDB: what exists, and how it comes and goes."""

import shutil
from typing import TYPE_CHECKING, Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.definitions import define
from mocks.engines.metastore.names import Defaults, Name, quoted
from mocks.engines.metastore.securables import (
    CATALOG,
    FUNCTION,
    SCHEMA,
    TABLE,
    VOLUME,
    Description,
    Securable,
    Securables,
    checked,
    kept,
)
from mocks.engines.metastore.storage import Storage
from mocks.engines.statements.history import History
from mocks.engines.statements.vector_function import VectorFunction
from mocks.engines.translating.row_functions import RowFunctions
from mocks.engines.translating.spark_macros import callers
from mocks.engines.warehouse import sql_error
from mocks.engines.warehouse.duck import Duck
from mocks.engines.warehouse.python_functions import PythonFunctions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor


class Metastore:
    """Catalogs, schemas, volumes and functions of one workspace; `TableCatalog` has the tables.

    Raises everywhere: SqlError
    """

    def __init__(self, workspace: Workspace) -> None:
        self._duck = workspace.engine(Duck)
        self._storage = workspace.engine(Storage)
        self._records = Securables(workspace)
        workspace.engine(RowFunctions)
        self.indexes = workspace.engine(VectorFunction)
        self._python, self._history = workspace.engine(PythonFunctions), History(workspace)
        with self._duck.writing() as cursor:
            wrote = define(cursor)
        if wrote and self._duck.is_new:
            self._duck.keep_as_blank()
        with self._duck.writing() as cursor:
            cursor.execute(callers(workspace.owner, workspace.groups))
            for function in self._records.of_kind(cursor, FUNCTION):
                self._register(function.name, function.details)
            if self._records.find(cursor, CATALOG, Defaults().catalog) is None:
                self._records.create(cursor, CATALOG, Defaults().catalog, Description())
                self._make_schema(cursor, ".".join(Defaults()), Description())

    def within(self, kind: str, parent: str = "") -> list[Securable]:
        """The catalogs, the schemas of a catalog, the volumes or functions of a schema."""
        with self._duck.reading() as cursor:
            if parent:
                self._records.check_container(cursor, parent)
            return self._records.within(cursor, kind, parent)

    def get(self, kind: str, name: str) -> Securable:
        """The record of something that exists."""
        with self._duck.reading() as cursor:
            return self._records.get(cursor, kind, name.lower())

    def change(self, kind: str, name: str, **fields: Any) -> Securable:
        """Changes comment, owner or properties."""
        with self._duck.writing() as cursor:
            return self._records.change(cursor, self._records.get(cursor, kind, name.lower()), **fields)

    def create_catalog(self, name: str, told: Description, if_missing: bool = False) -> Securable:
        """Makes a catalog, with its schema `default` as on the real service."""
        name = checked(name)
        with self._duck.writing() as cursor:
            found = self._records.find(cursor, CATALOG, name)
            if found is None:
                self._make_schema(cursor, f"{name}.default", Description())
                return self._records.create(cursor, CATALOG, name, told)
        return kept(found, if_missing, sql_error.catalog_exists(name))

    def create_schema(self, catalog: str, schema: str, told: Description, if_missing: bool = False) -> Securable:
        """Makes a schema."""
        catalog, schema = catalog.lower(), checked(schema)
        if schema == "information_schema":
            raise sql_error.schema_exists(catalog, schema)
        with self._duck.writing() as cursor:
            self._records.get(cursor, CATALOG, catalog)
            found = self._records.find(cursor, SCHEMA, f"{catalog}.{schema}")
            if found is None:
                return self._make_schema(cursor, f"{catalog}.{schema}", told)
        return kept(found, if_missing, sql_error.schema_exists(catalog, schema))

    def drop_catalog(self, name: str, cascade: bool = False) -> None:
        """Removes a catalog; without `cascade` only one that is empty but for its `default`."""
        name = name.lower()
        with self._duck.writing() as cursor:
            self._records.get(cursor, CATALOG, name)
            schemas = [record.name for record in self._records.within(cursor, SCHEMA, name)]
            if not cascade and (schemas != [f"{name}.default"] or self._is_used(cursor, schemas[0])):
                raise sql_error.catalog_not_empty(name)
            for schema in schemas:
                self._unmake_schema(cursor, schema)
            self._records.delete(cursor, CATALOG, name)
        self._discard(name)

    def drop_schema(self, catalog: str, schema: str, cascade: bool = False) -> None:
        """Removes a schema; without `cascade` only an empty one."""
        name = f"{catalog}.{schema}".lower()
        with self._duck.writing() as cursor:
            self._records.get(cursor, SCHEMA, name)
            if not cascade and self._is_used(cursor, name):
                raise sql_error.schema_not_empty(catalog, schema)
            self._unmake_schema(cursor, name)
        self._discard(catalog, schema)

    def create_volume(self, name: Name, told: Description, if_missing: bool = False) -> Securable:
        """Makes a managed volume, which is a directory."""
        checked(name.object)
        with self._duck.writing() as cursor:
            self._records.check_container(cursor, name.namespace)
            found = self._records.find(cursor, VOLUME, name.full)
            if found is None:
                self._storage.volume_folder(*name).mkdir(parents=True, exist_ok=True)
                return self._records.create(cursor, VOLUME, name.full, told)
        return kept(found, if_missing, sql_error.volume_exists(name))

    def drop_volume(self, name: Name) -> None:
        """Removes a volume and its files."""
        with self._duck.writing() as cursor:
            self._records.get(cursor, VOLUME, name.full)
            self._records.delete(cursor, VOLUME, name.full)
        shutil.rmtree(self._storage.volume_folder(*name))

    def create_function(
        self, name: Name, told: Description, macro: str | None, if_missing: bool, replace: bool
    ) -> Securable:
        """Makes a function."""
        checked(name.object)
        self._register(name.full, told.details)
        with self._duck.writing() as cursor:
            self._records.check_container(cursor, name.namespace)
            found = self._records.find(cursor, FUNCTION, name.full)
            if found is None or replace:
                self._unmake_macro(cursor, found)
                if macro is not None:
                    cursor.execute(macro)
                return self._records.create(cursor, FUNCTION, name.full, told)
        return kept(found, if_missing, sql_error.routine_exists(name))

    def columns_of(self, query: str) -> list[tuple[str, str]]:
        """The columns that a query in DuckDB's words gives, with DuckDB's types."""
        with self._duck.reading() as cursor:
            return [(name, kind) for name, kind, *_ in cursor.execute(f"DESCRIBE {query}").fetchall()]

    def drop_function(self, name: Name) -> None:
        """Removes a function."""
        with self._duck.writing() as cursor:
            self._unmake_macro(cursor, self._records.get(cursor, FUNCTION, name.full))
            self._records.delete(cursor, FUNCTION, name.full)

    def exists(self, kind: str, name: str) -> bool:
        """Whether there is one of that name."""
        with self._duck.reading() as cursor:
            return self._records.find(cursor, kind, name.lower()) is not None

    def _make_schema(self, cursor: "Cursor", name: str, told: Description) -> Securable:
        cursor.execute(f"CREATE SCHEMA {quoted(name)}")
        return self._records.create(cursor, SCHEMA, name, told)

    def _unmake_schema(self, cursor: "Cursor", name: str) -> None:
        for table in self._records.within(cursor, TABLE, name):
            self._records.touch(cursor, table.name)
            self._history.forget(cursor, Name(*table.name.split(".")))
        cursor.execute(f"DROP SCHEMA {quoted(name)} CASCADE")
        self._records.delete_within(cursor, name)
        self._records.delete(cursor, SCHEMA, name)

    def _register(self, name: str, details: dict[str, Any]) -> None:
        if details.get("udf"):
            self._python.register(name, details)

    def _unmake_macro(self, cursor: "Cursor", record: Securable | None) -> None:
        if record is not None and record.details["macro"]:
            name = Name(*record.name.split("."))
            cursor.execute(f"DROP {record.details['macro']} {name.duck}")

    def _is_used(self, cursor: "Cursor", schema: str) -> bool:
        return any(self._records.within(cursor, kind, schema) for kind in (TABLE, VOLUME, FUNCTION))

    def _discard(self, *container: str) -> None:
        """Removes the files of the volumes that were inside."""
        folder = self._storage.volume_folder(*(*container, "x", "x")[:3]).parents[2 - len(container)]
        if folder.is_dir():
            shutil.rmtree(folder)
