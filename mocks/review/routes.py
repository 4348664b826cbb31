"""Routes of the Review App and its page."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.review.labels import Labels
from mocks.review.sheets import PAGES, Sheet
from mocks.review.store import ReviewStore
from mocks.review.wire import (
    Item,
    ItemChange,
    Items,
    LabelingSession,
    LabelingSessions,
    ReviewApp,
    ReviewApps,
)

api = Api()
Store = Annotated[ReviewStore, Depends(in_workspace(ReviewStore))]
Page = Annotated[Labels, Depends(in_workspace(Labels))]
APPS = "/api/2.0/managed-evals/review-apps"
SESSIONS = f"{APPS}/{{app_id}}/labeling-sessions"
SESSION = f"{SESSIONS}/{{session_id}}"


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


@api.get(APPS)
def list_review_apps(
    store: Store,
    told: Annotated[str | None, Query(alias="filter")] = None,
    page_size: int | None = None,
    page_token: str | None = None,
) -> ReviewApps:
    """The review apps."""
    return store.apps(told, page_size, page_token)


@api.post(APPS)
def create_review_app(body: ReviewApp, store: Store) -> ReviewApp:
    """Makes the review app of an experiment."""
    return store.create_app(body)


@api.get(f"{APPS}/{{app_id}}")
def get_review_app(app_id: str, store: Store) -> ReviewApp:
    """A review app."""
    return store.app(app_id)


@api.patch(f"{APPS}/{{app_id}}")
def update_review_app(app_id: str, body: ReviewApp, store: Store, update_mask: str | None = None) -> ReviewApp:
    """Changes agents or label schemas."""
    return store.update_app(app_id, body, update_mask)


@api.get(SESSIONS)
def list_labeling_sessions(
    app_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> LabelingSessions:
    """The labeling sessions of an app."""
    return store.sessions(app_id, page_size, page_token)


@api.post(SESSIONS)
def create_labeling_session(app_id: str, body: LabelingSession, store: Store) -> LabelingSession:
    """Makes a labeling session."""
    return store.create_session(app_id, body)


@api.get(SESSION)
def get_labeling_session(app_id: str, session_id: str, store: Store) -> LabelingSession:
    """A labeling session."""
    return store.session(app_id, session_id)


@api.patch(SESSION)
def update_labeling_session(
    app_id: str, session_id: str, body: LabelingSession, store: Store, update_mask: str | None = None
) -> LabelingSession:
    """Changes a labeling session."""
    return store.update_session(app_id, session_id, body, update_mask)


@api.delete(SESSION)
def delete_labeling_session(app_id: str, session_id: str, store: Store) -> None:
    """Forgets a labeling session."""
    store.delete_session(app_id, session_id)


@api.get(f"{SESSION}/items")
def list_items(
    app_id: str, session_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Items:
    """The items of a session."""
    return store.items(app_id, session_id, page_size, page_token)


@api.post(f"{SESSION}/items:batchCreate")
def batch_create_items(app_id: str, session_id: str, body: Items, store: Store) -> Items:
    """Adds items to a session."""
    return store.add_items(app_id, session_id, body)


@api.patch(f"{SESSION}/items/{{item_id}}")
def update_item(app_id: str, session_id: str, item_id: str, body: ItemChange, store: Store) -> Item:
    """Says how far an item is."""
    return store.set_state(app_id, session_id, item_id, body.state)


@api.get(PAGES)
def show_reviews(page: Page) -> Response:
    """Everything that is to be labelled."""
    return page.overview()


@api.get(f"{PAGES}/chat")
def open_chat(endpoint: str = "") -> Response:
    """Where `agents.deploy` sends its reviewers; they talk to the agent on its own page."""
    return RedirectResponse(f"/chat/{quote(endpoint, safe='')}" if endpoint else "/chat")


@api.get(f"{PAGES}/{{app_id}}")
def show_review_app(app_id: str, page: Page) -> Response:
    """The page of a review app: its sessions."""
    return page.overview(app_id)


@api.get(f"{PAGES}/{{app_id}}/tasks/labeling/{{session_id}}")
def show_labeling_session(app_id: str, session_id: str, page: Page, item: str | None = None) -> Response:
    """The page on which a session is labelled: the item that is named, else the first that waits."""
    sheet = page.session(app_id, session_id)
    return page.show(sheet, item) if isinstance(sheet, Sheet) else sheet


@api.post(f"{PAGES}/{{app_id}}/tasks/labeling/{{session_id}}/items/{{item_id}}")
def label_item(app_id: str, session_id: str, item_id: str, body: Body, page: Page) -> Response:
    """Takes the answers of a reviewer and goes on to the next item."""
    sheet = page.session(app_id, session_id)
    return page.label(sheet, item_id, body) if isinstance(sheet, Sheet) else sheet


@api.get(f"{PAGES}/queues/{{experiment}}/{{queue}}")
def show_review_queue(experiment: str, queue: str, page: Page, item: str | None = None) -> Response:
    """The page on which a review queue is worked through."""
    sheet = page.queue(experiment, queue)
    return page.show(sheet, item) if isinstance(sheet, Sheet) else sheet


@api.post(f"{PAGES}/queues/{{experiment}}/{{queue}}/items/{{item_id}}")
def label_queue_item(experiment: str, queue: str, item_id: str, body: Body, page: Page) -> Response:
    """Takes the answers of a reviewer and goes on to the next item of the queue."""
    sheet = page.queue(experiment, queue)
    return page.label(sheet, item_id, body) if isinstance(sheet, Sheet) else sheet
