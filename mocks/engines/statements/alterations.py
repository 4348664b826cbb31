"""What ALTER TABLE says: clauses for DuckDB, and what is kept in the record of the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from sqlglot import exp

from mocks.engines.metastore.names import quoted
from mocks.engines.statements.constraint_spec import altered
from mocks.engines.statements.constraints import Constraint, added, dropped
from mocks.engines.statements.table_spec import IGNORED, columns_of, pairs
from mocks.engines.translating import dialect
from mocks.engines.warehouse.sql_error import unsupported

OPERATIONS: dict[type[exp.Expr], str] = {
    exp.ColumnDef: "ADD COLUMNS",
    exp.Schema: "ADD COLUMNS",
    exp.Drop: "DROP COLUMNS",
    exp.RenameColumn: "RENAME COLUMN",
    exp.AlterSet: "SET TBLPROPERTIES",
    exp.AddConstraint: "ADD CONSTRAINT",
}


@dataclass(frozen=True)
class Step:
    """One alteration."""

    clauses: Sequence[str] = ()
    comments: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    constraints: Callable[[list[Constraint]], list[Constraint]] = list


def step_of(action: exp.Expr) -> Step:
    """The alteration that a part of the statement asks for.

    Raises: SqlError
    """
    match action:
        case exp.ColumnDef() | exp.Schema():
            columns = columns_of(exp.Schema(expressions=[action]) if isinstance(action, exp.ColumnDef) else action)
            clauses = [f"ADD COLUMN {column.duck}" for column in columns]
            return Step(clauses, {column.name: column.comment for column in columns if column.comment})
        case exp.Drop() if action.args.get("kind") == "CONSTRAINT":
            gone, if_there = action.args["tables"][0].name, bool(action.args.get("exists"))
            return Step(constraints=lambda kept: dropped(kept, gone, if_there))
        case exp.Drop():
            names = [target.name for part in action.args["tables"] for target in part.expressions or [part]]
            return Step([f"DROP COLUMN {quoted(name)}" for name in names])
        case exp.RenameColumn():
            return Step([f"RENAME COLUMN {quoted(action.this.name)} TO {quoted(action.args['to'].name)}"])
        case exp.AlterColumn():
            return _of_column(action)
        case exp.AlterSet() if action.expressions:
            return Step(properties=dict(pairs(action.expressions[0].expressions)))
        case exp.AddConstraint():
            new = altered(action)
            return Step(constraints=lambda kept: reduce(added, new, kept))
    if isinstance(action, IGNORED):
        return Step()
    raise unsupported(f"ALTER TABLE … {action.sql('databricks')}")


def _of_column(action: exp.AlterColumn) -> Step:
    name, args = action.this.name, action.args
    if args.get("comment"):
        return Step(comments={name: args["comment"].name})
    if args.get("dtype"):
        return Step([f"ALTER COLUMN {quoted(name)} SET DATA TYPE {dialect.generate(args['dtype'])}"])
    if args.get("allow_null") is not None:
        return Step([f"ALTER COLUMN {quoted(name)} {'DROP' if args['allow_null'] else 'SET'} NOT NULL"])
    if args.get("default"):
        return Step([f"ALTER COLUMN {quoted(name)} SET DEFAULT {dialect.generate(args['default'])}"])
    return Step([f"ALTER COLUMN {quoted(name)} DROP DEFAULT"])
