"""A workspace's clock, which can be stopped and turned, and its ids, which can be made to repeat."""

import random
import threading
import time
import uuid


class Clock:
    """Real time, time that stands still, or time that runs with an offset."""

    def __init__(self) -> None:
        self._frozen: int | None = None
        self._offset = 0

    @property
    def mode(self) -> str:
        """real, frozen or offset."""
        return "frozen" if self._frozen is not None else "offset" if self._offset else "real"

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return _real_ms() + self._offset if self._frozen is None else self._frozen

    def freeze(self, at_ms: int | None) -> None:
        """Stops it, at this moment or at that time."""
        self._frozen = self.now_ms() if at_ms is None else at_ms

    def shift_to(self, at_ms: int) -> None:
        """Lets it run on from that time."""
        self._frozen, self._offset = None, at_ms - _real_ms()

    def release(self) -> None:
        """Back to real time."""
        self._frozen, self._offset = None, 0

    def advance(self, ms: int) -> None:
        """Turns it on."""
        if self._frozen is None:
            self._offset += ms
        else:
            self._frozen += ms


class Ids:
    """Random ids; after a seed the same ones in the same order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._dice: random.Random = random.SystemRandom()
        self.told: int | None = None

    def seed(self, seed: int) -> None:
        """From now on the ids of this seed."""
        with self._lock:
            self.told = seed
            self._dice = random.Random(seed)  # noqa: S311  # repeatable on purpose

    def uuid(self) -> uuid.UUID:
        """The next one."""
        with self._lock:
            return uuid.UUID(int=self._dice.getrandbits(128), version=4)


def _real_ms() -> int:
    return time.time_ns() // 1_000_000
