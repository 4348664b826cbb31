"""Genie spaces, asked and curated through their public API."""

import json
import re
import time
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from mocks.core.errors import ApiError, InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.public_api import PublicApi

SPACES = "/api/2.0/genie/spaces"
OVER = ("COMPLETED", "FAILED", "CANCELLED", "QUERY_RESULT_EXPIRED")
ANSWER_SECONDS, LOOK_EVERY = 120.0, 0.1
SHOWN_ROWS = 200
NUMBERS = ("BYTE", "SHORT", "INT", "LONG", "FLOAT", "DOUBLE", "DECIMAL")
_EXPONENT = re.compile(r"-?\d+(?:\.\d+)?E-?\d+")
Json = dict[str, Any]


@dataclass
class Answer:
    """A question to a space and what came of it."""

    id: str
    question: str
    texts: list[str] = field(default_factory=list)
    description: str = ""
    sql: str = ""
    columns: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)  # those of the columns that hold numbers
    rows: list[list[Any]] = field(default_factory=list)
    total: int = 0
    suggested: list[str] = field(default_factory=list)
    failed: str = ""
    rating: str = ""
    curated: bool = False


@dataclass
class Room:
    """A space: what it is about, what it was taught, what one might ask."""

    space: Json
    told: Json

    @property
    def id(self) -> str:
        """The space's id."""
        return str(self.space["space_id"])

    @property
    def tables(self) -> list[str]:
        """The full names of its tables."""
        return [one["identifier"] for one in (self.told.get("data_sources") or {}).get("tables") or ()]

    @property
    def questions(self) -> list[str]:
        """The questions that its curator suggests."""
        asked = (self.told.get("config") or {}).get("sample_questions") or ()
        return [_joined(one.get("question")) for one in asked]

    @property
    def examples(self) -> list[tuple[str, str]]:
        """The curated questions with their SQL."""
        told = (self.told.get("instructions") or {}).get("example_question_sqls") or ()
        return [(_joined(one.get("question")), _joined(one.get("sql"))) for one in told]


class GenieTalk:
    """The spaces of one workspace.

    Raises everywhere: what the API refuses
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._api = workspace, PublicApi(workspace)

    def room(self, space_id: str) -> Room:
        """One space with all that it knows."""
        space = self._api.ask("GET", _space(space_id), include_serialized_space="true")
        return Room(space, json.loads(space.get("serialized_space") or "{}"))

    def conversations(self, space_id: str) -> list[Json]:
        """The conversations with a space."""
        found: list[Json] = self._api.ask("GET", f"{_space(space_id)}/conversations").get("conversations") or []
        return found

    def ask(self, space_id: str, conversation: str | None, question: str) -> str:
        """Asks, waits for the answer, and gives the id of the conversation."""
        if not question.strip():
            raise InvalidParameterValue("A question has at least one word.")
        talk, body = f"{_space(space_id)}/conversations", {"content": question.strip()}
        if conversation:
            message = self._api.ask("POST", f"{talk}/{quote(conversation, safe='')}/messages", body)
        else:
            message = self._api.ask("POST", f"{_space(space_id)}/start-conversation", body)["message"]
        until = time.monotonic() + ANSWER_SECONDS
        here = f"{talk}/{message['conversation_id']}/messages/{message['id']}"
        while message.get("status") not in OVER and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
            message = self._api.ask("GET", here)
        return str(message["conversation_id"])

    def answers(self, room: Room, conversation: str) -> list[Answer]:
        """What was asked in a conversation, in its order, with the rows of each query."""
        path = f"{_space(room.id)}/conversations/{quote(conversation, safe='')}/messages"
        messages = self._api.ask("GET", path, page_size=100).get("messages") or []
        return [self._answer(room, path, one) for one in sorted(messages, key=lambda one: one["created_timestamp"])]

    def rate(self, space_id: str, conversation: str, message: str, rating: str) -> None:
        """Thumbs up or down."""
        path = f"{_space(space_id)}/conversations/{quote(conversation, safe='')}/messages/{quote(message, safe='')}"
        self._api.ask("POST", f"{path}/feedback", {"rating": rating})

    def curate(self, space_id: str, question: str, sql: str) -> None:
        """Puts a question with its SQL among the curated examples; one that is there gets the new SQL."""
        if not question.strip() or not sql.strip():
            raise InvalidParameterValue("A curated example has a question and a statement.")
        room = self.room(space_id)
        instructions = room.told.setdefault("instructions", {})
        others = [
            one
            for one in instructions.get("example_question_sqls") or ()
            if _joined(one.get("question")).casefold() != question.strip().casefold()
        ]
        made = {"id": self._workspace.new_id(), "question": [question.strip()], "sql": [sql.strip()]}
        instructions["example_question_sqls"] = sorted([*others, made], key=lambda one: str(one.get("id")))
        body = {"serialized_space": json.dumps(room.told), "etag": room.space.get("etag")}
        self._api.ask("PATCH", _space(space_id), body)

    def _answer(self, room: Room, path: str, message: Json) -> Answer:
        told = Answer(str(message["id"]), str(message["content"]))
        told.failed = str((message.get("error") or {}).get("error") or "")
        told.rating = str((message.get("feedback") or {}).get("rating") or "")
        for one in message.get("attachments") or ():
            if query := one.get("query"):
                told.sql, told.description = str(query.get("query") or ""), str(query.get("description") or "")
                self._fill(told, f"{path}/{told.id}/attachments/{one['attachment_id']}/query-result")
            told.texts += [one["text"]["content"]] if one.get("text") else []
            told.suggested += (one.get("suggested_questions") or {}).get("questions") or []
        told.curated = any(question.casefold() == told.question.casefold() for question, _ in room.examples)
        return told

    def _fill(self, told: Answer, path: str) -> None:
        try:
            statement = self._api.ask("GET", path)["statement_response"]
        except ApiError as error:
            told.failed = error.message
            return
        manifest, result = statement.get("manifest") or {}, statement.get("result") or {}
        columns = (manifest.get("schema") or {}).get("columns") or ()
        told.columns = [one["name"] for one in columns]
        told.numbers = [one["name"] for one in columns if one.get("type_name") in NUMBERS]
        rows = result.get("data_array") or []
        told.rows = [[_plain(cell) for cell in row] for row in rows[:SHOWN_ROWS]]
        told.total = manifest.get("total_row_count") or len(rows)


def _space(space_id: str) -> str:
    return f"{SPACES}/{quote(space_id, safe='')}"


def _plain(number: Any) -> Any:
    """A number without an exponent, as people write it."""
    return format(Decimal(number), "f") if isinstance(number, str) and _EXPONENT.fullmatch(number) else number


def _joined(told: Any) -> str:
    return "".join(told) if isinstance(told, list) else str(told or "")
