"""Tables of Unity Catalog that are not in DuckDB: a service that keeps one, such as a vector index, lists it here."""

from typing import Any

from mocks.core.collection import Collection
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace


class ListedColumn(Wire):
    """A column, in the words of Unity Catalog."""

    name: str
    type_text: str
    type_name: str
    position: int
    nullable: bool = True
    comment: str | None = None
    type_json: str | None = None


class ListedTable(Wire):
    """A table as `GET /api/2.1/unity-catalog/tables/{full_name}` shows it; further fields are shown as they are."""

    name: str
    catalog_name: str
    schema_name: str
    full_name: str
    table_type: str
    data_source_format: str | None = None
    columns: list[ListedColumn] | None = None
    comment: str | None = None
    owner: str | None = None
    properties: dict[str, str] | None = None
    view_definition: str | None = None
    table_constraints: list[dict[str, Any]] | None = None
    table_id: str | None = None
    metastore_id: str | None = None
    created_at: int | None = None
    created_by: str | None = None
    updated_at: int | None = None
    updated_by: str | None = None


def listed_tables(workspace: Workspace) -> Collection[ListedTable]:
    """The records, by full name in small letters."""
    return workspace.collection("catalog.listed_tables", ListedTable, "Table")
