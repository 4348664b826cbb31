"""The egress guard: while a test holds a sandbox, nothing in its process connects to another machine."""

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

from sandbox.target import is_loopback

_EVENTS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")


class SandboxEgressError(RuntimeError):
    """A test tried to reach another machine. No OSError: clients would take that for a bad network and try again."""


class EgressGuard:
    """Refuses connections off loopback while a test is watched, and remembers them: clients swallow exceptions."""

    def __init__(self, allowed: tuple[str, ...] = ()) -> None:
        self._allowed = {"", *allowed}
        self._test: str | None = None
        self._installed = False
        self._lock = threading.Lock()
        self.refused: list[str] = []

    @contextlib.contextmanager
    def watching(self, test: str) -> Iterator[None]:
        """While the block runs, refusals name this test."""
        self._install()
        self._test = test
        try:
            yield
        finally:
            self._test = None

    def take(self) -> list[str]:
        """The refusals since the last time."""
        with self._lock:
            refused, self.refused = self.refused, []
        return refused

    def _install(self) -> None:
        """An audit hook sees every socket of Python, whoever imported what; there is no taking it out again."""
        if not self._installed:
            self._installed = True
            self._allowed.add(socket.gethostname())
            sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._test is None or event not in _EVENTS:
            return
        host = _host(event, arguments)
        if host is None or host in self._allowed or is_loopback(_bracketed(host)):
            return
        told = f"{self._test} tried to reach {host}; a test with a sandbox stays on this machine."
        with self._lock:
            self.refused.append(told)
        raise SandboxEgressError(f"{told} Name the host with --sandbox-allow-host if that is meant.")


def _host(event: str, arguments: tuple[Any, ...]) -> str | None:
    """The other side's name or address; none for sockets of this machine."""
    if event == "socket.getaddrinfo":
        told = arguments[0]
    else:
        address = arguments[1]
        told = address[0] if isinstance(address, tuple) and address else None
    if isinstance(told, bytes | bytearray):
        return bytes(told).decode("ascii", "replace")
    return told if isinstance(told, str) else None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
