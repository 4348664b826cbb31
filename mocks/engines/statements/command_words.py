"""The words of the statements that sqlglot leaves unparsed, and the results that are made without DuckDB."""

from collections.abc import Sequence

import pyarrow as pa
from sqlglot.tokenizer_core import Token, TokenType

from mocks.engines.metastore.names import Defaults, Name, is_valid, named
from mocks.engines.metastore.tables import Column, Result
from mocks.engines.warehouse.column_types import SqlType
from mocks.engines.warehouse.sql_error import SqlError, invalid_name, syntax_error

SCHEMA_WORDS = ("SCHEMA", "DATABASE")


class Words:
    """The words of a statement, read from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens, self._at = list(tokens), 0

    def take(self, *choices: str) -> str | None:
        """Steps over one of these words, if it comes next."""
        if self._at < len(self._tokens) and self._tokens[self._at].text.upper() in choices:
            self._at += 1
            return self._tokens[self._at - 1].text.upper()
        return None

    def take_all(self, *row: str) -> bool:
        """Steps over these words in a row, if they come next."""
        texts = [token.text.upper() for token in self._tokens[self._at : self._at + len(row)]]
        if texts != list(row):
            return False
        self._at += len(row)
        return True

    def parts(self, most: int) -> list[str]:
        """A dotted name."""
        found = [self._identifier()]
        while len(found) < most and self.take("."):
            found.append(self._identifier())
        return found

    def name(self, defaults: Defaults) -> Name:
        """A full name."""
        return named(self.parts(3), defaults)

    def schema(self, defaults: Defaults) -> tuple[str, str]:
        """A catalog and a schema in it."""
        catalog, schema, _ = named([*self.parts(2), "_"], defaults)
        return catalog, schema

    def peek(self, *choices: str) -> bool:
        """Whether one of these words comes next; the end is none."""
        return self._at < len(self._tokens) and self._tokens[self._at].text.upper() in choices

    def variable(self) -> str:
        """The name of a session variable or temporary view, in small letters, without `session.` before it."""
        return self.parts(3)[-1].lower()

    def word(self) -> str:
        """The next word, whatever it is."""
        return self._next().text

    def principal(self) -> str:
        """A user or group: a word, a name in backticks, or a text; an address may stand without quotes."""
        found = self._next().text
        while self.rest() and self._tokens[self._at].start == self._tokens[self._at - 1].end + 1:
            found += self._next().text
        return found

    def string(self) -> str | None:
        """A text in quotes, or NULL."""
        token = self._next()
        if token.token_type is TokenType.STRING:
            return token.text
        if token.text.upper() == "NULL":
            return None
        raise self._unexpected(token)

    def pairs(self) -> dict[str, str]:
        """`('header' = 'true', …)`, the names in small letters."""
        found: dict[str, str] = {}
        if not self.take("("):
            raise self._unexpected(self._next())
        while not self.take(")"):
            name = (self.string() or "").lower()
            self.take("=")
            found[name] = self.string() or ""
            self.take(",")
        return found

    def strings(self) -> list[str]:
        """`('a', 'b')`."""
        found = []
        if not self.take("("):
            raise self._unexpected(self._next())
        while not self.take(")"):
            found.append((self.string() or "").lower())
            self.take(",")
        return found

    def rest(self) -> list[Token]:
        """What has not been read."""
        return self._tokens[self._at :]

    def end(self) -> None:
        """Nothing may follow."""
        if self.rest():
            raise self._unexpected(self._tokens[self._at])

    def _identifier(self) -> str:
        text = self._next().text
        if not is_valid(text):
            raise invalid_name(text)
        return text

    def _next(self) -> Token:
        if self._at == len(self._tokens):
            raise syntax_error("end of input")
        self._at += 1
        return self._tokens[self._at - 1]

    @staticmethod
    def _unexpected(token: Token) -> SqlError:
        return syntax_error(f"'{token.text}'", f" (line {token.line}, pos {token.col})")


def texts(names: Sequence[str], rows: Sequence[Sequence[str | bool | None]]) -> Result:
    """A result of texts and truth values, made here rather than by DuckDB."""
    flags = [any(isinstance(row[at], bool) for row in rows) for at in range(len(names))]
    columns = tuple(
        Column(name, SqlType("BOOLEAN" if flag else "STRING")) for name, flag in zip(names, flags, strict=True)
    )
    arrays = [pa.array([row[at] for row in rows], pa.bool_() if flag else pa.string()) for at, flag in enumerate(flags)]
    return Result(columns, pa.table(arrays, names=list(names)))
