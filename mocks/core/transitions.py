"""How resources reach the state they were asked for: at once, after some reads, after a time, or when they are told.

A real workspace provisions for minutes; here all is there at once unless a test asks to see the waiting.
"""

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import ConfigDict, Field

from mocks.core.clock import Clock
from mocks.core.wire import Wire


class Kind(StrEnum):
    """What takes its time on a real workspace."""

    VECTOR_ENDPOINT = "vector_search.endpoint"
    VECTOR_INDEX = "vector_search.index"
    SERVING_ENDPOINT = "serving.endpoint"
    WAREHOUSE = "sql.warehouse"
    GENIE_MESSAGE = "genie.message"


class Progression(Wire):
    """How resources of one kind that are made from now on arrive; `seconds` are those of the workspace's clock."""

    model_config = ConfigDict(extra="forbid")
    kind: Kind
    progression: Literal["immediate", "reads", "seconds", "manual"] = "immediate"
    reads: int = Field(default=3, ge=1, le=1000)
    seconds: float = Field(default=5.0, ge=0, le=86_400)


@dataclass
class _Way:
    """What lies between a resource and its arrival."""

    reads: int | None = None
    at_ms: int | None = None


class Transitions:
    """The resources of one workspace that are under way."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._rules: dict[str, Progression] = {}
        self._ways: dict[tuple[str, str], _Way] = {}

    def rules(self) -> list[Progression]:
        """Those that were set."""
        with self._lock:
            return list(self._rules.values())

    def under_way(self) -> list[tuple[str, str]]:
        """Kind and name of what has not arrived."""
        with self._lock:
            return sorted(self._ways)

    def rule(self, told: Progression) -> None:
        """Says how resources of a kind arrive from now on."""
        with self._lock:
            self._rules[told.kind] = told

    def begin(self, kind: Kind, name: str) -> None:
        """A resource was made or changed."""
        with self._lock:
            rule = self._rules.get(kind)
            self._ways.pop((kind, name), None)
            if rule is None or rule.progression == "immediate":
                return
            reads = rule.reads if rule.progression == "reads" else None
            at = self._clock.now_ms() + round(rule.seconds * 1000) if rule.progression == "seconds" else None
            self._ways[kind, name] = _Way(reads, at)

    def waiting(self, kind: Kind, name: str, *, counts: bool = True) -> int:
        """0 once it has arrived, else how many reads are left or, where reads do not count, 1; this one counts."""
        with self._lock:
            way = self._ways.get((kind, name))
            if way is None:
                return 0
            if way.reads is None:
                left = int(way.at_ms is None or self._clock.now_ms() < way.at_ms)
            else:
                left = way.reads
                way.reads -= counts
            if not left:
                del self._ways[kind, name]
            return left

    def finish(self, kind: Kind, name: str | None) -> int:
        """Lets one resource arrive, or all of a kind; how many did."""
        with self._lock:
            done = [way for way in self._ways if way[0] == kind and name in (None, way[1])]
            for way in done:
                del self._ways[way]
            return len(done)
