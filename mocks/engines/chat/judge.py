"""The rule judge as a chat backend: prompts of judges are answered by its rules, and nothing else is."""

import json
from collections.abc import Iterator
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.chat.exchange import Answer, Completion, Delta, Reply, ToolCall, Usage, in_parts, prompts
from mocks.engines.chat.tokens import count, count_prompt
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.judging import distilling, simulating, trace_reading
from mocks.engines.judging.distilling import Distilling
from mocks.engines.judging.offered_tools import offered
from mocks.engines.judging.prompts import OFFERED_TOOLS, Case, recognised
from mocks.engines.judging.rule_judge import RuleJudge
from mocks.engines.judging.simulating import SimulatedUser

ANSWERED_BY = "sandbricks-rule-judge"


class Judge:
    """Answers the prompts of judges, and of optimizers that align them, in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        encode = workspace.shared(Embedder).encode
        self.rules, self._distilling = RuleJudge(encode), Distilling(encode)
        self._user = SimulatedUser(encode)

    @property
    def answered_by(self) -> str:
        """The name that every answer carries."""
        return ANSWERED_BY

    def complete(self, body: dict[str, Any]) -> Completion:
        """The judgement, or the tool calls that it needs first."""
        reply = self._reply(body)
        size = count(reply.text) + sum(count(call.name) + count(call.arguments) for call in reply.calls)
        usage = Usage(count_prompt(body["messages"], body.get("tools") or ()), size)
        return Completion((Answer(reply, "tool_calls" if reply.calls else "stop"),), usage, ANSWERED_BY)

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The same in parts."""
        yield from in_parts(self.complete(body))

    def _reply(self, body: dict[str, Any]) -> Reply:
        system, user = prompts(body["messages"])
        if distilling.MARKER.search(user):
            return Reply(self._distilling.answered(user))
        if simulating.MARKER.search(f"{system}\n{user}"):
            return Reply(self._user.answered(f"{system}\n{user}"))
        case = recognised(system, user)
        assert case is not None  # `is_judged` has looked
        if case.from_trace and (calls := self._calls(case, body)):
            return Reply(calls=calls)
        if case.kind == OFFERED_TOOLS:
            return Reply(offered(case))
        if case.from_trace:
            case = trace_reading.read(case)
        return Reply(self.rules.judged(case).text())

    def _calls(self, case: Case, body: dict[str, Any]) -> tuple[ToolCall, ...]:
        offered = {str((tool.get("function") or {}).get("name")) for tool in body.get("tools") or ()}
        wanted = [call for call in trace_reading.wanted(case) if call[0] in offered]
        return tuple(ToolCall(f"call_{self._workspace.new_id()[:12]}", name, json.dumps(told)) for name, told in wanted)


def is_judged(body: dict[str, Any]) -> bool:
    """Whether a request puts a case before a judge."""
    system, user = prompts(body["messages"])
    if distilling.MARKER.search(user) or simulating.MARKER.search(f"{system}\n{user}"):
        return True
    return recognised(system, user) is not None
