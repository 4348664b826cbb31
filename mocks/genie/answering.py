"""Answering beside the request that asks: who asks waits a moment only, and polls for what takes longer."""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future

from mocks.core.errors import ApiError
from mocks.core.workspace import Workspace
from mocks.engines.warehouse.executions import Executions
from mocks.genie.wire import Message

SUBMITTED, ASKING, EXECUTING = "SUBMITTED", "ASKING_AI", "EXECUTING_QUERY"
_ENDING = 2.0  # seconds that a workspace which closes waits for an answer
Step = Callable[[str], None]


class Answering:
    """The answers of a workspace that are under way."""

    def __init__(self, workspace: Workspace) -> None:
        workspace.engine(Executions)  # built before, hence closed after
        self._threads: dict[str, threading.Thread] = {}
        self._states: dict[str, str] = {}

    def begin(self, message_id: str, work: Callable[[Step], Message]) -> "Future[Message]":
        """Answers a message in a thread of its own; the work tells at which step it is."""
        answer: Future[Message] = Future()

        def run() -> None:
            try:
                answer.set_result(work(lambda state: self._states.update({message_id: state})))
            except ApiError as error:
                answer.set_exception(error)
            finally:
                self._ended(message_id, answer)

        self._states[message_id] = SUBMITTED
        self._threads[message_id] = threading.Thread(target=run, name=f"genie-{message_id[-8:]}", daemon=True)
        self._threads[message_id].start()
        return answer

    def state(self, message_id: str, patience: float) -> str | None:
        """At which step a message is, if its answer is not there by then; nothing if nobody works on it."""
        thread = self._threads.get(message_id)
        if thread is not None:
            thread.join(patience)
        return self._states.get(message_id)

    def close(self) -> None:
        """Waits a moment for what is under way."""
        for thread in list(self._threads.values()):
            thread.join(_ENDING)

    def _ended(self, message_id: str, answer: "Future[Message]") -> None:
        if not answer.done():
            answer.set_exception(sys.exception() or RuntimeError("The answer was given up."))
        self._states.pop(message_id, None)
        self._threads.pop(message_id, None)
