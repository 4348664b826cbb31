"""What a reviewer works through: a labeling session or a review queue, in one form for the page."""

from collections.abc import Callable
from dataclasses import dataclass

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.review.answers import PASS_FAIL
from mocks.review.queue_wire import QueueItem, ReviewQuestion
from mocks.review.queues import ReviewQueueStore
from mocks.review.store import ReviewStore
from mocks.review.wire import ItemState, LabelingSchema, Source

ALL = 100_000
PAGES = "/ml/review-v2"
_STATES = {"PENDING": "PENDING", "COMPLETE": "COMPLETED", "DECLINED": "SKIPPED"}


@dataclass(frozen=True)
class Entry:
    """One thing to be labelled."""

    id: str
    source: Source
    state: str

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it."""
        return self.state in ("PENDING", "IN_PROGRESS")


@dataclass(frozen=True)
class Sheet:
    """A list of entries and the questions that each is asked; `mark` says that one is done or passed over."""

    title: str
    href: str
    assigned: list[str]
    entries: list[Entry]
    questions: Callable[[Entry], list[LabelingSchema]]
    mark: Callable[[str, ItemState], None]

    @property
    def done(self) -> int:
        """How many entries wait no more."""
        return sum(not entry.waits for entry in self.entries)

    def entry(self, identity: str) -> Entry:
        """The entry of that id.

        Raises: ResourceDoesNotExist
        """
        found = next((entry for entry in self.entries if entry.id == identity), None)
        if found is None:
            raise ResourceDoesNotExist(f"'{self.title}' has no item '{identity}'.")
        return found


class Sheets:
    """The sheets of one workspace.

    Raises everywhere: ResourceDoesNotExist
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of_session(self, app_id: str, session_id: str) -> Sheet:
        """A labeling session."""
        store = ReviewStore(self._workspace)
        session = store.session(app_id, session_id)
        items = store.items(app_id, session_id, ALL, None).items

        def mark(item_id: str, state: ItemState) -> None:
            store.set_state(app_id, session_id, item_id, state)

        return Sheet(
            session.name,
            f"{PAGES}/{app_id}/tasks/labeling/{session_id}",
            session.assigned_users,
            [Entry(str(item.item_id), item.source, item.state) for item in items],
            lambda _: store.schemas(app_id, session_id),
            mark,
        )

    def of_queue(self, experiment: str, queue_id: str) -> Sheet:
        """A review queue."""
        store, name = ReviewQueueStore(self._workspace), f"experiments/{experiment}/reviewQueues/{queue_id}"
        queue, items = store.queue(name), store.items(name, None, ALL).review_queue_items

        def mark(item_id: str, state: ItemState) -> None:
            store.set_status(f"{name}/items/{item_id}", "COMPLETE" if state == "COMPLETED" else "DECLINED")

        def questions(entry: Entry) -> list[LabelingSchema]:
            kind = "V4_TRACE" if entry.source.trace_id else "DATASET_RECORD"
            return [as_schema(one) for one in store.effective(name, kind)]

        entries = [Entry(str(one.name).rpartition("/")[2], _source(one), _STATES[one.status]) for one in items]
        members = [one.user for one in store.members(name, ALL).review_queue_members]
        return Sheet(queue.display_name, f"{PAGES}/queues/{experiment}/{queue_id}", members, entries, questions, mark)

    def all(self) -> list[Sheet]:
        """Every session and every queue of the workspace."""
        sessions = ReviewStore(self._workspace).every_session()
        queues = ReviewQueueStore(self._workspace).every_queue()
        return [
            *(self.of_session(str(one.review_app_id), str(one.labeling_session_id)) for one in sessions),
            *(self.of_queue(*str(one.name).split("/")[1::2]) for one in queues),
        ]


def _source(item: QueueItem) -> Source:
    return Source(trace_id=(item.v4_trace or {}).get("trace_id"), dataset_record=item.dataset_record)


def as_schema(question: ReviewQuestion) -> LabelingSchema:
    """A review question as the page asks it; the label is named for its title."""
    told = question.body() | {"name": question.title, "title": question.title}
    if question.pass_fail is not None:
        options = [question.pass_fail.positive_label, question.pass_fail.negative_label]
        told |= {PASS_FAIL: True, "categorical": {"options": options}}
    elif question.categorical is not None and question.categorical.multi_select:
        told |= {"categorical": None, "categorical_list": {"options": question.categorical.options}}
    return LabelingSchema.model_validate(told)
