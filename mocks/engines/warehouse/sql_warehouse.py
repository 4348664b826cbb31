"""The SQL warehouse of a workspace: Databricks SQL over DuckDB, and the tables for those who need no SQL."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mocks.core.workspace import Workspace
from mocks.engines.metastore.column_samples import Sample
from mocks.engines.metastore.names import Defaults, Name, named, quoted
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import FUNCTION, Securable
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Column, ColumnInfo, Result, TableInfo
from mocks.engines.statements.session_state import NEW, SessionState
from mocks.engines.warehouse.duck import Run, Running
from mocks.engines.warehouse.sql_error import Cancelled, SqlError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Cancelled", "Column", "ColumnInfo", "Parameter", "Result", "Running", "SqlError", "TableInfo", "Warehouse"]
LONGEST = 600.0
Parameter = tuple[str, str | None, str]


class Warehouse:
    """Runs statements and reads tables.

    Raises everywhere: SqlError
    """

    def __init__(self, workspace: Workspace) -> None:
        from mocks.engines.statements.running import Statements

        self._workspace = workspace
        self._tables = workspace.engine(TableCatalog)
        self._statements = Statements(workspace)
        self.run("SELECT 1")

    def run(
        self,
        statement: str,
        *,
        parameters: Sequence[Parameter] = (),
        catalog: str | None = None,
        schema: str | None = None,
        row_limit: int | None = None,
        timeout: float | None = None,
        read_only: bool = False,
        running: Running | None = None,
        user: str | None = None,
        state: SessionState = NEW,
    ) -> Result:
        """Runs one statement; parameters are (name, value as text, type), bound and never pasted; no name for a `?`.

        With `read_only` only queries are taken, and they run in a transaction that cannot write. `running` lets another
        thread cancel it. Without a `user` it runs for the owner of the workspace. What the statement changes of the
        `state` of its session comes with the result.
        """
        from mocks.engines.translating.dialect import Session, positional

        numbered = enumerate(parameters, 1)
        parameters = [(name or positional(at), value, kind) for at, (name, value, kind) in numbered]
        types = tuple((name, kind) for name, _, kind in parameters)
        defaults = Defaults(catalog or Defaults().catalog, schema or Defaults().schema)
        values: Mapping[str, str | None] = {name: value for name, value, _ in parameters}
        running = running or Running(timeout or LONGEST)
        session = Session(defaults, user or self._workspace.owner, types, state)
        return self._statements.run(statement, session, Run(values, running, row_limit, read_only))

    def table(self, full_name: str) -> TableInfo:
        """The table or view with its columns."""
        return self._tables.table(_name(full_name))

    def tables(self, catalog: str, schema: str) -> list[TableInfo]:
        """The tables and views of a schema, by name."""
        return self._tables.tables(catalog, schema)

    def exists(self, full_name: str) -> bool:
        """Whether there is such a table or view."""
        return self._tables.exists(full_name)

    def function(self, full_name: str) -> Securable:
        """The record of a function of Unity Catalog."""
        return self._workspace.engine(Metastore).get(FUNCTION, _name(full_name).full)

    def table_version(self, full_name: str) -> int:
        """Grows with every statement that wrote to the table, in the same transaction."""
        return self._tables.version(_name(full_name))

    def table_versions(self, full_names: Sequence[str]) -> list[int | None]:
        """The same of many tables at once; none for one that is not there. A view's grows with every write."""
        names = [named(parts, Defaults()).full if len(parts := name.split(".")) <= 3 else "" for name in full_names]
        known = self._tables.versions_of(names)
        return [known.get(name) for name in names]

    def samples(self, table: TableInfo) -> dict[str, Sample]:
        """What is in each column of a table or view, whatever the caller may read."""
        return self._tables.samples(table)

    def read(self, full_name: str, columns: Sequence[str] | None = None) -> "pa.Table":
        """The rows of a table, or those columns of them."""
        chosen = ", ".join("`" + column.replace("`", "``") + "`" for column in columns) if columns else "*"
        return self.run(f"SELECT {chosen} FROM {_name(full_name).shown}").table  # noqa: S608  # quoted

    def insert(self, full_name: str, rows: "pa.Table") -> int:
        """Appends rows by the names of their columns; gives their number."""
        name = self._tables.table(_name(full_name)).name
        names = ", ".join(map(quoted, rows.column_names))
        with self._tables.changing(name) as cursor:
            cursor.register("sandbricks_incoming", rows)
            statement = f"INSERT INTO {name.duck} ({names}) SELECT {names} FROM sandbricks_incoming"  # noqa: S608  # quoted
            cursor.execute(statement)
        return int(rows.num_rows)


def _name(full_name: str) -> Name:
    parts = full_name.split(".")
    if len(parts) > 3:
        raise SqlError("IDENTIFIER_TOO_MANY_NAME_PARTS", f"{full_name!r} has more than three name parts.", "42601")
    return named(parts, Defaults())
