"""What CREATE TABLE and ALTER TABLE say about constraints."""

from sqlglot import exp

from mocks.engines.statements.constraints import CHECK, FOREIGN, PRIMARY, Constraint
from mocks.engines.translating import dialect
from mocks.engines.warehouse.sql_error import unsupported


def constraints_of(table: str, schema: exp.Expr) -> list[Constraint]:
    """The keys that a new table is told to have.

    Raises: SqlError
    """
    found: list[Constraint] = []
    for part in schema.expressions if isinstance(schema, exp.Schema) else ():
        if isinstance(part, exp.ColumnDef):
            kinds = [constraint.kind for constraint in part.args.get("constraints") or ()]
            if any(isinstance(kind, exp.PrimaryKeyColumnConstraint) for kind in kinds):
                found.append({"name": f"{table}_pk", "kind": PRIMARY, "columns": [part.name]})
        elif isinstance(part, exp.Constraint):
            found += [_told(part.name, body) for body in part.expressions]
        else:
            found.append(_told(f"{table}_{'pk' if isinstance(part, exp.PrimaryKey) else 'fk'}", part))
    return found


def altered(action: exp.AddConstraint) -> list[Constraint]:
    """The constraints that ALTER TABLE adds.

    Raises: SqlError
    """
    found = []
    for part in action.expressions:
        if not isinstance(part, exp.Constraint):
            raise unsupported("a constraint without a name")
        found += [_told(part.name, body) for body in part.expressions]
    return found


def _told(name: str, body: exp.Expr) -> Constraint:
    match body:
        case exp.PrimaryKey():
            return {"name": name, "kind": PRIMARY, "columns": [part.name for part in body.expressions]}
        case exp.ForeignKey():
            target = body.args["reference"].this
            table = target.this if isinstance(target, exp.Schema) else target
            parents = [part.name for part in target.expressions] if isinstance(target, exp.Schema) else []
            told = {"name": name, "kind": FOREIGN, "columns": [part.name for part in body.expressions]}
            return told | {"parent": table.sql("databricks"), "parent_columns": parents}
        case exp.CheckColumnConstraint():
            return {"name": name, "kind": CHECK, "columns": [], "text": _text(body)} | {"duck": _duck(body.this)}
    raise unsupported(f"the constraint {body.sql('databricks')}")


def _text(body: exp.CheckColumnConstraint) -> str:
    return f"({body.this.sql('databricks')})"


def _duck(condition: exp.Expr) -> str:
    select = dialect.translate(exp.select(exp.alias_(condition.copy(), "kept")), dialect.NOBODY)
    return select.sql.removeprefix("SELECT ").removesuffix(" AS kept").removesuffix(' AS "kept"')
