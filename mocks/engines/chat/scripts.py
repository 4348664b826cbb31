"""Scripted answers: what a test wants the models to say, in place of whoever would answer."""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from mocks.core.errors import ApiError, ResourceDoesNotExist
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat.exchange import Answer, Completion, Delta, Reply, ToolCall, Usage, in_parts
from mocks.engines.chat.script_matching import Match, differences
from mocks.engines.chat.tokens import count, count_prompt

ANSWERED_BY = "script"
LONGEST_MS = 60_000


class _Exact(Wire):
    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class ScriptedCall(_Exact):
    """A tool call; arguments as an object or as the very text, which may be malformed on purpose."""

    name: str
    arguments: dict[str, Any] | str = {}


class ScriptedError(_Exact):
    """A refusal; with a content before it, a stream breaks off after that."""

    status: int = Field(500, ge=400, le=599)
    error_code: str = "INTERNAL_ERROR"
    message: str = "The script says so."
    retry_after: int | None = Field(None, ge=0)


class Scripted(_Exact):
    """What is answered."""

    content: str | None = None
    structured: Any = Field(None, alias="json")
    tool_calls: list[ScriptedCall] = []
    error: ScriptedError | None = None
    finish_reason: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.content is None and self.structured is None and not self.tool_calls and self.error is None:
            raise ValueError("a response has content, json, tool_calls or an error")
        return self


class Script(_Exact):
    """One rule: requests that match are answered so, `times` times or for ever."""

    id: str = ""
    match: Match = Match()
    response: Scripted
    times: int | None = Field(None, ge=1)
    delay_ms: int = Field(0, ge=0, le=LONGEST_MS)  # before the first word
    tokens_per_second: float | None = Field(None, gt=0)  # of a stream
    fired: int = 0


class Unscripted(_Exact):
    """What becomes of a request that no script fits."""

    unscripted: Literal["answer", "error"] = "answer"


class ScriptedFailure(ApiError):
    """A refusal with whatever status and code the script says."""

    def __init__(self, told: ScriptedError) -> None:
        super().__init__(told.message, error_code=told.error_code)
        self.status = told.status
        if told.retry_after is not None:
            self.headers = {"Retry-After": str(told.retry_after)}


class Scripts:
    """The scripts of one workspace, in the order in which they were given; the first that fits answers."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._scripts = workspace.collection("llm_scripts", Script, "Script")
        self._modes = workspace.collection("llm_unscripted", Unscripted, "Mode")

    def all(self) -> list[Script]:
        """The scripts."""
        return self._scripts.all()

    def add(self, script: Script) -> Script:
        """Takes a script after the others."""
        with self._workspace.lock:
            last = max((int(known.id) for known in self.all()), default=0)
            made = script.model_copy(update={"id": f"{last + 1:08d}", "fired": 0})
            return self._scripts.create(made.id, made)

    def remove(self, script_id: str | None = None) -> None:
        """Forgets one script, or all of them.

        Raises: ResourceDoesNotExist
        """
        for known in [script_id] if script_id else [script.id for script in self.all()]:
            self._scripts.delete(known)

    def set_mode(self, mode: Unscripted) -> Unscripted:
        """Says what becomes of requests that no script fits."""
        return self._modes.put("", mode)

    def taken(self, endpoint: str, body: dict[str, Any]) -> "ScriptedBackend | None":
        """The script that answers this request, counted as fired.

        Raises: ResourceDoesNotExist
        """
        with self._workspace.lock:
            scripts = self.all()
            for script in scripts:
                spent = script.times is not None and script.fired >= script.times
                if not spent and not differences(script.match, endpoint, body):
                    fired = script.model_copy(update={"fired": script.fired + 1})
                    return ScriptedBackend(self._scripts.put(script.id, fired))
        if (self._modes.find("") or Unscripted()).unscripted == "error":
            raise ResourceDoesNotExist(_nothing_fits(scripts, endpoint, body))
        return None


class ScriptedBackend:
    """Answers as one script says."""

    answered_by = ANSWERED_BY

    def __init__(self, script: Script) -> None:
        self._script = script

    def complete(self, body: dict[str, Any]) -> Completion:
        """The scripted answer.

        Raises: ScriptedFailure
        """
        time.sleep(self._script.delay_ms / 1000)
        if error := self._script.response.error:
            raise ScriptedFailure(error)
        return self._completion(body)

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The scripted answer in parts; an error comes after the content, if there is some.

        Raises: ScriptedFailure
        """
        time.sleep(self._script.delay_ms / 1000)
        pause = 1 / self._script.tokens_per_second if self._script.tokens_per_second else 0
        error = self._script.response.error
        for delta in in_parts(self._completion(body)) if not error or self._script.response.content else ():
            if error and (delta.finish or delta.usage):
                break
            yield delta
            time.sleep(pause * count(delta.text))
        if error:
            raise ScriptedFailure(error)

    def _completion(self, body: dict[str, Any]) -> Completion:
        told = self._script.response
        text = json.dumps(told.structured, ensure_ascii=False) if told.structured is not None else told.content or ""
        calls = tuple(_call(call, f"call_{self._script.id}_{at}") for at, call in enumerate(told.tool_calls))
        size = count(text) + sum(count(call.name) + count(call.arguments) for call in calls)
        finish = told.finish_reason or ("tool_calls" if calls else "stop")
        usage = Usage(count_prompt(body["messages"], body.get("tools") or ()), size)
        return Completion((Answer(Reply(text, calls), finish),), usage, ANSWERED_BY)


def _call(call: ScriptedCall, identity: str) -> ToolCall:
    arguments = call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments, ensure_ascii=False)
    return ToolCall(identity, call.name, arguments)


def _nothing_fits(scripts: Sequence[Script], endpoint: str, body: dict[str, Any]) -> str:
    asked = f"No script answers this request to '{endpoint}'"
    if not scripts:
        return f"{asked}; there are no scripts."
    why = {script.id: differences(script.match, endpoint, body) for script in scripts}
    nearest = min(why, key=lambda known: len(why[known]))
    told = "; ".join(why[nearest]) or "it fits, but has fired as often as it should"
    return f"{asked}; the nearest is {nearest}: {told}."
