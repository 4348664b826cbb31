"""Rate limits of the AI gateway: how many calls an endpoint takes in a minute, in all or from each user."""

import threading
from collections import defaultdict, deque
from typing import Any

from mocks.core.errors import InvalidParameterValue, TooManyRequests
from mocks.core.workspace import Workspace
from mocks.serving.wire import Endpoint

MINUTE_MS = 60_000
KEYS = ("endpoint", "user")


class RateLimits:
    """The calls of the last minute in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._clock = workspace.now_ms
        self._lock = threading.Lock()
        self._calls: dict[tuple[str, str | None], deque[int]] = defaultdict(deque)

    def take(self, endpoint: Endpoint, user: str) -> None:
        """Counts a call.

        Raises: TooManyRequests
        """
        limits = (endpoint.ai_gateway or {}).get("rate_limits") or []
        if not limits:
            return
        now = self._clock()
        with self._lock:
            windows = [self._window(endpoint, limit, user, now) for limit in limits]
            for window, limit in zip(windows, limits, strict=True):
                if len(window) >= limit["calls"]:
                    wait = -(-(window[0] + MINUTE_MS - now) // 1000) if window else 60
                    raise TooManyRequests(
                        f"The endpoint '{endpoint.name}' takes {limit['calls']} calls a minute"
                        f"{' from each user' if limit.get('key') == 'user' else ''}; try again in {wait} s.",
                        retry_after=int(wait),
                    )
            for window in {id(window): window for window in windows}.values():
                window.append(now)

    def _window(self, endpoint: Endpoint, limit: dict[str, Any], user: str, now: int) -> deque[int]:
        window = self._calls[endpoint.id, user if limit.get("key") == "user" else None]
        while window and window[0] <= now - MINUTE_MS:
            window.popleft()
        return window


def checked_limits(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The limits, if they are of the kind that is enforced here.

    Raises: InvalidParameterValue
    """
    for limit in told:
        calls = limit.get("calls")
        if not isinstance(calls, int) or calls < 0:
            raise InvalidParameterValue("A rate limit has a number of calls; limits by tokens or groups are not kept.")
        if limit.get("renewal_period", "minute") != "minute" or limit.get("key", "endpoint") not in KEYS:
            raise InvalidParameterValue("A rate limit is renewed each 'minute', and its key is 'endpoint' or 'user'.")
    return told
