"""The rows that are written into a direct-access index, and how a scan shows rows."""

import json
import math
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.vector_search.wire import DirectAccessSpec


def inputs(inputs_json: str) -> list[dict[str, Any]]:
    """The rows of a write.

    Raises: InvalidParameterValue
    """
    try:
        rows = json.loads(inputs_json)
    except ValueError as error:
        raise InvalidParameterValue(f"inputs_json is not valid JSON: {error}") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidParameterValue("inputs_json must be a JSON list of objects.")
    return rows


def key_of(row: dict[str, Any], primary_key: str) -> str:
    """The row's primary key.

    Raises: InvalidParameterValue
    """
    if row.get(primary_key) is None:
        raise InvalidParameterValue(f"A row has no primary key '{primary_key}'.")
    return str(row[primary_key])


def checked_row(row: dict[str, Any], spec: DirectAccessSpec, dimension: int) -> dict[str, Any]:
    """The row, if it has only known columns and a vector of the right length.

    Raises: InvalidParameterValue
    """
    known = set(json.loads(spec.schema_))
    unknown = [name for name in row if name not in known]
    if unknown:
        raise InvalidParameterValue(f"The index has no column {', '.join(unknown)}.")
    vector = row.get(spec.embedding_vector_columns[0].name)
    if not isinstance(vector, list) or len(vector) != dimension or not all(_is_number(x) for x in vector):
        raise InvalidParameterValue(f"Each row needs a vector of {dimension} finite numbers.")
    return row


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def proto_value(value: Any) -> dict[str, Any]:
    """The value as a protobuf `Value` in JSON."""
    match value:
        case bool():
            return {"bool_value": value}
        case int() | float():
            return {"number_value": value}
        case list():
            return {"list_value": {"values": [proto_value(item) for item in value]}}
        case dict():
            return {"struct_value": {"fields": [{"key": k, "value": proto_value(v)} for k, v in value.items()]}}
        case None:
            return {}
    return {"string_value": str(value)}
