"""Runs one statement: queries and writes here, everything else through `ddl`, `routines` and `commands`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb
from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from mocks.core.workspace import Workspace
from mocks.engines.chat.ai_functions import AiFunctions
from mocks.engines.metastore.grants import Grants, Need, reads
from mocks.engines.metastore.names import Name
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import SCHEMA, TABLE
from mocks.engines.metastore.storage import Storage
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Result
from mocks.engines.statements import inserting, schema_evolution, session_commands, temporary_views
from mocks.engines.statements.command_words import Words
from mocks.engines.statements.commands import Commands, handles
from mocks.engines.statements.ddl import Ddl
from mocks.engines.statements.file_sources import FileSource
from mocks.engines.statements.identity_columns import check_insert
from mocks.engines.statements.plans import Plan, Plans
from mocks.engines.statements.read_files import found_in
from mocks.engines.statements.registered_files import RegisteredFiles
from mocks.engines.statements.routines import planned
from mocks.engines.statements.session_commands import Doors, SessionCommands, Value
from mocks.engines.statements.time_travel import cloned, operation, travel
from mocks.engines.statements.upkeep import refreshed
from mocks.engines.translating import array_fields, dialect
from mocks.engines.translating.decimals import mark
from mocks.engines.translating.dialect import Session, Translated
from mocks.engines.translating.identifier_clause import with_identifiers
from mocks.engines.translating.references import table_name
from mocks.engines.warehouse import sql_error
from mocks.engines.warehouse.column_types import from_duck
from mocks.engines.warehouse.duck import DATABASE, Duck, Run
from mocks.engines.warehouse.duck_errors import explain
from mocks.engines.warehouse.fetching import bound, counts, execute, fetch, merged
from mocks.engines.warehouse.sql_error import SqlError

_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.TruncateTable)
_NOT_IN_QUERIES = (*_WRITES, exp.Create, exp.Drop, exp.Alter, exp.Into, exp.Command, exp.Copy)
_REFUSED = {"BEGIN", "CACHE", "CLEAR", "FSCK", "LIST", "REORG", "SYNC", "UNCACHE", "UNDROP"}
_QUERIES = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)
_COUNTS: dict[type[exp.Expr], tuple[str, ...]] = {
    exp.Insert: ("num_affected_rows", "num_inserted_rows"),
    exp.Update: ("num_affected_rows",),
    exp.Delete: ("num_affected_rows",),
    exp.TruncateTable: (),
}


class Statements:
    """The statements of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._duck, self._metastore = workspace.engine(Duck), workspace.engine(Metastore)
        self._tables = workspace.engine(TableCatalog)
        self._grants = workspace.engine(Grants)
        self._files = RegisteredFiles(workspace.engine(Storage), self._grants)
        self._ddl = Ddl(self._metastore, self._tables, self._grants, self._files)
        self._commands = Commands(
            *(self._metastore, self._tables, self._grants, self._explained_plan, self._shape),
            self._files.copying(self._tables),
        )
        workspace.engine(AiFunctions)
        self._session_commands = SessionCommands(Doors(self._given_values, self._check, self.run))
        self._queries, self._writes = Plans(), Plans()

    def run(self, statement: str, session: Session, asked: Run) -> Result:
        """Runs it.

        Raises: SqlError
        """
        try:
            return self._run(statement, session, asked)
        except SqlError as error:
            field = array_fields.field_of(error)
            if field is None or field in asked.arrays:
                raise
            return self._with_field(statement, session, replace(asked, arrays=(*asked.arrays, field)), error)

    def _with_field(self, statement: str, session: Session, asked: Run, before: SqlError) -> Result:
        """Once more, with what was no struct taken for an array; if it is none either, the first complaint counts."""
        try:
            return self.run(statement, session, asked)
        except SqlError as error:
            raise before if error.condition == "DATATYPE_MISMATCH" else error from error

    def _run(self, statement: str, session: Session, asked: Run) -> Result:
        generation = self._tables.generation
        session, asked = temporary_views.in_session(session, asked)
        statement = with_identifiers(statement, asked.values, lambda text: self._constant(text, session, asked))
        plan = None if asked.arrays else self._queries.find(statement, session, generation)
        if plan is None and not (asked.read_only or asked.arrays):
            plan = self._writes.find(statement, session, generation)
        if plan is None:
            with dialect.readable():
                plan = self._plan(statement, session, asked)
        try:
            return plan(asked)
        except duckdb.Error as error:
            asked.running.check()
            raise explain(error) from error

    def _plan(self, statement: str, session: Session, asked: Run) -> Plan:
        words, generation = dialect.tokens(statement), self._tables.generation
        statement, words = cloned(statement, words)
        statement, words, evolves = schema_evolution.taken_off(statement, words)
        if words[0].text.upper() == "TABLE":
            statement = f"SELECT * FROM {statement[words[0].end + 1 :]}"  # noqa: S608  # parsed again
            words = dialect.tokens(statement)
        command = self._command(statement, words, session, asked)
        if command is not None:
            return command
        if words[0].token_type is TokenType.COMMAND or words[0].text.upper() in _REFUSED:
            raise sql_error.unsupported(f"the statement {words[0].text.upper()}")
        tree = dialect.tree(statement, words)
        self._complete(tree, session, asked)
        mark(tree, session, self._tables)
        if isinstance(tree, _QUERIES):
            return self._planned_query(tree, statement, session, generation)
        if asked.read_only:
            raise SqlError("READ_ONLY_STATEMENT", "Only queries can be run here; nothing was changed.", "25006")
        if isinstance(tree, _WRITES):
            travels = travel(tree, session, self._tables)
            files = found_in(tree)
            plan = self._evolving(tree, session, asked) if evolves else self._write(tree, session, files)
            if not (travels or files or evolves):
                self._writes.keep(statement, session, generation, plan)
            return plan
        if isinstance(tree, exp.Create) and tree.kind == "FUNCTION":
            return self._made_function(tree, session)
        if isinstance(tree, exp.Create) and tree.kind == "TABLE":
            travel(tree, session, self._tables)
        return self._ddl.plan(tree, session)

    def _command(self, statement: str, words: Sequence[Token], session: Session, asked: Run) -> Plan | None:
        """What sqlglot does not read."""
        if session_commands.handles(words, session.state):
            return self._session_commands.plan(statement, words, session)
        if refreshed(words) == "MATERIALIZED VIEW" and not asked.read_only:
            named = Words(words[3:])
            return self._ddl.materialized.refresh(named.name(session.defaults), session)
        return self._commands.plan(words, session, asked.read_only) if handles(words) else None

    def _planned_query(self, tree: exp.Expr, statement: str, session: Session, generation: int) -> Plan:
        travels = travel(tree, session, self._tables)  # where that lies changes, so no plan is kept
        files, indexes = found_in(tree), self._metastore.indexes.lower(tree)
        plan = self._query(tree, session, files, [Need("SELECT", TABLE, index) for index in indexes])
        if not (travels or files or indexes):
            self._queries.keep(statement, session, generation, plan)
        return plan

    def _complete(self, tree: exp.Expr, session: Session, asked: Run) -> None:
        """Puts what the session knows in place of its names."""
        temporary_views.expand(tree, session.state)
        array_fields.spread(tree, asked.arrays)
        temporary_views.bind_variables(tree, session.state, lambda asking: self._fault(asking, session, asked))

    def _fault(self, tree: exp.Expr, session: Session, asked: Run) -> SqlError | None:
        """What is wrong with a query or write, told without running it."""
        query = tree.expression if isinstance(tree, exp.Create) else tree
        try:
            self._check(query, session, asked, typed=False)
        except SqlError as error:
            return error
        return None

    def _check(self, tree: exp.Expr, session: Session, asked: Run, typed: bool = True) -> None:
        """Whether DuckDB could run it; macros that are chosen by type would hide a name that is not known."""
        files = found_in(tree)
        self._metastore.indexes.lower(tree)
        translated = dialect.translate(tree, session, typed)
        self._grants.require_all(session.user, reads(translated))
        with self._duck.reading(asked.running, asked.read_only) as cursor:
            self._files.register(cursor, files, session.user)
            execute(cursor, replace(translated, sql=f"EXPLAIN {translated.sql}"), asked)

    def _constant(self, text: str, session: Session, asked: Run) -> str | None:
        """The value of an expression that names something."""
        [[value]] = self._given_values(exp.select(dialect.expression(text)), session, asked)
        return value.text

    def _given_values(self, tree: exp.Expr, session: Session, asked: Run) -> list[list[Value]]:
        """The rows of a query, each value as a text that DuckDB reads back, with its type."""
        session, asked = temporary_views.in_session(session, asked)
        self._complete(tree, session, asked)
        translated = dialect.translate(tree, session)
        self._grants.require_all(session.user, reads(translated))
        with self._duck.reading(asked.running, asked.read_only) as cursor:
            self._grants.limit(cursor, session.user)
            relation = cursor.sql(translated.sql, params=bound(translated, asked) or None)
            types = [from_duck(kind).text for kind in relation.types]
            found = relation.project(", ".join(f"CAST(#{at} AS VARCHAR)" for at in range(1, len(types) + 1))).fetchall()
        return [[Value(text, kind) for text, kind in zip(row, types, strict=True)] for row in found]

    def _shape(self, words: Sequence[Token], session: Session, asked: Run) -> Result:
        """The columns that a query gives, without a row of it."""
        tree = dialect.tree("", list(words))
        if not isinstance(tree, _QUERIES) or tree.find(*_NOT_IN_QUERIES):
            raise sql_error.unsupported("DESCRIBE of anything but a name or a query")
        session, asked = temporary_views.in_session(session, asked)
        self._complete(tree, session, asked)
        return self._columns_of(exp.Subquery(this=tree, alias="told"), session, asked)

    def _columns_of(self, source: exp.Expr, session: Session, asked: Run) -> Result:
        told = exp.select("*").from_(source).limit(0)
        return self._query(told, session, found_in(told), [])(asked)

    def _made_function(self, tree: exp.Create, session: Session) -> Plan:
        make, schema = planned(tree, session, self._metastore), table_name(tree.this.this, session.defaults).namespace

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, [Need("CREATE_FUNCTION", SCHEMA, schema)])
            return make(asked)

        return run

    def _query(self, tree: exp.Expr, session: Session, files: Mapping[str, FileSource], needs: Sequence[Need]) -> Plan:
        if tree.find(*_NOT_IN_QUERIES):
            raise sql_error.unsupported("changes inside a query")
        translated = dialect.translate(tree, session)

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, [*needs, *reads(translated)])
            with self._duck.reading(asked.running, asked.read_only) as cursor:
                self._grants.limit(cursor, session.user)
                self._files.register(cursor, files, session.user)
                return fetch(cursor, translated, asked)

        return run

    def _evolving(self, tree: exp.Expr, session: Session, asked: Run) -> Plan:
        """The write, before which the target gets the columns that only the source has."""
        target = _target(tree, session)
        columns = self._columns_of(schema_evolution.source_of(tree), session, asked).columns
        schema_evolution.spelled_out(tree, columns)
        known = [column.name.lower() for column in self._tables.table(target).columns]
        return self._write(tree, session, found_in(tree), schema_evolution.clauses(target, columns, known))

    def _write(
        self, tree: exp.Expr, session: Session, files: Mapping[str, FileSource], first: Sequence[str] = ()
    ) -> Plan:
        target, kind = _target(tree, session), type(tree)
        steps = self._steps(tree, target, session)
        change, needs = operation(tree, session.user), [Need("MODIFY", TABLE, target.full)]
        needs += [need for step in steps for need in reads(step) if need.name != target.full or kind is not exp.Insert]

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, needs)
            with self._tables.changing(target, asked.running, change) as cursor:
                self._grants.limit(cursor, session.user)
                self._files.register(cursor, files, session.user)
                for clause in first:
                    cursor.execute(clause)
                    self._tables.generation += 1
                found = [execute(cursor, step, asked) for step in steps][-1]
            return merged(found) if kind is exp.Merge else counts(_COUNTS[kind], found[0][0] if found else 0)

        return run

    def _steps(self, tree: exp.Expr, target: Name, session: Session) -> list[Translated]:
        if not isinstance(tree, exp.Insert):
            return [inserting.prepared(tree, session)]
        check_insert(tree, self._tables.identities(target))
        is_plain = not (tree.args.get("overwrite") or tree.args.get("where") or tree.find(exp.Partition))
        return inserting.steps(tree, session, [] if is_plain else self._tables.column_names(target))

    def _explained_plan(self, words: Sequence[Token], session: Session, asked: Run) -> str:
        tree = dialect.tree("", list(words))
        if not isinstance(tree, _QUERIES) or tree.find(*_NOT_IN_QUERIES):
            raise sql_error.unsupported("EXPLAIN of anything but a query")
        translated = dialect.translate(tree, session)
        self._grants.require_all(session.user, reads(translated))
        with self._duck.reading(asked.running, read_only=True) as cursor:
            explained = Translated(f"EXPLAIN {translated.sql}", translated.tables, translated.parameters)
            rows = execute(cursor, explained, asked)
        return "== Physical Plan ==\n" + "\n".join(str(row[1]) for row in rows).replace(DATABASE, "")


def _target(tree: exp.Expr, session: Session) -> Name:
    target = tree.expressions[0] if isinstance(tree, exp.TruncateTable) else tree.this
    if isinstance(target, exp.Schema):
        target = target.this
    if not isinstance(target, exp.Table):
        raise sql_error.unsupported("writing to anything but a whole table")
    return table_name(target, session.defaults)
