"""Routes of Genie: REST and MCP."""

from typing import Annotated, Any

from fastapi import Body, Depends
from starlette.responses import Response

from mocks.core.errors import NotImplementedYet
from mocks.core.mcp import respond
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.genie.mcp import tools
from mocks.genie.store import GenieStore
from mocks.genie.wire import (
    Content,
    Conversations,
    Feedback,
    Message,
    Messages,
    NewSpace,
    QueryResult,
    Space,
    SpaceChanges,
    Spaces,
    Started,
)

api = Api()
Store = Annotated[GenieStore, Depends(in_workspace(GenieStore))]
SPACES = "/api/2.0/genie/spaces"
SPACE = f"{SPACES}/{{space_id}}"
CONVERSATION = f"{SPACE}/conversations/{{conversation_id}}"
MESSAGE = f"{CONVERSATION}/messages/{{message_id}}"
ATTACHMENT = f"{MESSAGE}/attachments/{{attachment_id}}"


@api.post(SPACES)
def create_space(body: NewSpace, store: Store) -> Space:
    """Makes a space."""
    return store.create_space(body)


@api.get(SPACES)
def list_spaces(store: Store, page_size: int | None = None, page_token: str | None = None) -> Spaces:
    """The spaces."""
    return store.list_spaces(page_size, page_token)


@api.get(SPACE)
def get_space(space_id: str, store: Store, include_serialized_space: bool = False) -> Space:
    """The space."""
    return store.get_space(space_id, include_serialized_space)


@api.patch(SPACE)
def update_space(space_id: str, body: SpaceChanges, store: Store) -> Space:
    """Changes the space."""
    return store.update_space(space_id, body)


@api.delete(SPACE)
def trash_space(space_id: str, store: Store) -> None:
    """Puts the space into the trash."""
    store.trash_space(space_id)


@api.post(f"{SPACE}/start-conversation")
def start_conversation(space_id: str, body: Content, store: Store) -> Started:
    """Opens a conversation with a question."""
    return store.start_conversation(space_id, body.content)


@api.get(f"{SPACE}/conversations")
def list_conversations(
    space_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Conversations:
    """The conversations."""
    return store.list_conversations(space_id, page_size, page_token)


@api.delete(CONVERSATION)
def delete_conversation(space_id: str, conversation_id: str, store: Store) -> None:
    """Removes a conversation."""
    store.delete_conversation(space_id, conversation_id)


@api.post(f"{CONVERSATION}/messages")
def create_message(space_id: str, conversation_id: str, body: Content, store: Store) -> Message:
    """Asks the next question."""
    return store.create_message(space_id, conversation_id, body.content)


@api.get(f"{CONVERSATION}/messages")
def list_conversation_messages(
    space_id: str, conversation_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Messages:
    """The messages."""
    return store.list_messages(space_id, conversation_id, page_size, page_token)


@api.get(MESSAGE)
def get_message(space_id: str, conversation_id: str, message_id: str, store: Store) -> Message:
    """The message."""
    return store.get_message(space_id, conversation_id, message_id)


@api.get(f"{ATTACHMENT}/query-result")
def get_message_attachment_query_result(
    space_id: str, conversation_id: str, message_id: str, attachment_id: str, store: Store
) -> QueryResult:
    """The rows of a query attachment."""
    return store.query_result(store.get_message(space_id, conversation_id, message_id), attachment_id)


@api.post(f"{ATTACHMENT}/execute-query")
def execute_message_attachment_query(
    space_id: str, conversation_id: str, message_id: str, attachment_id: str, store: Store
) -> QueryResult:
    """Runs the query again."""
    return store.query_result(store.get_message(space_id, conversation_id, message_id), attachment_id, again=True)


@api.get(f"{MESSAGE}/query-result")
def get_message_query_result(space_id: str, conversation_id: str, message_id: str, store: Store) -> QueryResult:
    """The rows of the message's only query (the older form)."""
    return store.query_result(store.get_message(space_id, conversation_id, message_id))


@api.post(f"{MESSAGE}/execute-query")
def execute_message_query(space_id: str, conversation_id: str, message_id: str, store: Store) -> QueryResult:
    """Runs the message's only query again (the older form)."""
    return store.query_result(store.get_message(space_id, conversation_id, message_id), again=True)


@api.post(f"{MESSAGE}/feedback")
def send_message_feedback(space_id: str, conversation_id: str, message_id: str, body: Feedback, store: Store) -> None:
    """Thumbs up or down."""
    store.send_feedback(space_id, conversation_id, message_id, body)


@api.post(f"{SPACE}/eval-runs")
@api.get(f"{SPACE}/eval-runs")
def genie_create_eval_run(space_id: str, store: Store) -> None:
    """Benchmarks are not run yet."""
    store.get_space(space_id)
    raise NotImplementedYet("The sandbox does not run the benchmarks of a space yet.")


@api.post("/api/2.0/mcp/genie/{space_id}")
def call_mcp(space_id: str, body: Annotated[Any, Body()], store: Store) -> Response:
    """The managed MCP server of the space."""
    return respond(body, "genie", lambda: tools(store, space_id))
