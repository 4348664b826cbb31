"""Runs one statement: queries and writes here, everything else through `ddl`, `routines` and `commands`."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from mocks.core.workspace import Workspace
from mocks.engines import dialect, inserting, sql_error
from mocks.engines.ai_functions import AiFunctions
from mocks.engines.cells import normalised
from mocks.engines.column_types import SqlType, from_duck
from mocks.engines.commands import Commands, handles
from mocks.engines.ddl import Ddl
from mocks.engines.decimals import mark
from mocks.engines.dialect import Session, Translated
from mocks.engines.duck import DATABASE, Duck, Run
from mocks.engines.duck_errors import explain, explaining
from mocks.engines.file_sources import FileSource
from mocks.engines.grants import Grants, Need, reads
from mocks.engines.identifier_clause import with_identifiers
from mocks.engines.identity_columns import check_insert
from mocks.engines.metastore import Metastore
from mocks.engines.names import Name
from mocks.engines.read_files import found_in
from mocks.engines.references import table_name
from mocks.engines.registered_files import RegisteredFiles
from mocks.engines.routines import planned
from mocks.engines.securables import SCHEMA, TABLE
from mocks.engines.sql_error import SqlError
from mocks.engines.storage import Storage
from mocks.engines.table_catalog import TableCatalog
from mocks.engines.tables import Column, Result
from mocks.engines.time_travel import operation, travel

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

LARGEST_RESULT = 512 * 1024 * 1024
CACHED_PLANS, LONGEST_CACHED = 512, 8192
_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.TruncateTable)
_NOT_IN_QUERIES = (*_WRITES, exp.Create, exp.Drop, exp.Alter, exp.Into, exp.Command, exp.Copy)
_QUERIES = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)
_COUNTS: dict[type[exp.Expr], tuple[str, ...]] = {
    exp.Insert: ("num_affected_rows", "num_inserted_rows"),
    exp.Update: ("num_affected_rows",),
    exp.Delete: ("num_affected_rows",),
    exp.TruncateTable: (),
}
_MERGED = {"UPDATE": "num_updated_rows", "DELETE": "num_deleted_rows", "INSERT": "num_inserted_rows"}


Plan = Callable[[Run], Result]


class Plans:
    """The plans of the statements run last; translating costs more than running a short one."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[str, Session, int], Plan] = OrderedDict()
        self._lock = Lock()

    def find(self, statement: str, session: Session, generation: int) -> Plan | None:
        """The plan, if the same statement was run lately over the same tables."""
        key = statement, session, generation
        with self._lock:
            found = self._plans.get(key)
            if found is not None:
                self._plans.move_to_end(key)
            return found

    def keep(self, statement: str, session: Session, generation: int, plan: Plan) -> None:
        """Remembers the plan of a statement of ordinary length."""
        if len(statement) > LONGEST_CACHED:
            return
        with self._lock:
            self._plans[statement, session, generation] = plan
            if len(self._plans) > CACHED_PLANS:
                self._plans.popitem(last=False)


class Statements:
    """The statements of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._duck, self._metastore = workspace.engine(Duck), workspace.engine(Metastore)
        self._tables = workspace.engine(TableCatalog)
        self._grants = workspace.engine(Grants)
        self._files = RegisteredFiles(workspace.engine(Storage), self._grants)
        self._ddl = Ddl(self._metastore, self._tables, self._grants, self._files)
        self._commands = Commands(
            self._metastore, self._tables, self._grants, self._explained_plan, self._files.copying(self._tables)
        )
        workspace.engine(AiFunctions)
        self._queries, self._writes = Plans(), Plans()

    def run(self, statement: str, session: Session, asked: Run) -> Result:
        """Runs it.

        Raises: SqlError
        """
        generation = self._tables.generation
        statement = with_identifiers(statement, asked.values)
        plan = self._queries.find(statement, session, generation)
        if plan is None and not asked.read_only:
            plan = self._writes.find(statement, session, generation)
        if plan is None:
            with dialect.readable():
                plan = self._plan(statement, session, asked.read_only)
        try:
            return plan(asked)
        except duckdb.Error as error:
            asked.running.check()
            raise explain(error) from error

    def _plan(self, statement: str, session: Session, read_only: bool) -> Plan:
        words, generation = dialect.tokens(statement), self._tables.generation
        if words[0].text.upper() == "TABLE":
            statement = f"SELECT * FROM {statement[words[0].end + 1 :]}"  # noqa: S608  # parsed again
            words = dialect.tokens(statement)
        if handles(words):
            return self._commands.plan(words, session, read_only)
        if words[0].token_type is TokenType.COMMAND:
            raise sql_error.unsupported(f"the statement {words[0].text.upper()}")
        tree = dialect.tree(statement, words)
        mark(tree, session, self._tables)
        if isinstance(tree, _QUERIES):
            travels = travel(tree, session, self._tables)  # where that lies changes, so no plan is kept
            files, indexes = found_in(tree), self._metastore.indexes.lower(tree)
            plan = self._query(tree, session, files, [Need("SELECT", TABLE, index) for index in indexes])
            if not (travels or files or indexes):
                self._queries.keep(statement, session, generation, plan)
            return plan
        if read_only:
            raise SqlError("READ_ONLY_STATEMENT", "Only queries can be run here; nothing was changed.", "25006")
        if isinstance(tree, _WRITES):
            travels = travel(tree, session, self._tables)
            files = found_in(tree)
            plan = self._write(tree, session, files)
            if not travels and not files:
                self._writes.keep(statement, session, generation, plan)
            return plan
        if isinstance(tree, exp.Create) and tree.kind == "FUNCTION":
            return self._made_function(tree, session)
        return self._ddl.plan(tree, session)

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
                return _fetch(cursor, translated, asked)

        return run

    def _write(self, tree: exp.Expr, session: Session, files: Mapping[str, FileSource]) -> Plan:
        target = _target(tree, session)
        kind = type(tree)
        steps = self._inserting(tree, target, session) if isinstance(tree, exp.Insert) else [_prepared(tree, session)]

        change, needs = operation(tree, session.user), [Need("MODIFY", TABLE, target.full)]
        needs += [need for step in steps for need in reads(step) if need.name != target.full or kind is not exp.Insert]

        def run(asked: Run) -> Result:
            self._grants.require_all(session.user, needs)
            with self._tables.changing(target, asked.running, change) as cursor:
                self._grants.limit(cursor, session.user)
                self._files.register(cursor, files, session.user)
                found = [_execute(cursor, step, asked) for step in steps][-1]
            return _merged(found) if kind is exp.Merge else counts(_COUNTS[kind], found[0][0] if found else 0)

        return run

    def _inserting(self, tree: exp.Insert, target: Name, session: Session) -> list[Translated]:
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
            rows = _execute(cursor, explained, asked)
        return "== Physical Plan ==\n" + "\n".join(str(row[1]) for row in rows).replace(DATABASE, "")


def _values(translated: Translated, asked: Run) -> dict[str, str | None]:
    return {name: asked.values[name] for name in translated.parameters}


def _execute(cursor: "Cursor", translated: Translated, asked: Run) -> list[tuple[object, ...]]:
    with explaining(translated):
        return cursor.execute(translated.sql, _values(translated, asked)).fetchall()


def _fetch(cursor: "Cursor", translated: Translated, asked: Run) -> Result:
    with explaining(translated):
        relation = cursor.sql(translated.sql, params=_values(translated, asked) or None)
        columns = tuple(
            Column(name, from_duck(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)
        )
        limit = asked.row_limit
        table = _read(relation if limit is None else relation.limit(limit + 1), asked)
    table = normalised(table, [column.type for column in columns]).rename_columns([column.name for column in columns])
    truncated = limit is not None and table.num_rows > limit
    return Result(columns, table.slice(0, limit) if truncated else table, truncated)


def _read(relation: duckdb.DuckDBPyRelation, asked: Run) -> pa.Table:
    """The rows, as long as they fit into memory beside everything else."""
    reader = relation.to_arrow_reader()
    batches, size = [], 0
    for batch in reader:
        asked.running.check()
        batches.append(batch)
        size += batch.nbytes
        if size > LARGEST_RESULT:
            raise SqlError(
                "RESULT_TOO_LARGE", f"The result exceeds {LARGEST_RESULT} bytes; ask for fewer rows.", "54000"
            )
    return pa.Table.from_batches(batches, reader.schema)


def counts(names: Sequence[str], *values: object) -> Result:
    """How many rows a statement touched, each count a BIGINT; nothing at all if it reports none."""
    columns = tuple(Column(name, SqlType("BIGINT")) for name in names)
    numbers = [*values, *[values[0]] * len(names)][: len(names)] if names else []
    table = pa.table([pa.array([number], pa.int64()) for number in numbers], names=list(names))
    return Result(columns, table)


def _merged(actions: Sequence[tuple[object, ...]]) -> Result:
    done = [action for (action,) in actions]
    numbers = {column: done.count(action) for action, column in _MERGED.items()}
    return counts(("num_affected_rows", *numbers), len(done), *numbers.values())


def _target(tree: exp.Expr, session: Session) -> Name:
    target = tree.expressions[0] if isinstance(tree, exp.TruncateTable) else tree.this
    if isinstance(target, exp.Schema):
        target = target.this
    if not isinstance(target, exp.Table):
        raise sql_error.unsupported("writing to anything but a whole table")
    return table_name(target, session.defaults)


def _prepared(tree: exp.Expr, session: Session) -> Translated:
    for assignment in tree.find_all(exp.EQ):
        if isinstance(assignment.parent, exp.Update) and assignment.arg_key == "expressions":
            assignment.this.set("table", None)
    if isinstance(tree, exp.Merge):
        tree.set("returning", exp.Returning(expressions=[exp.column("merge_action")]))
    return dialect.translate(tree, session)
