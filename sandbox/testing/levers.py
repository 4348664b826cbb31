"""The levers of a workspace: faults, its clock, what Genie is told to answer, snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
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
        body = {name: value for name, value in body.items() if value is not None}
        return cls(control, str(control.ask("POST", "/_sandbox/faults", body)["id"]))

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
class GenieScripts:
    """What Genie is told to answer; the SQL is really run."""

    control: Control
    workspace: str

    def script(
        self, question: str, *, sql: str | None = None, text: str | None = None, space_id: str | None = None
    ) -> None:
        """Answers this question, in one space or in all, with a query or with words."""
        told = {"workspace": self.workspace, "space_id": space_id, "question": question, "sql": sql, "text": text}
        body = {name: value for name, value in told.items() if value is not None}
        self.control.ask("POST", "/_sandbox/genie/script", body)


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
