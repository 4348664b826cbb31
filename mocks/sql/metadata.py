"""What drivers ask about the catalog: catalogs, schemas, tables, columns and functions, in the columns of JDBC."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import ColumnInfo, Result, TableInfo
from mocks.engines.warehouse.column_types import SqlType
from mocks.sql.thrift_results import made


def _typed(columns: str) -> dict[str, str]:
    """Names of columns with their types, which are STRING unless told."""
    return {name: kind or "STRING" for name, _, kind in (column.partition(":") for column in columns.split())}


_CATALOGS, _SCHEMAS, _TYPES = _typed("TABLE_CAT"), _typed("TABLE_SCHEM TABLE_CATALOG"), _typed("TABLE_TYPE")
_TABLES = _typed(
    "TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME SELF_REFERENCING_COL_NAME "
    "REF_GENERATION"
)
_COLUMNS = _typed(
    "TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:INT TYPE_NAME COLUMN_SIZE:INT BUFFER_LENGTH:TINYINT "
    "DECIMAL_DIGITS:INT NUM_PREC_RADIX:INT NULLABLE:INT REMARKS COLUMN_DEF SQL_DATA_TYPE:INT SQL_DATETIME_SUB:INT "
    "CHAR_OCTET_LENGTH:INT ORDINAL_POSITION:INT IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE "
    "SOURCE_DATA_TYPE:SMALLINT IS_AUTO_INCREMENT"
)
_FUNCTIONS = _typed("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:INT SPECIFIC_NAME")
# java.sql.Types, and the decimal digits of each type.
_JDBC = {
    kind: int(number)
    for kind, _, number in (
        told.partition(":")
        for told in [
            "BOOLEAN:16",
            "TINYINT:-6",
            "SMALLINT:5",
            "INT:4",
            "BIGINT:-5",
            "FLOAT:6",
            "DOUBLE:8",
            "STRING:12",
            "DATE:91",
            "TIMESTAMP:93",
            "TIMESTAMP_NTZ:93",
            "BINARY:-2",
            "DECIMAL:3",
            "ARRAY:2003",
            "MAP:2000",
            "STRUCT:2002",
            "VOID:0",
        ]
    )
}
_DIGITS = {"TINYINT": 3, "SMALLINT": 5, "INT": 10, "BIGINT": 19, "FLOAT": 7, "DOUBLE": 15}
TABLE_TYPES = ("TABLE", "VIEW")
_OTHER = 1111


class Metadata:
    """Answers about one workspace; each argument is a pattern of LIKE, or nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._metastore, self._kept = workspace.engine(Metastore), workspace.engine(TableCatalog)
        self._grants, self._user = workspace.engine(Grants), workspace.user_name

    def catalogs(self) -> Result:
        """GetCatalogs."""
        return made(_CATALOGS, [[name] for name in self._catalogs(None)])

    def schemas(self, catalog: str | None, schema: str | None) -> Result:
        """GetSchemas."""
        found = [[name, inside] for inside, name in self._schemas(catalog, schema)]
        return made(_SCHEMAS, found)

    def table_types(self) -> Result:
        """GetTableTypes."""
        return made(_TYPES, [[name] for name in TABLE_TYPES])

    def tables(self, catalog: str | None, schema: str | None, table: str | None, types: list[str] | None) -> Result:
        """GetTables."""
        wanted = {sort.upper() for sort in types} if types else set(TABLE_TYPES)
        found = [
            [*found.name, _sort(found), found.comment or "", *[None] * 5]
            for found in self._tables(catalog, schema, table)
            if _sort(found) in wanted
        ]
        return made(_TABLES, found)

    def columns(self, catalog: str | None, schema: str | None, table: str | None, column: str | None) -> Result:
        """GetColumns."""
        like = _like(column)
        found = [
            [*one.name, *_column(told)]
            for one in self._tables(catalog, schema, table)
            for told in one.columns
            if like(told.name)
        ]
        return made(_COLUMNS, found)

    def functions(self, catalog: str | None, schema: str | None, function: str | None) -> Result:
        """GetFunctions."""
        like, found = _like(function), []
        for inside in self._schemas(catalog, schema):
            seen = set(self._names(FUNCTION, ".".join(inside)))
            for record in self._metastore.within(FUNCTION, ".".join(inside)):
                name = record.name.rpartition(".")[2]
                if record.name in seen and like(name):
                    found.append([*inside, name, record.comment or "", 1, record.name])
        return made(_FUNCTIONS, found)

    def _catalogs(self, pattern: str | None) -> list[str]:
        like = _like(pattern)
        return [name for name in self._names(CATALOG, "") if like(name)]

    def _schemas(self, catalog: str | None, schema: str | None) -> Iterator[tuple[str, str]]:
        like = _like(schema)
        for inside in self._catalogs(catalog):
            names = [name.partition(".")[2] for name in self._names(SCHEMA, inside)]
            yield from ((inside, name) for name in names if like(name))

    def _tables(self, catalog: str | None, schema: str | None, table: str | None) -> Iterator[TableInfo]:
        like = _like(table)
        for inside in self._schemas(catalog, schema):
            tables = [found for found in self._kept.tables(*inside) if like(found.name.object)]
            seen = set(self._grants.visible(self._user, TABLE, [found.name.full for found in tables]))
            yield from (found for found in tables if found.name.full in seen)

    def _names(self, kind: str, parent: str) -> list[str]:
        """The full names of those that the caller may know of."""
        names = [record.name for record in self._metastore.within(kind, parent)]
        return self._grants.visible(self._user, kind, names)


def _like(pattern: str | None) -> Callable[[str], bool]:
    r"""`%` and `_` as in LIKE, `\` before what is meant itself; nothing means all."""
    if not pattern:
        return lambda _: True
    parts = re.findall(r"\\.|.", pattern.lower(), re.DOTALL)
    text = "".join({"%": ".*", "_": ".", "*": ".*"}.get(part) or re.escape(part[-1]) for part in parts)
    return lambda name: re.fullmatch(text, name.lower(), re.DOTALL) is not None


def _sort(table: TableInfo) -> str:
    return "VIEW" if table.table_type == "VIEW" else "TABLE"


def _column(told: ColumnInfo) -> list[Any]:
    kind: SqlType = told.type
    digits = kind.precision if kind.keyword == "DECIMAL" else _DIGITS.get(kind.keyword)
    radix = 10 if digits is not None else None
    scale = kind.scale if kind.keyword == "DECIMAL" else (0 if digits is not None else None)
    row = [told.name, _JDBC.get(kind.keyword, _OTHER), kind.text, digits, None, scale, radix, int(told.nullable)]
    row += [told.comment or "", told.default, None, None, None, told.position, "YES" if told.nullable else "NO"]
    return [*row, None, None, None, None, "NO"]
