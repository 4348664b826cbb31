"""ALTER … SET TAGS and UNSET TAGS, on catalogs, schemas, tables, views, volumes and columns."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlglot.tokenizer_core import Token

from mocks.engines.command_words import SCHEMA_WORDS, Words, texts
from mocks.engines.dialect import Session
from mocks.engines.grants import Grants, Need
from mocks.engines.metastore import Metastore
from mocks.engines.names import named
from mocks.engines.securables import CATALOG, SCHEMA, TABLE, VOLUME
from mocks.engines.sql_error import unsupported
from mocks.engines.tables import Result

_KINDS = {"CATALOG": CATALOG, "TABLE": TABLE, "VIEW": TABLE, "VOLUME": VOLUME, **dict.fromkeys(SCHEMA_WORDS, SCHEMA)}


def is_tagging(words: Sequence[Token]) -> bool:
    """Whether the statement changes tags."""
    texts = [word.text.upper() for word in words]
    return texts[0] == "ALTER" and any(pair in (("SET", "TAGS"), ("UNSET", "TAGS")) for pair in pairwise(texts))


class Tagging:
    """Keeps tags with the thing that they are on."""

    def __init__(self, metastore: Metastore, grants: Grants) -> None:
        self._metastore, self._grants = metastore, grants

    def change(self, words: Words, session: Session) -> Result:
        """Sets or takes away the tags."""
        kind, name = self._securable(words, session)
        column = words.parts(1)[0] if words.take_all("ALTER", "COLUMN") or words.take("COLUMN") else None
        setting = words.take("SET", "UNSET") == "SET"
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
