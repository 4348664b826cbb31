"""Time travel in statements, and what statements that write are called in the history."""

import json

from sqlglot import exp

from mocks.engines.dialect import Session
from mocks.engines.history import Change
from mocks.engines.references import table_name
from mocks.engines.table_catalog import TableCatalog


def travel(tree: exp.Expr, session: Session, tables: TableCatalog) -> bool:
    """Notes at each table that is to be read as it was what gives it; says whether there is one.

    Raises: SqlError
    """
    found = [table for table in tree.find_all(exp.Table) if isinstance(table.args.get("version"), exp.Version)]
    for table in found:
        told, name = table.args["version"], table_name(table, session.defaults)
        if told.name.upper() == "TIMESTAMP":
            moment = exp.Cast(this=told.expression.copy(), to=exp.DataType.build("TIMESTAMPTZ"))
            table.meta["as_it_was"] = tables.as_it_was(name, None, moment.sql("duckdb"))
        else:
            table.meta["as_it_was"] = tables.as_it_was(name, told.expression.sql("duckdb").strip("'"), None)
    return bool(found)


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
            return Change(replaced + (" AS SELECT" if tree.expression else ""), who)
        case exp.Update() | exp.Delete():
            condition = tree.args.get("where")
            told = {"predicate": json.dumps([condition.this.sql("databricks")] if condition else [])}
            return Change(type(tree).__name__.upper(), who, told)
        case exp.TruncateTable():
            return Change("TRUNCATE", who)
    return Change(type(tree).__name__.upper(), who)
