"""A trace that a judge has to read through tools: which to call next, and what they told."""

import json
from dataclasses import replace
from typing import Any

from mocks.engines.judging.prompts import Case

MOST_SPANS = 8
_TELLING = ("TOOL", "RETRIEVER", "CHAT_MODEL", "LLM", "AGENT")


def wanted(case: Case) -> list[tuple[str, dict[str, Any]]]:
    """The tool calls that are still needed, with their arguments."""
    if not case.seen:
        return [("get_root_span", {}), ("list_spans", {})]
    if "get_span" in case.seen or "list_spans" not in case.seen:
        return []
    spans = [span for told in case.seen["list_spans"] for span in _spans(_parsed(told))]
    telling = [span for span in spans if span.get("parent_id") and str(span.get("span_type")) in _TELLING]
    return [("get_span", {"span_id": span["span_id"]}) for span in telling[:MOST_SPANS] if span.get("span_id")]


def read(case: Case) -> Case:
    """The case with what the tools told of inputs, outputs and the steps between."""
    parts = dict(case.parts)
    for told in case.seen.get("get_root_span", []):
        found = _content(_parsed(told))
        parts.setdefault("inputs", _told(found.get("inputs")))
        parts.setdefault("outputs", _told(found.get("outputs")))
    steps = [_told(_content(_parsed(told)).get("outputs")) for told in case.seen.get("get_span", [])]
    if steps and "inputs" in parts:
        question = _parsed(parts["inputs"])
        parts["inputs"] = json.dumps(
            {"question": question, "context": "\n".join(steps)}, ensure_ascii=False, default=str
        )
    return replace(case, parts=parts)


def _spans(told: Any) -> list[dict[str, Any]]:
    listed = told.get("spans") if isinstance(told, dict) else told
    return [span for span in listed or () if isinstance(span, dict)]


def _content(told: Any) -> dict[str, Any]:
    """A span's attributes; the tool gives its content as JSON text."""
    if isinstance(told, dict) and isinstance(told.get("content"), str):
        told = _parsed(told["content"]) or told
    if not isinstance(told, dict):
        return {}
    attributes = told.get("attributes") if isinstance(told.get("attributes"), dict) else told
    assert isinstance(attributes, dict)
    return {
        "inputs": _parsed(attributes.get("mlflow.spanInputs") or told.get("inputs")),
        "outputs": _parsed(attributes.get("mlflow.spanOutputs") or told.get("outputs")),
    }


def _told(value: Any) -> str:
    return (
        value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    )


def _parsed(told: Any) -> Any:
    if not isinstance(told, str):
        return told
    try:
        return json.loads(told)
    except ValueError:
        return told
