"""Filters: the dictionary form of the standard endpoints and the SQL form of the storage-optimized ones."""

import json
import re
from dataclasses import dataclass
from typing import Any

from mocks.core.errors import InvalidParameterValue

_OPERATOR = re.compile(r"^(?P<column>.+?)\s+(?P<operator>NOT LIKE|LIKE|NOT|<=|>=|<|>)$", re.IGNORECASE)


@dataclass(frozen=True)
class Condition:
    """A condition over the stored rows, with its values bound."""

    sql: str
    values: tuple[Any, ...]


def condition(filters_json: str | None, filter_string: str | None, columns: set[str]) -> Condition | None:
    """The filter of a query; both forms together must hold.

    Raises: InvalidParameterValue
    """
    parts = []
    if filters_json:
        parts += [_entry(key, value, columns) for key, value in _parsed(filters_json).items()]
    if filter_string:
        from mocks.vector_search.sql_filters import parse

        parts.append(parse(filter_string, columns))
    return joined(parts, "AND") if parts else None


def _parsed(filters_json: str) -> dict[str, Any]:
    try:
        filters = json.loads(filters_json)
    except ValueError as error:
        raise InvalidParameterValue(f"filters_json is not valid JSON: {error}") from None
    if not isinstance(filters, dict):
        raise InvalidParameterValue("filters_json must be a JSON object.")
    return filters


def _entry(key: str, value: Any, columns: set[str]) -> Condition:
    names = re.split(r"\s+OR\s+", key)
    if len(names) > 1:
        values = value if isinstance(value, list) and len(value) == len(names) else None
        if values is None:
            raise InvalidParameterValue(f"The filter '{key}' wants a list with one value for each of its columns.")
        return joined([_entry(name, one, columns) for name, one in zip(names, values, strict=True)], "OR")
    found = _OPERATOR.match(key.strip())
    column, operator = (found["column"], found["operator"].upper()) if found else (key.strip(), "")
    return compared(path_of(column, columns), operator, value)


def compared(path: str, operator: str, value: Any) -> Condition:
    """The column compared with a value, or with each of a list."""
    match operator:
        case "" | "NOT":
            values = value if isinstance(value, list) else [value]
            marks = ", ".join("?" * len(values))
            inside = Condition(f"{path} IN ({marks})", tuple(_bound(v) for v in values))
            return inside if not operator else Condition(f"NOT coalesce({inside.sql}, 0)", inside.values)
        case "LIKE" | "NOT LIKE":
            # As the real service documents it: the value is one of the words of the column, split at white space.
            like = Condition(
                f"(' ' || lower({path}) || ' ') LIKE ? ESCAPE '\\'", (f"% {_escaped(str(value).lower())} %",)
            )
            return like if operator == "LIKE" else Condition(f"NOT coalesce({like.sql}, 0)", like.values)
    return Condition(f"{path} {operator} ?", (_bound(value),))


def path_of(column: str, columns: set[str]) -> str:
    """Where a stored row has the column."""
    if column not in columns:
        raise InvalidParameterValue(f"The filter names the column '{column}', which the index does not have.")
    quoted = column.replace('"', '\\"').replace("'", "''")
    return f"json_extract(rows.body, '$.\"{quoted}\"')"


def _bound(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise InvalidParameterValue("A filter compares with a text, a number or a truth value.")


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def joined(parts: list[Condition], word: str) -> Condition:
    """The conditions, put together."""
    sql = f" {word} ".join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))
