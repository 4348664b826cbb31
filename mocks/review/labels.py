"""The page on which a session is labelled: what happened in a trace, the questions, and the answers onto the trace."""

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse

from mocks.core.errors import InvalidParameterValue, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.mlflow_server import MlflowWorkspace
from mocks.review.store import ReviewStore
from mocks.review.wire import Item, LabelingSchema

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).with_name("pages")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
LONGEST = 20_000
COMMENT = "comment:"


class Labels:
    """The pages of the Review App in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._store = workspace, workspace.engine(ReviewStore)
        self._mlflow = workspace.engine(MlflowWorkspace)

    def overview(self, app_id: str) -> HTMLResponse:
        """The sessions of an app, and how far each is.

        Raises: ResourceDoesNotExist
        """
        sessions = [
            (session, self._progress(app_id, str(session.labeling_session_id)))
            for session in self._store.sessions(app_id, None, None).labeling_sessions
        ]
        return _page("sessions.html", app_id=app_id, sessions=sessions)

    def show(self, app_id: str, session_id: str, item_id: str | None) -> HTMLResponse:
        """The item that is named, else the first that waits, else that all is done.

        Raises: ResourceDoesNotExist
        """
        session, items = self._store.session(app_id, session_id), self._all(app_id, session_id)
        waiting = [item for item in items if item.state in ("PENDING", "IN_PROGRESS")]
        shown = next((item for item in items if item.item_id == item_id), waiting[0] if waiting else None)
        number = items.index(shown) + 1 if shown else 0
        return _page(
            "labeling.html",
            app_id=app_id,
            session=session,
            items=items,
            shown=shown,
            number=number,
            done=len(items) - len(waiting),
            trace=self._trace(shown) if shown else None,
            schemas=self._store.schemas(app_id, session_id),
        )

    async def label(self, app_id: str, session_id: str, item_id: str, body: bytes) -> None:
        """Writes the answers onto the trace; an item that is passed over gets none.

        Raises: InvalidParameterValue, NotImplementedYet, ResourceDoesNotExist
        """
        from anyio.to_thread import run_sync

        told = parse_qs(body.decode(), keep_blank_values=False)
        await run_sync(self._label, app_id, session_id, item_id, told)

    def _label(self, app_id: str, session_id: str, item_id: str, told: dict[str, list[str]]) -> None:
        item = next((one for one in self._all(app_id, session_id) if one.item_id == item_id), None)
        if item is None:
            raise InvalidParameterValue(f"The session has no item '{item_id}'.")
        if "skip" in told:
            self._store.set_state(app_id, session_id, item_id, "SKIPPED")
            return
        if item.source.trace_id is None:
            raise NotImplementedYet("Records of datasets are labelled by changing the record, not on this page.")
        answers = [
            (schema, value)
            for schema in self._store.schemas(app_id, session_id)
            if (value := answer_to(schema, told.get(schema.name, []))) is not None
        ]
        for schema, value in answers:
            comment = next(iter(told.get(f"{COMMENT}{schema.name}", [])), None)
            self._assess(item.source.trace_id, schema, value, comment)
        self._store.set_state(app_id, session_id, item_id, "COMPLETED")

    def _assess(self, trace_id: str, schema: LabelingSchema, value: Any, comment: str | None) -> None:
        told: dict[str, Any] = {
            "assessment_name": schema.name,
            "trace_id": trace_id,
            "source": {"source_type": "HUMAN", "source_id": self._workspace.user_name},
        }
        if schema.type == "FEEDBACK":
            told["feedback"] = {"value": value}
        elif isinstance(value, list):
            told["expectation"] = {
                "serialized_value": {"serialization_format": "JSON_FORMAT", "value": json.dumps(value)}
            }
        else:
            told["expectation"] = {"value": value}
        if comment:
            told["rationale"] = comment
        path = f"/api/3.0/mlflow/traces/{trace_id}/assessments"
        answer = self._mlflow.send("POST", path, json={"assessment": told})
        if answer.is_error:
            raise InvalidParameterValue(answer.json().get("message") or answer.text)

    def _progress(self, app_id: str, session_id: str) -> tuple[int, int]:
        items = self._all(app_id, session_id)
        return sum(item.state in ("COMPLETED", "SKIPPED") for item in items), len(items)

    def _all(self, app_id: str, session_id: str) -> list[Item]:
        return self._store.items(app_id, session_id, 100_000, None).items

    def _trace(self, item: Item) -> dict[str, Any]:
        """What was asked, what was answered, the steps between, and the labels so far."""
        if item.source.trace_id is None:
            return {"question": json.dumps(item.source.dataset_record), "answer": "", "steps": [], "labels": []}
        info = self._mlflow.send("GET", f"/api/3.0/mlflow/traces/{item.source.trace_id}").json()
        spans = self._mlflow.send("GET", f"/sandbox/traces/{item.source.trace_id}").json().get("spans") or []
        read = [_step(span) for span in spans]
        root = next((step for step, span in zip(read, spans, strict=True) if _is_root(span)), None)
        labels = info.get("trace", {}).get("trace_info", {}).get("assessments") or []
        return {
            "question": root["inputs"] if root else "",
            "answer": root["outputs"] if root else "",
            "steps": [step for step in read if step is not root],
            "labels": [label for label in labels if label.get("source", {}).get("source_type") == "HUMAN"],
        }


def answer_to(schema: LabelingSchema, told: list[str]) -> Any:
    """What a reviewer answered, in the type that the schema wants; none if nothing was.

    Raises: InvalidParameterValue
    """
    texts = [text.strip() for text in told if text.strip()]
    if not texts:
        return None
    if schema.numeric is not None:
        return _number(schema, texts[0])
    options = schema.categorical or schema.categorical_list
    if options is not None:
        if foreign := [text for text in texts if text not in options.options]:
            raise InvalidParameterValue(f"'{foreign[0]}' is none of the options of '{schema.name}'.")
        return texts if schema.categorical_list else texts[0]
    if schema.text_list is not None:
        return [line.strip() for line in texts[0].splitlines() if line.strip()]
    limit = schema.text.max_length if schema.text else None
    if limit is not None and len(texts[0]) > limit:
        raise InvalidParameterValue(f"The answer to '{schema.name}' has {len(texts[0])} characters, at most {limit}.")
    return texts[0]


def _number(schema: LabelingSchema, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidParameterValue(f"'{text}' is no number, which '{schema.name}' wants.") from None
    bounds = schema.numeric
    assert bounds is not None
    low, high = bounds.min_value, bounds.max_value
    if (low is not None and value < low) or (high is not None and value > high):
        raise InvalidParameterValue(f"{text} is not between {low} and {high}, as '{schema.name}' wants.")
    return value


def _is_root(span: dict[str, Any]) -> bool:
    return not (span.get("parent_span_id") or span.get("parent_id"))


def _step(span: dict[str, Any]) -> dict[str, str]:
    attributes = span.get("attributes") or {}
    told = {
        name: _readable(attributes.get(f"mlflow.span{name.capitalize()}")) for name in ("type", "inputs", "outputs")
    }
    return {"name": str(span.get("name") or ""), **told}


def _readable(told: Any) -> str:
    """A JSON text as a person reads it; the last words of a conversation, if it is one."""
    try:
        value = json.loads(told) if isinstance(told, str) else told
    except ValueError:
        value = told
    text = _words(value)
    if text is None:
        text = (
            value
            if isinstance(value, str)
            else ""
            if value is None
            else json.dumps(value, ensure_ascii=False, indent=1)
        )
    return text[:LONGEST]


def _words(value: Any) -> str | None:
    """What was said, in a request or a response."""
    if isinstance(value, dict):
        for name in ("input", "messages", "output", "choices", "request", "message"):
            if name in value and (found := _words(value[name])) is not None:
                return found
        content = value.get("content")
        return content if isinstance(content, str) else _words(content) if content else None
    if isinstance(value, list) and value and isinstance(value[-1], dict):
        texts = [part["text"] for part in value if isinstance(part, dict) and isinstance(part.get("text"), str)]
        return "\n".join(texts) if texts else _words(value[-1])
    return None


def _page(name: str, **told: Any) -> HTMLResponse:
    html = _templates().get_template(name).render(**told)
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True)
