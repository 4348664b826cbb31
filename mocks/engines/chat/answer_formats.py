"""The form of an answer as `ai_query` takes it: a type in SQL's words, or the JSON of a `response_format`."""

import json
from typing import Any

from sqlglot import exp
from sqlglot.errors import ParseError

from mocks.engines.warehouse.sql_error import SqlError

_NUMBERS = {exp.DType.FLOAT, exp.DType.DOUBLE, exp.DType.DECIMAL}
_INTEGERS = {exp.DType.TINYINT, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT}


def as_json_schema(told: str) -> str:
    """The `response_format` as JSON; `STRUCT<name: STRUCT<…>>` names the form and tells its fields.

    Raises: SqlError
    """
    if told.lstrip().upper().startswith("STRUCT<"):
        return json.dumps({"type": "json_schema", "json_schema": _named_schema(told)})
    try:
        form = json.loads(told)
    except ValueError:
        raise _wrong(told) from None
    if not isinstance(form, dict):
        raise _wrong(told)
    return told


def _named_schema(told: str) -> dict[str, Any]:
    try:
        kind = exp.DataType.build(told, dialect="databricks")
    except ParseError:
        raise _wrong(told) from None
    if len(kind.expressions) != 1:  # docs: functions/ai_query, "exactly one top-level field"
        raise _wrong(told)
    [field] = kind.expressions
    return {"name": field.name, "schema": _schema(field.args["kind"]), "strict": True}


def _schema(kind: exp.DataType) -> dict[str, Any]:
    if kind.this is exp.DType.STRUCT:
        fields = {field.name: _schema(field.args["kind"]) for field in kind.expressions}
        return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    if kind.this is exp.DType.ARRAY:
        return {"type": "array", "items": _schema(kind.expressions[0])}
    if kind.this is exp.DType.MAP:
        return {"type": "object", "additionalProperties": _schema(kind.expressions[1])}
    if kind.this is exp.DType.BOOLEAN:
        return {"type": "boolean"}
    return {"type": "integer" if kind.this in _INTEGERS else "number" if kind.this in _NUMBERS else "string"}


def _wrong(told: str) -> SqlError:
    text = (
        f"The responseFormat of ai_query is neither a STRUCT with one top-level field nor a JSON object: {told[:200]}"
    )
    return SqlError("AI_FUNCTION_INVALID_RESPONSE_FORMAT", text, "22023")
