"""The journal: what was asked lately and how it was answered, in bounded memory."""

import itertools
import logging
import threading
import time
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CAPACITY = 1000
log = logging.getLogger("sandbricks.requests")


@dataclass(frozen=True)
class Entry:
    """One request: times in milliseconds, the operation named as in the SDK."""

    id: int
    at_ms: int
    workspace: str | None
    method: str
    path: str
    service: str | None
    operation: str | None
    status: int
    ms: float
    client: str


class Journal:
    """The latest requests; the oldest go first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=CAPACITY)
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def next_id(self) -> int:
        """The number of the next request."""
        return next(self._ids)

    def add(self, entry: Entry) -> None:
        """Keeps the entry."""
        with self._lock:
            self._entries.append(entry)

    def find(self, limit: int = 100, **match: str | None) -> list[dict[str, Any]]:
        """The newest entries that have these values, oldest first."""
        with self._lock:
            entries = list(self._entries)
        wanted = {field: value for field, value in match.items() if value is not None}
        found = [e for e in entries if all(getattr(e, field) == value for field, value in wanted.items())]
        return [asdict(entry) for entry in found[-limit:]]

    def clear(self) -> None:
        """Forgets all entries."""
        with self._lock:
            self._entries.clear()


class Journaled:
    """Writes a line into the journal for every request, also for those that the guard refuses."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self._app, self._journal = app, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/_sandbox/health":
            await self._app(scope, receive, send)
            return
        request_id, began, status = self._journal.next_id(), time.perf_counter(), 499

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_marks(scope, request_id)]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._journal.add(_entry(scope, request_id, status, time.perf_counter() - began))


def _marks(scope: Scope, request_id: int) -> list[tuple[bytes, bytes]]:
    marks = [(b"x-sandbox-request-id", str(request_id).encode())]
    if "workspace" in scope:
        marks.append((b"x-databricks-org-id", str(scope["workspace"].id).encode()))
    return marks


def _entry(scope: Scope, request_id: int, status: int, seconds: float) -> Entry:
    endpoint = scope.get("endpoint")
    module = getattr(endpoint, "__module__", "")
    agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
    return Entry(
        id=request_id,
        at_ms=time.time_ns() // 1_000_000,
        workspace=scope["workspace"].name if "workspace" in scope else None,
        method=scope["method"],
        path=scope["path"],
        service=module.split(".")[1] if module.startswith("mocks.") else None,
        operation=getattr(endpoint, "__name__", None),
        status=status,
        ms=round(seconds * 1000, 3),
        client=agent.decode("latin-1")[:200],
    )
