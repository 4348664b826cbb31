"""Genie One: one MCP server over all spaces of a workspace; it asks the space that can answer."""

from collections.abc import Sequence
from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.core.mcp import Tool
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.result_format import manifest
from mocks.genie.access import Access
from mocks.genie.store import GenieStore
from mocks.genie.understanding import Understanding
from mocks.genie.wire import Message

_STRING = {"type": "string"}
_ANSWER = {
    "type": "object",
    "properties": {"conversation_id": _STRING, "response_id": _STRING, "status": _STRING, "final_answer": _STRING},
    "required": ["conversation_id", "response_id", "status"],
}
_WHICH = {
    "type": "object",
    "properties": {"conversation_id": _STRING, "response_id": _STRING},
    "required": ["conversation_id", "response_id"],
}


_STATUSES = {"COMPLETED": "completed", "FAILED": "failed", "CANCELLED": "cancelled"}


class GenieOne:
    """Asks whichever space answers."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._store = workspace, GenieStore(workspace)

    def tools(self) -> Sequence[Tool]:
        """The tools; the first asks, and its first argument is the question."""
        question = {
            "type": "object",
            "properties": {"question": _STRING, "conversation_id": _STRING},
            "required": ["question"],
        }
        about = "Answers a question about the workspace's data from the Genie space that knows its tables."
        return (
            Tool("genie_ask", about, question, lambda given, _: self._ask(given), _ANSWER),
            Tool("genie_poll_response", "Gives an answer again.", _WHICH, lambda given, _: self._said(given), _ANSWER),
            Tool("genie_get_query_result", "Gives the rows of an answer.", _WHICH, lambda given, _: self._rows(given)),
            Tool("genie_cancel_response", "Cancels what is not done yet.", _WHICH, lambda g, _: self._cancelled(g)),
        )

    def _ask(self, given: dict[str, Any]) -> dict[str, Any]:
        question, conversation = str(given["question"]), given.get("conversation_id")
        if conversation:
            space_id = self._store.space_of(str(conversation))
            return _answer(self._store.create_message(space_id, str(conversation), question))
        return _answer(self._store.start_conversation(self._knowing(question), question).message)

    def _knowing(self, question: str) -> str:
        """The space that answers, one with an example query before the others; the first if none does.

        Raises: InvalidParameterValue
        """
        spaces = [space.space_id for space in self._store.visible_spaces()]
        if not spaces:
            raise InvalidParameterValue("The workspace has no Genie space.")
        routes = {space: route for space in spaces if (route := self._route(space, question))}
        return min(routes, key=lambda space: routes[space] == "composed", default=spaces[0])

    def _route(self, space_id: str, question: str) -> str | None:
        """By which route the space would answer; nothing if it would ask back."""
        told = Access(self._workspace).asked(self._store.get_space(space_id), question)
        return self._workspace.engine(Understanding).route(told)

    def _message(self, given: dict[str, Any]) -> Message:
        conversation = str(given["conversation_id"])
        return self._store.get_message(self._store.space_of(conversation), conversation, str(given["response_id"]))

    def _said(self, given: dict[str, Any]) -> dict[str, Any]:
        return _answer(self._message(given))

    def _cancelled(self, given: dict[str, Any]) -> dict[str, Any]:
        conversation = str(given["conversation_id"])
        space_id = self._store.space_of(conversation)
        return _answer(self._store.cancel_message(space_id, conversation, str(given["response_id"])))

    def _rows(self, given: dict[str, Any]) -> dict[str, Any]:
        execution = self._store.results.execution(self._message(given))
        assert execution.result is not None
        return {"manifest": manifest(execution.result), "data_array": execution.result.rows()}


def _answer(message: Message) -> dict[str, Any]:
    texts = [a.text["content"] for a in message.attachments if a.text] + (
        [message.error["error"]] if message.error else []
    )
    queries = [a.query for a in message.attachments if a.query]
    return {
        "conversation_id": message.conversation_id,
        "response_id": message.id,
        "status": _STATUSES.get(message.status, "in_progress"),
        "final_answer": " ".join([*texts, *(query["description"] for query in queries)]),
        "query_items": [
            {"query": query["query"], "description": query["description"], "statement_id": query["statement_id"]}
            for query in queries
        ],
    }
