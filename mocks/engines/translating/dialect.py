"""Databricks SQL in, DuckDB SQL out: sqlglot, and our own layer where the two mean different things."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

from sqlglot import exp
from sqlglot.errors import ErrorLevel, ParseError, TokenError, UnsupportedError
from sqlglot.tokenizer_core import Token, TokenType

from mocks.engines.metastore.names import Defaults, Name
from mocks.engines.statements.session_state import NEW, VARIABLE, SessionState
from mocks.engines.translating import ai_calls, generators, higher_order, parse_errors, references, time_windows
from mocks.engines.translating.duck_templates import call
from mocks.engines.translating.grammar import DATABRICKS
from mocks.engines.translating.spark_functions import meaning
from mocks.engines.warehouse.sql_error import SqlError, syntax_error, unsupported

_ARITHMETIC = (exp.Binary, exp.Unary, exp.Between, exp.In, exp.Is)
_BARE = (exp.Paren, exp.Neg, exp.Func)
_NAMED = (exp.Alias, exp.Aliases, exp.Column, exp.Inline, exp.Posexplode, exp.Star)
_DEEP_CLONE = ("DEEP", "CLONE")


@dataclass(frozen=True)
class Session:
    """What a statement takes from its caller: default catalog and schema, user, types of its parameters, and state."""

    defaults: Defaults
    user: str
    parameters: tuple[tuple[str, str], ...] = ()
    state: SessionState = NEW


NOBODY = Session(Defaults(), "")


@dataclass(frozen=True)
class Translated:
    """A statement for DuckDB, the tables, parameters and functions of Unity Catalog that it names."""

    sql: str
    tables: tuple[Name, ...]
    parameters: tuple[str, ...]
    functions: tuple[Name, ...] = ()


def tokens(statement: str) -> list[Token]:
    """The words of one statement.

    Raises: SqlError
    """
    try:
        found = DATABRICKS.tokenize(statement)
    except TokenError as error:
        raise syntax_error("a quoted text or comment that does not end") from error
    for word, after in pairwise(found):
        if word.token_type is TokenType.WINDOW and after.token_type is TokenType.L_PAREN:  # the function, no clause
            found[found.index(word)] = Token(TokenType.VAR, word.text, word.line, word.col, word.start, word.end)
    if any(token.token_type is TokenType.PLACEHOLDER for token in found):
        return tokens(_with_names(statement, found))
    while found and found[-1].token_type is TokenType.SEMICOLON:
        found.pop()
    deep = [at for at, (one, two) in enumerate(pairwise(found)) if (one.text.upper(), two.text.upper()) == _DEEP_CLONE]
    for at in deep:  # sqlglot knows CLONE only, which means the same
        del found[at]
    if not found:
        raise syntax_error(parse_errors.END)
    if any(token.token_type is TokenType.SEMICOLON for token in found):
        if found[0].token_type is TokenType.BEGIN:
            raise unsupported("scripts in BEGIN … END")
        raise syntax_error("';'", ": extra input, a call runs one statement")
    return found


def positional(number: int) -> str:
    """The name that stands for the n-th `?`, counted from 1."""
    return f"positional_{number}"


def _with_names(statement: str, words: list[Token]) -> str:
    """The statement with a named marker for each `?`."""
    markers = [word.start for word in words if word.token_type is TokenType.PLACEHOLDER]
    ends = [*markers[1:], len(statement)]
    named = [
        f":{positional(number)}{statement[start + 1 : end]}"
        for number, (start, end) in enumerate(zip(markers, ends, strict=True), 1)
    ]
    return statement[: markers[0]] + "".join(named)


# sqlglot trips over its own feet on some texts that are no SQL, and so may whoever reads its half-made trees.
FAULTS = (
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    ParseError,
    RecursionError,
    TokenError,
    TypeError,
    ValueError,
)


@contextmanager
def readable() -> Iterator[None]:
    """A block that reads trees of sqlglot, made from a text of the user, and changes nothing.

    Raises: SqlError
    """
    try:
        yield
    except RecursionError:
        raise unsupported("a statement nested that deeply") from None
    except FAULTS as error:
        raise SqlError("PARSE_SYNTAX_ERROR", "The statement has a part that cannot be understood.", "42601") from error


def tree(statement: str, words: list[Token]) -> exp.Expr:
    """The syntax tree of one statement.

    Raises: SqlError
    """
    found: exp.Expr | None
    try:
        [found] = DATABRICKS.parser().parse(words, statement)
    except ParseError as error:
        raise parse_errors.told(error) from None
    if found is None:
        raise syntax_error(parse_errors.END)
    return found


def expression(text: str) -> exp.Expr:
    """The syntax tree of an expression such as the body of a function.

    Raises: SqlError
    """
    select = tree(f"SELECT {text}", tokens(f"SELECT {text}"))
    if not isinstance(select, exp.Select) or len(select.expressions) != 1 or select.args.get("from_"):
        raise syntax_error("the end of the expression")
    value: exp.Expr = select.expressions[0]
    return value


def translate(statement: exp.Expr, session: Session, typed: bool = True, lasting: bool = False) -> Translated:
    """The statement for DuckDB; without `typed`, as it must be inside a macro, whose arguments have no types yet.

    A `lasting` one is kept in a view or function, and asks who its user is each time that it runs.

    Raises: SqlError
    """
    generators.lower(statement)
    titled(statement)
    for hint in list(statement.find_all(exp.Hint)):
        hint.pop()
    higher_order.lower(statement)
    time_windows.lower(statement)
    ai_calls.lower(statement)
    tables, functions = references.rewrite(statement, session.defaults)
    parameters = _bind(statement, dict(session.parameters))
    for user in list(statement.find_all(exp.CurrentUser, exp.SessionUser)) if lasting else ():
        user.replace(call("caller"))
    meaning(statement, _constants(session), typed)
    return Translated(generate(statement), tables, parameters, functions)


def generate(statement: exp.Expr) -> str:
    """The text for DuckDB.

    Raises: SqlError
    """
    for kind in statement.find_all(exp.DataType):
        if kind.this is exp.DType.VARIANT:  # kept as JSON, which has the same values
            kind.set("this", exp.DType.JSON)
    try:
        return statement.sql("duckdb", unsupported_level=ErrorLevel.RAISE, comments=False)
    except UnsupportedError as error:
        raise unsupported(f"a part of this statement: {error}") from None


def translated(part: exp.Expr) -> str:
    """A part of a statement on its own, such as the expression of a generated column.

    Raises: SqlError
    """
    return translate(exp.Paren(this=part.copy()), NOBODY).sql[1:-1]


def type_for_duck(text: str) -> str:
    """A type of Databricks, by its name, as DuckDB calls it.

    Raises: SqlError
    """
    return generate(_data_type(text))


def _constants(session: Session) -> dict[type[exp.Expr], str]:
    catalog, schema = session.defaults
    return {
        exp.CurrentUser: session.user,
        exp.CurrentTimezone: session.state.setting("TIMEZONE"),
        exp.SessionUser: session.user,
        exp.CurrentCatalog: catalog,
        exp.CurrentSchema: schema,
        exp.CurrentDatabase: schema,
    }


def _data_type(text: str) -> exp.DataType:
    try:
        return exp.DataType.build(text, dialect="databricks")
    except ParseError:
        raise SqlError("UNSUPPORTED_DATATYPE", f"Unsupported data type {text!r}.", "0A000") from None


def _bind(statement: exp.Expr, types: Mapping[str, str]) -> tuple[str, ...]:
    """Gives every parameter marker its type, so that DuckDB binds the value and never sees it as text."""
    used: dict[str, None] = {}
    for marker in list(statement.find_all(exp.Placeholder)):
        name = marker.name
        if name not in types:
            raise SqlError(
                "UNBOUND_SQL_PARAMETER",
                f"Found the unbound parameter: {name}. Please, fix `args` and provide a mapping of the "
                "parameter to either a "
                "SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`.",
                "42P02",
            )
        if types[name].upper() == "VOID":
            marker.replace(exp.Null())
            continue
        marker.replace(exp.Cast(this=exp.Placeholder(this=name), to=_data_type(types[name])))
        used[name] = None
    return tuple(used)


def titled(statement: exp.Expr) -> None:
    """Gives unnamed columns of a query the names that Spark gives them, in place."""
    query = statement.unnest() if isinstance(statement, exp.Subquery) else statement
    while isinstance(query, exp.SetOperation):
        query = query.left.unnest()
    if isinstance(query, exp.Select):
        query.set("expressions", [_titled(column) for column in query.expressions])


def _titled(column: exp.Expr) -> exp.Expr:
    if isinstance(column, _NAMED) or column.is_star:
        return column
    return exp.alias_(column, title(column), quoted=True)


def title(column: exp.Expr) -> str:
    """What Spark calls the column: `count(1)`, `sum(amount)`, `(a + 1)`."""
    if isinstance(column, exp.Explode):
        return "col"
    if isinstance(column, exp.Literal):
        return column.name
    if isinstance(column, exp.CurrentCatalog):
        return "current_catalog()"
    if isinstance(column, exp.Dot):
        return column.name if isinstance(column.expression, exp.Identifier) else column.sql("databricks")
    plain = column.copy().transform(_plain, copy=False)
    text = plain.sql("databricks", normalize_functions="lower", comments=False, unsupported_level=ErrorLevel.IGNORE)
    return (
        f"({text})"
        if isinstance(plain, _ARITHMETIC) and not isinstance(plain, (exp.Paren, exp.Neg, exp.Func))
        else text
    )


def _plain(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
        return exp.Count(this=exp.Literal.number(1))
    if isinstance(node, exp.Column) and not isinstance(node.this, exp.Star):
        return exp.column(exp.to_identifier(node.name))
    if isinstance(node, exp.Placeholder) and node.name.startswith(VARIABLE):
        return exp.column(node.name.removeprefix(VARIABLE))
    return exp.Var(this=node.name) if isinstance(node, exp.Literal) else node
