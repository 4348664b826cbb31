"""`IDENTIFIER(…)`: a name that comes in a text or in a parameter."""

import re
from collections.abc import Mapping

from mocks.engines.names import backticked
from mocks.engines.sql_error import SqlError

_IDENTIFIER = re.compile(r"\bidentifier\s*\(\s*(?::(\w+)|'([^']*)')\s*\)", re.I)


def with_identifiers(statement: str, values: Mapping[str, str | None]) -> str:
    """The statement with the names that `IDENTIFIER(…)` is told in texts and parameters.

    Raises: SqlError
    """

    def named(found: re.Match[str]) -> str:
        told = values.get(found[1]) if found[1] else found[2]
        if told is None:
            raise SqlError("UNBOUND_SQL_PARAMETER", f"Found the unbound parameter: {found[1]}.", "42P02")
        return ".".join(backticked(part.strip("`")) for part in told.split("."))

    return _IDENTIFIER.sub(named, statement) if "identifier" in statement.lower() else statement
