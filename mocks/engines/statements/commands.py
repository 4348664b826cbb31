"""The statements that sqlglot leaves unparsed: SHOW, DESCRIBE, USE, EXPLAIN, and those on catalogs and volumes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.names import Defaults, Name, literal, named
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.privileges import METASTORE
from mocks.engines.metastore.securables import CATALOG, SCHEMA, TABLE, VOLUME, Description
from mocks.engines.metastore.table_catalog import TableCatalog
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.statements.describing import Describing
from mocks.engines.statements.granting import Granting
from mocks.engines.statements.registered_files import Copying
from mocks.engines.statements.showing import Showing
from mocks.engines.statements.tagging import Tagging, is_tagging
from mocks.engines.statements.upkeep import FIRST, Upkeep, refreshed
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.duck import Run
from mocks.engines.warehouse.sql_error import SqlError, syntax_error, unsupported

_FIRST = {"SHOW", "DESCRIBE", "DESC", "USE", "EXPLAIN", "COMMENT", "GRANT", "REVOKE", "COPY", "RESTORE"} | FIRST
_PAIRS = {(verb, noun) for verb in ("CREATE", "DROP", "ALTER") for noun in ("CATALOG", "VOLUME")}
_CREATE_CATALOG = Need("CREATE_CATALOG", METASTORE, METASTORE)
_READS = {"SHOW", "DESCRIBE", "DESC", "EXPLAIN"}


def handles(words: Sequence[Token]) -> bool:
    """Whether the statement is one of these."""
    texts = [word.text.upper() for word in words[:2]]
    if refreshed(words) == "TABLE":
        return True
    return is_tagging(words) or texts[0] in _FIRST or tuple(texts) in _PAIRS


class Commands:
    """Answers them from the metastore."""

    def __init__(
        self,
        metastore: Metastore,
        tables: TableCatalog,
        grants: Grants,
        explain: Callable[..., str],
        shape: Callable[[Sequence[Token], Session, Run], Result],
        copying: Copying,
    ) -> None:
        self._metastore, self._tables, self._explain = metastore, tables, explain
        self._grants, self._granting, self._copying = grants, Granting(grants), copying
        self._tagging = Tagging(metastore, grants)
        self._showing = Showing(metastore, tables, grants)
        self._describing = Describing(metastore, tables, grants, shape)
        self._upkeep = Upkeep(tables, grants)

    def plan(self, tokens: Sequence[Token], session: Session, read_only: bool) -> Callable[[Run], Result]:
        """What runs the command.

        Raises: SqlError
        """
        words = Words(tokens)
        verb = words.take(*_FIRST, "CREATE", "DROP", "ALTER", "REFRESH")
        if read_only and verb not in _READS:
            raise SqlError("READ_ONLY_STATEMENT", "Only queries can be run here; nothing was changed.", "25006")
        alone = {"USE": self._use, "COMMENT": self._comment, "RESTORE": self._restore, "REFRESH": self._refresh}
        lone = alone.get(str(verb))
        if lone is not None:
            return lambda _: lone(words, session)
        if verb in FIRST:
            return lambda _: self._upkeep.run(str(verb), words, session)
        match verb:
            case "SHOW":
                if words.take("GRANTS", "GRANT"):
                    return lambda _: self._granting.show(words, session)
                return lambda _: self._showing.show(words, session)
            case "GRANT" | "REVOKE":
                return lambda _: self._granting.change(words, session, verb == "GRANT")
            case "DESCRIBE" | "DESC":
                return lambda asked: self._describing.describe(words, session, asked)
            case "COPY":
                return lambda asked: self._copying.copy(words, session, asked)
            case "EXPLAIN":
                words.take("EXTENDED", "FORMATTED")
                return lambda asked: texts(["plan"], [[self._explain(words.rest(), session, asked)]])
        return lambda _: self._change(str(verb), words, session)

    def _use(self, words: Words, session: Session) -> Result:
        """Checks the name; a session that remembers takes it from the result, a lone statement has none."""
        if words.take("CATALOG"):
            record = self._metastore.get(CATALOG, words.parts(1)[0])
            place = Defaults(record.name, "default")
        else:
            words.take(*SCHEMA_WORDS)
            place = Defaults(*words.schema(session.defaults))
            self._metastore.get(SCHEMA, ".".join(place))
        words.end()
        return replace(texts([], []), defaults=place)

    def _refresh(self, words: Words, session: Session) -> Result:
        """There is no cache to refresh; the table must be there."""
        words.take("TABLE")
        name = words.name(session.defaults)
        words.end()
        self._tables.table(name)
        self._grants.require_all(session.user, [Need("SELECT", TABLE, name.full)])
        return texts([], [])

    def _restore(self, words: Words, session: Session) -> Result:
        words.take("TABLE")
        name = words.name(session.defaults)
        words.take("TO")
        by_time = words.take("VERSION", "TIMESTAMP") == "TIMESTAMP"
        if not words.take_all("AS", "OF"):
            raise syntax_error("the table", ": VERSION AS OF or TIMESTAMP AS OF is missing")
        told = words.word()
        words.end()
        self._grants.require_all(session.user, [Need("MODIFY", TABLE, name.full)])
        moment = f"CAST({literal(told)} AS TIMESTAMPTZ)" if by_time else None
        self._tables.restore(name, None if by_time else told, moment, session.user)
        return texts([], [])

    def _comment(self, words: Words, session: Session) -> Result:
        words.take("ON")
        kind = words.take("CATALOG", *SCHEMA_WORDS, "TABLE", "VOLUME", "COLUMN")
        parts = words.parts(4)
        if not words.take("IS"):
            raise syntax_error("'COMMENT'", ": IS is missing")
        comment = words.string()
        words.end()
        self._grants.require_all(session.user, [_commented(kind, parts, session)])
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
        if verb == "ALTER":
            return self._tagging.change(words, session)
        kind = words.take("CATALOG", "VOLUME")
        if_missing, if_there = words.take_all("IF", "NOT", "EXISTS"), words.take_all("IF", "EXISTS")
        volume = words.name(session.defaults) if kind == "VOLUME" else None
        catalog = "" if volume else words.parts(1)[0]
        if verb == "CREATE":
            comment = words.string() if words.take("COMMENT") else None
            told = Description(comment, owner=session.user)
            words.end()
            need = Need("CREATE_VOLUME", SCHEMA, volume.namespace) if volume else _CREATE_CATALOG
            self._grants.require_all(session.user, [need])
            self._create(volume, catalog, told, if_missing)
        else:
            cascade = words.take("CASCADE", "RESTRICT") == "CASCADE"
            words.end()
            need = Need("MANAGE", VOLUME, volume.full) if volume else Need("MANAGE", CATALOG, catalog.lower())
            self._grants.require_all(session.user, [need])
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


def _commented(kind: str | None, parts: list[str], session: Session) -> Need:
    """What it takes to say something about a thing."""
    if kind == "CATALOG":
        return Need("MANAGE", CATALOG, parts[0].lower())
    if kind in SCHEMA_WORDS:
        return Need("MANAGE", SCHEMA, ".".join(named([*parts, "_"], session.defaults)[:2]))
    name = named(parts[:-1] if kind == "COLUMN" else parts, session.defaults)
    return Need("MANAGE", VOLUME, name.full) if kind == "VOLUME" else Need("MODIFY", TABLE, name.full)
