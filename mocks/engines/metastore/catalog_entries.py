"""The bodies in which Unity Catalog shows a table and its columns."""

from typing import Any

from mocks.core.wire import Wire


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
