"""The statements that sqlglot leaves unparsed: SHOW, DESCRIBE, USE, EXPLAIN, and those on catalogs and volumes."""

import fnmatch
from collections.abc import Callable, Sequence

import pyarrow as pa
from sqlglot.tokenizer_core import Token, TokenType

from mocks.engines.column_types import SqlType
from mocks.engines.dialect import Session
from mocks.engines.duck import Run
from mocks.engines.metastore import Metastore
from mocks.engines.names import Defaults, Name, is_valid, named
from mocks.engines.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME, Description
from mocks.engines.sql_error import SqlError, invalid_name, syntax_error, unsupported
from mocks.engines.table_catalog import TableCatalog
from mocks.engines.tables import Column, Result, TableInfo

_FIRST = {"SHOW", "DESCRIBE", "DESC", "USE", "EXPLAIN", "COMMENT"}
_PAIRS = {(verb, noun) for verb in ("CREATE", "DROP", "ALTER") for noun in ("CATALOG", "VOLUME")}
_READS = {"SHOW", "DESCRIBE", "DESC", "EXPLAIN"}
_SCHEMA = ("SCHEMA", "DATABASE")


def handles(words: Sequence[Token]) -> bool:
    """Whether the statement is one of these."""
    texts = [word.text.upper() for word in words[:2]]
    return texts[0] in _FIRST or tuple(texts) in _PAIRS


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

    def string(self) -> str | None:
        """A text in quotes, or NULL."""
        token = self._next()
        if token.token_type is TokenType.STRING:
            return token.text
        if token.text.upper() == "NULL":
            return None
        raise self._unexpected(token)

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


class Commands:
    """Answers them from the metastore."""

    def __init__(self, metastore: Metastore, tables: TableCatalog, explain: Callable[..., str]) -> None:
        self._metastore, self._tables, self._explain = metastore, tables, explain

    def plan(self, tokens: Sequence[Token], session: Session, read_only: bool) -> Callable[[Run], Result]:
        """What runs the command.

        Raises: SqlError
        """
        words = Words(tokens)
        verb = words.take(*_FIRST, "CREATE", "DROP", "ALTER")
        if read_only and verb not in _READS:
            raise SqlError("READ_ONLY_STATEMENT", "Only queries can be run here; nothing was changed.", "25006")
        match verb:
            case "SHOW":
                return lambda _: self._show(words, session)
            case "DESCRIBE" | "DESC":
                return lambda _: self._describe(words, session)
            case "USE":
                return lambda _: self._use(words, session)
            case "COMMENT":
                return lambda _: self._comment(words, session)
            case "EXPLAIN":
                words.take("EXTENDED", "FORMATTED")
                return lambda asked: texts(["plan"], [[self._explain(words.rest(), session, asked)]])
        return lambda _: self._change(str(verb), words, session)

    def _show(self, words: Words, session: Session) -> Result:
        words.take("USER", "ALL")
        match words.take("CATALOGS", "SCHEMAS", "DATABASES", "TABLES", "VIEWS", "COLUMNS", "VOLUMES", "FUNCTIONS"):
            case "CATALOGS":
                found = [record.name for record in self._metastore.within(CATALOG)]
                return texts(["catalog"], [[name] for name in self._like(words, found)])
            case "SCHEMAS" | "DATABASES":
                catalog = (words.parts(1)[0] if words.take("IN", "FROM") else session.defaults.catalog).lower()
                found = [record.name.partition(".")[2] for record in self._metastore.within(SCHEMA, catalog)]
                return texts(["databaseName"], [[name] for name in self._like(words, found)])
            case "TABLES":
                return self._show_tables(words, session)
            case "VIEWS":
                return self._show_views(words, session)
            case "COLUMNS":
                words.take("IN", "FROM")
                table = self._tables.table(words.name(session.defaults))
                return texts(["col_name"], [[column.name] for column in table.columns])
            case "VOLUMES":
                schema, names = self._objects(VOLUME, words, session)
                return texts(["database", "volume_name"], [[schema, name] for name in names])
            case "FUNCTIONS":
                schema, names = self._objects(FUNCTION, words, session)
                return texts(["function"], [[f"{schema}.{name}"] for name in names])
        raise unsupported("this form of SHOW")

    def _show_tables(self, words: Words, session: Session) -> Result:
        schema, names = self._objects(TABLE, words, session)
        return texts(["database", "tableName", "isTemporary"], [[schema, name, False] for name in names])

    def _show_views(self, words: Words, session: Session) -> Result:
        schema = self._schema(words, session)
        tables = self._tables.tables(*schema)
        views = self._like(words, [table.name.object for table in tables if table.table_type == "VIEW"])
        names = ["namespace", "viewName", "isTemporary", "isMaterialized"]
        return texts(names, [[schema[1], view, False, False] for view in views])

    def _objects(self, kind: str, words: Words, session: Session) -> tuple[str, list[str]]:
        schema = self._schema(words, session)
        found = [record.name.rpartition(".")[2] for record in self._metastore.within(kind, ".".join(schema))]
        return schema[1], self._like(words, found)

    def _schema(self, words: Words, session: Session) -> tuple[str, str]:
        return words.schema(session.defaults) if words.take("IN", "FROM") else session.defaults

    def _like(self, words: Words, names: Sequence[str]) -> list[str]:
        """`LIKE 'a*|b*'`, the pattern of SHOW."""
        words.take("LIKE")
        patterns = (words.string() or "").lower().split("|") if words.rest() else ["*"]
        words.end()
        return [name for name in names if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)]

    def _describe(self, words: Words, session: Session) -> Result:
        if words.take("CATALOG"):
            record = self._metastore.get(CATALOG, words.parts(1)[0])
            return _pairs([("Catalog Name", record.name), ("Comment", record.comment or ""), ("Owner", record.owner)])
        if words.take(*_SCHEMA):
            words.take("EXTENDED")
            catalog, schema = words.schema(session.defaults)
            record = self._metastore.get(SCHEMA, f"{catalog}.{schema}")
            told = [("Catalog Name", catalog), ("Namespace Name", schema), ("Comment", record.comment or "")]
            return _pairs([*told, ("Owner", record.owner)])
        if words.take("FUNCTION", "QUERY", "HISTORY", "DETAIL", "VOLUME"):
            raise unsupported("this form of DESCRIBE")
        words.take("TABLE")
        extended = words.take("EXTENDED", "FORMATTED")
        table = self._tables.table(words.name(session.defaults))
        words.end()
        rows = [[column.name, column.type_text, column.comment] for column in table.columns]
        return texts(["col_name", "data_type", "comment"], rows + (_details(table) if extended else []))

    def _use(self, words: Words, session: Session) -> Result:
        """Checks the name; a statement is a session of its own, so it changes nothing for the next one."""
        if words.take("CATALOG"):
            self._metastore.get(CATALOG, words.parts(1)[0])
        else:
            words.take(*_SCHEMA)
            catalog, schema = words.schema(session.defaults)
            self._metastore.get(SCHEMA, f"{catalog}.{schema}")
        words.end()
        return texts([], [])

    def _comment(self, words: Words, session: Session) -> Result:
        words.take("ON")
        kind = words.take("CATALOG", *_SCHEMA, "TABLE", "VOLUME", "COLUMN")
        parts = words.parts(4)
        if not words.take("IS"):
            raise syntax_error("'COMMENT'", ": IS is missing")
        comment = words.string()
        words.end()
        match kind, len(parts):
            case "CATALOG", 1:
                self._metastore.change(CATALOG, parts[0], comment=comment)
            case "SCHEMA" | "DATABASE", 1 | 2:
                self._metastore.change(SCHEMA, ".".join(named([*parts, "_"], session.defaults)[:2]), comment=comment)
            case "COLUMN", 2 | 3 | 4:
                self._tables.comment_on_column(named(parts[:-1], session.defaults), parts[-1], comment)
            case "TABLE" | "VOLUME", 1 | 2 | 3:
                self._metastore.change(str(kind).lower(), named(parts, session.defaults).full, comment=comment)
            case _:
                raise unsupported("this form of COMMENT ON")
        return texts([], [])

    def _change(self, verb: str, words: Words, session: Session) -> Result:
        kind = words.take("CATALOG", "VOLUME")
        if verb == "ALTER":
            raise unsupported(f"ALTER {kind}")
        if_missing, if_there = words.take_all("IF", "NOT", "EXISTS"), words.take_all("IF", "EXISTS")
        volume = words.name(session.defaults) if kind == "VOLUME" else None
        catalog = "" if volume else words.parts(1)[0]
        if verb == "CREATE":
            told = Description(comment=words.string() if words.take("COMMENT") else None)
            words.end()
            self._create(volume, catalog, told, if_missing)
        else:
            cascade = words.take("CASCADE", "RESTRICT") == "CASCADE"
            words.end()
            self._drop(volume, catalog, cascade, if_there)
        return texts([], [])

    def _create(self, volume: Name | None, catalog: str, told: Description, if_missing: bool) -> None:
        if volume:
            self._metastore.create_volume(volume, told, if_missing)
        else:
            self._metastore.create_catalog(catalog, told, if_missing)

    def _drop(self, volume: Name | None, catalog: str, cascade: bool, if_there: bool) -> None:
        if if_there and not self._metastore.exists(VOLUME if volume else CATALOG, volume.full if volume else catalog):
            return
        if volume:
            self._metastore.drop_volume(volume)
        else:
            self._metastore.drop_catalog(catalog, cascade)


def texts(names: Sequence[str], rows: Sequence[Sequence[str | bool | None]]) -> Result:
    """A result of texts and truth values, made here rather than by DuckDB."""
    flags = [any(isinstance(row[at], bool) for row in rows) for at in range(len(names))]
    columns = tuple(
        Column(name, SqlType("BOOLEAN" if flag else "STRING")) for name, flag in zip(names, flags, strict=True)
    )
    arrays = [pa.array([row[at] for row in rows], pa.bool_() if flag else pa.string()) for at, flag in enumerate(flags)]
    return Result(columns, pa.table(arrays, names=list(names)))


def _pairs(rows: Sequence[tuple[str, str]]) -> Result:
    return texts(["info_name", "info_value"], rows)


def _details(table: TableInfo) -> list[list[str | None]]:
    rows = [
        ("", ""),
        ("# Detailed Table Information", ""),
        ("Catalog", table.name.catalog),
        ("Database", table.name.schema),
    ]
    rows += [("Table", table.name.object), ("Owner", table.record.owner), ("Type", table.table_type)]
    rows += [("Comment", table.comment or ""), ("Provider", str(table.record.details.get("format") or ""))]
    return [[name, value, ""] for name, value in rows]
