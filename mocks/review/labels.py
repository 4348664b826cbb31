"""The page on which traces are labelled: what happened in a trace, the questions, and the answers onto the trace."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from starlette.responses import RedirectResponse, Response

from mocks.core.errors import ApiError, InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.assessing import Assessing, Kind
from mocks.engines.mlflow.trace_story import Said, Story, TraceStories, readable
from mocks.engines.pages import missing, page
from mocks.engines.public_api import PublicApi
from mocks.review.answers import AnswerRefused, answer_to, shown_answer
from mocks.review.sheets import Entry, Sheet, Sheets
from mocks.review.store import ReviewStore
from mocks.review.wire import LabelingSchema, ReviewApp

FOLDER = Path(__file__).with_name("pages")
COMMENT = "comment:"
RECORDS = "/api/2.0/managed-evals/datasets/{dataset_id}/records/{dataset_record_id}"
Told = dict[str, list[str]]


class Labels:
    """The pages of the Review App in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self.sheets = workspace, Sheets(workspace)
        self._stories, self._assessing, self._api = TraceStories(workspace), Assessing(workspace), PublicApi(workspace)

    def overview(self, app_id: str | None = None) -> Response:
        """All sessions and queues, or the sessions and agents of an app, and how far each is."""
        try:
            app = ReviewStore(self._workspace).app(app_id) if app_id else None
        except ResourceDoesNotExist:
            return self._missing(str(app_id), "review app")
        told = [sheet for sheet in self.sheets.all() if app is None or _belongs(sheet, app)]
        return page(self._workspace, FOLDER / "sheets.html", sheets=told, agents=_talking(app) if app else [])

    def session(self, app_id: str, session_id: str) -> "Sheet | Response":
        """The sheet of a labeling session, else what is there instead."""
        try:
            return self.sheets.of_session(app_id, session_id)
        except ResourceDoesNotExist:
            return self._missing(session_id, "labeling session")

    def queue(self, experiment: str, queue_id: str) -> "Sheet | Response":
        """The sheet of a review queue, else what is there instead."""
        try:
            return self.sheets.of_queue(experiment, queue_id)
        except ResourceDoesNotExist:
            return self._missing(queue_id, "review queue")

    def show(self, sheet: Sheet, item_id: str | None) -> Response:
        """The item that is named, else the first that waits, else that all is done.

        Raises: ResourceDoesNotExist
        """
        waiting = next((entry for entry in sheet.entries if entry.waits), None)
        entry = sheet.entry(item_id) if item_id else waiting
        return self._shown(sheet, entry, {}, None)

    def label(self, sheet: Sheet, item_id: str, body: bytes) -> Response:
        """Writes the answers where they belong and goes on to the next item; one that is passed over gets none.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        entry, told = sheet.entry(item_id), _form(body)
        if "skip" in told:
            sheet.mark(entry.id, "SKIPPED")
            return RedirectResponse(_following(sheet, entry), status_code=303)
        try:
            answers = [(schema, answer_to(schema, told.get(schema.name, []))) for schema in sheet.questions(entry)]
            self._write(entry, answers, told)
        except AnswerRefused as refused:
            return self._shown(sheet, entry, told, refused)
        sheet.mark(entry.id, "COMPLETED")
        return RedirectResponse(_following(sheet, entry), status_code=303)

    def _write(self, entry: Entry, answers: list[tuple[LabelingSchema, Any]], told: Told) -> None:
        given = [(schema, value) for schema, value in answers if value is not None]
        if entry.source.trace_id is None:
            self._expect({schema.name: value for schema, value in given}, entry)
            return
        for schema, value in given:
            comment = next(iter(told.get(f"{COMMENT}{schema.name}", [])), "").strip() if schema.enable_comment else ""
            kind: Kind = "feedback" if schema.type == "FEEDBACK" else "expectation"
            self._assessing.say(entry.source.trace_id, schema.name, kind, value, comment or None)

    def _expect(self, expectations: dict[str, Any], entry: Entry) -> None:
        """Answers about a record of a dataset become expectations of the record."""
        if expectations:
            body = {"expectations": {name: {"value": value} for name, value in expectations.items()}}
            self._api.ask("POST", f"{RECORDS.format_map(_ids(entry))}/expectations", body)

    def _shown(self, sheet: Sheet, entry: Entry | None, told: Told, refused: AnswerRefused | None) -> Response:
        shown: dict[str, Any] = {"sheet": sheet, "entry": entry, "refused": refused}
        if entry is not None:
            number = sheet.entries.index(entry)
            shown["number"] = number + 1
            shown["before"] = sheet.entries[number - 1] if number else None
            shown["after"] = sheet.entries[number + 1] if number + 1 < len(sheet.entries) else None
            shown["questions"] = sheet.questions(entry)
            shown["story"], shown["answers"] = self._read(entry)
            shown["answers"] = _answered(shown["questions"], shown["answers"], told)
        return page(self._workspace, FOLDER / "labeling.html", status=400 if refused else 200, **shown)

    def _read(self, entry: Entry) -> tuple[Story, dict[str, Any]]:
        """What there is to read, and what this reviewer has said about it."""
        try:
            if entry.source.trace_id:
                return self._stories.of(entry.source.trace_id), self._assessing.own(entry.source.trace_id)
            record = self._api.ask("GET", RECORDS.format_map(_ids(entry)))
        except ApiError as error:
            return Story(entry.source.trace_id or "", failed=error.message), {}
        inputs = {one["key"]: one.get("value") for one in record.get("inputs") or ()}
        return Story("", said=[Said("user", readable(inputs))]), record.get("expectations") or {}

    def _missing(self, what: str, noun: str) -> Response:
        known = self.sheets.all()
        others = [(f"{one.title} ({one.done} of {len(one.entries)} done)", one.href) for one in known]
        return missing(self._workspace, what, noun, others)


def _belongs(sheet: Sheet, app: ReviewApp) -> bool:
    """Whether it is a session of the app or a queue of its experiment."""
    first, second = sheet.href.split("/")[3:5]
    return first == app.review_app_id or (first, second) == ("queues", app.experiment_id)


def _talking(app: ReviewApp) -> list[str]:
    """The endpoints behind the agents of an app."""
    told = ((agent.get("model_serving_endpoint") or {}).get("endpoint_name") for agent in app.agents)
    return [str(name) for name in told if name]


def _answered(questions: list[LabelingSchema], before: dict[str, Any], told: Told) -> dict[str, dict[str, Any]]:
    """What the fields of the form hold: what was just sent, else what was said before."""
    answers = {}
    for schema in questions:
        said = before.get(schema.name) or {}
        values = told.get(schema.name, []) if told else shown_answer(schema, said.get("value"))
        comment = next(iter(told.get(f"{COMMENT}{schema.name}", [])), "") if told else said.get("rationale") or ""
        answers[schema.name] = {"values": values, "comment": comment}
    return answers


def _following(sheet: Sheet, entry: Entry) -> str:
    """The next item that waits behind this one; without one the first that waits anywhere."""
    number = sheet.entries.index(entry)
    for one in sheet.entries[number + 1 :]:
        if one.waits:
            return f"{sheet.href}?item={quote(one.id)}"
    return sheet.href


def _form(body: bytes) -> Told:
    try:
        return parse_qs(body.decode(), keep_blank_values=False, errors="strict", max_num_fields=1000)
    except ValueError:
        raise InvalidParameterValue("The answers are not a form that a browser sends.") from None


def _ids(entry: Entry) -> dict[str, str]:
    told = {name: quote(value, safe="") for name, value in (entry.source.dataset_record or {}).items()}
    return {"dataset_id": "", "dataset_record_id": ""} | told
