"""The managed MCP server of a space: ask, and poll for the answer."""

from collections.abc import Sequence
from typing import Any

from mocks.core.mcp import Tool
from mocks.engines.warehouse.result_format import manifest
from mocks.genie.store import GenieStore
from mocks.genie.wire import Message

_OUTPUT = {
    "type": "object",
    "properties": {
        "content": {"type": "object"},
        "conversationId": {"type": "string"},
        "messageId": {"type": "string"},
        "status": {"type": "string"},
    },
    "required": ["content", "conversationId", "messageId", "status"],
}
_STRING = {"type": "string"}
_PATIENCE = 50.0  # seconds that a call waits for a model, kept alive by pings; then it tells how far the answer is


def tools(store: GenieStore, space_id: str) -> Sequence[Tool]:
    """The two tools; the query tool comes first and its first argument is the question, as clients assume.

    Raises: ResourceDoesNotExist
    """
    space = store.get_space(space_id)
    about = f" The space: {space.description}" if space.description else ""
    return (
        Tool(
            name=f"query_space_{space_id}",
            description=(
                f"Answers questions about the data tables of the Genie space '{space.title}' (counts, totals, lists, "
                f"rankings) by running read-only SQL.{about} Each question stands alone unless a conversation_id is "
                f"given. If the status is not final, call poll_response_{space_id}."
            ),
            input_schema={
                "type": "object",
                "properties": {
                    "query": {**_STRING, "description": "The question in plain words"},
                    "conversation_id": {**_STRING, "description": "An earlier conversation to go on with"},
                },
                "required": ["query"],
            },
            call=lambda given, _: _ask(store, space_id, given),
            output_schema=_OUTPUT,
        ),
        Tool(
            name=f"poll_response_{space_id}",
            description="Gives the answer to a question that was asked before, once it is there.",
            input_schema={
                "type": "object",
                "properties": {"conversation_id": _STRING, "message_id": _STRING},
                "required": ["conversation_id", "message_id"],
            },
            call=lambda given, _: _envelope(
                store, store.get_message(space_id, str(given["conversation_id"]), str(given["message_id"]))
            ),
            output_schema=_OUTPUT,
        ),
    )


def _ask(store: GenieStore, space_id: str, given: dict[str, Any]) -> dict[str, Any]:
    question, conversation = str(given["query"]), given.get("conversation_id")
    if conversation:
        message = store.create_message(space_id, str(conversation), question)
    else:
        message = store.start_conversation(space_id, question).message
    return _envelope(store, store.awaited(message, _PATIENCE))


def _envelope(store: GenieStore, message: Message) -> dict[str, Any]:
    content: dict[str, Any] = {"queryAttachments": [], "textAttachments": [], "suggestedQuestions": []}
    for attachment in message.attachments:
        if attachment.query:
            content["queryAttachments"].append(_query(store, message, attachment.attachment_id, attachment.query))
        content["textAttachments"] += [attachment.text["content"]] if attachment.text else []
        content["suggestedQuestions"] += (attachment.suggested_questions or {}).get("questions", [])
    if message.error:
        content["textAttachments"].append(message.error["error"])
    return {
        "content": content,
        "conversationId": message.conversation_id,
        "messageId": message.id,
        "status": message.status,
    }


def _query(store: GenieStore, message: Message, attachment_id: str, query: dict[str, Any]) -> dict[str, Any]:
    execution = store.results.execution(message, attachment_id)
    assert execution.result is not None
    return {
        "query": query["query"],
        "description": query["description"],
        "statement_response": {
            "statement_id": execution.id,
            "status": {"state": execution.state.value},
            "manifest": manifest(execution.result),
            "result": {
                "row_count": int(execution.result.table.num_rows),
                "data_array": store.results.mcp_rows(execution.result),
            },
        },
    }
