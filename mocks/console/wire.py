"""What the pages keep."""

from mocks.core.wire import Wire


class Turn(Wire):
    """A question to an endpoint and what came of it."""

    question: str
    answer: str = ""
    trace_id: str | None = None
    entity: str | None = None
    answered_by: str | None = None
    failed: str | None = None


class Conversation(Wire):
    """What somebody said to one endpoint, and the answers."""

    conversation_id: str
    endpoint: str
    user_name: str
    started_at: int
    turns: list[Turn] = []

    @property
    def title(self) -> str:
        """Its first question."""
        return self.turns[0].question if self.turns else "…"
