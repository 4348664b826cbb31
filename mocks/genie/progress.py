"""What a client that polls sees of a message before its answer is there."""

from mocks.core.transitions import Kind
from mocks.core.workspace import Workspace
from mocks.genie.wire import Message

FINAL = ("COMPLETED", "FAILED", "CANCELLED")
_STEPS = ("EXECUTING_QUERY", "ASKING_AI", "FILTERING_CONTEXT")  # the last first, as databricks.sdk 0.156 names them


def asked(workspace: Workspace, message: Message) -> Message:
    """A message that was just sent; only from now on it is under way, if a progression says so."""
    workspace.transitions.begin(Kind.GENIE_MESSAGE, message.id)
    under_way = workspace.transitions.waiting(Kind.GENIE_MESSAGE, message.id, counts=False)
    return _without_answer(message, "SUBMITTED") if under_way else message


def polled(workspace: Workspace, message: Message) -> Message:
    """The message as it is shown at this look at it."""
    left = workspace.transitions.waiting(Kind.GENIE_MESSAGE, message.id)
    return _without_answer(message, _STEPS[min(left, len(_STEPS)) - 1]) if left else message


def cancelled(workspace: Workspace, message: Message) -> Message:
    """The message as it is when its answer is not waited for any longer; one that is answered stays as it is."""
    waiting = workspace.transitions.waiting(Kind.GENIE_MESSAGE, message.id, counts=False)
    under_way = waiting or message.status not in FINAL
    workspace.transitions.finish(Kind.GENIE_MESSAGE, message.id)
    return _without_answer(message, "CANCELLED") if under_way else message


def _without_answer(message: Message, status: str) -> Message:
    return message.model_copy(update={"status": status, "attachments": [], "error": None})
