"""A streamed answer put together again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mocks.engines.chat.exchange import Answer, CallPiece, Completion, Delta, Reply, ToolCall, Usage


@dataclass
class _Part:
    text: str = ""
    finish: str = "stop"
    calls: dict[int, ToolCall] = field(default_factory=dict)


def gathered(deltas: Iterable[Delta], answered_by: str) -> Completion:
    """The whole answer that these parts make."""
    parts: dict[int, _Part] = {}
    usage = Usage(0, 0)
    for delta in deltas:
        usage = delta.usage or usage
        if delta.usage is not None:
            continue
        part = parts.setdefault(delta.index, _Part())
        part.text += delta.text
        part.finish = delta.finish or part.finish
        if delta.call is not None:
            part.calls[delta.call.index] = with_piece(part.calls.get(delta.call.index), delta.call)
    answers = [
        Answer(Reply(p.text, tuple(p.calls[at] for at in sorted(p.calls))), p.finish) for _, p in sorted(parts.items())
    ]
    return Completion(tuple(answers), usage, answered_by)


def with_piece(known: ToolCall | None, piece: CallPiece) -> ToolCall:
    """The call with one more part of it."""
    known = known or ToolCall("", "", "")
    return ToolCall(known.id or piece.id, known.name or piece.name, known.arguments + piece.arguments)
