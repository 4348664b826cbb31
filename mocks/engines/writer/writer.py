"""The stand-in writer: decides on tool calls, and writes answers from what it was given, by rules alone."""

import hashlib
import json
from typing import Any

from mocks.engines.chat.exchange import Asked, Reply, Tool, ToolCall
from mocks.engines.writer import direct, structured
from mocks.engines.writer.arguments import fill
from mocks.engines.writer.conversation import Conversation, read
from mocks.engines.writer.deciding import Decision, decide
from mocks.engines.writer.manner import told
from mocks.engines.writer.refusal import declined

NAME = "sandbricks stand-in writer"


class Writer:
    """Answers chat requests without a model; the same request always gets the same answer."""

    def reply(self, asked: Asked) -> Reply:
        """A text, or the calls that it wants made first."""
        conversation = read(asked.messages)
        if forced := _forced(asked):
            return Reply(
                calls=(
                    _call(forced, fill(forced, conversation.full_question, conversation.full_question), conversation),
                )
            )
        if asked.schema is not None and not (asked.tools and not conversation.calls):
            return Reply(structured.answer(asked.schema, conversation, self._text(asked, conversation)))
        if refused := declined(conversation.question, asked.tools) if asked.tools else "":
            return Reply(refused)
        decision = self._decided(asked, conversation)
        if decision and decision.calls:
            wanted = decision.calls if asked.parallel else decision.calls[:1]
            return Reply(calls=tuple(_call(tool, given, conversation, at) for at, (tool, given) in enumerate(wanted)))
        text = decision.text if decision else self._text(asked, conversation)
        return Reply(told(text, conversation.system))

    def _decided(self, asked: Asked, conversation: Conversation) -> Decision | None:
        if not asked.tools or asked.tool_choice == "none":
            return None
        return decide(conversation, asked.tools, must=asked.tool_choice == "required")

    def _text(self, asked: Asked, conversation: Conversation) -> str:
        """An answer without further calls."""
        if conversation.calls:
            return decide(conversation, (), must=False).text
        return direct.answer(asked.messages, conversation)


def _forced(asked: Asked) -> Tool | None:
    """The tool that the client insists on."""
    return next((tool for tool in asked.tools if tool.name == asked.tool_choice), None)


def _call(tool: Tool, given: dict[str, Any], conversation: Conversation, at: int = 0) -> ToolCall:
    arguments = json.dumps(given, ensure_ascii=False)
    place = conversation.number_of_calls + at
    digest = hashlib.sha256(f"{place}\n{tool.name}\n{arguments}".encode()).hexdigest()
    return ToolCall(f"call_{digest[:24]}", tool.name, arguments)
