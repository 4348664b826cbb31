"""Materialized views: tables whose rows a query gave, and REFRESH, which asks it again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlglot import exp

from mocks.engines.metastore.grants import Grants, Need, reads
from mocks.engines.metastore.names import Defaults, Name
from mocks.engines.metastore.securables import SCHEMA, TABLE, Description
from mocks.engines.metastore.table_catalog import MATERIALIZED, TableCatalog, comment_on_column
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.history import Change
from mocks.engines.statements.table_spec import comment_of, definitions, properties_of
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session, Translated
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

Making = Callable[["Cursor", str, Translated, Run], None]
Plan = Callable[[Run], Result]


def is_one(tree: exp.Create) -> bool:
    """Whether CREATE is of a materialized view; the property is taken off."""
    told = tree.args.get("properties")
    found = [one for one in told.expressions if isinstance(one, exp.MaterializedProperty)] if told else []
    for one in found:
        one.pop()
    return bool(found)


class MaterializedViews:
    """Plans their statements; `make` makes a table of a query in the types of Databricks."""

    def __init__(self, tables: TableCatalog, grants: Grants, make: Making, done: Result) -> None:
        self._tables, self._grants, self._make, self._done = tables, grants, make, done

    def create(self, tree: exp.Create, name: Name, session: Session) -> Plan:
        """CREATE [OR REPLACE | OR REFRESH] MATERIALIZED VIEW.

        Raises: SqlError
        """
        comment, properties, _ = properties_of(tree)
        columns = definitions(tree.this)
        query = _query(tree.expression.sql("databricks"), [column.name for column in columns])
        details = {"table_type": MATERIALIZED, "view_definition": tree.expression.sql("databricks"), "query": query}
        details |= {"place": list(session.defaults), "format": "DELTA"}
        translated = _translated(query, session)
        needs = [Need("CREATE_MATERIALIZED_VIEW", SCHEMA, name.namespace), *reads(translated)]
        told = Description(comment, properties, details, session.user)
        replaces = bool(tree.args.get("replace") or tree.args.get("refresh"))

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, needs)
            with self._making(name, told, replaces, bool(tree.args.get("exists")), asked) as cursor:
                if cursor is not None:
                    self._grants.limit(cursor, session.user)
                    head = f"CREATE {'OR REPLACE ' if replaces else ''}TABLE {name.duck}"
                    self._make(cursor, head, translated, asked)
                    for column in columns:
                        comment_on_column(cursor, name, column.name, comment_of(column))
            return self._done

        return run

    def refresh(self, name: Name, session: Session) -> Plan:
        """REFRESH MATERIALIZED VIEW: its query as it was told, over the tables as they are.

        Raises: SqlError
        """
        record = self._tables.table(name).record
        if record.details["table_type"] != MATERIALIZED:
            raise SqlError("EXPECT_MATERIALIZED_VIEW", f"{name.shown} is no materialized view.", "42809")
        place = Defaults(*record.details["place"])
        translated = _translated(record.details["query"], Session(place, record.owner))

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, [Need("REFRESH", TABLE, name.full)])
            with self._tables.altering(name, asked.running, counts=False) as (cursor, change):
                change()
                self._make(cursor, f"CREATE OR REPLACE TABLE {name.duck}", translated, asked)
            return self._done

        return run

    def _making(
        self, name: Name, told: Description, replaces: bool, if_missing: bool, asked: Run
    ) -> AbstractContextManager["Cursor | None"]:
        change = Change("CREATE MATERIALIZED VIEW", told.owner)
        return self._tables.making(
            name, told, replace=replaces, if_missing=if_missing, running=asked.running, change=change
        )


def _query(text: str, names: list[str]) -> str:
    if not names:
        return text
    quoted = ", ".join(f"`{name}`" for name in names)
    return f"SELECT * FROM ({text}) AS renamed({quoted})"  # noqa: S608  # parsed again


def _translated(query: str, session: Session) -> Translated:
    return dialect.translate(dialect.tree(query, dialect.tokens(query)), session)
