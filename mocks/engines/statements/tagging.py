"""ALTER of what a record holds: SET TAGS and UNSET TAGS, OWNER TO, UNSET TBLPROPERTIES."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlglot.tokenizer_core import Token

from mocks.engines.metastore.grants import Grants, Need
from mocks.engines.metastore.names import named
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, VOLUME
from mocks.engines.metastore.tables import Result
from mocks.engines.statements.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.sql_error import SqlError, unsupported

_CHANGED = {("SET", "TAGS"), ("UNSET", "TAGS"), ("OWNER", "TO"), ("UNSET", "TBLPROPERTIES")}
_KINDS = {
    "CATALOG": CATALOG,
    "TABLE": TABLE,
    "VIEW": TABLE,
    "VOLUME": VOLUME,
    "FUNCTION": FUNCTION,
    **dict.fromkeys(SCHEMA_WORDS, SCHEMA),
}


def is_tagging(words: Sequence[Token]) -> bool:
    """Whether the statement changes tags, owner or properties."""
    texts = [word.text.upper() for word in words]
    return texts[0] == "ALTER" and any(pair in _CHANGED for pair in pairwise(texts))


class Tagging:
    """Keeps tags with the thing that they are on."""

    def __init__(self, metastore: Metastore, grants: Grants) -> None:
        self._metastore, self._grants = metastore, grants

    def change(self, words: Words, session: Session) -> Result:
        """Sets or takes away the tags."""
        kind, name = self._securable(words, session)
        column = words.parts(1)[0] if words.take_all("ALTER", "COLUMN") or words.take("COLUMN") else None
        setting = words.take("SET", "UNSET") == "SET"
        if words.take_all("OWNER", "TO"):
            return self._give(kind, name, words, session)
        if words.take("TBLPROPERTIES") and kind == TABLE:
            return self._forget(name, words, session)
        if not words.take("TAGS"):
            raise unsupported(f"this form of ALTER {kind.upper()}")
        told = words.pairs() if setting else dict.fromkeys(words.strings(), "")
        words.end()
        self._grants.require_all(session.user, [Need("APPLY_TAG", kind, name)])
        details = dict(self._metastore.get(kind, name).details)
        if column is None:
            details["tags"] = _changed(details.get("tags", {}), told, setting)
        else:
            columns = dict(details.get("column_tags", {}))
            columns[column.lower()] = _changed(columns.get(column.lower(), {}), told, setting)
            details["column_tags"] = columns
        self._metastore.change(kind, name, details=details)
        return texts([], [])

    def _give(self, kind: str, name: str, words: Words, session: Session) -> Result:
        owner = words.principal()
        words.end()
        self._grants.require_all(session.user, [Need("MANAGE", kind, name)])
        self._metastore.change(kind, name, owner=owner)
        return texts([], [])

    def _forget(self, name: str, words: Words, session: Session) -> Result:
        is_lenient, keys = words.take_all("IF", "EXISTS"), words.strings()
        words.end()
        self._grants.require_all(session.user, [Need("MODIFY", TABLE, name)])
        properties = self._metastore.get(TABLE, name).properties
        missing = [key for key in keys if key not in properties]
        if missing and not is_lenient:
            raise SqlError("UNSET_NONEXISTENT_PROPERTIES", f"The table has no property '{missing[0]}'.", "42K0J")
        self._metastore.change(TABLE, name, properties={k: v for k, v in properties.items() if k not in keys})
        return texts([], [])

    def _securable(self, words: Words, session: Session) -> tuple[str, str]:
        kind = _KINDS.get(words.take(*_KINDS) or "")
        if kind is None:
            raise unsupported("tags on anything but catalogs, schemas, tables, views, volumes and columns")
        if kind == CATALOG:
            return kind, words.parts(1)[0].lower()
        if kind == SCHEMA:
            return kind, ".".join(words.schema(session.defaults))
        return kind, named(words.parts(3), session.defaults).full


def _changed(tags: dict[str, Any], told: dict[str, str], setting: bool) -> dict[str, Any]:
    if setting:
        return tags | told
    return {name: value for name, value in tags.items() if name not in told}
