"""Tables and functions: what SQL made, and what other services list."""

import json
import re
from typing import Any

from mocks.catalog.refusals import refusing
from mocks.catalog.store import audit, three_parts
from mocks.catalog.wire import (
    Function,
    FunctionParameter,
    FunctionParameters,
    Functions,
    NewFunction,
    NewTable,
    Tables,
    TableSummaries,
    TableSummary,
)
from mocks.core.errors import InvalidParameterValue
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.metastore.catalog_entries import ListedColumn, ListedTable
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.names import Defaults, Name
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import FUNCTION, SCHEMA, TABLE, Description, Securable
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import ColumnInfo, TableInfo
from mocks.engines.warehouse.column_types import spark_field


class TableStore:
    """The tables and functions of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._grants = workspace, workspace.engine(Grants)
        self._metastore, self._kept = workspace.engine(Metastore), workspace.engine(TableCatalog)

    @refusing()
    def list_tables(self, catalog: str, schema: str, size: int | None, token: str | None, columns: bool) -> Tables:
        """A page of the tables of a schema, by name."""
        found, following = page(self._tables(catalog, schema), size, token)
        shown = found if columns else [table.model_copy(update={"columns": None}) for table in found]
        return Tables(tables=shown, next_page_token=following)

    @refusing()
    def list_summaries(
        self, catalog: str, schemas: str | None, tables: str | None, size: int | None, token: str | None
    ) -> TableSummaries:
        """A page of the tables of a catalog; the patterns are those of LIKE."""
        names = [record.name.partition(".")[2] for record in self._metastore.within(SCHEMA, catalog.lower())]
        found = [
            TableSummary(full_name=table.full_name, table_type=table.table_type)
            for schema in names
            if _like(schemas, schema)
            for table in self._tables(catalog, schema)
            if _like(tables, table.name)
        ]
        chosen, following = page(found, size, token)
        return TableSummaries(tables=chosen, next_page_token=following)

    @refusing()
    def get_table(self, full_name: str) -> ListedTable:
        """One of them."""
        found = self._table(self._kept.table(three_parts(full_name)))
        self._grants.require_visible(self._workspace.user_name, TABLE, found.full_name)
        return found

    @refusing()
    def table_exists(self, full_name: str) -> bool:
        """Whether it exists; its schema must."""
        name = three_parts(full_name)
        self._metastore.get(SCHEMA, name.namespace)
        return self._metastore.exists(TABLE, name.full)

    @refusing()
    def create_table(self, body: NewTable) -> ListedTable:
        """Makes a managed table."""
        from mocks.engines.statements.table_spec import column

        if (body.table_type, body.data_source_format) != ("MANAGED", "DELTA"):
            raise InvalidParameterValue("Only managed Delta tables can be made here; there is no external storage.")
        name = Name(body.catalog_name.lower(), body.schema_name.lower(), body.name.lower())
        self._require("CREATE_TABLE", SCHEMA, name.namespace)
        columns = [column(c.name, c.type_text, c.nullable, c.comment) for c in body.columns]
        details = {"table_type": "MANAGED", "format": "DELTA"}
        told = Description(body.comment, body.properties, details, self._workspace.user_name)
        self._kept.create(name, columns, told)
        return self._table(self._kept.table(name))

    @refusing()
    def update_table(self, full_name: str, owner: str | None) -> None:
        """Changes the owner."""
        self._require("MANAGE", TABLE, full_name)
        if owner:
            self._metastore.change(TABLE, full_name, owner=owner)

    @refusing()
    def delete_table(self, full_name: str) -> None:
        """Removes a table or view."""
        self._require("MANAGE", TABLE, full_name)
        self._kept.drop_table(three_parts(full_name))

    @refusing()
    def list_functions(self, catalog: str, schema: str, size: int | None, token: str | None) -> Functions:
        """A page of the functions of a schema, by name."""
        records = self._metastore.within(FUNCTION, f"{catalog}.{schema}".lower())
        names = self._grants.visible(self._workspace.user_name, FUNCTION, [record.name for record in records])
        found, following = page([record for record in records if record.name in names], size, token)
        return Functions(functions=[self._function(record) for record in found], next_page_token=following)

    @refusing()
    def get_function(self, full_name: str) -> Function:
        """One of them."""
        found = self._metastore.get(FUNCTION, full_name)
        self._grants.require_visible(self._workspace.user_name, FUNCTION, found.name)
        return self._function(found)

    @refusing()
    def create_function(self, body: NewFunction) -> Function:
        """Makes one."""
        from mocks.engines.statements import routines
        from mocks.engines.translating.dialect import Session

        name = Name(body.catalog_name.lower(), body.schema_name.lower(), body.name.lower())
        self._require("CREATE_FUNCTION", SCHEMA, name.namespace)
        returned = body.return_params.parameters if body.return_params and body.data_type == "TABLE_TYPE" else None
        routine = routines.Routine(
            name,
            tuple(_parameter(parameter) for parameter in body.input_params.parameters),
            body.full_data_type if returned is None else tuple(_parameter(column) for column in returned),
            body.routine_definition,
            None if body.routine_body == "SQL" else (body.external_language or "PYTHON").upper(),
            body.comment,
        )
        session = Session(Defaults(), self._workspace.user_name)
        return self._function(routines.create(routine, session, self._metastore))

    @refusing()
    def update_function(self, full_name: str, owner: str | None) -> Function:
        """Changes the owner."""
        self._require("MANAGE", FUNCTION, full_name)
        told = {"owner": owner} if owner else {}
        return self._function(self._metastore.change(FUNCTION, full_name, **told))

    @refusing()
    def delete_function(self, full_name: str) -> None:
        """Removes one."""
        self._require("MANAGE", FUNCTION, full_name)
        self._metastore.drop_function(three_parts(full_name))

    def _require(self, privilege: str, kind: str, name: str) -> None:
        self._grants.require(self._workspace.user_name, privilege, kind, name)

    def _tables(self, catalog: str, schema: str) -> list[ListedTable]:
        found = [self._table(table) for table in self._kept.tables(catalog, schema)]
        names = set(self._grants.visible(self._workspace.user_name, TABLE, [table.full_name for table in found]))
        return sorted((table for table in found if table.full_name in names), key=lambda table: table.name)

    def _table(self, table: TableInfo) -> ListedTable:
        name, details = table.name, table.record.details
        return ListedTable(
            name=name.object,
            catalog_name=name.catalog,
            schema_name=name.schema,
            full_name=name.full,
            table_type=table.table_type,
            data_source_format=details.get("format"),
            columns=[_column(column) for column in table.columns],
            view_definition=details.get("view_definition"),
            table_constraints=[shown for told in details.get("constraints", ()) if (shown := _constraint(told))]
            or None,
            table_id=table.record.id,
            **audit(table.record, self._workspace),
        )

    def _function(self, record: Securable) -> Function:
        name, details = three_parts(record.name), record.details
        returned = [_shown(column, "COLUMN") for column in details["returns"]]
        return Function(
            name=name.object,
            catalog_name=name.catalog,
            schema_name=name.schema,
            full_name=record.name,
            function_id=record.id,
            input_params=FunctionParameters(parameters=[_shown(one, "PARAM") for one in details["parameters"]]),
            return_params=FunctionParameters(parameters=returned) if returned else None,
            data_type=details["data_type"],
            full_data_type=details["full_data_type"],
            routine_body=details["routine_body"],
            routine_definition=details["routine_definition"],
            external_language=details["external_language"],
            specific_name=name.object,
            **audit(record, self._workspace) | {"properties": None},
        )


def _like(pattern: str | None, name: str) -> bool:
    if not pattern:
        return True
    text = re.escape(pattern.lower()).replace("%", ".*").replace("_", ".")
    return re.fullmatch(text, name) is not None


def _constraint(told: dict[str, Any]) -> dict[str, Any] | None:
    """As Unity Catalog shows it; checks are Delta's own and not shown."""
    key = {"name": told["name"], "child_columns": told["columns"]}
    match told["kind"]:
        case "PRIMARY KEY":
            return {"primary_key_constraint": key}
        case "FOREIGN KEY":
            parent = {"parent_table": told["parent"], "parent_columns": told["parent_columns"]}
            return {"foreign_key_constraint": key | parent}
    return None


def _column(column: ColumnInfo) -> ListedColumn:
    spark = spark_field(column.name, column.type.spark, column.nullable, column.comment)
    return ListedColumn(
        name=column.name,
        type_text=column.type_text,
        type_name=column.type_name,
        type_json=json.dumps(spark),
        position=column.position,
        nullable=column.nullable,
        comment=column.comment,
        **_digits(column),
    )


def _digits(column: ColumnInfo) -> dict[str, Any]:
    return {"type_precision": column.type.precision or 0, "type_scale": column.type.scale or 0}


def _parameter(told: FunctionParameter) -> Any:
    from mocks.engines.statements.routines import Parameter

    return Parameter(told.name, told.type_text, told.comment, told.parameter_default)


def _shown(kept: dict[str, Any], sort: str) -> FunctionParameter:
    return FunctionParameter(
        name=kept["name"],
        type_text=kept["type_text"],
        type_name=kept["type_name"],
        type_json=json.dumps(spark_field(kept["name"], kept["spark"], comment=kept["comment"])),
        position=kept["position"],
        parameter_type=sort,
        parameter_default=kept["default"],
        comment=kept["comment"],
    )
