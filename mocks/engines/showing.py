"""SHOW: what exists, by kind and by pattern."""

import fnmatch
from collections.abc import Sequence

from mocks.engines.command_words import Words, texts
from mocks.engines.create_text import creating
from mocks.engines.dialect import Session
from mocks.engines.grants import Grants, Need
from mocks.engines.metastore import Metastore
from mocks.engines.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME
from mocks.engines.sql_error import unsupported
from mocks.engines.table_catalog import TableCatalog
from mocks.engines.tables import Result, TableInfo


class Showing:
    """Answers SHOW from the metastore."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, grants: Grants) -> None:
        self._metastore, self._tables, self._grants = metastore, tables, grants

    def show(self, words: Words, session: Session) -> Result:
        words.take("USER", "ALL")
        if words.take_all("CREATE", "TABLE"):
            return texts(["createtab_stmt"], [[creating(self._readable(words, session))]])
        if words.take("TBLPROPERTIES"):
            properties = self._readable(words, session).record.properties
            return texts(["key", "value"], [list(pair) for pair in properties.items()])
        match words.take("CATALOGS", "SCHEMAS", "DATABASES", "TABLES", "VIEWS", "COLUMNS", "VOLUMES", "FUNCTIONS"):
            case "CATALOGS":
                found = self._seen(CATALOG, "", session)
                return texts(["catalog"], [[name] for name in self._like(words, found)])
            case "SCHEMAS" | "DATABASES":
                catalog = (words.parts(1)[0] if words.take("IN", "FROM") else session.defaults.catalog).lower()
                found = [name.partition(".")[2] for name in self._seen(SCHEMA, catalog, session)]
                return texts(["databaseName"], [[name] for name in self._like(words, found)])
            case "TABLES":
                return self._tables_of(words, session)
            case "VIEWS":
                return self._views_of(words, session)
            case "COLUMNS":
                words.take("IN", "FROM")
                table = self._tables.table(words.name(session.defaults))
                self._grants.require_seen(session.user, TABLE, table.name.full)
                return texts(["col_name"], [[column.name] for column in table.columns])
            case "VOLUMES":
                schema, names = self._objects(VOLUME, words, session)
                return texts(["database", "volume_name"], [[schema, name] for name in names])
            case "FUNCTIONS":
                schema, names = self._objects(FUNCTION, words, session)
                return texts(["function"], [[f"{schema}.{name}"] for name in names])
        raise unsupported("this form of SHOW")

    def _readable(self, words: Words, session: Session) -> TableInfo:
        """The table that is named next, if the user may read it."""
        table = self._tables.table(words.name(session.defaults))
        words.end()
        self._grants.require_all(session.user, [Need("SELECT", TABLE, table.name.full)])
        return table

    def _seen(self, kind: str, parent: str, session: Session) -> list[str]:
        """The full names of those that the user may know of."""
        names = [record.name for record in self._metastore.within(kind, parent)]
        return self._grants.visible(session.user, kind, names)

    def _tables_of(self, words: Words, session: Session) -> Result:
        schema, names = self._objects(TABLE, words, session)
        return texts(["database", "tableName", "isTemporary"], [[schema, name, False] for name in names])

    def _views_of(self, words: Words, session: Session) -> Result:
        schema = self._schema(words, session)
        seen = set(self._seen(TABLE, ".".join(schema), session))
        tables = [table for table in self._tables.tables(*schema) if table.name.full in seen]
        views = self._like(words, [table.name.object for table in tables if table.table_type == "VIEW"])
        names = ["namespace", "viewName", "isTemporary", "isMaterialized"]
        return texts(names, [[schema[1], view, False, False] for view in views])

    def _objects(self, kind: str, words: Words, session: Session) -> tuple[str, list[str]]:
        schema = self._schema(words, session)
        found = [name.rpartition(".")[2] for name in self._seen(kind, ".".join(schema), session)]
        return schema[1], self._like(words, found)

    def _schema(self, words: Words, session: Session) -> tuple[str, str]:
        return words.schema(session.defaults) if words.take("IN", "FROM") else session.defaults

    def _like(self, words: Words, names: Sequence[str]) -> list[str]:
        """`LIKE 'a*|b*'`, the pattern of SHOW."""
        words.take("LIKE")
        patterns = (words.string() or "").lower().split("|") if words.rest() else ["*"]
        words.end()
        return [name for name in names if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]
