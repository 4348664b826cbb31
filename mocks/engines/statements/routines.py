"""Functions of Unity Catalog: SQL ones are DuckDB macros, Python ones are macros over what a child process computes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
from sqlglot import exp

from mocks.engines.metastore.names import Name, quoted
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import Description, Securable
from mocks.engines.metastore.tables import Result, duck_type
from mocks.engines.translating import dialect
from mocks.engines.translating.dialect import Session, Translated
from mocks.engines.translating.references import table_name
from mocks.engines.warehouse.column_types import SqlType
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.duck_errors import explaining
from mocks.engines.warehouse.sql_error import SqlError, unsupported


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function; types as Databricks SQL writes them."""

    name: str
    type_text: str
    comment: str | None = None
    default: str | None = None

    def described(self, position: int) -> dict[str, Any]:
        """As it is kept and as Unity Catalog shows it."""
        kind = sql_type(self.type_text)
        return {
            "name": self.name,
            "type_text": kind.catalog_text,
            "sql_type": kind.text,
            "type_name": kind.name,
            "spark": kind.spark,
            "position": position,
            "comment": self.comment,
            "default": self.default,
        }


@dataclass(frozen=True)
class Routine:
    """A function to be made; `returns` is a type, or the columns of a table function."""

    name: Name
    parameters: tuple[Parameter, ...]
    returns: str | tuple[Parameter, ...]
    body: str
    language: str | None = None
    comment: str | None = None
    deterministic: bool = True
    udf: str | None = None


def create(
    routine: Routine, session: Session, metastore: Metastore, *, if_missing: bool = False, over: bool = False
) -> Securable:
    """Makes the function.

    Raises: SqlError
    """
    if routine.language is not None:
        routine = _python(routine)
    with dialect.readable():
        routine = routine if routine.returns else _with_columns(routine, session, metastore)
        macro, told = _macro(routine, session, metastore), replace(_described(routine), owner=session.user)
    with explaining(macro):
        return metastore.create_function(routine.name, told, macro.sql, if_missing, over)


def planned(tree: exp.Create, session: Session, metastore: Metastore) -> Callable[[Run], Result]:
    """CREATE FUNCTION, ready to be run.

    Raises: SqlError
    """
    properties = tree.args["properties"].expressions if tree.args.get("properties") else []
    if any(isinstance(told, exp.TemporaryProperty) for told in properties):
        raise unsupported("temporary functions")
    signature = tree.this
    comment = next((told.this.name for told in properties if isinstance(told, exp.SchemaCommentProperty)), None)
    language = next((told.name.upper() for told in properties if isinstance(told, exp.LanguageProperty)), "SQL")
    routine = Routine(
        table_name(signature.this, session.defaults),
        tuple(_parameter(part) for part in signature.expressions),
        _returned(properties),
        _body(tree.expression),
        None if language == "SQL" else language,
        comment,
    )
    if_missing, over = bool(tree.args.get("exists")), bool(tree.args.get("replace"))

    def run(_: Run) -> Result:
        create(routine, session, metastore, if_missing=if_missing, over=over)
        return Result((), pa.table({}))

    return run


def _python(routine: Routine) -> Routine:
    """The function under the name by which DuckDB will call it, a new one each time it is made.

    Raises: SqlError
    """
    if routine.language != "PYTHON":
        raise unsupported(f"functions in {routine.language}")
    if isinstance(routine.returns, tuple):
        raise unsupported("table functions in Python")
    if not all(parameter.name.isidentifier() for parameter in routine.parameters):
        raise SqlError("INVALID_PARAMETER_VALUE", "A parameter of a Python function has a plain name.", "22023")
    return replace(routine, udf=f"udf_{uuid.uuid4().hex}")


def _with_columns(routine: Routine, session: Session, metastore: Metastore) -> Routine:
    """A table function that does not tell its columns has those of its query."""
    query = dialect.tree(routine.body, dialect.tokens(routine.body))
    for argument in list(_with_arguments(query, routine).find_all(exp.Cast)):
        if argument.meta.get("plain"):
            argument.set("this", exp.Null())
    metastore.indexes.lower(query)
    translated = dialect.translate(query, session, typed=False, lasting=True)
    with explaining(translated):
        columns = metastore.columns_of(translated.sql)
    return replace(routine, returns=tuple(Parameter(name, duck_type(kind).text) for name, kind in columns))


def _described(routine: Routine) -> Description:
    columns = routine.returns if isinstance(routine.returns, tuple) else ()
    kind = SqlType("TABLE_TYPE") if isinstance(routine.returns, tuple) else sql_type(routine.returns)
    details = {
        "parameters": [parameter.described(at) for at, parameter in enumerate(routine.parameters)],
        "returns": [column.described(at) for at, column in enumerate(columns)],
        "data_type": kind.name,
        "full_data_type": _columns_text(columns) if columns else kind.text,
        "routine_body": "SQL" if routine.language is None else "EXTERNAL",
        "routine_definition": routine.body,
        "external_language": routine.language,
        "deterministic": routine.deterministic,
        "macro": "MACRO TABLE" if columns else "MACRO",
        "udf": routine.udf,
    }
    return Description(routine.comment, {}, details)


def _returned(properties: list[exp.Expr]) -> str | tuple[Parameter, ...]:
    told = next((told for told in properties if isinstance(told, exp.ReturnsProperty)), None)
    if told is None:
        raise unsupported("CREATE FUNCTION without RETURNS")
    if told.args.get("is_table"):
        return tuple(_parameter(part) for part in told.this.expressions)
    return str(told.this.sql("databricks"))


def _body(expression: exp.Expr | None) -> str:
    if isinstance(expression, exp.Return):
        return str(expression.this.sql("databricks"))
    if isinstance(expression, exp.Heredoc):
        return str(expression.this)
    raise unsupported("a function without a body in RETURN or AS $$")


def _parameter(definition: exp.Expr) -> Parameter:
    assert isinstance(definition, exp.ColumnDef)
    comment, default = definition.find(exp.CommentColumnConstraint), definition.find(exp.DefaultColumnConstraint)
    return Parameter(
        definition.name,
        definition.args["kind"].sql("databricks"),
        comment.this.name if comment else None,
        default.this.sql("databricks") if default else None,
    )


def sql_type(text: str) -> SqlType:
    """The type of that name in Databricks SQL.

    Raises: SqlError
    """
    return duck_type(dialect.type_for_duck(text))


def _columns_text(columns: tuple[Parameter, ...]) -> str:
    return f"({', '.join(f'{column.name} {sql_type(column.type_text).text}' for column in columns)})"


def _macro(routine: Routine, session: Session, metastore: Metastore) -> Translated:
    """The macro, or nothing; arguments are cast to the declared types, and so is what comes out."""
    head = f"CREATE OR REPLACE MACRO {routine.name.duck}({', '.join(map(_argument, routine.parameters))}) AS"
    if routine.udf is not None:
        arguments = ", ".join(
            f"CAST({quoted(p.name)} AS {dialect.type_for_duck(p.type_text)})" for p in routine.parameters
        )
        return Translated(f"{head} ({routine.udf}({arguments}))", (), ())
    if isinstance(routine.returns, tuple):
        query = dialect.tree(routine.body, dialect.tokens(routine.body))
        metastore.indexes.lower(query)
        body = dialect.translate(_with_arguments(query, routine), session, typed=False, lasting=True)
        names = ", ".join(quoted(column.name) for column in routine.returns)
        return replace(body, sql=f"{head} TABLE SELECT * FROM ({body.sql}) AS result({names})")  # noqa: S608  # translated above
    value = exp.Cast(this=_value(routine.body), to=exp.DataType.build(routine.returns, dialect="databricks"))
    metastore.indexes.lower(value)
    select = exp.select(exp.alias_(_with_arguments(value, routine), "result"))
    translated = dialect.translate(select, session, typed=False, lasting=True)
    if translated.parameters:
        raise SqlError(
            "UNSUPPORTED_FEATURE.PARAMETER_MARKER_IN_UNEXPECTED_STATEMENT",
            "A function takes no parameter markers.",
            "0A000",
        )
    return replace(translated, sql=f"{head} ({translated.sql})")


def _value(body: str) -> exp.Expr:
    """The expression; a query stands for its one value."""
    words = dialect.tokens(body)
    if words[0].text.upper() in ("SELECT", "WITH"):
        return exp.Subquery(this=dialect.tree(body, words))
    return exp.Paren(this=dialect.expression(body))


def _argument(parameter: Parameter) -> str:
    if parameter.default is None:
        return quoted(parameter.name)
    return f"{quoted(parameter.name)} := {dialect.generate(dialect.expression(parameter.default))}"


def _with_arguments(body: exp.Expr, routine: Routine) -> exp.Expr:
    """The body with its parameters, alone or behind the function's name, as arguments of their types."""
    types = {parameter.name.lower(): parameter.type_text for parameter in routine.parameters}
    named = {table.alias_or_name.lower() for table in body.find_all(exp.Table)}
    owners = {"", routine.name.object.lower()} - named
    for column in list(body.find_all(exp.Column)):
        if column.table.lower() in owners and column.name.lower() in types:
            argument = exp.Cast(
                this=exp.column(column.this.copy()),
                to=exp.DataType.build(types[column.name.lower()], dialect="databricks"),
            )
            argument.meta["plain"] = True
            column.replace(argument)
    return body
