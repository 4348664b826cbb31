"""Which tools a trace shows that its model was offered: what MLflow asks a judge for when no span holds them in its own form."""

import json
from collections.abc import Iterator
from typing import Any

from mocks.engines.judging.prompts import Case

_SCHEMAS = ("parameters", "input_schema", "inputSchema")


def offered(case: Case) -> str:
    """The definitions in what the trace's spans told, each once, as `{"tools": […]}`; no tool that was merely called."""
    told = [text for name in ("get_root_span", "get_span") for text in case.seen.get(name, [])]
    tools = {tool["function"]["name"]: tool for text in told for tool in _definitions(text)}
    return json.dumps({"tools": list(tools.values())}, ensure_ascii=False)


def _definitions(value: Any) -> Iterator[dict[str, Any]]:
    """Those in a value, however deep, and in the JSON that its texts are."""
    if isinstance(value, str):
        if value[:1] in ("{", "["):
            yield from _definitions(_parsed(value))
    elif isinstance(value, list):
        for item in value:
            yield from _definitions(item)
    elif isinstance(value, dict):
        schema = next((value[key] for key in _SCHEMAS if isinstance(value.get(key), dict)), None)
        if isinstance(value.get("name"), str) and schema is not None:
            function = {"name": value["name"], "description": str(value.get("description") or ""), "parameters": schema}
            yield {"type": "function", "function": function}
        else:
            yield from _definitions(list(value.values()))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
