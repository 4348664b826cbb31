"""The signals that end us: the first stops in order, the next at once."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """A signal asked us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextlib.contextmanager
def interruptible(hurry: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Inside, the first signal raises `Interrupted` and each later one calls `hurry`; ignored signals stay ignored."""
    heard = False

    def interrupt(number: int, _: FrameType | None) -> None:
        nonlocal heard
        if heard:
            hurry()
        else:
            heard = True
            raise Interrupted(number)

    before = {n: signal.signal(n, interrupt) for n in ENDING if signal.getsignal(n) is not signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
