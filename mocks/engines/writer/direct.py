"""Answers without tools: repeating, reading a context that the prompt gives, and saying honestly what it cannot do."""

import re
from collections.abc import Sequence

from mocks.engines.chat.exchange import Message
from mocks.engines.writer.compose import compose
from mocks.engines.writer.conversation import Call, Conversation, text
from mocks.engines.writer.refusal import declined
from mocks.engines.writer.results import read
from mocks.engines.writer.routing import is_small_talk

STAND_IN = (
    "I am the sandbricks stand-in writer, not a language model: I answer only from tool results or from a context "
    "in the prompt, and I cannot answer this without one."
)
_GREETING = "Hello. I am the sandbricks stand-in writer; ask me something that the tools or the context can answer."
_REPEAT = re.compile(
    r"^\W*(?:please\s+)?(?:repeat|echo|say|reply with|respond with|answer with|write|output|return"
    r"|print)\b(?P<how>[^:\"“”\n]{0,200}?)"
    r"(?::\s*(?P<after>.+)|\s*[\"“](?P<quoted>.+?)[\"”][^\"“”]*)$",
    re.I | re.S,
)
_EXACTLY = re.compile(
    r"^\W*(?:please\s+)?(?:repeat|echo|say|reply with|respond with|answer with)\s+(?:only\s+|exactly\s+"
    r"|just\s+|the word\s+)+(?P<what>.+?)[.!]?$",
    re.I | re.S,
)
_CONTEXT = re.compile(
    r"^\W*(?:context|documents?|passages?|sources?|excerpts?|background|information|text|article|search results"
    r"|retrieved \w+)\b\W{0,4}(?::|$)",
    re.I,
)
_QUESTION = re.compile(r"^\W{0,8}(?:(?:the )?user(?:'s)? )?(?:question|query|task)\W{0,4}:", re.I)
_ANSWER = re.compile(r"^\W{0,8}(?:(?:your|final) )?(?:answer|response)\W{0,4}:", re.I)
_LONG = 200


def answer(messages: Sequence[Message], conversation: Conversation) -> str:
    """What can honestly be said to a prompt."""
    question = conversation.raw
    if given := _given(question, conversation.system):
        asked, context = given
        return declined(asked, ()) or compose(asked, [read(Call("context", {}, context))], False).text
    if repeated := _repeated(question):
        return repeated
    if refused := _set_aside(question):
        return refused
    if is_small_talk(question):
        return _GREETING
    earlier = [text(m) for m in messages if m.get("role") == "tool"]
    if earlier:
        return compose(conversation.full_question, [read(Call("tool", {}, one)) for one in earlier], False).text
    return STAND_IN


def small_talk(question: str) -> str:
    """The answer when there are tools, but none has anything to do with the question."""
    return (
        _GREETING
        if is_small_talk(question)
        else (_repeated(question) or f"None of my tools has anything to do with this. {STAND_IN}")
    )


def _repeated(question: str) -> str:
    """`Repeat exactly: X` is X."""
    found = _REPEAT.match(question.strip())
    if found:
        return (found["after"] or found["quoted"]).strip().strip('"“”')
    exactly = _EXACTLY.match(question.strip())
    return exactly["what"].strip('"“” ') if exactly else ""


def _set_aside(question: str) -> str:
    refused = declined(question, ())
    return "" if refused.startswith("I only read") else refused


def _given(prompt: str, system: str) -> tuple[str, str] | None:
    """A question with the context to answer it from: both in the prompt, or the context in the instructions."""
    lines = prompt.splitlines()
    context = next((at for at, line in enumerate(lines) if _CONTEXT.match(line)), None)
    asked = next((at for at in range(len(lines) - 1, -1, -1) if _QUESTION.match(lines[at])), None)
    if context is not None and asked is not None:
        return _labelled(lines, context, asked)
    told = system.splitlines()
    start = next((at for at, line in enumerate(told) if _CONTEXT.match(line)), None)
    if start is not None and prompt:
        return prompt, _unlabelled(told[start:], _CONTEXT)
    return _unlabelled_context(prompt)


def _labelled(lines: Sequence[str], context: int, asked: int) -> tuple[str, str]:
    """The parts under the two labels, whichever comes first."""
    end = asked if context < asked else len(lines)
    closing = context if asked < context else len(lines)
    question = [line for line in lines[asked:closing] if not _ANSWER.match(line)]
    return _unlabelled(question, _QUESTION), _unlabelled(lines[context:end], _CONTEXT)


def _unlabelled(lines: Sequence[str], label: re.Pattern[str]) -> str:
    return "\n".join([label.sub("", lines[0]), *lines[1:]]).strip()


def _unlabelled_context(prompt: str) -> tuple[str, str] | None:
    """A question above or below a long text."""
    first, _, rest = prompt.partition("\n\n")
    if rest and first.rstrip().endswith("?") and len(rest) > _LONG:
        return first, rest
    head, _, last = prompt.rpartition("\n")
    return (last, head) if last.rstrip().endswith("?") and len(head) > _LONG else None
