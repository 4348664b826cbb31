"""Browser sessions: a link that works once is exchanged for a cookie that opens the pages of one workspace."""

import secrets
import threading
import time
from collections.abc import Sequence

COOKIE = "sandbricks_session"
LINK_SECONDS = 3600.0


class Sessions:
    """Links given out and sessions opened; both end with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: dict[str, tuple[str, float]] = {}
        self._tokens: dict[str, str] = {}

    def new_link(self, token: str) -> str:
        """A code that opens one session for the holder of this workspace token."""
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._links[code] = (token, time.monotonic() + LINK_SECONDS)
        return code

    def open(self, code: str) -> str | None:
        """The new session's id, or nothing if the code is unknown, used or too old."""
        with self._lock:
            token, until = self._links.pop(code, ("", 0.0))
            if time.monotonic() > until:
                return None
            session = secrets.token_urlsafe(32)
            self._tokens[session] = token
            return session

    def token(self, cookies: Sequence[bytes]) -> str:
        """The workspace token behind a request's cookies, or nothing."""
        for header in cookies:
            for pair in header.decode("latin-1").split(";"):
                name, _, value = pair.strip().partition("=")
                if name == COOKIE:
                    return self._tokens.get(value, "")
        return ""
