"""Names of Unity Catalog: three levels, case-insensitive, and where they lie in DuckDB."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_FORBIDDEN = re.compile(r"[./\x00-\x20\x7f]")
LONGEST = 255


class Defaults(NamedTuple):
    """The catalog and schema that complete a short name."""

    catalog: str = "main"
    schema: str = "default"


class Name(NamedTuple):
    """A table, view, volume or function."""

    catalog: str
    schema: str
    object: str

    @property
    def full(self) -> str:
        """`main.sales.orders`."""
        return f"{self.catalog}.{self.schema}.{self.object}"

    @property
    def namespace(self) -> str:
        """The DuckDB schema, whose name holds a dot."""
        return f"{self.catalog}.{self.schema}"

    @property
    def duck(self) -> str:
        """Quoted for DuckDB."""
        return f"{quoted(self.namespace)}.{quoted(self.object)}"

    @property
    def shown(self) -> str:
        """Quoted as the messages of Databricks show it."""
        return backticked(*self)


def named(parts: Sequence[str], defaults: Defaults) -> Name:
    """The full name; Unity Catalog keeps names in lower case."""
    catalog, schema, *_ = (*defaults, "")
    given = [part.lower() for part in parts]
    return Name(*([catalog.lower(), schema.lower()][: 3 - len(given)] + given))


def is_valid(name: str) -> bool:
    """Whether Unity Catalog would take it: no period, slash, space or control character."""
    return 0 < len(name) <= LONGEST and not _FORBIDDEN.search(name)


def quoted(identifier: str) -> str:
    """An identifier for DuckDB."""
    return '"' + identifier.replace('"', '""') + '"'


def backticked(*parts: str) -> str:
    """A dotted name for Databricks."""
    return ".".join("`" + part.replace("`", "``") + "`" for part in parts)


def literal(text: str | None) -> str:
    """A string, or NULL, for DuckDB."""
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"
