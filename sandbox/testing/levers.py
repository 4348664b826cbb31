"""The levers of a workspace: faults, clock, provisioning, what models and Genie are told to answer, snapshots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sandbox.control import Control

_MATCH = ("service", "operation", "method", "path")
_ERROR = ("status", "error_code", "message", "retry_after")


@dataclass(frozen=True)
class Fault:
    """Requests that fail: told by `service`, `operation`, `method`, `path` (with *), and by what happens to them:

    `status` with `error_code`, `message` and `retry_after`; `delay` in ms; `fault` reset, empty, malformed or truncate
    (with `after_chunks`); `phase="after"` lets the handler run first, so the write is done and its answer lost.
    """

    control: Control
    id: str

    @classmethod
    def add(cls, control: Control, workspace: str, often: Mapping[str, Any], told: Mapping[str, Any]) -> Self:
        """Adds it to that workspace."""
        told = dict(told)
        match = {name: told.pop(name) for name in _MATCH if name in told}
        error = {name: told.pop(name) for name in _ERROR if name in told}
        if isinstance(told.get("delay"), int | float):
            told["delay"] = {"type": "fixed", "ms": told["delay"]}
        body = {"match": {**match, "workspace": workspace}, "error": error or None, **often, **told}
        return cls(control, str(control.ask("POST", "/_sandbox/faults", _told(body))["id"]))

    @property
    def fired(self) -> int:
        """How many requests it has hit."""
        faults = self.control.ask("GET", "/_sandbox/faults")["faults"]
        return next((int(fault["fired"]) for fault in faults if fault["id"] == self.id), 0)

    def remove(self) -> None:
        """Ends it."""
        self.control.ask("DELETE", f"/_sandbox/faults/{self.id}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


@dataclass(frozen=True)
class Clock:
    """The clock of a workspace; MLflow's own timestamps do not follow it."""

    control: Control
    workspace: str

    def freeze(self, now: str | None = None) -> None:
        """Stops it, at this moment or at an ISO time."""
        self._set({"mode": "frozen", "now": now} if now else {"mode": "frozen"})

    def shift_to(self, now: str) -> None:
        """Lets it run on from an ISO time."""
        self._set({"mode": "offset", "now": now})

    def advance(self, seconds: float) -> None:
        """Turns it on."""
        self.control.ask("POST", "/_sandbox/clock/advance", {"workspace": self.workspace, "seconds": seconds})

    def release(self) -> None:
        """Back to real time."""
        self._set({"mode": "real"})

    def _set(self, told: dict[str, Any]) -> None:
        self.control.ask("PUT", "/_sandbox/clock", {"workspace": self.workspace, **told})


@dataclass(frozen=True)
class Provisioning:
    """How resources arrive that are made from now on; without a word all are there at once.

    The kinds are `vector_search.endpoint`, `vector_search.index`, `serving.endpoint`, `sql.warehouse` and
    `genie.message`.
    """

    control: Control
    workspace: str

    def after_reads(self, kind: str, reads: int) -> None:
        """They arrive once they have been looked at so often."""
        self._set(kind, {"progression": "reads", "reads": reads})

    def after_seconds(self, kind: str, seconds: float) -> None:
        """They arrive so much later by the clock of the workspace."""
        self._set(kind, {"progression": "seconds", "seconds": seconds})

    def by_hand(self, kind: str) -> None:
        """They arrive when `finish` says so."""
        self._set(kind, {"progression": "manual"})

    def at_once(self, kind: str) -> None:
        """They are there when they are made."""
        self._set(kind, {"progression": "immediate"})

    def finish(self, kind: str, name: str | None = None) -> int:
        """Lets one resource arrive, or all of the kind; how many did."""
        told = {"workspace": self.workspace, "kind": kind, "name": name}
        return int(self.control.ask("POST", "/_sandbox/transitions/finish", _told(told))["finished"])

    def _set(self, kind: str, told: dict[str, Any]) -> None:
        self.control.ask("PUT", "/_sandbox/transitions", {"workspace": self.workspace, "kind": kind, **told})


@dataclass(frozen=True)
class LlmScripts:
    """What the models are told to answer."""

    control: Control
    workspace: str

    def script(
        self,
        content: str | None = None,
        *,
        tool_calls: Sequence[Mapping[str, Any]] = (),
        json: Any = None,
        error: Mapping[str, Any] | None = None,
        finish_reason: str | None = None,
        times: int | None = None,
        delay_ms: int = 0,
        tokens_per_second: float | None = None,
        **match: Any,
    ) -> None:
        """Answers requests that match: by `model`, `user_message`, `system_message`, `tool_name`, `turn_index`, …"""
        response = {"content": content, "tool_calls": list(tool_calls), "json": json, "error": error}
        told = {"times": times, "delay_ms": delay_ms, "tokens_per_second": tokens_per_second}
        body = {"match": match, "response": _told(response | {"finish_reason": finish_reason}), **_told(told)}
        self.control.ask("POST", "/_sandbox/llm/script", {"workspace": self.workspace, **body})

    def unscripted(self, what: str) -> None:
        """Says what becomes of a request that no script fits: `answer` or `error`."""
        self.control.ask("PUT", "/_sandbox/llm/unscripted", {"workspace": self.workspace, "unscripted": what})

    def recordings(self, folder: str | Path, mode: str = "replay") -> None:
        """Answers with what models once said, or records it: replay, record, record-missing or off."""
        told = {"workspace": self.workspace, "folder": str(Path(folder).absolute()), "mode": mode}
        self.control.ask("PUT", "/_sandbox/recordings", told)


@dataclass(frozen=True)
class GenieScripts:
    """What Genie is told to answer; the SQL is really run."""

    control: Control
    workspace: str

    def script(
        self, question: str, *, sql: str | None = None, text: str | None = None, space_id: str | None = None
    ) -> None:
        """Answers this question, in one space or in all, with a query or with words."""
        told = {"workspace": self.workspace, "space_id": space_id, "question": question, "sql": sql, "text": text}
        self.control.ask("POST", "/_sandbox/genie/script", _told(told))


@dataclass(frozen=True)
class Snapshots:
    """The states that a workspace was in, by name; all workspaces of the sandbox can load them."""

    control: Control
    workspace: str

    def save(self, name: str) -> dict[str, Any]:
        """Keeps the present state."""
        return self.control.ask("POST", "/_sandbox/snapshots", {"name": name, "workspace": self.workspace})

    def load(self, name: str) -> dict[str, Any]:
        """Replaces the present state by a kept one."""
        return self.control.ask("POST", f"/_sandbox/snapshots/{name}/load", {"workspace": self.workspace})


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
