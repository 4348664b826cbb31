"""INSERT that does more than append: OVERWRITE, REPLACE WHERE, PARTITION."""

from collections.abc import Sequence

from sqlglot import exp

from mocks.engines.metastore.names import quoted
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session, Translated
from mocks.engines.translating.duck_templates import made
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_ROWS = "sandbricks_rows"


def steps(tree: exp.Insert, session: Session, columns: Sequence[str]) -> list[Translated]:
    """The statements for DuckDB; what the last one gives is counted.

    Raises: SqlError
    """
    if tree.args.get("settings"):
        raise unsupported("INSERT with settings")
    where = _partitioned(tree, columns) or tree.args.get("where")
    if not tree.args.get("overwrite") and not tree.args.get("where"):
        return [dialect.translate(tree, session)]
    return _replacing(tree, where, columns, session)


def _partitioned(tree: exp.Insert, columns: Sequence[str]) -> exp.Expr | None:
    """Makes ordinary columns of `PARTITION (p = 'x')`; gives the condition that they state, if they state one."""
    table = tree.this
    partition = table.args.get("partition") if isinstance(table, exp.Table) else None
    if partition is None:
        return None
    told = {part.name if isinstance(part, exp.Column) else part.this.name: part for part in partition.expressions}
    values = {name: part.expression for name, part in told.items() if isinstance(part, exp.EQ)}
    unknown = [name for name in told if name.lower() not in columns]
    if unknown:
        raise SqlError("NON_PARTITION_COLUMN", f"PARTITION clause cannot contain the column {unknown[0]}.", "42000")
    table.set("partition", None)
    others = [name for name in columns if name not in {one.lower() for one in told}]
    dynamic = [name for name in told if name not in values]
    names = [exp.to_identifier(name, quoted=True) for name in (*others, *dynamic, *values)]
    source = exp.Subquery(this=tree.expression.copy(), alias=exp.TableAlias(this=exp.to_identifier("given")))
    tree.set("this", exp.Schema(this=table.copy(), expressions=names))
    tree.set("expression", exp.select("*", *(value.copy() for value in values.values())).from_(source))
    same = [exp.EQ(this=exp.column(name, quoted=True), expression=value.copy()) for name, value in values.items()]
    return exp.and_(*same) if same else None


def _replacing(tree: exp.Insert, where: exp.Expr | None, columns: Sequence[str], session: Session) -> list[Translated]:
    """The rows are computed first, since the query may read the table that it overwrites."""
    target, by_name = tree.this.copy(), tree.args.get("by_name")
    is_named = isinstance(target, exp.Schema)
    table = target.this if is_named else target
    rows = dialect.translate(tree.expression.copy(), session)
    names = [column.name for column in target.expressions] if is_named else columns
    told = "" if by_name else f"({', '.join(map(quoted, names))})"
    make = f"CREATE OR REPLACE TEMP TABLE {_ROWS} AS SELECT * FROM ({rows.sql}) AS given{told}"  # noqa: S608  # quoted
    steps = [Translated(make, rows.tables, rows.parameters)]
    if tree.args.get("where") is not None:
        steps.append(_checked(tree.args["where"], session))
    condition = exp.Where(this=where.copy()) if where is not None else None
    steps.append(dialect.translate(exp.Delete(this=table.copy(), where=condition), session))
    inserted = exp.Insert(this=target, expression=exp.select("*").from_(_kept()), by_name=by_name)
    return [*steps, dialect.translate(inserted, session)]


def _checked(where: exp.Expr, session: Session) -> Translated:
    """Fails if a row does not meet the condition that it is said to replace."""
    broken = exp.Not(this=exp.func("coalesce", where.copy(), exp.false()))
    text = f"[DELTA_REPLACE_WHERE_MISMATCH] Written data does not conform to {where.sql('databricks')}. SQLSTATE: 44000"
    found = exp.select(exp.func("failed", exp.Literal.string(text), dialect="databricks")).from_(_kept()).where(broken)
    return dialect.translate(found, session)


def _kept() -> exp.Table:
    table = exp.to_table(_ROWS)
    table.meta["registered"] = True
    return table


def _assigned(assignment: exp.EQ, target: set[str]) -> None:
    """`t.a = 1` of the target, and `s.a = 1` of a column `s` that is a struct."""
    column, owner = assignment.this, assignment.this.args.get("table")
    if owner is None or owner.name.lower() in target:
        column.set("table", None)
        return
    changed = f"struct_update(_0, {quoted(column.name)} := _1)"
    whole = exp.Column(this=owner.copy())
    assignment.set("expression", made(changed, whole, assignment.expression))
    assignment.set("this", whole.copy())


def prepared(tree: exp.Expr, session: Session) -> Translated:
    """An UPDATE, DELETE, TRUNCATE or MERGE for DuckDB.

    Raises: SqlError
    """
    for assignment in list(tree.find_all(exp.EQ)):
        if isinstance(assignment.parent, exp.Update) and assignment.arg_key == "expressions":
            _assigned(assignment, {tree.this.name.lower(), tree.this.alias_or_name.lower()})
    if isinstance(tree, exp.Merge):
        tree.set("returning", exp.Returning(expressions=[exp.column("merge_action")]))
    return dialect.translate(tree, session)
