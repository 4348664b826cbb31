"""DESCRIBE: what is known of one thing."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.names import backticked
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Result, TableInfo
from mocks.engines.statements.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.statements.history_shown import detail, shown
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError

Shape = Callable[[Sequence[Token], Session, Run], Result]


class Describing:
    """Answers DESCRIBE from the metastore."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, grants: Grants, shape: Shape) -> None:
        self._metastore, self._tables, self._grants, self._shape = metastore, tables, grants, shape

    def describe(self, words: Words, session: Session, asked: Run) -> Result:
        if words.take("QUERY") or words.peek("SELECT", "WITH", "VALUES"):
            return _shown(self._shape(words.rest(), session, asked))
        if words.take("CATALOG"):
            words.take("EXTENDED")
            record = self._metastore.get(CATALOG, words.parts(1)[0])
            self._grants.require_seen(session.user, CATALOG, record.name)
            return _pairs([("Catalog Name", record.name), ("Comment", record.comment or ""), ("Owner", record.owner)])
        if words.take(*SCHEMA_WORDS):
            words.take("EXTENDED")
            catalog, schema = words.schema(session.defaults)
            record = self._metastore.get(SCHEMA, f"{catalog}.{schema}")
            self._grants.require_seen(session.user, SCHEMA, record.name)
            told = [("Catalog Name", catalog), ("Namespace Name", schema), ("Comment", record.comment or "")]
            return _pairs([*told, ("Owner", record.owner)])
        if words.take("FUNCTION"):
            return self._function(words, session)
        if words.take("HISTORY"):
            return self._history(words, session)
        if words.take("DETAIL"):
            return self._detail(words, session)
        if words.take("VOLUME"):
            return self._volume(words, session)
        words.take("TABLE")
        extended = words.take("EXTENDED", "FORMATTED")
        view = session.state.view(words.rest()[0].text) if len(words.rest()) == 1 else None
        if view is not None:
            return _shown(self._shape(dialect.tokens(view.query), session, asked))
        table = self._tables.table(words.name(session.defaults))
        self._grants.require_all(session.user, [Need("SELECT", TABLE, table.name.full)])
        if words.rest():
            return _column(table, words, bool(extended))
        rows = [[column.name, column.type_text, column.comment] for column in table.columns]
        rows += _layout(table)
        return texts(["col_name", "data_type", "comment"], rows + (_details(table) if extended else []))

    def _volume(self, words: Words, session: Session) -> Result:
        name = words.name(session.defaults)
        words.end()
        record = self._metastore.get(VOLUME, name.full)
        self._grants.require_seen(session.user, VOLUME, record.name)
        told: dict[str, str | None] = {
            "name": name.object,
            "catalog": name.catalog,
            "database": name.schema,
            "owner": record.owner,
        }
        told |= {"owner": record.owner, "volumeType": "MANAGED", "comment": record.comment}
        return texts(list(told), [list(told.values())])

    def _history(self, words: Words, session: Session) -> Result:
        name = words.name(session.defaults)
        most = int(words.word()) if words.take("LIMIT") else None
        words.end()
        self._grants.require_all(session.user, [Need("SELECT", TABLE, name.full)])
        return shown(self._tables.versions(name)[:most])

    def _detail(self, words: Words, session: Session) -> Result:
        table = self._tables.table(words.name(session.defaults))
        words.end()
        self._grants.require_all(session.user, [Need("SELECT", TABLE, table.name.full)])
        return detail(table)

    def _function(self, words: Words, session: Session) -> Result:
        extended = words.take("EXTENDED")
        record = self._metastore.get(FUNCTION, words.name(session.defaults).full)
        words.end()
        self._grants.require_seen(session.user, FUNCTION, record.name)
        told = record.details
        lines = [("Function", record.name), ("Type", "TABLE" if told["returns"] else "SCALAR")]
        lines += [("Input", _signature(told["parameters"])), ("Returns", told["full_data_type"])]
        if extended:
            lines += [
                ("Comment", record.comment or ""),
                ("Deterministic", str(told.get("deterministic", True)).lower()),
            ]
            lines += [("Owner", record.owner), ("Language", told["external_language"] or "SQL")]
            lines += [("Body", told["routine_definition"])]
        width = max(len(name) for name, _ in lines) + 2
        return texts(["function_desc"], [[f"{name + ':':<{width}}{value}"] for name, value in lines])


def _signature(parameters: Sequence[dict[str, Any]]) -> str:
    """`(x INT 'number to double', y STRING DEFAULT 'a')`."""
    parts = []
    for told in parameters:
        default = f" DEFAULT {told['default']}" if told["default"] is not None else ""
        comment = f" '{told['comment']}'" if told["comment"] else ""
        parts.append(f"{told['name']} {told['type_text'].upper()}{default}{comment}")
    return f"({', '.join(parts)})"


def _shown(result: Result) -> Result:
    """The columns of a query."""
    rows = [[column.name, column.type.catalog_text, None] for column in result.columns]
    return texts(["col_name", "data_type", "comment"], rows)


def _layout(table: TableInfo) -> list[list[str | None]]:
    """The columns by which the table is partitioned or clustered."""
    kinds = {column.name.lower(): column.type_text for column in table.columns}
    rows: list[list[str | None]] = []
    for key, title in (("partitioned", "# Partition Information"), ("clustered", "# Clustering Information")):
        names = table.record.details.get(key, ())
        rows += [[title, "", ""], ["# col_name", "data_type", "comment"]] if names else []
        rows += [[name, kinds.get(name.lower()), None] for name in names]
    return rows


def _column(table: TableInfo, words: Words, extended: bool) -> Result:
    """One column, with what ANALYZE TABLE found."""
    name = words.word()
    words.end()
    found = next((column for column in table.columns if column.name.lower() == name.lower()), None)
    if found is None:
        raise SqlError("COLUMN_NOT_FOUND", f"The column {backticked(name)} cannot be found.", "42703")
    rows: list[list[str | None]] = [["col_name", found.name], ["data_type", found.type_text]]
    rows.append(["comment", found.comment or "NULL"])
    statistics = table.record.details.get("statistics", {"columns": {}})["columns"].get(found.name)
    if extended:
        values = statistics or [None] * 6
        names = ("min", "max", "num_nulls", "distinct_count", "avg_col_len", "max_col_len")
        rows += [[one, "NULL" if value is None else str(value)] for one, value in zip(names, values, strict=True)]
        rows.append(["histogram", "NULL"])
    return texts(["info_name", "info_value"], rows)


def _pairs(rows: Sequence[tuple[str, str]]) -> Result:
    return texts(["info_name", "info_value"], rows)


def _details(table: TableInfo) -> list[list[str | None]]:
    rows = [
        ("", ""),
        ("# Detailed Table Information", ""),
        ("Catalog", table.name.catalog),
        ("Database", table.name.schema),
    ]
    rows += [("Table", table.name.object), ("Owner", table.record.owner), ("Type", table.table_type)]
    rows += [("Comment", table.comment or ""), ("Provider", str(table.record.details.get("format") or ""))]
    keys = [(str(told["name"]), _key(told)) for told in table.record.details.get("constraints", ()) if told["columns"]]
    rows += [("", ""), ("# Constraints", ""), *keys] if keys else []
    statistics = table.record.details.get("statistics")
    rows += [("Statistics", f"{statistics['rows']} rows")] if statistics else []
    return [[name, value, ""] for name, value in rows]


def _key(told: dict[str, Any]) -> str:
    """``PRIMARY KEY (`id`)``, as clients read it."""
    text = f"{told['kind']} ({', '.join(map(backticked, told['columns']))})"
    if not told.get("parent"):
        return text
    return f"{text} REFERENCES {told['parent']} ({', '.join(map(backticked, told['parent_columns']))})"
