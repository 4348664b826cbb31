"""Routes of the chat pages."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from mocks.console.chat_pages import ChatPages
from mocks.console.forms import Form
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace

api = Api(prefix="/chat")
Pages = Annotated[ChatPages, Depends(in_workspace(ChatPages))]


def _streamed(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("accept", "")


Streamed = Annotated[bool, Depends(_streamed)]


@api.get("")
def show_chats(pages: Pages) -> Response:
    """The endpoints that one can talk to."""
    return pages.overview()


@api.get("/{endpoint}")
def show_chat(endpoint: str, pages: Pages) -> Response:
    """A new conversation."""
    return pages.show(endpoint)


@api.post("/{endpoint}")
def start_chat(endpoint: str, form: Form, pages: Pages, streamed: Streamed) -> Response:
    """Asks the first question."""
    return pages.ask(endpoint, None, form.one("question"), streamed=streamed)


@api.get("/{endpoint}/{conversation}")
def show_conversation(endpoint: str, conversation: str, pages: Pages) -> Response:
    """A conversation."""
    return pages.show(endpoint, conversation)


@api.post("/{endpoint}/{conversation}")
def ask_again(endpoint: str, conversation: str, form: Form, pages: Pages, streamed: Streamed) -> Response:
    """Asks the next question."""
    return pages.ask(endpoint, conversation, form.one("question"), streamed=streamed)


@api.get("/{endpoint}/{conversation}/turns/{number}")
def show_turn(endpoint: str, conversation: str, number: int, pages: Pages) -> Response:
    """A question and its answer."""
    return pages.show_turn(endpoint, conversation, number)


@api.post("/{endpoint}/{conversation}/turns/{number}/feedback")
def log_chat_feedback(endpoint: str, conversation: str, number: int, form: Form, pages: Pages) -> Response:
    """Thumbs up or down with a comment."""
    return pages.say(
        endpoint, conversation, number, form.choice("value", {"up": True, "down": False}), form.one("comment")
    )
