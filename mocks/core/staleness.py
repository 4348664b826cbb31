"""Eventual consistency, if a test asks for it: reads that still see what was there before the last write."""

import threading
from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

Record = tuple[str, str]
# The records that this request saw as they were; nothing where a request writes, for it must see what is there.
_SEEN: ContextVar[set[Record] | None] = ContextVar("stale_records", default=None)


class Staleness:
    """How many reads of a record after each write still see the old one; of one workspace."""

    def __init__(self) -> None:
        self.reads = 0
        self._lock = threading.Lock()
        self._old: dict[Record, tuple[int, str | None]] = {}

    def set(self, reads: int) -> None:
        """From now on so many; 0 makes every write visible at once."""
        with self._lock:
            self.reads = reads
            self._old.clear()

    def written(self, collection: str, key: str, before: str | None) -> None:
        """Keeps what was there before a write."""
        with self._lock:
            if self.reads:
                _, oldest = self._old.get((collection, key), (0, before))
                self._old[collection, key] = self.reads, oldest

    def seen(self, collection: str, key: str, now: str | None) -> str | None:
        """What a read sees: in one request always the same."""
        record, seen = (collection, key), _SEEN.get()
        if seen is None:
            return now
        with self._lock:
            left, old = self._old.get(record, (0, None))
            if record not in seen and left:
                seen.add(record)
                self._old[record] = left - 1, old
            elif record not in seen:
                self._old.pop(record, None)
            return old if record in seen else now

    def changed(self, collection: str) -> list[str]:
        """The keys of a collection whose old records may still be seen."""
        with self._lock:
            return [key for name, key in self._old if name == collection]


class ReadsMayBeStale:
    """Marks the requests that only read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        token = _SEEN.set(set() if reads and not scope["path"].startswith("/_sandbox/") else None)
        try:
            await self._app(scope, receive, send)
        finally:
            _SEEN.reset(token)
