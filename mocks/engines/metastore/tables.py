"""Tables and results as others see them: columns with the types of Databricks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mocks.engines.metastore.names import Defaults, Name
from mocks.engines.metastore.securables import Securable
from mocks.engines.statements.session_state import SessionState
from mocks.engines.warehouse.column_types import SqlType, from_duck

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection as Cursor

_COLUMNS = """
SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable, comment, column_default
FROM duckdb_columns() WHERE schema_name = ? AND list_contains(?, table_name)
ORDER BY table_name, column_index
"""


@dataclass(frozen=True)
class ColumnInfo:
    """A column of a table."""

    name: str
    type: SqlType
    position: int
    nullable: bool = True
    comment: str | None = None
    default: str | None = None

    @property
    def type_text(self) -> str:
        """As Unity Catalog writes it: `decimal(10,2)`, `array<string>`."""
        return self.type.catalog_text

    @property
    def type_name(self) -> str:
        """As Unity Catalog writes it: LONG for BIGINT."""
        return self.type.name


@dataclass(frozen=True)
class TableInfo:
    """A table or view."""

    name: Name
    columns: tuple[ColumnInfo, ...]
    record: Securable

    @property
    def table_type(self) -> str:
        """MANAGED or VIEW."""
        return str(self.record.details["table_type"])

    @property
    def comment(self) -> str | None:
        """What its maker says about it."""
        return self.record.comment


@dataclass(frozen=True)
class Column:
    """A column of a result; names and types as manifests write them."""

    name: str
    type: SqlType

    @property
    def type_text(self) -> str:
        """BIGINT, DECIMAL(10,2), ARRAY<STRING>."""
        return self.type.text

    @property
    def type_name(self) -> str:
        """LONG for BIGINT, ARRAY for an array of anything."""
        return self.type.name


@dataclass(frozen=True)
class Result:
    """What a statement gives: `truncated` if a limit cut it, `defaults` and `state` if it changed its session."""

    columns: tuple[Column, ...]
    table: "pa.Table"
    truncated: bool = False
    defaults: Defaults | None = None
    state: SessionState | None = None

    @property
    def changed_rows(self) -> int | None:
        """How many rows a write touched."""
        if [column.name for column in self.columns[:1]] != ["num_affected_rows"]:
            return None
        return int(self.table.column(0)[0].as_py())

    def rows(self) -> list[list[str | None]]:
        """The rows as the REST API writes them: every value a string, or null."""
        from mocks.engines.warehouse import cells

        return cells.rows(self.table, [column.type for column in self.columns])


def read_tables(cursor: "Cursor", records: Sequence[Securable]) -> list[TableInfo]:
    """The tables of one schema with their columns, in the order of the records."""
    if not records:
        return []
    names = [Name(*record.name.split(".")) for record in records]
    found: dict[str, list[ColumnInfo]] = {name.full: [] for name in names}
    asked = [names[0].namespace, [name.object for name in names]]
    for table, column, kind, nullable, comment, default in cursor.execute(_COLUMNS, asked).fetchall():
        columns = found[table]
        columns.append(ColumnInfo(column, duck_type(kind), len(columns), nullable, comment, default))
    return [TableInfo(name, tuple(found[name.full]), record) for name, record in zip(names, records, strict=True)]


def duck_type(text: str) -> SqlType:
    """The Databricks type of a DuckDB type by its name."""
    import duckdb

    return from_duck(duckdb.sqltype(text))
