"""Rate limits of the AI gateway: how many calls or tokens an endpoint takes in a minute, in all or from whom."""

import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from mocks.core.errors import InvalidParameterValue, TooManyRequests
from mocks.core.workspace import Workspace
from mocks.serving.wire import Endpoint

MINUTE_MS = 60_000
KEYS = ("endpoint", "user", "user_group", "service_principal")
_WHOSE = ("user_group", "service_principal")  # they name their principal (docs: ai-gateway/configure-ai-gateway)
Limit = dict[str, Any]
Window = deque[tuple[int, int]]  # when, and how many


class RateLimits:
    """What the endpoints of one workspace were asked in the last minute."""

    def __init__(self, workspace: Workspace) -> None:
        self._clock = workspace.now_ms
        self._lock = threading.Lock()
        self._windows: dict[tuple[str, str, str], Window] = defaultdict(deque)

    def take(self, endpoint: Endpoint, caller: Workspace) -> None:
        """Counts a call.

        Raises: TooManyRequests
        """
        now = self._clock()
        with self._lock:
            limited = [
                (limit, self._window(endpoint, limit, unit, caller, now)) for limit, unit in _counted(endpoint, caller)
            ]
            for limit, window in limited:
                _refuse_if_full(endpoint, limit, window, now)
            for window in {id(window): window for limit, window in limited if limit.get("calls") is not None}.values():
                window.append((now, 1))

    def spend(self, endpoint: Endpoint, caller: Workspace, tokens: int) -> None:
        """Counts the tokens of an answered call."""
        now = self._clock()
        with self._lock:
            windows = [
                self._window(endpoint, limit, unit, caller, now)
                for limit, unit in _counted(endpoint, caller)
                if unit == "tokens"
            ]
            for window in {id(window): window for window in windows}.values():
                window.append((now, tokens))

    def _window(self, endpoint: Endpoint, limit: Limit, unit: str, caller: Workspace, now: int) -> Window:
        key = limit.get("key", "endpoint")
        whose = limit.get("principal") or (caller.user_name if key == "user" else "")
        window = self._windows[endpoint.id, unit, f"{key}:{whose}"]
        while window and window[0][0] <= now - MINUTE_MS:
            window.popleft()
        return window


def limits_tokens(endpoint: Endpoint) -> bool:
    """Whether somebody has to count the tokens of its answers."""
    return any(limit.get("tokens") is not None for limit in _limits(endpoint))


def checked_limits(told: list[Limit]) -> list[Limit]:
    """The limits, if they make sense.

    Raises: InvalidParameterValue
    """
    for limit in told:
        numbers = [limit[unit] for unit in ("calls", "tokens") if limit.get(unit) is not None]
        if len(numbers) != 1 or not isinstance(numbers[0], int) or numbers[0] < 0:
            raise InvalidParameterValue("A rate limit has a number of calls or one of tokens.")
        key = limit.get("key", "endpoint")
        if limit.get("renewal_period", "minute") != "minute" or key not in KEYS:
            raise InvalidParameterValue(
                f"A rate limit is renewed each 'minute', and its key is one of {', '.join(KEYS)}."
            )
        if key in _WHOSE and not limit.get("principal"):
            raise InvalidParameterValue(f"A rate limit with the key '{key}' names its principal.")
    return told


def _limits(endpoint: Endpoint) -> list[Limit]:
    return (endpoint.ai_gateway or {}).get("rate_limits") or []


def _counted(endpoint: Endpoint, caller: Workspace) -> Iterator[tuple[Limit, str]]:
    """The limits that count for this caller, each with what it counts."""
    for limit in _limits(endpoint):
        principal, key = limit.get("principal"), limit.get("key", "endpoint")
        known = caller.groups if key == "user_group" else (caller.user_name,)
        if principal is None or principal in known:
            yield limit, "tokens" if limit.get("tokens") is not None else "calls"


def _refuse_if_full(endpoint: Endpoint, limit: Limit, window: Window, now: int) -> None:
    unit = "tokens" if limit.get("tokens") is not None else "calls"
    if sum(size for _, size in window) < limit[unit]:
        return
    wait = -(-(window[0][0] + MINUTE_MS - now) // 1000) if window else 60
    whose = limit.get("principal") or ("each user" if limit.get("key") == "user" else "")
    raise TooManyRequests(
        f"The endpoint '{endpoint.name}' takes {limit[unit]} {unit} a minute{f' from {whose}' if whose else ''}; "
        f"try again in {wait} s.",
        retry_after=int(wait),
    )
