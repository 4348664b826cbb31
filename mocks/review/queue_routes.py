"""Routes of review questions and review queues."""

from typing import Annotated

from fastapi import Depends, Query

from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.review.queue_wire import (
    ItemNames,
    Member,
    Members,
    NewQueueItems,
    QueueItem,
    QueueItems,
    ReviewQuestion,
    ReviewQuestions,
    ReviewQueue,
    ReviewQueues,
    StatusChange,
)
from mocks.review.queues import ReviewQueueStore

api = Api(prefix="/api/2.0/managed-evals")
Store = Annotated[ReviewQueueStore, Depends(in_workspace(ReviewQueueStore))]
Filter = Annotated[str | None, Query(alias="filter")]
QUESTIONS = "/experiments/{experiment}/reviewQuestions"
QUEUES = "/experiments/{experiment}/reviewQueues"


def _question(experiment: str, question: str) -> str:
    return f"experiments/{experiment}/reviewQuestions/{question}"


def _queue(experiment: str, queue: str) -> str:
    return f"experiments/{experiment}/reviewQueues/{queue}"


Question = Annotated[str, Depends(_question)]
Queue = Annotated[str, Depends(_queue)]


@api.post(QUESTIONS)
def create_review_question(experiment: str, body: ReviewQuestion, store: Store) -> ReviewQuestion:
    """Adds a question to an experiment."""
    return store.create_question(experiment, body)


@api.get(QUESTIONS)
def list_review_questions(
    experiment: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> ReviewQuestions:
    """A page of the questions."""
    return store.questions(experiment, page_size, page_token)


@api.get(f"{QUESTIONS}/{{question}}")
def get_review_question(name: Question, store: Store) -> ReviewQuestion:
    """One question."""
    return store.question(name)


@api.patch(f"{QUESTIONS}/{{question}}")
def update_review_question(
    name: Question, body: ReviewQuestion, store: Store, update_mask: str | None = None
) -> ReviewQuestion:
    """Changes a question."""
    return store.update_question(name, body, update_mask)


@api.delete(f"{QUESTIONS}/{{question}}")
def delete_review_question(name: Question, store: Store) -> None:
    """Removes a question."""
    store.delete_question(name)


@api.post(QUEUES)
def create_review_queue(experiment: str, body: ReviewQueue, store: Store) -> ReviewQueue:
    """Makes a queue."""
    return store.create_queue(experiment, body)


@api.get(QUEUES)
def list_review_queues(
    experiment: str,
    store: Store,
    told: Filter = None,
    page_size: int | None = None,
    page_token: str | None = None,
) -> ReviewQueues:
    """A page of the queues."""
    return store.queues(experiment, told, page_size, page_token)


@api.get(f"{QUEUES}/{{queue}}")
def get_review_queue(name: Queue, store: Store) -> ReviewQueue:
    """One queue."""
    return store.queue(name)


@api.patch(f"{QUEUES}/{{queue}}")
def update_review_queue(name: Queue, body: ReviewQueue, store: Store, update_mask: str | None = None) -> ReviewQueue:
    """Changes a queue."""
    return store.update_queue(name, body, update_mask)


@api.delete(f"{QUEUES}/{{queue}}")
def delete_review_queue(name: Queue, store: Store) -> None:
    """Forgets a queue."""
    store.delete_queue(name)


@api.get(f"{QUEUES}/{{queue}}/effectiveQuestions:resolve")
def resolve_effective_review_questions(name: Queue, store: Store, item_kind: str | None = None) -> ReviewQuestions:
    """The questions that a queue asks."""
    return ReviewQuestions(review_questions=store.effective(name, item_kind))


@api.post(f"{QUEUES}/{{queue}}/members")
def add_review_queue_member(name: Queue, body: Member, store: Store) -> Member:
    """Assigns a reviewer."""
    return store.add_member(name, body)


@api.get(f"{QUEUES}/{{queue}}/members")
def list_review_queue_members(
    name: Queue, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Members:
    """A page of the reviewers."""
    return store.members(name, page_size, page_token)


@api.delete(f"{QUEUES}/{{queue}}/members/{{user}}")
def remove_review_queue_member(name: Queue, user: str, store: Store) -> None:
    """Takes a reviewer away."""
    store.remove_member(name, user)


@api.post(f"{QUEUES}/{{queue}}/items:batchCreate")
def add_review_queue_items(name: Queue, body: NewQueueItems, store: Store) -> QueueItems:
    """Attaches items."""
    return store.add_items(name, body)


@api.post(f"{QUEUES}/{{queue}}/items:batchDelete")
def remove_review_queue_items(name: Queue, body: ItemNames, store: Store) -> None:
    """Detaches items."""
    store.remove_items(name, body.names)


@api.get(f"{QUEUES}/{{queue}}/items")
def list_review_queue_items(
    name: Queue, store: Store, told: Filter = None, page_size: int | None = None, page_token: str | None = None
) -> QueueItems:
    """A page of the items."""
    return store.items(name, told, page_size, page_token)


@api.patch(f"{QUEUES}/{{queue}}/items/{{item}}")
def set_review_queue_item_status(name: Queue, item: str, body: StatusChange, store: Store) -> QueueItem:
    """Says how far an item is."""
    return store.set_status(f"{name}/items/{item}", body.status)
