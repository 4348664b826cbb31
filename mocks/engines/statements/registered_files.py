"""Files as tables of one run, and COPY INTO, which loads each file into a table once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.names import Name, quoted
from mocks.engines.metastore.securables import TABLE, VOLUME
from mocks.engines.metastore.storage import Storage
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import Words
from mocks.engines.statements.file_sources import FORMATS, FileSource, Found
from mocks.engines.statements.history import Change
from mocks.engines.statements.read_files import rescued
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError, syntax_error, unsupported

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

_INCOMING = "sandbricks_copied_rows"


class RegisteredFiles:
    """Reads files of volumes for those who may."""

    def __init__(self, storage: Storage, grants: Grants) -> None:
        self.storage, self.grants = storage, grants

    def register(self, cursor: "Cursor", sources: Mapping[str, FileSource], user: str) -> None:
        """Makes the sources tables of this cursor."""
        for name, source in sources.items():
            self.grants.require_all(user, [Need("READ_VOLUME", VOLUME, source.volume)])
            cursor.register(name, rescued(source.read(source.files(self.storage)), source))

    def copying(self, tables: TableCatalog) -> "Copying":
        """COPY INTO over the same files."""
        return Copying(self, tables)


class Copying:
    """Runs COPY INTO."""

    def __init__(self, files: RegisteredFiles, tables: TableCatalog) -> None:
        self._files, self._tables = files, tables

    def copy(self, words: Words, session: Session, asked: Run) -> Result:
        """Loads the files that were not loaded before.

        Raises: SqlError
        """
        if not words.take("INTO"):
            raise syntax_error("'COPY'", ": INTO is missing")
        name = words.name(session.defaults)
        if not words.take("FROM"):
            raise syntax_error("the table", ": FROM is missing")
        if words.peek("("):
            raise unsupported("COPY INTO from a query")
        path = words.string() or ""
        form, pattern, options, force = _told(words)
        source = FileSource(path, form, options, infer=form != "CSV" or options.get("inferschema", "") == "true")
        needs = [Need("READ_VOLUME", VOLUME, source.volume), Need("MODIFY", TABLE, name.full)]
        self._files.grants.require_all(session.user, needs)
        return self._load(name, source, source.files(self._files.storage, pattern), force, session, asked)

    def _load(
        self, name: Name, source: FileSource, files: list[Found], force: bool, session: Session, asked: Run
    ) -> Result:
        from mocks.engines.warehouse.fetching import counts

        table = self._tables.table(name)
        change = Change("COPY INTO", session.user, {"path": source.path}, appends=True)
        known = {column.name.lower(): column.name for column in table.columns}
        with self._tables.changing(name, asked.running, change) as cursor:
            fresh = [file for file in files if force or not _was_loaded(cursor, name, file)]
            rows = source.read(fresh) if fresh else pa.table({})
            _check(rows, known, name)
            if rows.num_rows:
                cursor.register(_INCOMING, rows)
                into = ", ".join(quoted(known[column.lower()]) for column in rows.column_names)
                columns = ", ".join(map(quoted, rows.column_names))
                cursor.execute(f"INSERT INTO {name.duck} ({into}) SELECT {columns} FROM {_INCOMING}")  # noqa: S608
            for file in fresh:
                cursor.execute("INSERT OR REPLACE INTO sandbricks.copied VALUES (?, ?)", [name.full, _mark(file)])
        return counts(("num_affected_rows", "num_inserted_rows", "num_skipped_corrupt_files"), *[rows.num_rows] * 2, 0)


def _told(words: Words) -> tuple[str, str | None, dict[str, str], bool]:
    """FILEFORMAT, PATTERN, FORMAT_OPTIONS and COPY_OPTIONS, in whichever order."""
    form, pattern = "", None
    options: dict[str, str] = {}
    copying: dict[str, str] = {}
    while words.rest():
        match words.word().upper():
            case "FILEFORMAT":
                words.take("=")
                form = words.word().upper()
            case "PATTERN":
                words.take("=")
                pattern = words.string()
            case "FORMAT_OPTIONS":
                options |= words.pairs()
            case "COPY_OPTIONS":
                copying |= words.pairs()
            case other:
                raise unsupported(f"{other} in COPY INTO")
    if form not in FORMATS:
        raise unsupported(f"COPY INTO of the format {form or 'that is not told'}")
    return form, pattern, options, copying.get("force", "false").lower() == "true"


def _check(rows: pa.Table, known: Mapping[str, str], name: Name) -> None:
    strange = [column for column in rows.column_names if column.lower() not in known]
    if strange:
        raise SqlError(
            "COPY_INTO_SCHEMA_MISMATCH",
            f"The files have columns that {name.shown} has not: {', '.join(strange)}.",
            "42KDG",
        )


def _was_loaded(cursor: "Cursor", name: Name, file: Found) -> bool:
    query = "SELECT 1 FROM sandbricks.copied WHERE name = ? AND file = ?"
    return bool(cursor.execute(query, [name.full, _mark(file)]).fetchall())


def _mark(file: Found) -> str:
    """A file that was written anew is another file."""
    status = file.local.stat()
    return f"{file.path}?{status.st_mtime_ns}-{status.st_size}"
