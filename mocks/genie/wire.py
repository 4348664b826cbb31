"""Bodies of the Genie service."""

from typing import Any

from mocks.core.wire import Wire


class NewSpace(Wire):
    """A space to be made."""

    warehouse_id: str
    serialized_space: str
    title: str | None = None
    description: str | None = None
    parent_path: str | None = None


class SpaceChanges(Wire):
    """What shall change in a space."""

    serialized_space: str | None = None
    title: str | None = None
    description: str | None = None
    warehouse_id: str | None = None
    parent_path: str | None = None
    etag: str | None = None


class Space(Wire):
    """A space; `serialized_space` is kept to the letter."""

    space_id: str
    title: str
    description: str | None = None
    warehouse_id: str
    parent_path: str | None = None
    serialized_space: str | None = None
    etag: str
    create_time: str | None = None
    update_time: str | None = None
    trashed: bool | None = None


class Spaces(Wire):
    """A page of spaces."""

    spaces: list[Space]
    next_page_token: str | None = None


class Content(Wire):
    """A question."""

    content: str


class Attachment(Wire):
    """Exactly one of a query, a text or suggested questions; clients look for the key."""

    attachment_id: str
    query: dict[str, Any] | None = None
    text: dict[str, str] | None = None
    suggested_questions: dict[str, list[str]] | None = None


class Message(Wire):
    """A question and what came of it."""

    id: str
    message_id: str
    conversation_id: str
    space_id: str
    user_id: int
    content: str
    status: str
    created_timestamp: int
    last_updated_timestamp: int
    attachments: list[Attachment] = []
    error: dict[str, str] | None = None
    feedback: dict[str, str] | None = None


class Messages(Wire):
    """A page of messages."""

    messages: list[Message]
    next_page_token: str | None = None


class Conversation(Wire):
    """A conversation."""

    id: str
    conversation_id: str
    space_id: str
    user_id: int
    title: str
    created_timestamp: int
    last_updated_timestamp: int


class Conversations(Wire):
    """A page of conversations."""

    conversations: list[Conversation]
    next_page_token: str | None = None


class Started(Wire):
    """A new conversation and its first message."""

    conversation_id: str
    message_id: str
    conversation: Conversation
    message: Message


class Feedback(Wire):
    """What the user thinks of an answer."""

    rating: str
    comment: str | None = None


class QueryResult(Wire):
    """The rows behind a query attachment, as a statement response."""

    statement_response: dict[str, Any]
