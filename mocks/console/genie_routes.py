"""Routes of the pages of Genie spaces."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends
from starlette.responses import RedirectResponse, Response

from mocks.console.forms import Form
from mocks.console.genie import GenieTalk
from mocks.console.store import ConsoleStore, Json, address
from mocks.core.errors import ResourceDoesNotExist
from mocks.core.wire import Api
from mocks.core.workspace import Here, in_workspace
from mocks.engines.pages import missing, page

api = Api(prefix="/genie")
FOLDER = Path(__file__).with_name("pages")
Talk = Annotated[GenieTalk, Depends(in_workspace(GenieTalk))]
Store = Annotated[ConsoleStore, Depends(in_workspace(ConsoleStore))]
ROOM = "/rooms/{space_id}"
CONVERSATION = f"{ROOM}/chats/{{conversation}}"


@api.get("")
@api.get("/rooms")
def show_spaces(here: Here, store: Store) -> Response:
    """The spaces of the workspace."""
    return page(here, FOLDER / "spaces.html", spaces=store.space_links())


@api.get(ROOM)
def show_space(space_id: str, here: Here, talk: Talk, store: Store) -> Response:
    """A space, and the place to ask it."""
    return _room(space_id, None, here, talk, store)


@api.get(CONVERSATION)
def show_genie_conversation(space_id: str, conversation: str, here: Here, talk: Talk, store: Store) -> Response:
    """A conversation with a space."""
    return _room(space_id, conversation, here, talk, store)


@api.post(ROOM)
def ask_space(space_id: str, form: Form, talk: Talk) -> Response:
    """Asks the first question."""
    return _to(space_id, talk.ask(space_id, None, form.one("question")))


@api.post(CONVERSATION)
def ask_space_again(space_id: str, conversation: str, form: Form, talk: Talk) -> Response:
    """Asks the next question."""
    return _to(space_id, talk.ask(space_id, conversation, form.one("question")))


@api.post(f"{CONVERSATION}/messages/{{message}}/feedback")
def rate_answer(space_id: str, conversation: str, message: str, form: Form, talk: Talk) -> Response:
    """Thumbs up or down."""
    rating = form.choice("rating", {one: one for one in ("POSITIVE", "NEGATIVE", "NONE")})
    talk.rate(space_id, conversation, message, rating)
    return _to(space_id, conversation, message)


@api.post(f"{CONVERSATION}/messages/{{message}}/example")
def add_example(space_id: str, conversation: str, message: str, form: Form, talk: Talk) -> Response:
    """Adds a question with its SQL to the curated examples."""
    talk.curate(space_id, form.one("question"), form.one("sql"))
    return _to(space_id, conversation, message)


def _room(space_id: str, conversation: str | None, here: Here, talk: GenieTalk, store: ConsoleStore) -> Response:
    try:
        room = talk.room(space_id)
        answers = talk.answers(room, conversation) if conversation else []
    except ResourceDoesNotExist:
        known = [(link.text, link.href) for link in store.space_links()]
        noun = "conversation in this Genie space, or no Genie space" if conversation else "Genie space"
        return missing(here, conversation or space_id, noun, known)
    told: Json = {"answers": answers, "conversation": conversation, "others": talk.conversations(space_id)}
    return page(here, FOLDER / "space.html", room=room, **told)


def _to(space_id: str, conversation: str, message: str = "") -> Response:
    place = f"#m-{message}" if message else "#ask"
    return RedirectResponse(f"{address('genie', 'rooms', space_id, 'chats', conversation)}{place}", status_code=303)
