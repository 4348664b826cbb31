"""CREATE, DROP and ALTER of tables, views and schemas."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from sqlglot import exp

from mocks.engines.metastore.grants import Grants, Need, reads
from mocks.engines.metastore.names import Defaults, Name, named, quoted
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, Description
from mocks.engines.metastore.table_catalog import NewColumn, TableCatalog, comment_on_column
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.alterations import OPERATIONS, step_of
from mocks.engines.statements.constraint_spec import constraints_of
from mocks.engines.statements.constraints import check
from mocks.engines.statements.history import Change
from mocks.engines.statements.materialized_views import MaterializedViews, is_one
from mocks.engines.statements.read_files import found_in
from mocks.engines.statements.registered_files import RegisteredFiles
from mocks.engines.statements.table_spec import (
    columns_of,
    comment_of,
    copied,
    definitions,
    layout_of,
    properties_of,
)
from mocks.engines.statements.time_travel import operation
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session, Translated
from mocks.engines.translating.references import table_name
from mocks.engines.warehouse.column_types import SqlType, from_duck
from mocks.engines.warehouse.duck import Run, Running
from mocks.engines.warehouse.duck_errors import explaining
from mocks.engines.warehouse.sql_error import unsupported

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

_SCHEMA = ("SCHEMA", "DATABASE")
DONE = Result((), pa.table({}))
Plan = Callable[[Run], Result]


class Ddl:
    """Plans statements that change what exists."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, grants: Grants, files: RegisteredFiles) -> None:
        self._metastore, self._tables, self._grants, self._files = metastore, tables, grants, files
        self.materialized = MaterializedViews(tables, grants, _make_from, DONE)

    def plan(self, tree: exp.Expr, session: Session) -> Plan:
        """What runs the statement.

        Raises: SqlError
        """
        match tree:
            case exp.Create() if tree.kind == "TABLE":
                return self._create_table(tree, session)
            case exp.Create() if tree.kind == "VIEW" and is_one(tree):
                target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
                return self.materialized.create(tree, table_name(target, session.defaults), session)
            case exp.Create() if tree.kind == "VIEW":
                return self._create_view(tree, session)
            case exp.Create() if tree.kind in _SCHEMA:
                return self._create_schema(tree, session)
            case exp.Drop():
                return self._drop(tree, session)
            case exp.Alter() if tree.args.get("kind") in ("TABLE", "VIEW"):
                return self._alter(tree, session)
        words = tree.sql("databricks").split(maxsplit=2)[:2]
        raise unsupported(f"the statement {' '.join(words).upper()}")

    def _create_schema(self, tree: exp.Create, session: Session) -> Plan:
        catalog, schema = _schema_name(tree.this, session)
        comment, properties, _ = properties_of(tree)
        told, if_missing = Description(comment, properties, owner=session.user), bool(tree.args.get("exists"))
        needs = [Need("CREATE_SCHEMA", CATALOG, catalog)]
        return self._done(session, needs, lambda: self._metastore.create_schema(catalog, schema, told, if_missing))

    def _create_table(self, tree: exp.Create, session: Session) -> Plan:
        copied(tree)
        comment, properties, like = properties_of(tree)
        table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        name = table_name(table, session.defaults)
        columns, files = columns_of(tree.this), found_in(tree)
        query = None if tree.expression is None else dialect.translate(tree.expression, session)
        if query is None and like is None and not columns:
            raise unsupported("a table without columns")
        constraints = constraints_of(name.object, tree.this)
        counted = {column.name.lower(): column.identity.kind for column in columns if column.identity}
        details = {"table_type": "MANAGED", "format": "DELTA", "constraints": constraints, "identity": counted}
        details["generated"] = [column.name.lower() for column in columns if column.is_generated]
        details |= layout_of(tree)
        told = Description(comment, properties, details, session.user)
        needs = [self._making_need(tree, name), *(reads(query) if query else ())]

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, needs)
            with self._making(tree, name, told, asked.running, session.user) as cursor:
                if cursor is not None:
                    head = f"CREATE {'OR REPLACE ' if tree.args.get('replace') else ''}TABLE {name.duck}"
                    if query is not None:
                        self._grants.limit(cursor, session.user)
                        self._files.register(cursor, files, session.user)
                        _make_from(cursor, head, query, asked)
                    else:
                        parts = [_defined(cursor, column) for column in columns] or self._like(like, session)
                        cursor.execute(f"{head} ({', '.join(parts)})")
                    _comment(cursor, name, columns)
            return DONE

        return run

    def _create_view(self, tree: exp.Create, session: Session) -> Plan:
        comment, properties, _ = properties_of(tree)
        table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        name, definition = table_name(table, session.defaults), tree.expression.sql("databricks")
        columns = [NewColumn(c.name, quoted(c.name), comment_of(c)) for c in definitions(tree.this)]
        query = dialect.translate(tree.expression, session, lasting=True)
        told = Description(comment, properties, {"table_type": "VIEW", "view_definition": definition}, session.user)
        needs = [self._making_need(tree, name), *reads(query)]

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, needs)
            with self._making(tree, name, told, asked.running, session.user) as cursor:
                if cursor is not None:
                    names = f" ({', '.join(column.duck for column in columns)})" if columns else ""
                    head = f"CREATE {'OR REPLACE ' if tree.args.get('replace') else ''}VIEW {name.duck}{names}"
                    with explaining(query):
                        cursor.execute(f"{head} AS {query.sql}")
                    _comment(cursor, name, columns)
            return DONE

        return run

    def _done(self, session: Session, needs: Sequence[Need], work: Callable[[], object]) -> Plan:
        def run(_: Run) -> Result:
            self._grants.require_all(session.user, needs)
            work()
            return DONE

        return run

    def _making_need(self, tree: exp.Create, name: Name) -> Need:
        """Replacing takes more than making, if there is something to replace."""
        if tree.args.get("replace") and self._metastore.exists(TABLE, name.full):
            return Need("MANAGE", TABLE, name.full)
        return Need("CREATE_TABLE", SCHEMA, name.namespace)

    def _making(self, tree: exp.Create, name: Name, told: Description, running: Running, who: str) -> Any:
        replace, if_missing = bool(tree.args.get("replace")), bool(tree.args.get("exists"))
        change = operation(tree, who)
        return self._tables.making(name, told, replace=replace, if_missing=if_missing, running=running, change=change)

    def _like(self, other: exp.Expr | None, session: Session) -> list[str]:
        assert isinstance(other, exp.Table)
        found = self._tables.table(table_name(other, session.defaults))
        return [f"{quoted(column.name)} {dialect.type_for_duck(column.type_text)}" for column in found.columns]

    def _drop(self, tree: exp.Drop, session: Session) -> Plan:
        targets, kind, if_there = tree.args["tables"], tree.args["kind"], bool(tree.args.get("exists"))
        if len(targets) != 1 or kind not in ("TABLE", "VIEW", "FUNCTION", *_SCHEMA):
            raise unsupported(f"DROP {kind} of this form")
        if kind in _SCHEMA:
            catalog, schema = _schema_name(targets[0], session)
            cascade = bool(tree.args.get("cascade"))
            needs = [Need("MANAGE", SCHEMA, f"{catalog}.{schema}")]
            return self._done(session, needs, lambda: self._drop_schema(catalog, schema, cascade, if_there))
        name = table_name(targets[0], session.defaults)
        needs = [Need("MANAGE", FUNCTION if kind == "FUNCTION" else TABLE, name.full)]
        return self._done(session, needs, lambda: self._drop_object(kind, name, if_there))

    def _drop_schema(self, catalog: str, schema: str, cascade: bool, if_there: bool) -> None:
        if not if_there or self._metastore.exists(SCHEMA, f"{catalog}.{schema}"):
            self._metastore.drop_schema(catalog, schema, cascade)

    def _drop_object(self, kind: str, name: Name, if_there: bool) -> None:
        if if_there and not self._metastore.exists(FUNCTION if kind == "FUNCTION" else TABLE, name.full):
            return
        if kind == "FUNCTION":
            self._metastore.drop_function(name)
        else:
            self._tables.drop_table(name, view=kind == "VIEW")

    def _alter(self, tree: exp.Alter, session: Session) -> Plan:
        name, actions = table_name(tree.this, session.defaults), tree.args["actions"]
        if isinstance(actions[0], exp.Query):
            self._tables.table(name)
            replaced = exp.Create(this=tree.this.copy(), kind="VIEW", replace=True, expression=actions[0].copy())
            return self._create_view(replaced, session)
        if isinstance(actions[0], exp.AlterRename):
            beside = Defaults(name.catalog, name.schema)
            new = table_name(actions[0].this, beside if len(actions[0].this.parts) == 1 else session.defaults)
            return self._done(session, [Need("MANAGE", TABLE, name.full)], lambda: self._tables.rename_table(name, new))
        steps, what = [step_of(action) for action in actions], OPERATIONS.get(type(actions[0]), "CHANGE COLUMN")
        set_ = {key: value for step in steps for key, value in step.properties.items()}
        changed = Change(what, session.user, {"properties": json.dumps(set_)} if set_ else {})

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, [Need("MODIFY", TABLE, name.full)])
            with self._tables.altering(name, asked.running, changed) as (cursor, change):
                record = change()
                kept = record.details.get("constraints", [])
                for step in steps:
                    kept = step.constraints(kept)
                check(cursor, name, kept)
                details = record.details | {"constraints": kept}
                change(properties=record.properties | set_, details=details)
                for step in steps:
                    for clause in step.clauses:
                        cursor.execute(f"ALTER TABLE {name.duck} {clause}")
                    for column, comment in step.comments.items():
                        comment_on_column(cursor, name, column, comment)
            return DONE

        return run


def _schema_name(target: exp.Expr, session: Session) -> tuple[str, str]:
    """sqlglot reads `a.b` of CREATE SCHEMA as catalog and schema, but a lone name as a table."""
    assert isinstance(target, exp.Table)
    parts = [part.name for part in (target.args.get("catalog"), target.args.get("db"), target.this) if part]
    if len(parts) > 2:
        raise unsupported(f"the schema name {'.'.join(parts)}")
    catalog, schema, _ = named([*parts, "_"], session.defaults)
    return catalog, schema


def _defined(cursor: "Cursor", column: NewColumn) -> str:
    return column.duck + (column.identity.default(cursor) if column.identity else "")


def _comment(cursor: "Cursor", name: Name, columns: Sequence[NewColumn]) -> None:
    for column in columns:
        if column.comment:
            comment_on_column(cursor, name, column.name, column.comment)


def _make_from(cursor: "Cursor", head: str, query: Translated, asked: Run) -> None:
    """CREATE TABLE AS, with DuckDB's own types made into those that Databricks would give the columns."""
    values = {name: asked.values[name] for name in query.parameters}
    with explaining(query):
        relation = cursor.sql(query.sql, params=values or None)
        kinds = [from_duck(kind) for kind in relation.types]
        chosen = ", ".join(map(_kept, relation.columns, kinds))
        cursor.execute(f"{head} AS SELECT {chosen} FROM ({query.sql})", values)  # noqa: S608  # translated above


def _kept(name: str, kind: SqlType) -> str:
    if kind.exact:
        return quoted(name)
    text = "STRING" if kind.keyword == "VOID" else kind.text
    return f"CAST({quoted(name)} AS {dialect.type_for_duck(text)}) AS {quoted(name)}"
