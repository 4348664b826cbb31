"""The pages on which people talk to endpoints."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response

from mocks.console.chat import FEEDBACK, Chat
from mocks.console.store import FOUNDATION, ConsoleStore, Json, address
from mocks.console.wire import Turn
from mocks.core.errors import ApiError, ResourceDoesNotExist
from mocks.core.stream import server_sent_events
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.assessing import Assessing
from mocks.engines.mlflow.trace_story import Story, TraceStories
from mocks.engines.pages import missing, page

FOLDER = Path(__file__).with_name("pages")
ARRIVAL_SECONDS, LOOK_EVERY = 3.0, 0.1


class ChatPages:
    """The chat of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._chat, self._console = workspace, Chat(workspace), ConsoleStore(workspace)
        self._stories, self._assessing = TraceStories(workspace), Assessing(workspace)

    def overview(self) -> Response:
        """The endpoints that one can talk to."""
        return page(self._workspace, FOLDER / "chats.html", endpoints=self._talking())

    def show(self, endpoint: str, identity: str | None = None) -> Response:
        """A conversation, or the place to begin one."""
        told = next((one for one in self._talking() if one["name"] == endpoint), None)
        if told is None:
            return self._missing(endpoint)
        conversation = self._chat.conversation(endpoint, identity) if identity else None
        turns = [self._turn(turn) for turn in conversation.turns] if conversation else []
        shown: Json = {"endpoint": told, "conversation": conversation, "turns": turns}
        return page(self._workspace, FOLDER / "chat.html", others=self._chat.conversations(endpoint), **shown)

    def show_turn(self, endpoint: str, identity: str, number: int) -> Response:
        """One turn as it stands on the page, once its trace has arrived.

        Raises: ResourceDoesNotExist
        """
        conversation = self._chat.conversation(endpoint, identity)
        turn = self._arrived(self._chat.turn(conversation, number))
        return page(self._workspace, FOLDER / "turn.html", one=turn, number=number, conversation=conversation)

    def ask(self, endpoint: str, identity: str | None, question: str, *, streamed: bool) -> Response:
        """Asks and shows the conversation, or streams the answer for the page that is open.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        if all(one["name"] != endpoint for one in self._talking()):
            return self._missing(endpoint)
        conversation = self._chat.begin(endpoint, identity)
        pieces = self._chat.ask(conversation, question)
        here = address("chat", endpoint, conversation.conversation_id)
        number = len(conversation.turns) + 1
        if streamed:
            return server_sent_events(_events(pieces, here, number), None)
        for _ in pieces:
            pass
        return RedirectResponse(f"{here}#turn-{number}", status_code=303)

    def say(self, endpoint: str, identity: str, number: int, value: bool, comment: str) -> Response:
        """Takes thumbs and comment.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        self._chat.say(self._chat.conversation(endpoint, identity), number, value, comment)
        return RedirectResponse(f"{address('chat', endpoint, identity)}#turn-{number}", status_code=303)

    def _talking(self) -> list[Json]:
        return [one for one in self._console.endpoints() if not str(one.get("task")).endswith("/embeddings")]

    def _missing(self, endpoint: str) -> Response:
        made = [one for one in self._talking() if one.get("endpoint_type") != FOUNDATION]
        others = [(one["name"], address("chat", one["name"])) for one in made or self._talking()]
        return missing(self._workspace, endpoint, "endpoint that talks", others)

    def _arrived(self, turn: Turn) -> dict[str, Any]:
        """The turn with its trace, which the served model sends when it has answered."""
        until = time.monotonic() + ARRIVAL_SECONDS
        told = self._turn(turn)
        while turn.trace_id and not _complete(told) and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
            told = self._turn(turn)
        return told

    def _turn(self, turn: Turn) -> dict[str, Any]:
        story: Story | None = None
        said: dict[str, Any] = {}
        if turn.trace_id:
            try:
                story = self._stories.of(turn.trace_id)
                said = self._assessing.own(turn.trace_id).get(FEEDBACK) or {}
            except ResourceDoesNotExist:
                story = None
        return {"turn": turn, "story": story, "said": said}


def _complete(told: Json) -> bool:
    return told["story"] is not None and told["story"].complete


def _events(pieces: Iterator[str], here: str, number: int) -> Iterator[dict[str, Any]]:
    """Where the conversation is, the pieces of the answer, where the finished turn is found."""
    yield {"page": here}
    try:
        for piece in pieces:
            yield {"delta": piece}
    except ApiError as error:
        yield {"failed": error.message}
    yield {"turn": f"{here}/turns/{number}"}
