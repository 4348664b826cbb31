"""The journal: what was asked lately and how it was answered, in bounded memory."""

import asyncio
import fnmatch
import itertools
import logging
import shlex
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mocks.core.errors import ResourceDoesNotExist
from mocks.core.redaction import LONGEST_BODY, kept_body, kept_query, redacted_text

CAPACITY, BYTES = 1000, 32 * 1024 * 1024
_ENTRY_BYTES = 1024
log = logging.getLogger("sandbricks.requests")


@dataclass(frozen=True)
class Entry:
    """One request: times in milliseconds, the operation named as in the SDK, nothing secret."""

    id: int
    at_ms: int
    workspace: str | None
    method: str
    path: str
    query: str
    service: str | None
    operation: str | None
    status: int
    ms: float
    client: str
    unmatched: bool
    fault: str | None
    body: str | None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return _ENTRY_BYTES + len(self.query) + len(self.body or "")

    def matches(self, wanted: Mapping[str, Any]) -> bool:
        """Whether it has these values; a path may have asterisks."""
        return all(
            fnmatch.fnmatchcase(self.path, value) if field == "path" else getattr(self, field) == value
            for field, value in wanted.items()
        )

    def told(self, *, whole: bool = False) -> dict[str, Any]:
        """The entry as an object; its body only if it is asked for."""
        fields = asdict(self)
        return fields if whole else {name: value for name, value in fields.items() if name != "body"}

    def curl(self, host: str) -> str:
        """A command that sends it again; the token is the caller's."""
        url = f"{host}{self.path}" + (f"?{self.query}" if self.query else "")
        words = ["curl", "-X", self.method, shlex.quote(url), "-H", '"Authorization: Bearer $DATABRICKS_TOKEN"']
        if self.body is not None:
            words += ["-H", "'Content-Type: application/json'", "--data-raw", shlex.quote(self.body)]
        return " ".join(words)


class Journal:
    """The latest requests; the oldest go first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque()
        self._size = 0
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._followers: set[asyncio.Queue[Entry]] = set()

    def next_id(self) -> int:
        """The number of the next request."""
        return next(self._ids)

    def add(self, entry: Entry) -> None:
        """Keeps the entry, and tells those who follow; called in the event loop."""
        with self._lock:
            self._entries.append(entry)
            self._size += entry.size
            while len(self._entries) > CAPACITY or self._size > BYTES:
                self._size -= self._entries.popleft().size
        for follower in self._followers:
            if not follower.full():  # who reads too slowly misses some
                follower.put_nowait(entry)

    def find(self, limit: int = 100, **match: Any) -> list[Entry]:
        """The newest entries that have these values, oldest first."""
        wanted = {field: value for field, value in match.items() if value is not None}
        with self._lock:
            entries = list(self._entries)
        return [entry for entry in entries if entry.matches(wanted)][-limit:]

    def get(self, number: int) -> Entry:
        """The entry of that number.

        Raises: ResourceDoesNotExist
        """
        found = self.find(id=number)
        if not found:
            raise ResourceDoesNotExist(f"The journal does not hold request {number}, or no more.")
        return found[0]

    async def follow(self) -> AsyncIterator[Entry]:
        """Every entry from now on."""
        queue: asyncio.Queue[Entry] = asyncio.Queue(CAPACITY)
        self._followers.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._followers.discard(queue)

    def clear(self, workspace: str | None = None) -> None:
        """Forgets all entries, or those of a workspace."""
        with self._lock:
            kept = [entry for entry in self._entries if workspace is not None and entry.workspace != workspace]
            self._entries, self._size = deque(kept), sum(entry.size for entry in kept)


class Journaled:
    """Writes a line into the journal for every request, also for those that the guard refuses."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self._app, self._journal = app, journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/_sandbox/health":
            await self._app(scope, receive, send)
            return
        request_id, began, status = self._journal.next_id(), time.perf_counter(), 499
        body = bytearray()

        async def receive_and_keep() -> Message:
            message = await receive()
            if len(body) <= LONGEST_BODY:  # one byte too many says that it is too long
                body.extend(message.get("body", b"")[: LONGEST_BODY + 1 - len(body)])
            return message

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), *_marks(scope, request_id)]
            await send(message)

        try:
            await self._app(scope, receive_and_keep, send_with_id)
        finally:
            self._journal.add(_entry(scope, request_id, status, time.perf_counter() - began, bytes(body)))


def _marks(scope: Scope, request_id: int) -> list[tuple[bytes, bytes]]:
    marks = [(b"x-sandbox-request-id", str(request_id).encode())]
    if "workspace" in scope:
        marks.append((b"x-databricks-org-id", str(scope["workspace"].id).encode()))
    return marks


def _entry(scope: Scope, request_id: int, status: int, seconds: float, body: bytes) -> Entry:
    endpoint = scope.get("endpoint")
    module = getattr(endpoint, "__module__", "")
    path: str = scope["path"]
    kept = None if path.startswith("/_sandbox/") else kept_body(path, _header(scope, b"content-type"), body)
    return Entry(
        id=request_id,
        at_ms=time.time_ns() // 1_000_000,
        workspace=scope["workspace"].name if "workspace" in scope else None,
        method=scope["method"],
        path=redacted_text(path),
        query=kept_query(scope["query_string"].decode("latin-1")),
        service=module.split(".")[1] if module.startswith("mocks.") else None,
        operation=getattr(endpoint, "__name__", None),
        status=status,
        ms=round(seconds * 1000, 3),
        client=_header(scope, b"user-agent")[:200],
        unmatched=endpoint is None and "workspace" in scope,
        fault=scope.get("sandbox_fault"),
        body=kept,
    )


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")
