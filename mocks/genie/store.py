"""Spaces, conversations and messages; REST and MCP share it."""

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime

from mocks.core.errors import InvalidParameterValue, ResourceConflict, ResourceDoesNotExist
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.genie.access import EDIT, MANAGE, VIEW, Access
from mocks.genie.answering import ASKING, EXECUTING, SUBMITTED, Answering, Step
from mocks.genie.knowledge.serialized import parse
from mocks.genie.progress import FINAL, asked, cancelled, polled
from mocks.genie.replies import Replies
from mocks.genie.results import Results
from mocks.genie.understanding import Understanding
from mocks.genie.wire import (
    Conversation,
    Conversations,
    Feedback,
    Message,
    Messages,
    NewSpace,
    Space,
    SpaceChanges,
    Spaces,
    Started,
)

LONGEST_QUESTION = 10_000
_HELD = 1.0  # seconds that a look at a message waits for its answer
_AT_ONCE, _SOON = 0.3, 3.0  # seconds that the question itself waits, with and without a language model
RATINGS = ("POSITIVE", "NEGATIVE", "NONE")


class GenieStore:
    """Genie in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._spaces = workspace.collection("genie_spaces", Space, "Genie space")
        self._conversations = workspace.collection("genie_conversations", Conversation, "Conversation")
        self._messages = workspace.collection("genie_messages", Message, "Message")
        self._access, self.results = Access(workspace), Results(workspace)
        self._answering, self._replies = workspace.engine(Answering), Replies(workspace, self.results)

    # spaces

    def create_space(self, told: NewSpace) -> Space:
        """Makes a space.

        Raises: InvalidParameterValue
        """
        _check_serialized(told.serialized_space)
        now = self._time()
        space = Space(
            **told.model_dump(exclude={"title"}),
            title=told.title or "New Space",
            space_id=self._workspace.new_id(),
            etag=self._workspace.new_id(),
            create_time=now,
            update_time=now,
        )
        self._workspace.engine(Understanding).prepare(space.space_id, space.serialized_space or "{}")
        self._access.made(space.space_id)
        return self._spaces.create(space.space_id, space)

    def get_space(self, space_id: str, level: str = VIEW) -> Space:
        """The space, for a caller who has that level on it.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        space = self._spaces.get(space_id)
        if space.trashed:
            raise ResourceDoesNotExist(f"Genie space '{space_id}' does not exist.")
        self._access.require(space_id, level)
        return space

    def shown_space(self, space_id: str, whole: bool) -> Space:
        """The space, with its `serialized_space` if it is asked for, which wants CAN_EDIT.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        space = self.get_space(space_id, EDIT if whole else VIEW)
        return space if whole else space.model_copy(update={"serialized_space": None})

    def list_spaces(self, size: int | None, token: str | None) -> Spaces:
        """The spaces that are not in the trash and that the caller may see."""
        chosen, following = page(self.visible_spaces(), size, token)
        shown = [space.model_copy(update={"serialized_space": None}) for space in chosen]
        return Spaces(spaces=shown, next_page_token=following)

    def visible_spaces(self) -> list[Space]:
        """All of them, by title."""
        spaces = [space for space in self._spaces.all() if not space.trashed and self._access.sees(space.space_id)]
        return sorted(spaces, key=lambda space: space.title)

    def space_of(self, conversation_id: str) -> str:
        """The space of a conversation.

        Raises: ResourceDoesNotExist
        """
        for space in self.visible_spaces():
            if self._conversations.find(f"{space.space_id}/{conversation_id}") is not None:
                return space.space_id
        raise ResourceDoesNotExist(f"Conversation '{conversation_id}' does not exist.")

    def update_space(self, space_id: str, changes: SpaceChanges) -> Space:
        """Changes a space; with an etag only if nobody else has changed it.

        Raises: InvalidParameterValue, ResourceConflict, ResourceDoesNotExist
        """
        self.get_space(space_id, EDIT)
        if changes.serialized_space is not None:
            _check_serialized(changes.serialized_space)

        def change(space: Space) -> Space:
            if changes.etag and changes.etag != space.etag:
                raise ResourceConflict("The space was changed by somebody else; read it again.", error_code="ABORTED")
            told = changes.model_dump(exclude={"etag"}, exclude_none=True)
            return space.model_copy(update=told | {"etag": self._workspace.new_id(), "update_time": self._time()})

        changed = self._spaces.update(space_id, change)
        self._workspace.engine(Understanding).prepare(space_id, changed.serialized_space or "{}")
        return changed

    def trash_space(self, space_id: str) -> None:
        """Puts the space into the trash."""
        self.get_space(space_id, MANAGE)
        self._spaces.update(space_id, lambda space: space.model_copy(update={"trashed": True}))

    # conversations

    def start_conversation(self, space_id: str, content: str) -> Started:
        """Opens a conversation with a question."""
        self.get_space(space_id)
        conversation_id, now = self._workspace.new_id(), self._workspace.now_ms()
        conversation = Conversation(
            id=conversation_id,
            conversation_id=conversation_id,
            space_id=space_id,
            user_id=self._workspace.user_id,
            title=_checked(content)[:100],
            created_timestamp=now,
            last_updated_timestamp=now,
        )
        self._conversations.create(f"{space_id}/{conversation_id}", conversation)
        message = self.create_message(space_id, conversation_id, content)
        return Started(
            conversation_id=conversation_id, message_id=message.id, conversation=conversation, message=message
        )

    def list_conversations(
        self, space_id: str, size: int | None, token: str | None, everybody: bool = False
    ) -> Conversations:
        """The caller's conversations with a space, or those of everybody, the newest first."""
        self.get_space(space_id, MANAGE if everybody else VIEW)
        kept = [one for one in self._conversations.all(f"{space_id}/") if everybody or self._access.is_own(one)]
        found = sorted(kept, key=lambda one: -one.created_timestamp)
        chosen, following = page(found, size, token)
        return Conversations(conversations=chosen, next_page_token=following)

    def delete_conversation(self, space_id: str, conversation_id: str) -> None:
        """Removes a conversation and its messages."""
        for message in self.messages(space_id, conversation_id):
            self._messages.delete(_key(space_id, conversation_id, message))
        self._conversations.delete(f"{space_id}/{conversation_id}")

    def messages(self, space_id: str, conversation_id: str) -> list[Message]:
        """The messages of a conversation, the oldest first.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        self.get_space(space_id)
        self._access.require_conversation(self._conversations.get(f"{space_id}/{conversation_id}"))
        found = self._messages.all(f"{space_id}/{conversation_id}/")
        return sorted(found, key=lambda message: message.created_timestamp)

    def list_messages(self, space_id: str, conversation_id: str, size: int | None, token: str | None) -> Messages:
        """A page of them."""
        chosen, following = page(self.messages(space_id, conversation_id), size, token)
        return Messages(messages=chosen, next_page_token=following)

    def create_message(self, space_id: str, conversation_id: str, content: str) -> Message:
        """Asks a question and answers it.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        space, content = self.get_space(space_id), _checked(content)
        earlier = [message.content for message in self.messages(space_id, conversation_id)]
        question, understanding = self._access.asked(space, content, earlier), self._workspace.engine(Understanding)
        message = self._replies.asked(space_id, conversation_id, content, SUBMITTED)
        key = _key(space_id, conversation_id, message)

        def answered(step: Step) -> Message:
            step(ASKING)
            answer = understanding.ask(question)
            step(EXECUTING)
            return self._replies.answered(message, answer)

        answer = self._answering.begin(message.id, answered)
        patience = _AT_ONCE if understanding.asks_model else _SOON
        try:
            return asked(self._workspace, self._messages.create(key, answer.result(patience)))
        except TimeoutError:
            shown = asked(self._workspace, self._messages.create(key, message))
            answer.add_done_callback(lambda done: self._keep(key, message, done))
            return shown

    def _keep(self, key: str, message: Message, done: "Future[Message]") -> None:
        """Keeps an answer that came late, unless the message was cancelled or deleted meanwhile."""
        error = done.exception()
        reply = self._replies.failed(message, str(error)) if error is not None else done.result()
        with contextlib.suppress(ResourceDoesNotExist):
            self._messages.update(key, lambda known: known if known.status in FINAL else reply)

    def get_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """The message; one whose answer is under way is looked at again a second later at most.

        Raises: ResourceDoesNotExist
        """
        message = self._message(space_id, conversation_id, message_id)
        if message.status in FINAL:
            return polled(self._workspace, message)
        state = self._answering.state(message_id, _HELD)
        message = self._message(space_id, conversation_id, message_id)
        if message.status in FINAL:
            return message
        if state is None:  # the sandbox was stopped before the answer was there
            return self._replies.failed(message, "The question was given up when the sandbox was stopped. Ask again.")
        return message.model_copy(update={"status": state})

    def awaited(self, message: Message, patience: float) -> Message:
        """The message with its answer, if that is under way and comes within so many seconds; else as it is by then.

        Raises: ResourceDoesNotExist
        """
        if message.status in FINAL or self._answering.state(message.id, 0) is None:
            return message
        self._answering.state(message.id, patience)
        return self.get_message(message.space_id, message.conversation_id, message.id)

    def cancel_message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        """Ends a message whose answer is not there yet.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        message = self._message(space_id, conversation_id, message_id)
        key = _key(space_id, conversation_id, message)
        return self._messages.update(key, lambda known: cancelled(self._workspace, known))

    def _message(self, space_id: str, conversation_id: str, message_id: str) -> Message:
        found = next((m for m in self.messages(space_id, conversation_id) if m.id == message_id), None)
        if found is None:
            raise ResourceDoesNotExist(f"Message '{message_id}' does not exist.")
        return found

    def delete_message(self, space_id: str, conversation_id: str, message_id: str) -> None:
        """Removes a message."""
        self._messages.delete(_key(space_id, conversation_id, self.get_message(space_id, conversation_id, message_id)))

    def send_feedback(self, space_id: str, conversation_id: str, message_id: str, feedback: Feedback) -> None:
        """Keeps what the user thinks of the answer."""
        if feedback.rating not in RATINGS:
            raise InvalidParameterValue(f"A rating is one of {', '.join(RATINGS)}.")
        message = self.get_message(space_id, conversation_id, message_id)
        kept: Callable[[Message], Message] = lambda m: m.model_copy(update={"feedback": feedback.body()})  # noqa: E731
        self._messages.update(_key(space_id, conversation_id, message), kept)

    def _time(self) -> str:
        return datetime.fromtimestamp(self._workspace.now_ms() / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(space_id: str, conversation_id: str, message: Message) -> str:
    return f"{space_id}/{conversation_id}/{message.id}"


def _check_serialized(serialized: str) -> None:
    tables = (parse(serialized).get("data_sources") or {}).get("tables")
    if tables is not None and not all(isinstance(table, dict) and table.get("identifier") for table in tables):
        raise InvalidParameterValue("data_sources.tables must be a list of objects with an identifier.")


def _checked(content: str) -> str:
    if not content.strip():
        raise InvalidParameterValue("The question is empty.")
    if len(content) > LONGEST_QUESTION:
        raise InvalidParameterValue(f"A question has at most {LONGEST_QUESTION} characters.")
    return content
