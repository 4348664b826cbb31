"""Bodies of the review queues of an experiment, as mlflow 3.17 sends them (genai/databricks/review_queues)."""

from typing import Any, Literal

from pydantic import Field

from mocks.core.wire import Wire
from mocks.review.wire import Range, TextLimit

Status = Literal["PENDING", "COMPLETE", "DECLINED"]


class PassFail(Wire):
    """Passed or not; the label says true or false."""

    positive_label: str = "Pass"
    negative_label: str = "Fail"


class Choice(Wire):
    """One of these, or several."""

    options: list[str] = Field(min_length=1)
    multi_select: bool = False


class ReviewQuestion(Wire):
    """A question of an experiment; exactly one of the four inputs says how it is answered."""

    name: str | None = None
    title: str | None = None
    type: Literal["FEEDBACK", "EXPECTATION"] | None = None
    instruction: str | None = None
    enable_comment: bool = False
    is_default: bool = False
    position: int | None = None
    pass_fail: PassFail | None = None
    categorical: Choice | None = None
    numeric: Range | None = None
    text: TextLimit | None = None
    created_by: str | None = None
    create_time: str | None = None
    last_updated_by: str | None = None
    update_time: str | None = None


class ReviewQuestions(Wire):
    """A page of questions."""

    review_questions: list[ReviewQuestion]
    next_page_token: str | None = None


class ReviewQueue(Wire):
    """A list of work; that of a user asks all questions of the experiment, another one its own."""

    name: str | None = None
    display_name: str = ""
    queue_type: Literal["USER", "CUSTOM"] = "CUSTOM"
    question_names: list[str] = []
    owner: str | None = None
    total_item_count: int | None = None
    pending_item_count: int | None = None
    created_by: str | None = None
    create_time: str | None = None
    last_updated_by: str | None = None
    update_time: str | None = None


class ReviewQueues(Wire):
    """A page of queues."""

    review_queues: list[ReviewQueue]
    next_page_token: str | None = None


class Member(Wire):
    """A reviewer of a queue."""

    user: str = Field(min_length=1)
    added_by: str | None = None
    add_time: str | None = None


class Members(Wire):
    """A page of reviewers."""

    review_queue_members: list[Member]
    next_page_token: str | None = None


class QueueItem(Wire):
    """A trace or a record of a dataset that waits in a queue."""

    name: str | None = None
    kind: Literal["V4_TRACE", "DATASET_RECORD"]
    v4_trace: dict[str, Any] | None = None
    dataset_record: dict[str, str] | None = None
    status: Status = "PENDING"
    completed_by: str | None = None
    complete_time: str | None = None
    added_by: str | None = None
    create_time: str | None = None
    update_time: str | None = None
    position: int = 0

    @property
    def address(self) -> str:
        """What makes it the same item when it is attached again."""
        told = self.v4_trace if self.kind == "V4_TRACE" else self.dataset_record
        return "/".join(str((told or {}).get(part) or "") for part in ("trace_id", "dataset_id", "dataset_record_id"))


class QueueItems(Wire):
    """Items, or a page of them."""

    review_queue_items: list[QueueItem]
    next_page_token: str | None = None


class NewQueueItem(Wire):
    """An item to be attached."""

    review_queue_item: QueueItem


class NewQueueItems(Wire):
    """Items to be attached."""

    requests: list[NewQueueItem] = Field(min_length=1)


class ItemNames(Wire):
    """Items to be detached."""

    names: list[str] = []


class StatusChange(Wire):
    """How far an item is."""

    status: Status
