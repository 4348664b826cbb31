"""GRANT, REVOKE and SHOW GRANTS."""

from mocks.engines.metastore.grants import Grants
from mocks.engines.metastore.names import named
from mocks.engines.metastore.privileges import METASTORE, kind_of, privilege, shown
from mocks.engines.metastore.securables import CATALOG, SCHEMA
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.sql_error import syntax_error

_KINDS = ("CATALOG", *SCHEMA_WORDS, "TABLE", "VIEW", "VOLUME", "FUNCTION", "METASTORE", "MODEL")


class Granting:
    """Answers them from the grants."""

    def __init__(self, grants: Grants) -> None:
        self._grants = grants

    def change(self, words: Words, session: Session, granting: bool) -> Result:
        """GRANT privileges ON securable TO principal, and the reverse."""
        privileges = [self._privilege(words)]
        while words.take(","):
            privileges.append(self._privilege(words))
        kind, name = self._securable(words, session)
        if not words.take("TO" if granting else "FROM"):
            raise syntax_error("the end of the securable", f": {'TO' if granting else 'FROM'} is missing")
        principal = words.principal()
        words.end()
        checked = [privilege(text, kind) for text in privileges]
        add, remove = (checked, []) if granting else ([], checked)
        self._grants.change(session.user, kind, name, principal, add, remove)
        return texts([], [])

    def show(self, words: Words, session: Session) -> Result:
        """SHOW GRANTS [principal] ON securable, with what is inherited."""
        principal = None if words.peek("ON") else words.principal()
        kind, name = self._securable(words, session)
        words.end()
        found = self._grants.on(kind, name, inherited=True)
        rows = [
            [grant.principal, shown(grant.privilege), grant.kind.upper(), grant.name]
            for grant in found
            if principal in (None, grant.principal)
        ]
        return texts(["Principal", "ActionType", "ObjectType", "ObjectKey"], rows)

    def _privilege(self, words: Words) -> str:
        found = []
        while not words.peek("ON", ","):
            found.append(words.word())
        return " ".join(found)

    def _securable(self, words: Words, session: Session) -> tuple[str, str]:
        if not words.take("ON"):
            raise syntax_error("the privileges", ": ON is missing")
        kind = kind_of(words.take(*_KINDS) or "TABLE")
        match kind:
            case "metastore":
                return METASTORE, METASTORE
            case "catalog":
                return CATALOG, words.parts(1)[0].lower()
            case "schema":
                return SCHEMA, ".".join(words.schema(session.defaults))
        return kind, named(words.parts(3), session.defaults).full
