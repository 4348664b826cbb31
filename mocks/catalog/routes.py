"""Routes of Unity Catalog."""

from typing import Annotated, Any

from fastapi import Depends

from mocks.catalog.permissions import PermissionStore
from mocks.catalog.store import CatalogStore
from mocks.catalog.tables import TableStore
from mocks.catalog.wire import (
    Catalog,
    Catalogs,
    Change,
    EffectivePermissions,
    Function,
    FunctionRequest,
    Functions,
    NewCatalog,
    NewSchema,
    NewTable,
    NewVolume,
    Permissions,
    PermissionsChange,
    Schema,
    Schemas,
    TableExists,
    Tables,
    TableSummaries,
    Volume,
    Volumes,
)
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.engines.metastore.catalog_entries import ListedTable

api = Api()
Store = Annotated[CatalogStore, Depends(in_workspace(CatalogStore))]
TableStored = Annotated[TableStore, Depends(in_workspace(TableStore))]
Granted = Annotated[PermissionStore, Depends(in_workspace(PermissionStore))]
UNITY = "/api/2.1/unity-catalog"
CATALOGS, SCHEMAS, VOLUMES = f"{UNITY}/catalogs", f"{UNITY}/schemas", f"{UNITY}/volumes"
TABLES, FUNCTIONS = f"{UNITY}/tables", f"{UNITY}/functions"


@api.get(CATALOGS)
def list_catalogs(store: Store, max_results: int | None = None, page_token: str | None = None) -> Catalogs:
    """A page of catalogs."""
    return store.list_catalogs(max_results, page_token)


@api.post(CATALOGS)
def create_catalog(body: NewCatalog, store: Store) -> Catalog:
    """Makes a catalog."""
    return store.create_catalog(body)


@api.get(CATALOGS + "/{name}")
def get_catalog(name: str, store: Store) -> Catalog:
    """A catalog."""
    return store.get_catalog(name)


@api.patch(CATALOGS + "/{name}")
def update_catalog(name: str, body: Change, store: Store) -> Catalog:
    """Changes a catalog."""
    return store.update_catalog(name, body)


@api.delete(CATALOGS + "/{name}")
def delete_catalog(name: str, store: Store, force: bool = False) -> None:
    """Removes a catalog."""
    store.delete_catalog(name, force)


@api.get(SCHEMAS)
def list_schemas(
    catalog_name: str, store: Store, max_results: int | None = None, page_token: str | None = None
) -> Schemas:
    """A page of schemas."""
    return store.list_schemas(catalog_name, max_results, page_token)


@api.post(SCHEMAS)
def create_schema(body: NewSchema, store: Store) -> Schema:
    """Makes a schema."""
    return store.create_schema(body)


@api.get(SCHEMAS + "/{full_name}")
def get_schema(full_name: str, store: Store) -> Schema:
    """A schema."""
    return store.get_schema(full_name)


@api.patch(SCHEMAS + "/{full_name}")
def update_schema(full_name: str, body: Change, store: Store) -> Schema:
    """Changes a schema."""
    return store.update_schema(full_name, body)


@api.delete(SCHEMAS + "/{full_name}")
def delete_schema(full_name: str, store: Store, force: bool = False) -> None:
    """Removes a schema."""
    store.delete_schema(full_name, force)


@api.get(TABLES)
def list_tables(
    catalog_name: str,
    schema_name: str,
    store: TableStored,
    max_results: int | None = None,
    page_token: str | None = None,
    omit_columns: bool = False,
) -> Tables:
    """A page of tables."""
    return store.list_tables(catalog_name, schema_name, max_results, page_token, columns=not omit_columns)


@api.post(TABLES)
def create_table(body: NewTable, store: TableStored) -> ListedTable:
    """Makes a table."""
    return store.create_table(body)


@api.get(f"{UNITY}/table-summaries")
def list_summaries(
    catalog_name: str,
    store: TableStored,
    schema_name_pattern: str | None = None,
    table_name_pattern: str | None = None,
    max_results: int | None = None,
    page_token: str | None = None,
) -> TableSummaries:
    """A page of tables of a whole catalog."""
    return store.list_summaries(catalog_name, schema_name_pattern, table_name_pattern, max_results, page_token)


@api.get(TABLES + "/{full_name}")
def get_table(full_name: str, store: TableStored) -> ListedTable:
    """A table."""
    return store.get_table(full_name)


@api.get(TABLES + "/{full_name}/exists")
def table_exists(full_name: str, store: TableStored) -> TableExists:
    """Whether there is such a table."""
    return TableExists(table_exists=store.table_exists(full_name))


@api.patch(TABLES + "/{full_name}")
def update_table(full_name: str, body: Change, store: TableStored) -> None:
    """Changes the owner of a table."""
    store.update_table(full_name, body.owner)


@api.delete(TABLES + "/{full_name}")
def delete_table(full_name: str, store: TableStored) -> None:
    """Removes a table."""
    store.delete_table(full_name)


@api.get(VOLUMES)
def list_volumes(
    catalog_name: str, schema_name: str, store: Store, max_results: int | None = None, page_token: str | None = None
) -> Volumes:
    """A page of volumes."""
    return store.list_volumes(catalog_name, schema_name, max_results, page_token)


@api.post(VOLUMES)
def create_volume(body: NewVolume, store: Store) -> Volume:
    """Makes a volume."""
    return store.create_volume(body)


@api.get(VOLUMES + "/{full_name}")
def read_volume(full_name: str, store: Store) -> Volume:
    """A volume."""
    return store.get_volume(full_name)


@api.patch(VOLUMES + "/{full_name}")
def update_volume(full_name: str, body: Change, store: Store) -> Volume:
    """Changes a volume."""
    return store.update_volume(full_name, body)


@api.delete(VOLUMES + "/{full_name}")
def delete_volume(full_name: str, store: Store) -> None:
    """Removes a volume with its files."""
    store.delete_volume(full_name)


@api.get(FUNCTIONS)
def list_functions(
    catalog_name: str,
    schema_name: str,
    store: TableStored,
    max_results: int | None = None,
    page_token: str | None = None,
) -> Functions:
    """A page of functions."""
    return store.list_functions(catalog_name, schema_name, max_results, page_token)


@api.post(FUNCTIONS)
def create_function(body: FunctionRequest, store: TableStored) -> Function:
    """Makes a function."""
    return store.create_function(body.function_info)


@api.get(FUNCTIONS + "/{full_name}")
def get_function(full_name: str, store: TableStored) -> Function:
    """A function."""
    return store.get_function(full_name)


@api.patch(FUNCTIONS + "/{full_name}")
def update_function(full_name: str, body: Change, store: TableStored) -> Function:
    """Changes the owner of a function."""
    return store.update_function(full_name, body.owner)


@api.delete(FUNCTIONS + "/{full_name}")
def delete_function(full_name: str, store: TableStored) -> None:
    """Removes a function."""
    store.delete_function(full_name)


@api.get(f"{UNITY}/metastore_summary")
def get_metastore_summary(store: Store) -> dict[str, Any]:
    """The metastore."""
    return store.metastore_summary()


@api.get(f"{UNITY}/current-metastore-assignment")
def get_current_metastore(store: Store) -> dict[str, Any]:
    """Which metastore the workspace uses."""
    return store.metastore_assignment()


@api.get(UNITY + "/permissions/{securable_type}/{full_name}")
@api.get(UNITY + "/privilege-assignments/{securable_type}/{full_name}")
def get_grants(securable_type: str, full_name: str, store: Granted, principal: str | None = None) -> Permissions:
    """The grants on something."""
    return store.get(securable_type, full_name, principal)


@api.get(UNITY + "/effective-permissions/{securable_type}/{full_name}")
@api.get(UNITY + "/effective-privilege-assignments/{securable_type}/{full_name}")
def get_effective_grants(
    securable_type: str, full_name: str, store: Granted, principal: str | None = None
) -> EffectivePermissions:
    """The grants that hold for something."""
    return store.get_effective(securable_type, full_name, principal)


@api.patch(UNITY + "/permissions/{securable_type}/{full_name}")
def update_grants(securable_type: str, full_name: str, body: PermissionsChange, store: Granted) -> Permissions:
    """Grants and takes back."""
    return store.update(securable_type, full_name, body)
