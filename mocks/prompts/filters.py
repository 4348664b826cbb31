"""Filters of prompt searches, put into the words of MLflow's registry."""

import re

from mocks.core.errors import InvalidParameterValue

_AND = re.compile(r"\s+AND\s+", re.IGNORECASE)
_NAME = re.compile(r"""name\s*(=|LIKE|ILIKE)\s*(?:'([^']*)'|"([^"]*)")""", re.IGNORECASE)
_TAG = re.compile(r"""tags?\.(?:`[^`]+`|"[^"]+"|[\w.]+)\s*(?:=|!=|LIKE|ILIKE)\s*(?:'[^']*'|"[^"]*")""", re.IGNORECASE)


def prefixed(condition: str | None, prefix: str, inside: str) -> list[str]:
    """The clauses of a filter; a name without its schema, and the first part of a pattern, is one inside the schema.

    Raises: InvalidParameterValue
    """
    return [_clause(clause.strip(), prefix, inside) for clause in _AND.split(condition or "") if clause.strip()]


def _clause(clause: str, prefix: str, inside: str) -> str:
    if _TAG.fullmatch(clause):
        return clause
    found = _NAME.fullmatch(clause)
    if found is None:
        raise InvalidParameterValue(
            f"The filter '{clause}' is not understood: prompts are found by name (=, LIKE, ILIKE) and by tags.<key>."
        )
    operator, single, double = found.groups()
    name = single if single is not None else double
    whole = name if name.startswith(inside) else inside + name
    return f"name {operator.upper()} '{prefix}{whole}'"
