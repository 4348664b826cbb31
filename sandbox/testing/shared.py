"""The server of one test run: whoever needs it first starts it, whoever leaves last stops it.

Both are decided by locks that the kernel gives back when a process dies, so a killed worker leaves no count behind.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sandbox.control import Control
from sandbox.errors import SandboxError
from sandbox.state import DataDirectory, write_private

NOTE = "sandbricks.json"
_TURN, _MEMBERS, _USERS = "sandbricks.turn", "sandbricks.members", "sandbricks.users"
START_SECONDS, STOP_SECONDS = 60.0, 5.0
_LOOK_EVERY = 0.01


@dataclass(frozen=True)
class Address:
    """Where the server is and what opens its control API."""

    host: str
    control_token: str = field(repr=False)
    pid: int | None = None
    home: str | None = None

    @property
    def control(self) -> Control:
        """Its control API."""
        return Control(self.host, self.control_token)


class SharedServer:
    """A process's part in the server of a run; the folder is the same for all processes of the run."""

    def __init__(self, folder: Path, environment: Mapping[str, str], *, keep: bool = False) -> None:
        self._folder, self._environment, self._keep = folder, environment, keep
        self._held: list[int] = []
        os.register_at_fork(after_in_child=self._let_go)  # a forked child does not use the server

    def join(self) -> Address:
        """The server, started if nobody has done so.

        Raises: SandboxError
        """
        with self._turn():
            self._held = [self._shared(name) for name in (_USERS, _MEMBERS)]
            address = noted(self._folder)
            if address is None or not address.control.answers():
                address = self._start()
                write_private(self._folder / NOTE, json.dumps(asdict(address)))
        return address

    def leave(self) -> None:
        """Stops the server if nobody else is left."""
        with self._turn():
            last = _locked(self._held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
            address = noted(self._folder)
            if last and address and not self._keep:
                _stop(address)
                (self._folder / NOTE).unlink(missing_ok=True)
            self._let_go()

    def _let_go(self) -> None:
        while self._held:
            os.close(self._held.pop())

    def _start(self) -> Address:
        users = None if self._keep else str(self._folder / _USERS)
        try:
            started = subprocess.run(
                [sys.executable, "-P", "-m", "sandbox.testing.start"],
                input=json.dumps({"users": users}),
                env=dict(self._environment),
                cwd=self._folder,
                capture_output=True,
                text=True,
                timeout=START_SECONDS,
                check=True,
                start_new_session=True,  # Ctrl-C is for the tests; the server ends when they have ended
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise SandboxError(f"The sandbox did not start: {error.stderr!s}", "sandbricks doctor") from None
        return Address(**json.loads(started.stdout))

    def _shared(self, name: str) -> int:
        descriptor = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        return descriptor

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One process at a time joins or leaves."""
        descriptor = os.open(self._folder / _TURN, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def noted(folder: Path) -> Address | None:
    """The server that was started for the run, if any was."""
    try:
        return Address(**json.loads((folder / NOTE).read_text()))
    except FileNotFoundError:
        return None


def _stop(address: Address) -> None:
    assert address.pid is not None
    assert address.home is not None
    directory, deadline = DataDirectory(Path(address.home)), time.monotonic() + STOP_SECONDS
    with contextlib.suppress(ProcessLookupError):
        os.kill(address.pid, signal.SIGTERM)
    while directory.held():
        if time.monotonic() > deadline:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(address.pid, signal.SIGKILL)
            break
        time.sleep(_LOOK_EVERY)
    shutil.rmtree(address.home, ignore_errors=True)


def _locked(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
