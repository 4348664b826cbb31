"""What makes two chat requests the same: a canonical form without what changes from run to run, and its digest."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

_NOT_COUNTED = frozenset(
    {
        "model",
        "stream",
        "stream_options",
        "user",
        "metadata",
        "client_request_id",
        "databricks_options",
        "custom_inputs",
    }
)
_PORT = re.compile(r"\b(127\.0\.0\.1|localhost):\d{2,5}\b")
_SECRETS = re.compile(
    r"\b(dapi[0-9a-f]{32}(?:-\d)?|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|AKIA[0-9A-Z]{16}|"
    r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}|xox[abpr]-[\w-]{10,}|hf_[A-Za-z0-9]{20,})|(?<=[Bb]earer )[\w.~+/-]{8,}=*"
)
REDACTED = "(redacted)"
SHOWN = 120


def canonical(body: dict[str, Any], secrets: Sequence[str] = ()) -> dict[str, Any]:
    """The request as it counts: parts of a text joined, call ids numbered, ports and secrets taken out."""
    kept = {name: value for name, value in body.items() if name not in _NOT_COUNTED and value is not None}
    ids: dict[str, str] = {}
    kept["messages"] = [_message(message, ids) for message in body["messages"]]
    if kept.get("tools"):
        kept["tools"] = sorted(kept["tools"], key=lambda tool: json.dumps(tool, sort_keys=True))
    clean: dict[str, Any] = cleaned(kept, secrets)
    return clean


def key_of(endpoint: str, request: dict[str, Any]) -> str:
    """12 hexadecimal digits that name a canonical request to an endpoint."""
    told = json.dumps([endpoint, request], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def cleaned(value: Any, secrets: Sequence[str] = ()) -> Any:
    """The value with every text freed of tokens and keys, and of the port that a server happened to get."""
    if isinstance(value, dict):
        return {name: cleaned(one, secrets) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one, secrets) for one in value]
    if not isinstance(value, str):
        return value
    for secret in secrets:
        value = value.replace(secret, REDACTED)
    return _PORT.sub(r"\1", _SECRETS.sub(REDACTED, value))


def first_difference(recorded: Any, asked: Any) -> str:
    """Where two canonical requests part, as a person reads it."""
    path, one, other = next(_differences(recorded, asked, ""), ("", None, None))
    return f"{path.lstrip('.') or 'nothing'}: recorded {_shown(one, other)}, asked {_shown(other, one)}"


def _message(message: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    told = {name: value for name, value in message.items() if value is not None}
    content = told.get("content")
    if isinstance(content, list) and all(isinstance(part, dict) and "text" in part for part in content):
        told["content"] = "\n".join(str(part["text"]) for part in content)
    if told.get("tool_calls"):
        told["tool_calls"] = [{**call, "id": _numbered(call.get("id"), ids)} for call in told["tool_calls"]]
    if "tool_call_id" in told:
        told["tool_call_id"] = _numbered(told["tool_call_id"], ids)
    return told


def _numbered(identity: str | None, ids: dict[str, str]) -> str:
    return ids.setdefault(identity or "", f"call_{len(ids)}")


def _differences(one: Any, other: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            yield from _differences(one.get(name), other.get(name), f"{path}.{name}")
    elif isinstance(one, list) and isinstance(other, list):
        for at in range(max(len(one), len(other))):
            pair = [values[at] if at < len(values) else None for values in (one, other)]
            yield from _differences(pair[0], pair[1], f"{path}[{at}]")
    elif one != other:
        yield path, one, other


def _shown(value: Any, beside: Any) -> str:
    """The value, from shortly before the place where a long text parts from the other."""
    if not isinstance(value, str) or not isinstance(beside, str):
        return json.dumps(value, ensure_ascii=False)[:SHOWN]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(value, beside, strict=False)))
    start = max(0, same - SHOWN // 3)
    return repr(("…" if start else "") + value[start : start + SHOWN])
