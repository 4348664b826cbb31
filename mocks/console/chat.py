"""Conversations with endpoints: each question goes the public way, each answer is kept with the id of its trace."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mocks.console.stream import Heard
from mocks.console.wire import Conversation, Turn
from mocks.core.errors import ApiError, BadRequest, InvalidParameterValue, ResourceDoesNotExist
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.assessing import Assessing
from mocks.engines.public_api import PublicApi

if TYPE_CHECKING:
    import httpx

FEEDBACK = "user_feedback"
LONGEST = 20_000
Json = dict[str, Any]


class Chat:
    """What the user of the session says to the endpoints of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._api = workspace, PublicApi(workspace)
        self._kept = workspace.collection("console_conversations", Conversation, "Conversation")

    def conversations(self, endpoint: str) -> list[Conversation]:
        """The user's own with this endpoint, the newest first."""
        mine = [one for one in self._kept.all(f"{endpoint}/") if one.user_name == self._workspace.user_name]
        return sorted(mine, key=lambda one: -one.started_at)

    def conversation(self, endpoint: str, identity: str) -> Conversation:
        """One of them.

        Raises: ResourceDoesNotExist
        """
        found = self._kept.get(f"{endpoint}/{identity}")
        if found.user_name != self._workspace.user_name:
            raise ResourceDoesNotExist(f"Conversation '{identity}' does not exist.")
        return found

    def begin(self, endpoint: str, identity: str | None) -> Conversation:
        """The conversation that goes on, or a new one.

        Raises: ResourceDoesNotExist
        """
        if identity:
            return self.conversation(endpoint, identity)
        made = Conversation(
            conversation_id=self._workspace.new_id(),
            endpoint=endpoint,
            user_name=self._workspace.user_name,
            started_at=self._workspace.now_ms(),
        )
        return self._kept.create(_key(made), made)

    def ask(self, conversation: Conversation, question: str) -> Iterator[str]:
        """The answer as it comes; at its end, whatever the end, the turn is kept.

        Raises: InvalidParameterValue
        """
        question = question.strip()
        if not question or len(question) > LONGEST:
            raise InvalidParameterValue(f"A question has 1 to {LONGEST} characters; this one has {len(question)}.")
        return self._asked(conversation, question)

    def _asked(self, conversation: Conversation, question: str) -> Iterator[str]:
        heard, turn = Heard(), Turn(question=question)
        try:
            yield from self._heard(conversation, turn, heard)
        except ApiError as error:
            heard.failed = error.message
        finally:
            turn.answer, turn.trace_id, turn.failed = heard.answer, heard.trace_id, heard.failed
            self._kept.update(_key(conversation), lambda had: had.model_copy(update={"turns": [*had.turns, turn]}))

    def say(self, conversation: Conversation, number: int, value: bool, comment: str) -> None:
        """Thumbs up or down on an answer, kept as `log_feedback(name="user_feedback")` keeps it.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        turn = self.turn(conversation, number)
        if turn.trace_id is None:
            raise InvalidParameterValue("This answer has no trace that could carry the feedback.")
        Assessing(self._workspace).say(turn.trace_id, FEEDBACK, "feedback", value, comment.strip() or None)

    def turn(self, conversation: Conversation, number: int) -> Turn:
        """A question with its answer; the first has number 1.

        Raises: ResourceDoesNotExist
        """
        if not 1 <= number <= len(conversation.turns):
            raise ResourceDoesNotExist(f"The conversation has no turn {number}.")
        return conversation.turns[number - 1]

    def _heard(self, conversation: Conversation, turn: Turn, heard: Heard) -> Iterator[str]:
        name = conversation.endpoint
        task = self._api.ask("GET", f"/api/2.0/serving-endpoints/{quote(name, safe='')}").get("task") or ""
        body = self._body(task, conversation, turn.question)
        if body.get("stream"):
            try:
                with self._answering(name, body) as answer:
                    _who(turn, answer)
                    yield from heard.hear(answer.iter_lines())
                return
            except BadRequest as error:  # a model that cannot stream says so before its first byte
                if heard.text or "stream" not in error.message.lower():
                    raise
        with self._answering(name, body | {"stream": False} if "stream" in body else body) as answer:
            _who(turn, answer)
            answer.read()
            heard.hear_whole(answer.json())
        yield heard.text

    def _answering(self, name: str, body: Json) -> "AbstractContextManager[httpx.Response]":
        return self._api.answering("POST", f"/serving-endpoints/{quote(name, safe='')}/invocations", body)

    def _body(self, task: str, conversation: Conversation, question: str) -> Json:
        """The request in the form that the endpoint's task takes."""
        messages = [*_messages(conversation), {"role": "user", "content": question}]
        if task.endswith("/responses"):
            context = {"conversation_id": conversation.conversation_id, "user_id": self._workspace.user_name}
            return {"input": messages, "context": context, "stream": True, **_TRACED}
        if task.startswith("agent/"):
            return {"messages": messages, "stream": True, **_TRACED}
        if task.endswith("/chat"):
            return {"messages": messages, "stream": True}
        if task.endswith("/embeddings"):
            raise InvalidParameterValue(f"'{conversation.endpoint}' embeds texts; it does not talk.")
        return {"inputs": [question], **_TRACED}


_TRACED: Json = {"databricks_options": {"return_trace": True}}


def _messages(conversation: Conversation) -> Iterator[Json]:
    for turn in conversation.turns:
        if not turn.failed:
            yield {"role": "user", "content": turn.question}
            yield {"role": "assistant", "content": turn.answer}


def _who(turn: Turn, answer: "httpx.Response") -> None:
    turn.entity = answer.headers.get("served-model-name")
    turn.answered_by = answer.headers.get("x-sandbricks-answered-by")


def _key(conversation: Conversation) -> str:
    return f"{conversation.endpoint}/{conversation.conversation_id}"
