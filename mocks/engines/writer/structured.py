"""Answers in a given form: JSON that validates against a schema, its fields filled from the text."""

import json
import re
from typing import Any

from mocks.engines.writer.arguments import fallback, value_for
from mocks.engines.writer.conversation import Conversation
from mocks.engines.writer.direct import STAND_IN
from mocks.engines.writer.expectation import quantities
from mocks.engines.writer.words import sentences, terms

_ANSWER = re.compile(r"^(?:answer|response|result|output|text|reply|summary|message|content|final_answer)$", re.I)
_WHY = re.compile(r"^(?:reason|reasoning|rationale|explanation|justification|thought|thinking|evidence)s?$", re.I)
_DEEPEST = 12
_SHALLOW = 3


def answer(schema: dict[str, Any], conversation: Conversation, written: str) -> str:
    """The JSON text; without a schema an object that holds the answer."""
    if not schema:
        return json.dumps({"answer": written}, ensure_ascii=False)
    filler = _Filler(schema, conversation.full_question, written)
    return json.dumps(filler.value("", schema, 0), ensure_ascii=False)


class _Filler:
    def __init__(self, root: dict[str, Any], question: str, written: str) -> None:
        self._root, self._question, self._written = root, question, written

    def value(self, name: str, told: Any, depth: int) -> Any:
        """A value that the schema allows; `true` as a schema allows anything."""
        schema = self._resolved(told if isinstance(told, dict) else {})
        if "const" in schema:
            return schema["const"]
        kind = _kind(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(name, schema, depth)
        return self._leaf(name, schema, kind)

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follows references, and takes the first alternative that is not null."""
        for _ in range(_DEEPEST):
            if "$ref" in schema:
                schema = self._referred(str(schema["$ref"]))
            elif options := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
                schema = next((o for o in options if o.get("type") != "null"), options[0])
            else:
                break
        return schema

    def _referred(self, reference: str) -> dict[str, Any]:
        found: Any = self._root
        for part in reference.removeprefix("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        return found if isinstance(found, dict) else {}

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties") or {}
        wanted = (
            properties
            if depth < _DEEPEST
            else {n: properties[n] for n in schema.get("required") or () if n in properties}
        )
        return (
            {name: self.value(name, told, depth + 1) for name, told in wanted.items()} if depth < 2 * _DEEPEST else {}
        )

    def _array(self, name: str, schema: dict[str, Any], depth: int) -> list[Any]:
        item = schema.get("items") if isinstance(schema.get("items"), dict) else {}
        found = value_for(name, {**schema, "items": self._resolved(item or {})}, self._question, self._question, set())
        simple = _kind(self._resolved(item or {})) not in ("object", "array")
        values = found if isinstance(found, list) and simple else []
        least = int(schema.get("minItems") or 0)
        while len(values) < least:
            values.append(self.value(name, item or {}, depth + 1))
        return values[: schema.get("maxItems", len(values))]

    def _leaf(self, name: str, schema: dict[str, Any], kind: str) -> Any:
        if kind == "string" and not schema.get("enum") and (_ANSWER.match(name) or _WHY.match(name)):
            return _fitting(self._written, schema)
        found = value_for(name, schema, self._question, self._question, set())
        if found is None and self._written != STAND_IN:
            found = value_for(name, schema, self._written, self._question, set())
        if found is None:
            found = self._stated(name, schema, kind)
        if found is None:
            found = None if _nullable(schema) else fallback(schema, "")
        return _fitting(found, schema) if kind == "string" and isinstance(found, str) else _bounded(found, schema)

    def _stated(self, name: str, schema: dict[str, Any], kind: str) -> Any:
        """The sentence, or its first number, that speaks of the field."""
        subject = set(terms(f"{name.replace('_', ' ')} {schema.get('description', '')}"))
        for sentence in sentences(
            self._question if self._written == STAND_IN else f"{self._question}\n{self._written}"
        ):
            if not subject & set(terms(sentence)):
                continue
            if kind == "string" and not schema.get("enum"):
                return sentence
            numbers = quantities(sentence)
            if numbers and kind in ("number", "integer"):
                return int(numbers[0].value) if kind == "integer" else numbers[0].value
        return None


def _kind(schema: dict[str, Any]) -> str:
    told = schema.get("type")
    if isinstance(told, list):
        return str(next((one for one in told if one != "null"), "null"))
    if told is None:
        return "object" if "properties" in schema else "array" if "items" in schema else "string"
    return str(told)


def _nullable(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "null" or (isinstance(schema.get("type"), list) and "null" in schema["type"])


def _fitting(text: str, schema: dict[str, Any]) -> str:
    least, most = int(schema.get("minLength") or 0), schema.get("maxLength")
    text = text if most is None else text[: int(most)]
    return text.ljust(least, ".")


def _bounded(value: Any, schema: dict[str, Any]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    low, high = schema.get("minimum"), schema.get("maximum")
    value = max(value, low) if low is not None else value
    return min(value, high) if high is not None else value
