"""What the journal keeps of a request: never a secret, whatever field or parameter it came in."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

LONGEST_BODY = 64 * 1024
HIDDEN = "[redacted]"
_NAMES = re.compile(
    r"token|secret|passw|credential|authorization|api[_-]?key|private[_-]?key|signature|string_value|bytes_value|\bcode\b",
    re.IGNORECASE,
)
# max_tokens and its like are counts.
_COUNTS = re.compile(
    r"(?:max|num|min|prompt|completion|total|page|next_page|cached)_?\w*tokens?$|page_token$", re.IGNORECASE
)
_VALUES = re.compile(
    r"dapi[0-9a-f]{8,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|sk-[\w-]{16,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)",
    re.DOTALL,
)
_UNKEPT = ("/oidc/", "/api/2.0/secrets/")


def kept_body(path: str, content_type: str, body: bytes) -> str | None:
    """The JSON body without secrets, or nothing if it is no JSON, too long or of a service that is all secrets."""
    if not body or len(body) > LONGEST_BODY or "json" not in content_type or path.startswith(_UNKEPT):
        return None
    try:
        return json.dumps(redacted(json.loads(body)), ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None


def kept_query(query: str) -> str:
    """The query string without secrets."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, HIDDEN if _is_secret(name) else redacted_text(value)) for name, value in pairs])


def redacted(value: Any, name: str = "") -> Any:
    """The value with secrets hidden: by the names of their fields, and by their looks."""
    if _is_secret(name) and value is not None:
        return HIDDEN
    if isinstance(value, dict):
        return {key: redacted(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item) for item in value]
    return redacted_text(value) if isinstance(value, str) else value


def redacted_text(text: str) -> str:
    """The text with what looks like a token or a key hidden."""
    return _VALUES.sub(HIDDEN, text)


def _is_secret(name: str) -> bool:
    return bool(_NAMES.search(name)) and not _COUNTS.search(name)
