"""`IDENTIFIER(…)`: a name that comes in a text, in a parameter, or in any constant expression."""

import re
from collections.abc import Callable, Mapping

from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.names import backticked
from mocks.engines.translating import dialect
from mocks.engines.warehouse.sql_error import SqlError

_CALL = re.compile(r"\bidentifier\s*\(", re.I)
_PARAMETER, _TEXT = re.compile(r"\s*:(\w+)\s*"), re.compile(r"\s*'([^']*)'\s*")


def with_identifiers(statement: str, values: Mapping[str, str | None], evaluate: Callable[[str], str | None]) -> str:
    """The statement with the names that `IDENTIFIER(…)` is told; `evaluate` gives the text of an expression.

    Raises: SqlError
    """
    if not _CALL.search(statement):
        return statement
    parts, done = [], 0
    words = dialect.tokens(statement) if "?" not in statement else []
    for start, end in _calls(statement, words):
        if start >= done:
            parts += [statement[done:start], _named(statement[start:end], values, evaluate)]
            done = end
    return "".join([*parts, statement[done:]])


def _calls(statement: str, words: list[Token]) -> list[tuple[int, int]]:
    """Where the calls begin and end."""
    if not words:  # positions of `?` shift the words
        return [found.span() for found in re.finditer(r"\bidentifier\s*\([^()]*\)", statement, re.I)]
    found = []
    for at, word in enumerate(words[:-1]):
        if word.text.lower() == "identifier" and words[at + 1].text == "(":
            depth = 0
            for other in words[at + 1 :]:
                depth += {"(": 1, ")": -1}.get(other.text, 0)
                if depth == 0:
                    found.append((word.start, other.end + 1))
                    break
    return found


def _named(call: str, values: Mapping[str, str | None], evaluate: Callable[[str], str | None]) -> str:
    inside = call[call.index("(") + 1 : -1]
    parameter, text = _PARAMETER.fullmatch(inside), _TEXT.fullmatch(inside)
    if parameter:
        told = values.get(parameter[1])
        if told is None:
            raise SqlError("UNBOUND_SQL_PARAMETER", f"Found the unbound parameter: {parameter[1]}.", "42P02")
    else:
        told = text[1] if text else evaluate(inside)
    if told is None:
        text_ = f"The expression {inside.strip()} used for the routine or clause IDENTIFIER is NULL."
        raise SqlError("NOT_A_CONSTANT_STRING.NULL", text_, "42601")
    return ".".join(backticked(part.strip("`")) for part in told.split("."))
