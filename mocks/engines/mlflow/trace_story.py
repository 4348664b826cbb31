"""A trace as a person reads it: what was said, what was looked up, which tools and which SQL were used."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.assessing import TRACES, bare, value_of
from mocks.engines.mlflow.server import MlflowWorkspace

LONGEST = 20_000
_SQL = re.compile(r"\s*(?:SELECT|WITH)\b.*\bFROM\b", re.IGNORECASE | re.DOTALL)
_TITLES = ("title", "doc_uri", "source", "file_name", "path", "url", "chunk_id", "id")


@dataclass(frozen=True)
class Said:
    """One message of the conversation."""

    role: str
    text: str


@dataclass(frozen=True)
class Passage:
    """A retrieved passage and where it comes from."""

    title: str
    text: str


@dataclass(frozen=True)
class Step:
    """A span: a call of a tool, or any other step."""

    name: str
    kind: str
    inputs: str
    outputs: str
    took_ms: int


@dataclass(frozen=True)
class Label:
    """An assessment as it is shown."""

    name: str
    value: Any
    by: str
    human: bool
    rationale: str


@dataclass
class Story:
    """All that; the last thing said is the answer."""

    trace_id: str
    experiment_id: str = ""
    said: list[Said] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    tools: list[Step] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    failed: str = ""
    complete: bool = True  # its spans come after it


class TraceStories:
    """Reads the traces of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._mlflow = workspace.engine(MlflowWorkspace)

    def of(self, trace_id: str) -> Story:
        """The story of one trace; spans that have not come yet are not in it.

        Raises: ResourceDoesNotExist
        """
        answer = self._mlflow.send("GET", f"{TRACES}/{bare(trace_id)}")
        if answer.is_error:
            raise ResourceDoesNotExist(f"Trace '{trace_id}' does not exist.")
        info = answer.json()["trace"]["trace_info"]
        spans = self._mlflow.send("GET", f"/sandbox/traces/{bare(trace_id)}").json().get("spans") or []
        place = (info.get("trace_location") or {}).get("mlflow_experiment") or {}
        story = Story(trace_id, str(place.get("experiment_id") or ""))
        story.complete = bool(spans)
        for span in spans:
            _tell(story, span)
        story.sql = list(dict.fromkeys(story.sql))
        story.passages = list(dict.fromkeys(story.passages))
        story.said = story.said or _previewed(info)
        story.labels = [_label(one) for one in info.get("assessments") or [] if one.get("valid", True)]
        if info.get("state") == "ERROR":
            story.failed = next((_status(span) for span in spans if _status(span)), "The call failed.")
        return story


def _tell(story: Story, span: dict[str, Any]) -> None:
    attributes = span.get("attributes") or {}
    kind = str(parsed(attributes.get("mlflow.spanType")) or "")
    inputs, outputs = parsed(attributes.get("mlflow.spanInputs")), parsed(attributes.get("mlflow.spanOutputs"))
    if not (span.get("parent_span_id") or span.get("parent_id")):
        story.said = [*_conversation(inputs, "user"), *_conversation(outputs, "assistant")]
        story.sql += statements(outputs)
        return
    took = int(span.get("end_time_unix_nano") or 0) - int(span.get("start_time_unix_nano") or 0)
    name = str(span.get("name") or "")
    step = Step(name, kind, readable(inputs), readable(outputs), max(0, took // 1_000_000))
    if kind == "RETRIEVER":
        story.passages += list(_passages(outputs))
    elif kind == "TOOL":
        story.tools.append(step)
        story.sql += statements([inputs, outputs])
    else:
        story.steps.append(step)


def parsed(told: Any) -> Any:
    """A JSON text as its value, anything else as it is."""
    if not isinstance(told, str) or told.lstrip()[:1] not in ("{", "[", '"'):
        return told
    try:
        return json.loads(told)
    except ValueError:
        return told


def readable(told: Any) -> str:
    """What was said, if it is a message, else indented JSON."""
    if told is None:
        return ""
    text = words(told)
    if text is None:
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, indent=1)
    return text[:LONGEST]


def words(value: Any) -> str | None:
    """The last thing that was said, in a request or a response; nothing if it is neither."""
    if isinstance(value, dict):
        for name in ("input", "messages", "output", "choices", "request", "message"):
            if name in value and (found := words(value[name])) is not None:
                return found
        content = value.get("content")
        return content if isinstance(content, str) else words(content) if content else None
    if isinstance(value, list) and value and isinstance(value[-1], dict):
        texts = [part["text"] for part in value if isinstance(part, dict) and isinstance(part.get("text"), str)]
        return "\n".join(texts) if texts else words(value[-1])
    return None


def statements(value: Any) -> list[str]:
    """The SQL in it, wherever it lies."""
    return [text.strip() for text in _texts(value, 0) if _SQL.match(text)]


def _texts(value: Any, depth: int) -> Iterator[str]:
    value = parsed(value)
    if isinstance(value, str):
        yield value
    elif depth < 12:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        for one in inner:
            yield from _texts(one, depth + 1)


def _conversation(value: Any, role: str) -> list[Said]:
    """The messages of a request in their order; of anything else its words."""
    told = value
    if isinstance(value, dict):
        told = next((value[name] for name in ("input", "messages", "request") if value.get(name)), value)
        told = told.get("input") or told.get("messages") or told if isinstance(told, dict) else told
        if len(value) == 1 and isinstance(next(iter(value.values())), str):
            told = next(iter(value.values()))
    if isinstance(told, list):
        messages = [one for one in told if isinstance(one, dict) and one.get("role") and words(one)]
        if messages and role == "user":
            return [Said(str(one["role"]), str(words(one))[:LONGEST]) for one in messages]
    text = readable(told)
    return [Said(role, text)] if text else []


def _passages(outputs: Any) -> Iterator[Passage]:
    for one in outputs if isinstance(outputs, list) else []:
        if isinstance(one, dict) and isinstance(one.get("page_content"), str):
            told = {**one, **(one.get("metadata") or {})}
            title = next((str(told[name]) for name in _TITLES if told.get(name)), "passage")
            yield Passage(title, one["page_content"][:LONGEST])


def _previewed(info: dict[str, Any]) -> list[Said]:
    told = (("user", info.get("request_preview")), ("assistant", info.get("response_preview")))
    return [one for role, text in told if text for one in _conversation(parsed(text), role)]


def _label(told: dict[str, Any]) -> Label:
    source = told.get("source") or {}
    human = source.get("source_type") == "HUMAN"
    by, rationale = str(source.get("source_id") or ""), str(told.get("rationale") or "")
    return Label(str(told.get("assessment_name")), value_of(told), by, human, rationale)


def _status(span: dict[str, Any]) -> str:
    status = span.get("status") or {}
    return str(status.get("message") or "") if "ERROR" in str(status.get("code")) else ""
