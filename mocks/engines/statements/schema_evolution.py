"""`MERGE` and `INSERT … WITH SCHEMA EVOLUTION`: columns that only the source has come into the target."""

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.names import Name, quoted
from mocks.engines.metastore.tables import Column
from mocks.engines.translating import dialect

_WORDS = ["WITH", "SCHEMA", "EVOLUTION"]


def taken_off(statement: str, words: list[Token]) -> tuple[str, list[Token], bool]:
    """The statement without the clause, and whether it was there."""
    texts = [word.text.upper() for word in words[:4]]
    if texts[0] not in ("MERGE", "INSERT") or texts[1:4] != _WORDS:
        return statement, words, False
    plain = statement[: words[1].start] + statement[words[3].end + 1 :]
    return plain, dialect.tokens(plain), True


def source_of(tree: exp.Expr) -> exp.Expr:
    """The query whose columns count."""
    if isinstance(tree, exp.Insert):
        return exp.Subquery(this=tree.expression.copy(), alias=exp.TableAlias(this=exp.to_identifier("given")))
    source: exp.Expr = tree.args["using"].copy()
    return source


def spelled_out(tree: exp.Expr, columns: Sequence[Column]) -> None:
    """`UPDATE SET *` and `INSERT *` with the columns of the source by their names, in place; an INSERT goes by name."""
    if isinstance(tree, exp.Insert):
        if not isinstance(tree.this, exp.Schema):
            tree.set("by_name", True)
        return
    alias = tree.args["using"].alias_or_name
    for then in [when.args["then"] for when in tree.args["whens"].expressions]:
        if isinstance(then, exp.Insert) and isinstance(then.this, exp.Star):
            then.set("this", exp.Tuple(expressions=[exp.column(one.name, quoted=True) for one in columns]))
            then.set("expression", exp.Tuple(expressions=[_from(alias, one) for one in columns]))
        elif isinstance(then, exp.Update) and any(isinstance(part, exp.Star) for part in then.expressions):
            sides = [(exp.column(one.name, quoted=True), _from(alias, one)) for one in columns]
            then.set("expressions", [exp.EQ(this=left, expression=right) for left, right in sides])


def clauses(name: Name, columns: Sequence[Column], known: Sequence[str]) -> list[str]:
    """What adds the new columns, in DuckDB's words."""
    new = [column for column in columns if column.name.lower() not in known]
    kinds = ["STRING" if column.type.keyword == "VOID" else column.type.text for column in new]
    return [
        f"ALTER TABLE {name.duck} ADD COLUMN {quoted(column.name)} {dialect.type_for_duck(kind)}"
        for column, kind in zip(new, kinds, strict=True)
    ]


def _from(alias: str, column: Column) -> exp.Expr:
    return exp.column(column.name, table=alias, quoted=True)
