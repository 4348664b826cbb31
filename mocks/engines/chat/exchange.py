"""What every chat backend is asked and what it answers, whatever protocol the client speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mocks.engines.chat.tokens import pieces

Message = dict[str, Any]
PIECES_A_PART = 4


@dataclass(frozen=True)
class Tool:
    """A function that the model may call."""

    name: str
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The schemas of its arguments."""
        return {
            name: told for name, told in (self.parameters.get("properties") or {}).items() if isinstance(told, dict)
        }

    @property
    def required(self) -> list[str]:
        """The arguments that it cannot do without."""
        return [name for name in self.parameters.get("required") or () if name in self.properties]


@dataclass(frozen=True)
class Asked:
    """A chat request: the conversation, the tools on offer and the form that the answer must have."""

    messages: Sequence[Message]
    tools: Sequence[Tool] = ()
    tool_choice: str = "auto"  # none, auto, required, or the name of a tool
    parallel: bool = True
    schema: dict[str, Any] | None = None  # the JSON schema of the answer; an empty one wants any object


@dataclass(frozen=True)
class ToolCall:
    """A call that the model wants made; arguments are JSON."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class Reply:
    """A text, or calls, or both."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One of the answers to a request, and why it ended: stop, length or tool_calls."""

    reply: Reply
    finish: str = "stop"


@dataclass(frozen=True)
class Usage:
    """How many tokens went in and came out."""

    prompt: int
    completion: int

    def body(self) -> dict[str, int]:
        """As Chat Completions write it."""
        total = self.prompt + self.completion
        return {"prompt_tokens": self.prompt, "completion_tokens": self.completion, "total_tokens": total}


@dataclass(frozen=True)
class Completion:
    """All answers to a request, what they took, and who really gave them."""

    answers: tuple[Answer, ...]
    usage: Usage
    answered_by: str


@dataclass(frozen=True)
class CallPiece:
    """A part of a tool call; the first part of each has id and name."""

    index: int
    arguments: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Delta:
    """A part of a streamed answer; the last one of an answer says why it ended, the last of all has the usage."""

    text: str = ""
    call: CallPiece | None = None
    finish: str = ""
    index: int = 0
    usage: Usage | None = None


class Backend(Protocol):
    """Whoever answers chat requests; a request is the body of Chat Completions."""

    @property
    def answered_by(self) -> str:
        """Who really answers, whatever endpoint was asked."""
        ...

    def complete(self, body: dict[str, Any]) -> Completion:
        """The whole answer."""
        ...

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The answer in parts."""
        ...


def in_parts(completion: Completion) -> Iterator[Delta]:
    """A whole answer as the parts that a stream would have had."""
    for index, answer in enumerate(completion.answers):
        parts = pieces(answer.reply.text)
        for start in range(0, len(parts), PIECES_A_PART):
            yield Delta("".join(parts[start : start + PIECES_A_PART]), index=index)
        for place, call in enumerate(answer.reply.calls):
            yield Delta(call=CallPiece(place, id=call.id, name=call.name), index=index)
            yield Delta(call=CallPiece(place, call.arguments), index=index)
        yield Delta(finish=answer.finish, index=index)
    yield Delta(usage=completion.usage)


def prompts(messages: list[Message]) -> tuple[str, str]:
    """The system prompt and the rest, tool results as MLflow writes them for the managed judge."""
    system = "\n".join(_text(message) for message in messages if message["role"] in ("system", "developer"))
    names = {call.get("id"): call["function"]["name"] for m in messages for call in m.get("tool_calls") or ()}
    parts = []
    for message in messages:
        if message["role"] == "tool":
            parts.append(f"Tool {names.get(message.get('tool_call_id'), 'unknown')}: {_text(message)}")
        elif message["role"] == "assistant":
            parts.append("Assistant: [Called tools]" if message.get("tool_calls") else f"Assistant: {_text(message)}")
        elif message["role"] == "user":
            parts.append(_text(message))
    return system, "\n\n".join(parts)


def _text(message: Message) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "\n".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content or ""
