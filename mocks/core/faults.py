"""Faults that somebody asked for: which requests they hit, how often, and what happens to them."""

import fnmatch
import random
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from mocks.core.errors import InvalidState, ResourceDoesNotExist
from mocks.core.wire import Wire

MOST = 200
_STRICT = ConfigDict(extra="forbid")  # a misspelt field would make a fault that never comes


class FaultMatch(Wire):
    """The requests that are hit; what is not told may be anything, a path may have asterisks."""

    model_config = _STRICT
    service: str | None = None
    operation: str | None = None
    method: str | None = None
    path: str | None = None
    workspace: str | None = None


class Delay(Wire):
    """A wait before the answer; the lognormal one has `ms` as its median."""

    model_config = _STRICT
    type: Literal["fixed", "lognormal"] = "fixed"
    ms: float = Field(ge=0, le=60_000)
    sigma: float = Field(default=0.5, ge=0, le=3)


class FaultError(Wire):
    """A refusal in the shape that every Databricks client parses."""

    model_config = _STRICT
    status: int = Field(ge=400, le=599)
    error_code: str | None = None
    message: str = "A fault that was asked for."
    retry_after: int | None = Field(default=None, ge=0)


class NewFault(Wire):
    """A fault: a delay, an error or a broken answer, for some requests."""

    model_config = _STRICT
    match: FaultMatch = FaultMatch()
    skip: int = Field(default=0, ge=0)
    times: int | None = Field(default=None, ge=1)
    probability: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0
    phase: Literal["before", "after"] = "before"
    delay: Delay | None = None
    error: FaultError | None = None
    fault: Literal["reset", "empty", "malformed", "truncate"] | None = None
    after_chunks: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.delay is None and self.error is None and self.fault is None:
            raise ValueError("a fault has a delay, an error or a fault")
        if self.error is not None and self.fault is not None:
            raise ValueError("an answer is either an error or broken, not both")
        return self


@dataclass(frozen=True)
class Asked:
    """What a fault can be matched with."""

    method: str
    path: str
    workspace: str | None
    service: str | None
    operation: str | None


class Fault:
    """A fault that was added, with its counts and its dice."""

    def __init__(self, told: NewFault) -> None:
        self.id, self.told = secrets.token_hex(6), told
        self.dice = random.Random(told.seed)  # noqa: S311  # repeatable on purpose
        self.seen = self.fired = 0

    def hits(self, asked: Asked) -> bool:
        """Whether this request is hit; each one that matches counts."""
        match = self.told.match
        names = ("method", "workspace", "service", "operation")
        if any(getattr(match, name) not in (None, getattr(asked, name)) for name in names):
            return False
        if match.path is not None and not fnmatch.fnmatchcase(asked.path, match.path):
            return False
        self.seen += 1
        spent = self.told.times is not None and self.fired >= self.told.times
        if self.seen <= self.told.skip or spent or self.dice.random() >= self.told.probability:
            return False
        self.fired += 1
        return True

    def seconds(self) -> float:
        """How long to wait."""
        delay = self.told.delay
        if delay is None:
            return 0.0
        factor = self.dice.lognormvariate(0, delay.sigma) if delay.type == "lognormal" else 1.0
        return min(delay.ms * factor / 1000, 60.0)

    def shown(self) -> dict[str, Any]:
        """The fault and how often it has fired."""
        return {"id": self.id, "fired": self.fired, "seen": self.seen, **self.told.body()}


class Faults:
    """All faults; the first that hits a request wins."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    @property
    def active(self) -> bool:
        """Whether there are any."""
        return bool(self._faults)

    def add(self, told: NewFault) -> Fault:
        """Adds one.

        Raises: InvalidState
        """
        with self._lock:
            if len(self._faults) >= MOST:
                raise InvalidState(f"There are {MOST} faults already; DELETE /_sandbox/faults removes them.")
            self._faults.append(Fault(told))
            return self._faults[-1]

    def hit(self, asked: Asked) -> Fault | None:
        """The fault that hits this request, if any does."""
        with self._lock:
            return next((fault for fault in self._faults if fault.hits(asked)), None)

    def all(self) -> Sequence[Fault]:
        """The faults, oldest first."""
        return tuple(self._faults)

    def remove(self, fault_id: str) -> None:
        """Ends one.

        Raises: ResourceDoesNotExist
        """
        with self._lock:
            kept = [fault for fault in self._faults if fault.id != fault_id]
            if len(kept) == len(self._faults):
                raise ResourceDoesNotExist(f"There is no fault '{fault_id}'.")
            self._faults = kept

    def clear(self, workspace: str | None = None) -> int:
        """Ends all, or those that hit only this workspace; gives their number."""
        with self._lock:
            kept = [f for f in self._faults if workspace is not None and f.told.match.workspace != workspace]
            gone, self._faults = len(self._faults) - len(kept), kept
        return gone
