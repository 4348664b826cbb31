"""Unity Catalog's tables and views over DuckDB: what they are, and the transactions that make and change them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mocks.core.workspace import Workspace
from mocks.engines.metastore.column_samples import Sample, sample
from mocks.engines.metastore.names import Name, literal, quoted
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import TABLE, Description, Securable, Securables, checked, kept
from mocks.engines.metastore.tables import TableInfo, read_tables
from mocks.engines.statements import change_feed
from mocks.engines.statements.constraints import check
from mocks.engines.statements.history import Change, History, Version
from mocks.engines.statements.identity_columns import Identity
from mocks.engines.warehouse import sql_error
from mocks.engines.warehouse.duck import Duck, Running
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor


ELSEWHERE = "elsewhere"  # the detail of a table whose rows another service keeps: what to tell who wants them
MATERIALIZED = "MATERIALIZED_VIEW"
_MADE, _ALTERED, _APPENDED = Change("CREATE TABLE"), Change("CHANGE COLUMN"), Change("WRITE", appends=True)


@dataclass(frozen=True)
class NewColumn:
    """A column of a new table, with its part of DuckDB's statement."""

    name: str
    duck: str
    comment: str | None
    identity: Identity | None = None

    @property
    def is_generated(self) -> bool:
        """Whether an expression gives its values."""
        return self.duck.endswith(" VIRTUAL")


class TableCatalog:
    """The tables and views of one workspace.

    Raises everywhere: SqlError
    """

    def __init__(self, workspace: Workspace) -> None:
        workspace.engine(Metastore)
        # Grows whenever a table is made, altered or dropped: what was planned before knows other types.
        self.generation = 0
        self._duck, self._records, self._history = workspace.engine(Duck), Securables(workspace), History(workspace)

    def tables(self, catalog: str, schema: str) -> list[TableInfo]:
        """The tables and views of a schema, by name."""
        namespace = f"{catalog}.{schema}".lower()
        with self._duck.reading() as cursor:
            self._records.check_container(cursor, namespace)
            return read_tables(cursor, self._records.within(cursor, TABLE, namespace))

    def table(self, name: Name) -> TableInfo:
        """The table or view with its columns."""
        with self._duck.reading() as cursor:
            return read_tables(cursor, [self._records.get(cursor, TABLE, name.full)])[0]

    def column_names(self, name: Name) -> list[str]:
        """The columns of a table in their order, in small letters; those that expressions generate are left out."""
        generated = self.table(name).record.details.get("generated", ())
        return [column.name.lower() for column in self.table(name).columns if column.name.lower() not in generated]

    def identities(self, name: Name) -> dict[str, str]:
        """The columns of a table that count by themselves, and whether they ALWAYS do."""
        with self._duck.reading() as cursor:
            record = self._records.find(cursor, TABLE, name.full)
        return record.details.get("identity", {}) if record else {}

    def find(self, name: Name) -> Securable | None:
        """The record of a table or view, or nothing."""
        with self._duck.reading() as cursor:
            return self._records.find(cursor, TABLE, name.full)

    def distinct(self, name: Name, columns: Sequence[str]) -> list[list[str | None]]:
        """The combinations of values of some columns, as texts."""
        chosen = ", ".join(f"CAST({quoted(column)} AS VARCHAR)" for column in columns)
        with self._duck.reading() as cursor:
            query = f"SELECT DISTINCT {chosen} FROM {name.duck} ORDER BY ALL"  # noqa: S608  # quoted
            return [list(row) for row in cursor.execute(query).fetchall()]

    def exists(self, full_name: str) -> bool:
        """Whether there is such a table or view."""
        with self._duck.reading() as cursor:
            return self._records.find(cursor, TABLE, full_name.lower()) is not None

    def version(self, name: Name) -> int:
        """How many statements have written to the table so far."""
        with self._duck.reading() as cursor:
            self._records.get(cursor, TABLE, name.full)
            return self._records.version(cursor, name.full)

    def versions_of(self, names: Sequence[str]) -> dict[str, int]:
        """The same of many tables by their full names; those that are not there are left out."""
        with self._duck.reading() as cursor:
            return self._records.versions(cursor, names)

    def samples(self, table: TableInfo) -> dict[str, Sample]:
        """What is in the columns of a table or view."""
        from mocks.engines.translating.dialect import Translated
        from mocks.engines.warehouse.duck_errors import explaining

        _kept_here(table.record)
        with explaining(Translated("", (), ())), self._duck.reading(read_only=True) as cursor:
            return sample(cursor, table)

    def create(self, name: Name, columns: Sequence[NewColumn], told: Description) -> None:
        """Makes a table without SQL."""
        with self.making(name, told, replace=False, if_missing=False) as cursor:
            assert cursor is not None
            cursor.execute(f"CREATE TABLE {name.duck} ({', '.join(column.duck for column in columns)})")
            for column in columns:
                comment_on_column(cursor, name, column.name, column.comment)

    def list_elsewhere(self, name: Name, columns: Sequence[NewColumn], told: Description) -> None:
        """Lists a table whose rows another service keeps; a view stands for it and says so when it is read."""
        nothing = f"UNNEST(CAST(NULL AS STRUCT({', '.join(column.duck for column in columns)})))"
        raised = literal(f"[UNSUPPORTED_FEATURE] {told.details[ELSEWHERE]} SQLSTATE: 0A000")
        checked(name.object)
        with self._duck.writing() as cursor:
            self._records.check_container(cursor, name.namespace)
            cursor.execute(f"CREATE OR REPLACE VIEW {name.duck} AS SELECT {nothing} WHERE error({raised})")
            for column in columns:
                comment_on_column(cursor, name, column.name, column.comment)
            self.generation += 1
            self._records.create(cursor, TABLE, name.full, told)

    def unlist(self, name: Name) -> None:
        """Takes such a table, and what was granted on it, out of the catalog."""
        with self._duck.writing() as cursor:
            cursor.execute(f"DROP VIEW IF EXISTS {name.duck}")
            self.generation += 1
            self._records.delete(cursor, TABLE, name.full)

    @contextmanager
    def making(
        self,
        name: Name,
        told: Description,
        *,
        replace: bool,
        if_missing: bool,
        running: Running | None = None,
        change: Change = _MADE,
    ) -> Iterator["Cursor | None"]:
        """A transaction in which the block makes the table or view; no cursor if it need not."""
        is_view = told.details["table_type"] == "VIEW"
        checked(name.object)
        with self._duck.writing(running) as cursor:
            self._records.check_container(cursor, name.namespace)
            found = self._records.find(cursor, TABLE, name.full)
            if found is not None and not replace:
                kept(found, if_missing, sql_error.table_exists(name))
                yield None
                return
            if found is not None and (_kept_here(found).details["table_type"] == "VIEW") != is_view:
                raise sql_error.wrong_sort(name, not is_view)
            if found is not None and not is_view:
                self._history.before(cursor, name, change)
            yield cursor
            self.generation += 1
            self._records.create(cursor, TABLE, name.full, told)
            self._records.touch(cursor, name.full)
            if not is_view:
                self._history.after(cursor, name, change)

    @contextmanager
    def altering(
        self, name: Name, running: Running | None = None, change: Change = _ALTERED, *, counts: bool = True
    ) -> Iterator[tuple["Cursor", Callable[..., Securable]]]:
        """A transaction over a table, and the way to change its record in it; not every one `counts` as a version."""
        with self._duck.writing(running) as cursor:
            record = _kept_here(self._records.get(cursor, TABLE, name.full))
            has_past = record.details["table_type"] != "VIEW" and counts
            if has_past:
                self._history.before(cursor, name, change)
            self.generation += 1
            yield cursor, lambda **fields: self._records.change(cursor, record, **fields)
            self._records.touch(cursor, name.full)
            if has_past:
                self._history.after(cursor, name, change)

    def comment_on_column(self, name: Name, column: str, comment: str | None) -> None:
        """Says something about a column."""
        with self.altering(name) as (cursor, change):
            change()
            comment_on_column(cursor, name, column, comment)

    def drop_table(self, name: Name, view: bool | None = None) -> None:
        """Removes a table or view; with `view` told, only if it is one of that sort."""
        with self._duck.writing() as cursor:
            record = _kept_here(self._records.get(cursor, TABLE, name.full))
            is_view = record.details["table_type"] == "VIEW"
            if view is not None and view != (is_view or record.details["table_type"] == MATERIALIZED):
                raise sql_error.wrong_sort(name, not view)
            cursor.execute(f"DROP {'VIEW' if is_view else 'TABLE'} {name.duck}")
            self.generation += 1
            self._records.delete(cursor, TABLE, name.full)
            self._records.touch(cursor, name.full)
            self._history.forget(cursor, name)

    def rename_table(self, old: Name, new: Name) -> None:
        """Gives a table another name in its schema."""
        checked(new.object)
        if old.namespace != new.namespace:
            raise sql_error.unsupported("moving a table to another schema")
        with self._duck.writing() as cursor:
            sort = _kept_here(self._records.get(cursor, TABLE, old.full)).details["table_type"]
            if self._records.find(cursor, TABLE, new.full) is not None:
                raise sql_error.table_exists(new)
            cursor.execute(f"ALTER {'VIEW' if sort == 'VIEW' else 'TABLE'} {old.duck} RENAME TO {quoted(new.object)}")
            self.generation += 1
            self._records.rename(cursor, TABLE, old.full, new.full)
            self._history.rename(cursor, old, new)
            self._records.touch(cursor, old.full)
            self._records.touch(cursor, new.full)

    @contextmanager
    def changing(self, name: Name, running: Running | None = None, change: Change = _APPENDED) -> Iterator["Cursor"]:
        """A transaction whose block writes rows of the table."""
        with self._duck.writing(running) as cursor:
            record = self._records.find(cursor, TABLE, name.full)
            sort = None if record is None else _kept_here(record).details["table_type"]
            if sort == MATERIALIZED:
                raise sql_error.written_view(name)
            has_past = sort not in (None, "VIEW")
            if has_past:
                self._history.before(cursor, name, change)
            yield cursor
            if record is not None:
                check(cursor, name, record.details.get("constraints", ()))
            self._records.touch(cursor, name.full)
            if has_past:
                self._history.after(cursor, name, change)

    def restore(self, name: Name, number: str | None, moment: str | None, who: str) -> None:
        """Makes the table what it was, with the columns that it had."""
        self.version(name)
        asked = {"version": number or "", "timestamp": moment or ""}
        with self.changing(name, change=Change("RESTORE", who, asked)) as cursor:
            source = self._history.source(cursor, name, number, moment)
            then, now = (cursor.sql(query).columns for query in (source, f"SELECT * FROM {name.duck}"))  # noqa: S608
            if then != now:
                self.generation += 1
                cursor.execute(f"CREATE OR REPLACE TABLE {name.duck} AS {source}")
                return
            cursor.execute(f"DELETE FROM {name.duck}")  # noqa: S608  # quoted
            cursor.execute(f"INSERT INTO {name.duck} {source}")

    def vacuum(self, name: Name, older_ms: int) -> None:
        """Forgets the states that were left so long ago."""
        with self._duck.writing() as cursor:
            self._history.vacuum(cursor, name, older_ms)

    def changes(self, name: Name, asked: Sequence[str]) -> str:
        """The query in DuckDB's words that gives what versions changed."""
        columns = [column.name for column in self.table(name).columns]
        with self._duck.reading() as cursor:
            return change_feed.source(cursor, name, self._history.versions(cursor, name), columns, asked)

    def versions(self, name: Name) -> list[Version]:
        """The history of a table, the newest version first."""
        with self._duck.reading() as cursor:
            _kept_here(self._records.get(cursor, TABLE, name.full))
            return self._history.versions(cursor, name)

    def as_it_was(self, name: Name, number: str | None, moment: str | None) -> str:
        """The query in DuckDB's words that gives the table at a version or time."""
        with self._duck.reading() as cursor:
            _kept_here(self._records.get(cursor, TABLE, name.full))
            return self._history.source(cursor, name, number, moment)


def _kept_here(record: Securable) -> Securable:
    """The record, if the rows of its table are in DuckDB.

    Raises: SqlError
    """
    if ELSEWHERE in record.details:
        raise SqlError("UNSUPPORTED_FEATURE", record.details[ELSEWHERE], "0A000")
    return record


def comment_on_column(cursor: "Cursor", name: Name, column: str, comment: str | None) -> None:
    """Says something about a column, in a transaction that is open."""
    cursor.execute(f"COMMENT ON COLUMN {name.duck}.{quoted(column)} IS {literal(comment)}")
