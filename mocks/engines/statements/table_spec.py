"""What CREATE TABLE and ALTER TABLE say about a table: columns, comments, properties."""

from collections.abc import Iterator, Sequence

from sqlglot import exp

from mocks.engines.metastore.names import quoted
from mocks.engines.metastore.table_catalog import NewColumn
from mocks.engines.statements.identity_columns import identity
from mocks.engines.translating import dialect
from mocks.engines.warehouse.sql_error import unsupported

# Without meaning here: there is no layout to tune.
IGNORED = (exp.PartitionedByProperty, exp.ClusteredByProperty, exp.Cluster, exp.ClusterProperty)
# Databricks keeps these and does not enforce them.
INFORMATIONAL = (exp.PrimaryKey, exp.ForeignKey, exp.PrimaryKeyColumnConstraint, exp.Reference)


def properties_of(tree: exp.Create) -> tuple[str | None, dict[str, str], exp.Expr | None]:
    """The comment, the table properties, and the table after LIKE.

    Raises: SqlError
    """
    comment, like = None, None
    properties: dict[str, str] = {}
    for told in tree.args["properties"].expressions if tree.args.get("properties") else ():
        match told:
            case exp.SchemaCommentProperty():
                comment = told.this.name
            case exp.FileFormatProperty() if told.name.upper() == "DELTA":
                pass
            case exp.LikeProperty():
                like = told.this
            case exp.PartitionedByProperty() if told.find(exp.ColumnDef):
                raise unsupported("PARTITIONED BY with new columns")
            case exp.Property() if type(told) is exp.Property:
                properties |= dict(pairs([told]))
            case _ if not isinstance(told, IGNORED):
                raise unsupported(f"{told.sql('databricks')} in CREATE")
    return comment, properties, like


def layout_of(tree: exp.Create) -> dict[str, list[str]]:
    """The columns by which the table is partitioned or clustered, which are told and have no effect."""
    found: dict[str, list[str]] = {}
    for told in tree.args["properties"].expressions if tree.args.get("properties") else ():
        if isinstance(told, exp.PartitionedByProperty):
            found["partitioned"] = [part.name for part in told.this.expressions]
        elif isinstance(told, exp.ClusterProperty) and told.expressions:
            found["clustered"] = [part.name for part in told.expressions]
    return found


def pairs(told: Sequence[exp.Expr]) -> Iterator[tuple[str, str]]:
    """Keys and values of properties."""
    for pair in told:
        key, value = pair.this, pair.args["value"]
        parts = list(key.flatten()) if isinstance(key, exp.Dot) else [key]
        name = ".".join(part.name if isinstance(part, exp.Expr) else str(part) for part in parts)
        yield name, str(value.this).lower() if isinstance(value, exp.Boolean) else value.name


def definitions(schema: exp.Expr) -> list[exp.Expr]:
    """The parts between the brackets after a table's name."""
    return list(schema.expressions) if isinstance(schema, exp.Schema) else []


def columns_of(schema: exp.Expr) -> list[NewColumn]:
    """The columns between those brackets.

    Raises: SqlError
    """
    columns = []
    for part in definitions(schema):
        if isinstance(part, exp.ColumnDef) and part.args.get("kind"):
            columns.append(_column(part))
        elif not part.find(*INFORMATIONAL):
            raise unsupported(f"{part.sql('databricks')} in CREATE TABLE")
    return columns


def column(name: str, type_text: str, nullable: bool, comment: str | None) -> NewColumn:
    """A column told in fields rather than in SQL.

    Raises: SqlError
    """
    duck = f"{quoted(name)} {dialect.type_for_duck(type_text)}{'' if nullable else ' NOT NULL'}"
    return NewColumn(name, duck, comment)


def _column(definition: exp.ColumnDef) -> NewColumn:
    parts = [quoted(definition.name), dialect.generate(definition.args["kind"])]
    counted = None
    for constraint in definition.args.get("constraints") or ():
        match constraint.kind:
            case exp.NotNullColumnConstraint():
                parts += [] if constraint.kind.args.get("allow_null") else ["NOT NULL"]
            case exp.DefaultColumnConstraint():
                parts.append(f"DEFAULT {dialect.generate(constraint.kind.this)}")
            case exp.CommentColumnConstraint():
                pass
            case exp.GeneratedAsIdentityColumnConstraint() as told if not told.expression:
                counted = identity(told)
            case exp.ComputedColumnConstraint() as told:
                parts.append(f"GENERATED ALWAYS AS ({dialect.translated(told.this)}) VIRTUAL")
            case kind if not isinstance(kind, INFORMATIONAL):
                raise unsupported(f"{constraint.sql('databricks')} of a column")
    return NewColumn(definition.name, " ".join(parts), comment_of(definition), counted)


def comment_of(definition: exp.Expr) -> str | None:
    """What is said about the column."""
    found = definition.find(exp.CommentColumnConstraint)
    return found.this.name if found else None


def copied(tree: exp.Create) -> None:
    """A clone becomes a table made of all rows of another, in place; a shallow one reads as a deep one does."""
    clone = tree.args.get("clone")
    if clone is None:
        return
    tree.set("expression", exp.select("*").from_(clone.this.copy()))
    tree.set("clone", None)
