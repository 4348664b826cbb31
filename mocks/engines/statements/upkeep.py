"""The upkeep of tables: OPTIMIZE, VACUUM, ANALYZE TABLE, REFRESH; what has no meaning over DuckDB changes nothing."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.names import Name, quoted
from mocks.engines.metastore.securables import TABLE
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Column, Result, TableInfo
from mocks.engines.statements.command_words import Words, texts
from mocks.engines.statements.history import Change
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.cells import arrow_type
from mocks.engines.warehouse.column_types import SqlType
from mocks.engines.warehouse.sql_error import SqlError, unsupported

FIRST = {"OPTIMIZE", "VACUUM", "ANALYZE"}
RETENTION_HOURS = 168
_HOUR_MS = 3_600_000
_BIGINT = SqlType("BIGINT")
# Of the metrics of the real service those that are known here: there are no files, so none was rewritten.
_METRICS = SqlType(
    "STRUCT", children=tuple((name, _BIGINT) for name in ("numFilesAdded", "numFilesRemoved", "partitionsOptimized"))
)
_STATISTICS = """
SELECT min({0})::VARCHAR, max({0})::VARCHAR, count(*) - count({0}), count(DISTINCT {0}),
    avg(strlen({0}::VARCHAR)), max(strlen({0}::VARCHAR)) FROM {1}
"""


class Upkeep:
    """Answers them for the tables of one workspace."""

    def __init__(self, tables: TableCatalog, grants: Grants) -> None:
        self._tables, self._grants = tables, grants

    def run(self, verb: str, words: Words, session: Session) -> Result:
        """Runs the command after its first word.

        Raises: SqlError
        """
        match verb:
            case "OPTIMIZE":
                return self._optimize(words, session)
            case "VACUUM":
                return self._vacuum(words, session)
        return self._analyze(words, session)

    def _changed(self, words: Words, session: Session) -> TableInfo:
        """The table that is named next, which the user may change."""
        table = self._tables.table(words.name(session.defaults))
        if table.table_type == "VIEW":
            raise SqlError("EXPECT_TABLE_NOT_VIEW", f"{table.name.shown} is a view, not a table.", "42809")
        self._grants.require_all(session.user, [Need("MODIFY", TABLE, table.name.full)])
        return table

    def _optimize(self, words: Words, session: Session) -> Result:
        table = self._changed(words, session)
        rest = words.rest()
        at = next((at for at, word in enumerate(rest) if word.text.upper() == "ZORDER"), len(rest))
        known = {column.name.lower() for column in table.columns}
        for word in rest[at + 2 :]:
            if word.text not in ("(", ")", ",") and word.text.lower() not in known:
                text = f"Z-Ordering column {word.text} does not exist in data schema."
                raise SqlError("DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST", text, "42703")
        done = dict.fromkeys((name for name, _ in _METRICS.children), 0)
        arrays = [pa.array([table.name.full]), pa.array([done], arrow_type(_METRICS))]
        columns = (Column("path", SqlType("STRING")), Column("metrics", _METRICS))
        return Result(columns, pa.table(arrays, names=["path", "metrics"]))

    def _vacuum(self, words: Words, session: Session) -> Result:
        words.take("TABLE")
        table = self._changed(words, session)
        words.take("FULL", "LITE")
        hours = float(words.word()) if words.take("RETAIN") else RETENTION_HOURS
        words.take("HOURS", "HOUR")
        only_told = words.take_all("DRY", "RUN")
        words.end()
        if hours < RETENTION_HOURS:
            text = f"Are you sure you would like to vacuum files with such a low retention period ({hours:g} hours)?"
            raise SqlError("DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT", text, "22023")
        if only_told:
            return texts(["path"], [])
        self._tables.vacuum(table.name, int(hours * _HOUR_MS))
        return texts(["path"], [[table.name.full]])

    def _analyze(self, words: Words, session: Session) -> Result:
        if words.take("TABLES"):
            raise unsupported("ANALYZE TABLES of a whole schema; name one table")
        words.take("TABLE")
        table = self._changed(words, session)
        if words.take("PARTITION"):
            raise unsupported("ANALYZE TABLE of a partition")
        for word in ("COMPUTE", "STATISTICS"):
            if not words.take(word):
                raise SqlError("PARSE_SYNTAX_ERROR", f"Syntax error: {word} is missing.", "42601")
        words.take("NOSCAN")
        asked = _columns(words, table)
        with self._tables.altering(table.name, None, Change("ANALYZE", session.user), counts=False) as (cursor, change):
            [(rows,)] = cursor.execute(f"SELECT count(*) FROM {table.name.duck}").fetchall()  # noqa: S608  # quoted
            found = {name: cursor.execute(_query(name, table.name)).fetchall()[0] for name in asked}
            record = change()
            kept: dict[str, Any] = record.details.get("statistics", {"columns": {}})
            columns = kept["columns"] | {name: list(row) for name, row in found.items()}
            change(details=record.details | {"statistics": {"rows": rows, "columns": columns}})
        return texts([], [])


def _query(column: str, name: Name) -> str:
    return _STATISTICS.format(quoted(column), name.duck)


def _columns(words: Words, table: TableInfo) -> list[str]:
    """The columns of `FOR ALL COLUMNS` or `FOR COLUMNS a, b`."""
    known = {column.name.lower(): column.name for column in table.columns}
    if not words.take("FOR"):
        words.end()
        return []
    if words.take("ALL"):
        words.take("COLUMNS")
        words.end()
        return list(known.values())
    words.take("COLUMNS")
    names = [word.text for word in words.rest() if word.text not in ("(", ")", ",")]
    unknown = [name for name in names if name.lower() not in known]
    if unknown:
        raise SqlError("COLUMN_NOT_FOUND", f"The column {unknown[0]} cannot be found.", "42703")
    return [known[name.lower()] for name in names]


def refreshed(words: Sequence[Token]) -> str | None:
    """`TABLE` or `MATERIALIZED VIEW` of a REFRESH, nothing of any other statement."""
    first = [word.text.upper() for word in words[:3]]
    if not first or first[0] != "REFRESH":
        return None
    return "MATERIALIZED VIEW" if first[1:3] == ["MATERIALIZED", "VIEW"] else "TABLE"
