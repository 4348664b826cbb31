"""Time travel in statements, and what statements that write are called in the history."""

import json

from sqlglot import exp
from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.names import named
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.statements.history import KEYS, Change
from mocks.engines.statements.table_spec import properties_of
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session
from mocks.engines.translating.references import table_name
from mocks.engines.warehouse.sql_error import unsupported

_LEVELS = ("catalog", "db", "this")


def travel(tree: exp.Expr, session: Session, tables: TableCatalog) -> bool:
    """Notes at each table that is to be read as it was what gives it; says whether there is one.

    Raises: SqlError
    """
    _at_signs(tree)
    found = [table for table in tree.find_all(exp.Table) if isinstance(table.args.get("version"), exp.Version)]
    for table in found:
        told, name = table.args["version"], table_name(table, session.defaults)
        if told.name.upper() == "TIMESTAMP":
            moment = exp.Cast(this=told.expression.copy(), to=exp.DataType.build("TIMESTAMPTZ"))
            table.meta["as_it_was"] = tables.as_it_was(name, None, moment.sql("duckdb"))
        else:
            table.meta["as_it_was"] = tables.as_it_was(name, told.expression.sql("duckdb").strip("'"), None)
    return _changes(tree, session, tables) or bool(found)


def _at_signs(tree: exp.Expr) -> None:
    """`t@v1` means `t VERSION AS OF 1`; sqlglot takes it for an alias."""
    for table in tree.find_all(exp.Table):
        alias = table.args.get("alias")
        mark = alias.this if isinstance(alias, exp.TableAlias) else None
        if isinstance(mark, exp.Parameter) and mark.name[:1] in "vV" and mark.name[1:].isdigit():
            number = exp.Literal.number(mark.name[1:])
            table.set("version", exp.Version(this="VERSION", expression=number, kind="AS OF"))
            table.set("alias", None)


def _changes(tree: exp.Expr, session: Session, tables: TableCatalog) -> bool:
    """`table_changes('t', 1, 2)` as a table that is read so."""
    calls = [table for table in tree.find_all(exp.Table) if isinstance(table.this, exp.Anonymous)]
    calls = [table for table in calls if table.this.name.lower() == "table_changes"]
    for table in calls:
        given = table.this.expressions
        if not 2 <= len(given) <= 3 or not all(isinstance(one, (exp.Literal, exp.Neg)) for one in given):
            raise unsupported("table_changes of anything but literals: a name, a first and a last version or time")
        parts = [part.strip("`") for part in given[0].name.split(".")]
        name = named(parts, session.defaults)
        made = exp.Table(
            **{part: exp.to_identifier(text, quoted=True) for part, text in zip(_LEVELS, name, strict=True)}
        )
        made.set("alias", table.args.get("alias"))
        made.meta["as_it_was"] = tables.changes(name, [one.sql("databricks").strip("'") for one in given[1:]])
        table.replace(made)
    return bool(calls)


def cloned(statement: str, words: list[Token]) -> tuple[str, list[Token]]:
    """`CREATE TABLE a CLONE b VERSION AS OF 1`, which sqlglot does not read, as a table made of that version."""
    texts = [word.text.upper() for word in words]
    if texts[0] != "CREATE" or "CLONE" not in texts or texts[-3:-1] != ["AS", "OF"]:
        return statement, words
    at = texts.index("CLONE")
    name = words[at - 2] if texts[at - 1] == "SHALLOW" else words[at - 1]
    made = f"{statement[: name.end + 1]} AS SELECT * FROM {statement[words[at].end + 1 :]}"  # noqa: S608  # parsed again
    return made, dialect.tokens(made)


def operation(tree: exp.Expr, who: str) -> Change:
    """What a statement that writes is called in the history."""
    match tree:
        case exp.Insert() if tree.args.get("overwrite"):
            return Change("WRITE", who, {"mode": "Overwrite"})
        case exp.Insert() if tree.args.get("where"):
            told = {"mode": "Overwrite", "predicate": json.dumps([tree.args["where"].sql("databricks")])}
            return Change("WRITE", who, told)
        case exp.Insert():
            return Change("WRITE", who, {"mode": "Append"}, appends=True)
        case exp.Create():
            replaced = "CREATE OR REPLACE TABLE" if tree.args.get("replace") else "CREATE TABLE"
            told = {"properties": json.dumps(properties_of(tree)[1])}
            return Change(replaced + (" AS SELECT" if tree.expression else ""), who, told)
        case exp.Update() | exp.Delete():
            condition = tree.args.get("where")
            told = {"predicate": json.dumps([condition.this.sql("databricks")] if condition else [])}
            return Change(type(tree).__name__.upper(), who, told)
        case exp.TruncateTable():
            return Change("TRUNCATE", who)
        case exp.Merge():
            return Change("MERGE", who, _matched(tree))
    return Change(type(tree).__name__.upper(), who)


def _matched(tree: exp.Merge) -> dict[str, str]:
    """The condition of a MERGE, and the columns of the target that it compares."""
    told, alias = tree.args["on"], tree.this.alias_or_name.lower()
    columns = [column for equal in told.find_all(exp.EQ) for column in equal.find_all(exp.Column)]
    keys = sorted({column.name.lower() for column in columns if column.table.lower() == alias})
    return {"predicate": json.dumps([told.sql("databricks")]), KEYS: json.dumps(keys)}
