"""Review queues: the questions of an experiment, lists of traces and records that wait, and who works on them."""

import hashlib
from typing import Any, TypeVar

from mocks.core.errors import InvalidParameterValue
from mocks.core.paging import page
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.registry import MlflowRegistry
from mocks.review.changes import masked, moment
from mocks.review.queue_wire import (
    Member,
    Members,
    NewQueueItems,
    QueueItem,
    QueueItems,
    ReviewQuestion,
    ReviewQuestions,
    ReviewQueue,
    ReviewQueues,
    Status,
)

INPUTS = ("pass_fail", "categorical", "numeric", "text")
_QUESTION = ("title", "instruction", "enable_comment", "is_default", *INPUTS)
_QUEUE = ("display_name", "owner", "question_names")
W = TypeVar("W", bound=Wire)


class ReviewQueueStore:
    """The review questions and queues of the experiments of one workspace.

    Raises everywhere: InvalidParameterValue, ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._mlflow = workspace, workspace.engine(MlflowRegistry)
        self._questions = workspace.collection("review_questions", ReviewQuestion, "Review question")
        self._queues = workspace.collection("review_queues", ReviewQueue, "Review queue")
        self._members = workspace.collection("review_queue_members", Member, "Member")
        self._items = workspace.collection("review_queue_items", QueueItem, "Item")

    def create_question(self, experiment: str, told: ReviewQuestion) -> ReviewQuestion:
        """Adds a question behind the others."""
        self._mlflow.call("GET", "experiments/get", experiment_id=experiment)
        _check(told)
        with self._workspace.lock:
            position = max([one.position or 0 for one in self._questions.all(_questions(experiment))], default=0) + 1
            key = f"{_questions(experiment)}{self._workspace.new_id()}"
            return self._questions.create(key, self._stamped(told, name=key, position=position))

    def question(self, name: str) -> ReviewQuestion:
        """One question."""
        return self._questions.get(name)

    def questions(self, experiment: str, size: int | None = None, token: str | None = None) -> ReviewQuestions:
        """The questions of an experiment in their order."""
        known = sorted(self._questions.all(_questions(experiment)), key=lambda one: one.position or 0)
        shown, following = page(known, size, token)
        return ReviewQuestions(review_questions=shown, next_page_token=following)

    def update_question(self, name: str, told: ReviewQuestion, mask: str | None) -> ReviewQuestion:
        """Changes fields; a new input takes the place of the old one."""
        fields = masked(mask, _QUESTION)
        change = {one: getattr(told, one) for one in fields}
        if any(one in INPUTS for one in fields):
            change = dict.fromkeys(INPUTS) | change
        changed = self.question(name).model_copy(update=change)
        _check(changed)
        return self._questions.update(name, lambda had: self._touched(had, change))

    def delete_question(self, name: str) -> None:
        """Removes a question, from the queues too; labels stay."""
        with self._workspace.lock:
            self._questions.delete(name)
            for queue in self._queues.all():
                if name in queue.question_names:
                    left = [one for one in queue.question_names if one != name]
                    self._queues.put(str(queue.name), self._touched(queue, {"question_names": left}))

    def create_queue(self, experiment: str, told: ReviewQueue) -> ReviewQueue:
        """A queue; that of a user is there once, however often it is asked for."""
        self._mlflow.call("GET", "experiments/get", experiment_id=experiment)
        if not told.display_name:
            raise InvalidParameterValue("A review queue has a display_name; that of a user is the user's name.")
        self._check_questions(told.question_names)
        with self._workspace.lock:
            if told.queue_type == "USER":
                for queue in self._queues.all(_queues(experiment)):
                    if (queue.queue_type, queue.display_name) == ("USER", told.display_name):
                        return self._counted(queue)
            key = f"{_queues(experiment)}{self._workspace.new_id()}"
            made = self._stamped(told, name=key, owner=told.owner or self._workspace.user_name)
            return self._counted(self._queues.create(key, made))

    def queue(self, name: str) -> ReviewQueue:
        """One queue, with how much waits in it."""
        return self._counted(self._queues.get(name))

    def queues(self, experiment: str, told: str | None, size: int | None, token: str | None) -> ReviewQueues:
        """The queues of an experiment, or those that `queue_type=…`, `owner=…` or `display_name=…` leaves."""
        known = [self._counted(one) for one in self._queues.all(_queues(experiment))]
        shown, following = page(_filtered(known, told, ("queue_type", "owner", "display_name")), size, token)
        return ReviewQueues(review_queues=shown, next_page_token=following)

    def every_queue(self) -> list[ReviewQueue]:
        """The queues of all experiments."""
        return self._queues.all()

    def update_queue(self, name: str, told: ReviewQueue, mask: str | None) -> ReviewQueue:
        """Changes name, owner or questions."""
        change = {one: getattr(told, one) for one in masked(mask, _QUEUE)}
        self._check_questions(change.get("question_names") or [])
        return self._counted(self._queues.update(name, lambda had: self._touched(had, change)))

    def delete_queue(self, name: str) -> None:
        """Forgets a queue; labels stay."""
        self._queues.delete(name)
        for member in self._members.all(f"{name}/"):
            self._members.delete(f"{name}/{member.user}")
        for item in self._items.all(f"{name}/"):
            self._items.delete(str(item.name))

    def add_member(self, name: str, told: Member) -> Member:
        """Assigns a reviewer; once is enough."""
        self.queue(name)
        key = f"{name}/{told.user}"
        made = Member(user=told.user, added_by=self._workspace.user_name, add_time=moment(self._workspace))
        return self._members.find(key) or self._members.put(key, made)

    def remove_member(self, name: str, user: str) -> None:
        """Takes a reviewer away."""
        self._members.delete(f"{name}/{user}")

    def members(self, name: str, size: int | None = None, token: str | None = None) -> Members:
        """The reviewers."""
        self.queue(name)
        shown, following = page(self._members.all(f"{name}/"), size, token)
        return Members(review_queue_members=shown, next_page_token=following)

    def add_items(self, name: str, told: NewQueueItems) -> QueueItems:
        """Attaches traces and records; one that is there keeps its status."""
        self.queue(name)
        if any(not one.review_queue_item.address.strip("/") for one in told.requests):
            raise InvalidParameterValue("An item is a v4_trace with a trace_id or a dataset_record with its ids.")
        with self._workspace.lock:
            return QueueItems(review_queue_items=[self._attached(name, one.review_queue_item) for one in told.requests])

    def remove_items(self, name: str, names: list[str]) -> None:
        """Detaches items; what is not there is ignored."""
        self.queue(name)
        for one in names:
            if one.startswith(f"{name}/items/") and self._items.find(one):
                self._items.delete(one)

    def items(self, name: str, told: str | None, size: int | None = None, token: str | None = None) -> QueueItems:
        """The items, or those that `status=…` leaves."""
        self.queue(name)
        known = sorted(self._items.all(f"{name}/"), key=lambda one: one.position)
        shown, following = page(_filtered(known, told, ("status",)), size, token)
        return QueueItems(review_queue_items=shown, next_page_token=following)

    def set_status(self, name: str, status: Status) -> QueueItem:
        """Says how far an item is, and by whom it was ended."""
        ended = status != "PENDING"
        change = {
            "status": status,
            "completed_by": self._workspace.user_name if ended else None,
            "complete_time": moment(self._workspace) if ended else None,
            "update_time": moment(self._workspace),
        }
        return self._items.update(name, lambda item: item.model_copy(update=change))

    def effective(self, name: str, kind: str | None) -> list[ReviewQuestion]:
        """The questions that a queue asks; records of datasets take expectations only."""
        queue = self.queue(name)
        known = self.questions(name.split("/")[1], 100_000).review_questions
        asked = known if queue.queue_type == "USER" else [one for one in known if one.name in queue.question_names]
        return [one for one in asked if kind != "DATASET_RECORD" or one.type == "EXPECTATION"]

    def _attached(self, name: str, told: QueueItem) -> QueueItem:
        key = f"{name}/items/{hashlib.sha256(told.address.encode()).hexdigest()[:32]}"
        if found := self._items.find(key):
            return found
        now, last = moment(self._workspace), max([one.position for one in self._items.all(f"{name}/")], default=0)
        made = {"name": key, "status": "PENDING", "create_time": now, "update_time": now, "position": last + 1}
        return self._items.put(key, told.model_copy(update=made | {"added_by": self._workspace.user_name}))

    def _counted(self, queue: ReviewQueue) -> ReviewQueue:
        items = self._items.all(f"{queue.name}/")
        waiting = sum(one.status == "PENDING" for one in items)
        return queue.model_copy(update={"total_item_count": len(items), "pending_item_count": waiting})

    def _check_questions(self, names: list[str]) -> None:
        for name in names:
            self._questions.get(name)

    def _stamped(self, told: W, **change: Any) -> W:
        now, user = moment(self._workspace), self._workspace.user_name
        return told.model_copy(
            update=change | {"created_by": user, "create_time": now, "last_updated_by": user, "update_time": now}
        )

    def _touched(self, had: W, change: dict[str, Any]) -> W:
        stamp = {"last_updated_by": self._workspace.user_name, "update_time": moment(self._workspace)}
        return had.model_copy(update=change | stamp)


def _questions(experiment: str) -> str:
    return f"experiments/{experiment}/reviewQuestions/"


def _queues(experiment: str) -> str:
    return f"experiments/{experiment}/reviewQueues/"


def _check(question: ReviewQuestion) -> None:
    inputs = [one for one in INPUTS if getattr(question, one) is not None]
    if not question.title or question.type is None or len(inputs) != 1:
        raise InvalidParameterValue(f"A review question has a title, a type and one input of {', '.join(INPUTS)}.")


def _filtered(known: list[W], told: str | None, fields: tuple[str, ...]) -> list[W]:
    if not told:
        return known
    name, equals, wanted = (part.strip().strip("'\"") for part in told.partition("="))
    if name not in fields or not equals:
        raise InvalidParameterValue(f"The filter is one of {', '.join(f'{one}=…' for one in fields)}; it is {told!r}.")
    return [one for one in known if getattr(one, name) == wanted]
