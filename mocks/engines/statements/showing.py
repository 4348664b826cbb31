"""SHOW: what exists, by kind and by pattern."""

import fnmatch
from collections.abc import Callable, Sequence

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME
from mocks.engines.metastore.table_catalog import MATERIALIZED, TableCatalog
from mocks.engines.metastore.tables import Result, TableInfo
from mocks.engines.statements.command_words import Words, texts
from mocks.engines.statements.create_text import creating
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.sql_error import SqlError, unsupported


class Showing:
    """Answers SHOW from the metastore."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, grants: Grants) -> None:
        self._metastore, self._tables, self._grants = metastore, tables, grants
        self._of_tables: dict[str, Callable[[Words, Session], Result]] = {
            "CREATE TABLE": lambda words, session: texts(
                ["createtab_stmt"], [[creating(self._readable(words, session))]]
            ),
            "TBLPROPERTIES": self._properties,
            "PARTITIONS": self._partitions,
            "TABLE EXTENDED": self._extended,
            "TABLES": self._tables_of,
            "VIEWS": self._views_of,
        }

    def show(self, words: Words, session: Session) -> Result:
        if words.take("SYSTEM"):
            raise unsupported("SHOW SYSTEM FUNCTIONS; docs/sql.md tells what is computed")
        words.take("USER", "ALL")
        for row, show in self._of_tables.items():
            if words.take_all(*row.split()):
                return show(words, session)
        match words.take("CATALOGS", "SCHEMAS", "DATABASES", "COLUMNS", "VOLUMES", "FUNCTIONS"):
            case "CATALOGS":
                found = self._seen(CATALOG, "", session)
                return texts(["catalog"], [[name] for name in self._like(words, found)])
            case "SCHEMAS" | "DATABASES":
                catalog = (words.parts(1)[0] if words.take("IN", "FROM") else session.defaults.catalog).lower()
                found = [name.partition(".")[2] for name in self._seen(SCHEMA, catalog, session)]
                return texts(["databaseName"], [[name] for name in self._like(words, found)])
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

    def _properties(self, words: Words, session: Session) -> Result:
        table = self._tables.table(words.name(session.defaults))
        self._grants.require_all(session.user, [Need("SELECT", TABLE, table.name.full)])
        properties = table.record.properties
        if not words.rest():
            return texts(["key", "value"], [list(pair) for pair in properties.items()])
        key = "".join(word.text for word in words.rest()[1:-1])
        missing = f"Table {table.name.full} does not have property: {key}"
        return texts(["key", "value"], [[key, properties.get(key, missing)]])

    def _partitions(self, words: Words, session: Session) -> Result:
        """The values of the columns by which a table is said to be partitioned."""
        table = self._readable(words, session)
        names = table.record.details.get("partitioned", ())
        if not names:
            text = f"Table {table.name.shown} is not partitioned."
            raise SqlError("DELTA_SHOW_PARTITION_IN_NON_PARTITIONED_TABLE", text, "42P01")
        return texts(names, self._tables.distinct(table.name, names))

    def _extended(self, words: Words, session: Session) -> Result:
        schema = self._schema(words, session)
        names = set(
            self._like(words, [name.rpartition(".")[2] for name in self._seen(TABLE, ".".join(schema), session)])
        )
        tables = [table for table in self._tables.tables(*schema) if table.name.object in names]
        rows: list[list[str | bool | None]] = []
        for table in tables:
            told = {
                "Catalog": schema[0],
                "Database": schema[1],
                "Table": table.name.object,
                "Owner": table.record.owner,
            }
            told |= {"Type": table.table_type, "Comment": table.comment or ""}
            text = "".join(f"{key}: {value}\n" for key, value in told.items())
            rows.append([schema[1], table.name.object, False, text])
        return texts(["database", "tableName", "isTemporary", "information"], rows)

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
        rows: list[list[str | bool | None]] = [[schema, name, False] for name in names]
        rows += [["", view.name, True] for view in session.state.views]
        return texts(["database", "tableName", "isTemporary"], rows)

    def _views_of(self, words: Words, session: Session) -> Result:
        schema = self._schema(words, session)
        seen = set(self._seen(TABLE, ".".join(schema), session))
        tables = [table for table in self._tables.tables(*schema) if table.name.full in seen]
        kinds = {table.name.object: table.table_type for table in tables if table.table_type in ("VIEW", MATERIALIZED)}
        names = ["namespace", "viewName", "isTemporary", "isMaterialized"]
        found = self._like(words, list(kinds))
        rows: list[list[str | bool | None]] = [[schema[1], view, False, kinds[view] == MATERIALIZED] for view in found]
        return texts(names, rows + [["", view.name, True, False] for view in session.state.views])

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
