"""What the pages keep."""

from typing import Any

from mocks.core.wire import Wire


class Turn(Wire):
    """A question to an endpoint and what came of it."""

    question: str
    answer: str = ""
    trace_id: str | None = None
    entity: str | None = None
    answered_by: str | None = None
    sources: list[Any] = []
    sql: list[str] = []
    failed: str | None = None


class Conversation(Wire):
    """What was said to one endpoint."""

    conversation_id: str
    endpoint: str
    user_name: str
    started_at: int
    turns: list[Turn] = []
