"""Arguments of a tool call, filled from what the user said: by name, type, enumeration, format and description."""

import re
from collections.abc import Sequence
from typing import Any

from mocks.engines.chat.exchange import Tool
from mocks.engines.writer.words import STOP, canonical, identifiers, names, terms

_QUERY = re.compile(
    r"^(?:query|question|q|search|search_query|search_term|text|prompt|input|content|message|request"
    r"|keywords?|topic|utterance)s?$|_(?:query|question|text)$",
    re.I,
)
_IDENTITY = re.compile(r"(?:^|_)(?:id|ids|identifier|code|key|reference|ref|sku|number|no)$", re.I)
_NUMBER = re.compile(r"(?<![\w-])-?\d[\d,]*(?:\.\d+)?(?![\w-])")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|at|for|of|from|to|near|about|by|with|called|named"
    r"|is)\s+(?:the\s+)?((?:[A-Z][\w'’.-]*)(?:\s+(?:de|la|of|the|and)?\s*[A-Z][\w'’.-]*)*)"
)
_CAPITALISED = re.compile(r"(?<!^)(?<![.?!]\s)\b([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)")
_PERSON = re.compile(r"(?:^|_)(?:name|person|author|user|customer|contact)$", re.I)
_WORD = re.compile(r"\b[A-Z][a-z'’-]+\b")
_FALSE = re.compile(r"\b(?:no|false|off|disable[ds]?|without|exclude|excluding|don't|do not)\b", re.I)
_LIMITS = re.compile(r"^(?:k|n|limit|top_k|top|num_results|max_results|count|size|page_size|number_of_\w+)$", re.I)
_TOP = re.compile(r"\b(?:top|first|last|best|up to|at most|maximum of)\s+(\d+)", re.I)


def fill(tool: Tool, question: str, query: str) -> dict[str, Any]:
    """The required arguments, and optional ones that the question clearly gives; `query` is what a search says."""
    filled: dict[str, Any] = {}
    taken: set[str] = set()
    required = set(tool.required) or set(list(tool.properties)[:1])
    for name, schema in tool.properties.items():
        value = value_for(name, schema, question, query, taken)
        if value is None and name in required:
            value = fallback(schema, question if schema.get("type", "string") == "string" else "")
        if value is None or (name not in required and not _clear(name, schema, value)):
            continue
        filled[name] = value
        taken.add(str(value))
    return filled


def _clear(name: str, schema: dict[str, Any], value: Any) -> bool:
    """Whether an optional argument was really given, rather than merely guessed."""
    if _QUERY.search(name):
        return False
    if schema.get("enum") or _kind(schema) in ("integer", "number"):
        return True
    return bool(_IDENTITY.search(name) and value) and not re.search(r"conversation|message|session|thread", name, re.I)


def value_for(name: str, schema: dict[str, Any], question: str, query: str, taken: set[str]) -> Any:
    """What the text gives for an argument, or nothing."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return _option(schema["enum"], question)
    kind = _kind(schema)
    if kind in ("integer", "number"):
        return _number(name, schema, question, whole=kind == "integer")
    if kind == "boolean":
        return _truth(name, question)
    if kind == "array":
        item = schema.get("items") if isinstance(schema.get("items"), dict) else {}
        return _several(name, item or {}, question, query, taken)
    if kind == "object":
        return {
            n: v
            for n, s in (schema.get("properties") or {}).items()
            if (v := value_for(n, s, question, query, taken)) is not None
        } or None
    return _string(name, schema, question, query, taken)


def _kind(schema: dict[str, Any]) -> str:
    told = schema.get("type")
    if told is None:
        options = [o for o in schema.get("anyOf") or schema.get("oneOf") or () if o.get("type") != "null"]
        return _kind(options[0]) if options else "string"
    return str(next((one for one in told if one != "null"), "string") if isinstance(told, list) else told)


def _option(options: Sequence[Any], question: str) -> Any:
    """The option that the text names, in its words or in another form of them."""
    said = set(terms(question))
    literal = [o for o in options if o is not None and re.search(rf"(?<!\w){re.escape(str(o))}(?!\w)", question, re.I)]
    near = [o for o in options if o is not None and terms(str(o)) and set(terms(str(o).replace("_", " "))) <= said]
    return next(iter([*literal, *near]), None)


def _number(name: str, schema: dict[str, Any], question: str, *, whole: bool) -> int | float | None:
    if _LIMITS.match(name):
        top = _TOP.search(question)
        return int(top[1]) if top else None
    plain = question
    for one in identifiers(question):
        plain = plain.replace(one, " ")
    found = [(m.start(), float(m[0].replace(",", ""))) for m in _NUMBER.finditer(_DATE.sub(" ", plain))]
    found = [f for f in found if schema.get("minimum", f[1]) <= f[1] <= schema.get("maximum", f[1])]
    if not found:
        return None
    words = {canonical(w) for w in re.split(r"[_\W]+", f"{name} {schema.get('description', '')}") if w}
    near = [m.start() for m in re.finditer(r"[A-Za-z]+", plain) if canonical(m[0]) in words]
    value = min(found, key=lambda f: min((abs(f[0] - place) for place in near), default=0))[1]
    return int(value) if whole or value.is_integer() else value


def _truth(name: str, question: str) -> bool | None:
    subject = [w for w in re.split(r"[_\W]+", name) if len(w) > 2 and w not in ("include", "with", "use")]
    if not any(canonical(word) in terms(question) for word in subject):
        return None
    return not _FALSE.search(question)


def _several(name: str, item: dict[str, Any], question: str, query: str, taken: set[str]) -> list[Any] | None:
    if item.get("enum"):
        return [o for o in item["enum"] if re.search(rf"(?<!\w){re.escape(str(o))}(?!\w)", question, re.I)] or None
    if _kind(item) in ("integer", "number"):
        return [
            float(n.replace(",", "")) if "." in n else int(n.replace(",", "")) for n in _NUMBER.findall(question)
        ] or None
    if _IDENTITY.search(name.removesuffix("s")) and identifiers(question):
        return list(identifiers(question))
    one = value_for(name.removesuffix("s"), item, question, query, taken)
    return None if one is None else [one]


def _string(name: str, schema: dict[str, Any], question: str, query: str, taken: set[str]) -> str | None:
    if _QUERY.search(name):
        return query
    given = _formatted(name, schema, question)
    if given:
        return given
    if schema.get("pattern"):
        found = re.search(str(schema["pattern"]).strip("^$"), question)
        return found[0] if found else None
    if re.search(r"quer|question|search text|natural language", str(schema.get("description", "")), re.I):
        return query
    return _named(name, question, taken)


def _formatted(name: str, schema: dict[str, Any], question: str) -> str | None:
    """Dates, addresses and identifiers are known by their form."""
    form, low = str(schema.get("format") or ""), name.lower()
    for wanted, pattern in (("date", _DATE), ("email", _EMAIL), ("url", _URL), ("uri", _URL)):
        if (form.startswith(wanted) or wanted in low) and (found := pattern.search(question)):
            return found[0]
    if _IDENTITY.search(name) and identifiers(question):
        return _likest(name, identifiers(question))
    return None


def _likest(name: str, found: Sequence[str]) -> str:
    """The identifier whose letters begin like the argument's name, else the first."""
    start = name.lower()[:2]
    return next((one for one in found if one.lower().startswith(start)), found[0])


def _named(name: str, question: str, taken: set[str]) -> str | None:
    """A quoted text, a name after a preposition, or another capitalised word."""
    said = re.search(
        rf"\b{re.escape(name.replace('_', ' '))}\b\s*(?:is|=|:|of|called"
        rf"|named)?\s*[\"“']?([\w][\w .-]*?)[\"”']?(?:[,;?!]|\.\s|\.?$| and )",
        question,
        re.I,
    )
    found = [*_AFTER_PREPOSITION.findall(question), *names(question), *_CAPITALISED.findall(question)]
    if _PERSON.search(name):
        found = [*names(question), *(w for w in _WORD.findall(question) if w.lower() not in STOP), *found]
    if said and (said[1][:1].isupper() or not found):
        return said[1].strip()
    found = [one.strip(" .?!,") for one in found if one not in taken and len(one) > 1]
    return next((one for one in found if not any(one in t for t in taken)), None)


def fallback(schema: dict[str, Any], text: str) -> Any:
    """A value of the right type when the text gives none."""
    if schema.get("enum"):
        return schema["enum"][0]
    if "default" in schema:
        return schema["default"]
    empty: dict[str, Any] = {"integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}
    return empty.get(_kind(schema), text)
