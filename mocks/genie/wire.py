"""Bodies of the Genie service."""

from typing import Any

from mocks.core.wire import Wire


class NewSpace(Wire):
    """A space to be made."""

    warehouse_id: str
    serialized_space: str
    title: str | None = None
    description: str | None = None
    parent_path: str | None = None


class SpaceChanges(Wire):
    """What shall change in a space."""

    serialized_space: str | None = None
    title: str | None = None
    description: str | None = None
    warehouse_id: str | None = None
    parent_path: str | None = None
    etag: str | None = None


class Space(Wire):
    """A space; `serialized_space` is kept to the letter."""

    space_id: str
    title: str
    description: str | None = None
    warehouse_id: str
    parent_path: str | None = None
    serialized_space: str | None = None
    etag: str
    create_time: str | None = None
    update_time: str | None = None
    trashed: bool | None = None


class Spaces(Wire):
    """A page of spaces."""

    spaces: list[Space]
    next_page_token: str | None = None


class Content(Wire):
    """A question."""

    content: str


class Attachment(Wire):
    """Exactly one of a query, a text or suggested questions; clients look for the key."""

    attachment_id: str
    query: dict[str, Any] | None = None
    text: dict[str, str] | None = None
    suggested_questions: dict[str, list[str]] | None = None


class Message(Wire):
    """A question and what came of it."""

    id: str
    message_id: str
    conversation_id: str
    space_id: str
    user_id: int
    content: str
    status: str
    created_timestamp: int
    last_updated_timestamp: int
    attachments: list[Attachment] = []
    error: dict[str, str] | None = None
    feedback: dict[str, str] | None = None


class Messages(Wire):
    """A page of messages."""

    messages: list[Message]
    next_page_token: str | None = None


class Conversation(Wire):
    """A conversation."""

    id: str
    conversation_id: str
    space_id: str
    user_id: int
    title: str
    created_timestamp: int
    last_updated_timestamp: int


class Conversations(Wire):
    """A page of conversations."""

    conversations: list[Conversation]
    next_page_token: str | None = None


class Started(Wire):
    """A new conversation and its first message."""

    conversation_id: str
    message_id: str
    conversation: Conversation
    message: Message


class Feedback(Wire):
    """What the user thinks of an answer."""

    rating: str
    comment: str | None = None


class QueryResult(Wire):
    """The rows behind a query attachment, as a statement response."""

    statement_response: dict[str, Any]


class Download(Wire):
    """A download under way; both are wanted to look at it."""

    download_id: str
    download_id_signature: str


class Comment(Wire):
    """What somebody says about a message."""

    message_comment_id: str
    space_id: str
    conversation_id: str
    message_id: str
    content: str
    created_timestamp: int
    user_id: int


class Comments(Wire):
    """A page of comments."""

    comments: list[Comment]
    next_page_token: str | None = None


class NewEvalRun(Wire):
    """Which benchmark questions shall be asked; all if none is named."""

    benchmark_question_ids: list[str] | None = None


class EvalRun(Wire):
    """A run over the benchmark questions of a space."""

    eval_run_id: str
    eval_run_status: str
    created_timestamp: int
    last_updated_timestamp: int
    num_questions: int
    num_done: int
    num_correct: int
    num_needs_review: int
    run_by_user: int


class EvalRuns(Wire):
    """A page of runs."""

    eval_runs: list[EvalRun]
    next_page_token: str | None = None


class EvalResult(Wire):
    """One question of a run."""

    result_id: str
    space_id: str
    benchmark_question_id: str
    question: str
    benchmark_answer: str | None = None
    status: str
    created_by_user: int


class EvalResults(Wire):
    """A page of them."""

    eval_results: list[EvalResult]
    next_page_token: str | None = None


class EvalResultDetails(Wire):
    """One question of a run with both answers and what they differ in."""

    result_id: str
    space_id: str
    benchmark_question_id: str
    question: str
    eval_run_status: str
    assessment: str
    assessment_reasons: list[str] = []
    manual_assessment: bool
    actual_response: list[dict[str, Any]] = []
    expected_response: list[dict[str, Any]] = []
