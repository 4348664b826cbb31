"""DESCRIBE: what is known of one thing."""

from collections.abc import Sequence
from typing import Any

from mocks.engines.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.dialect import Session
from mocks.engines.grants import Grants, Need
from mocks.engines.history_shown import shown
from mocks.engines.metastore import Metastore
from mocks.engines.names import backticked
from mocks.engines.securables import CATALOG, FUNCTION, SCHEMA, TABLE
from mocks.engines.sql_error import unsupported
from mocks.engines.table_catalog import TableCatalog
from mocks.engines.tables import Result, TableInfo


class Describing:
    """Answers DESCRIBE from the metastore."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, grants: Grants) -> None:
        self._metastore, self._tables, self._grants = metastore, tables, grants

    def describe(self, words: Words, session: Session) -> Result:
        if words.take("CATALOG"):
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
        if words.take("QUERY", "VOLUME"):
            raise unsupported("this form of DESCRIBE")
        words.take("TABLE")
        extended = words.take("EXTENDED", "FORMATTED")
        table = self._tables.table(words.name(session.defaults))
        words.end()
        self._grants.require_all(session.user, [Need("SELECT", TABLE, table.name.full)])
        rows = [[column.name, column.type_text, column.comment] for column in table.columns]
        return texts(["col_name", "data_type", "comment"], rows + (_details(table) if extended else []))

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
        record = table.record
        told = {"format": "delta", "id": record.id, "name": table.name.full, "description": record.comment}
        return texts(list(told), [list(told.values())])

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
    return [[name, value, ""] for name, value in rows]


def _key(told: dict[str, Any]) -> str:
    """``PRIMARY KEY (`id`)``, as clients read it."""
    text = f"{told['kind']} ({', '.join(map(backticked, told['columns']))})"
    if not told.get("parent"):
        return text
    return f"{text} REFERENCES {told['parent']} ({', '.join(map(backticked, told['parent_columns']))})"
