"""One child process: told its settings on standard input, logs to a file, stopped by pid, gone with its parent."""

import contextlib
import ctypes
import fcntl
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

STOP_SECONDS = 4.0
_LOOK_EVERY, _SLICE = 0.01, 0.2
_TAIL = 4000
_PR_SET_PDEATHSIG = 1


class ChildError(RuntimeError):
    """The child ended, or was not ready in time; the message ends with its log."""


class Child:
    """A `python -P -m module` process; its settings go in as one JSON line, so no secret stands in an argument list.

    An attached child keeps the line open and ends when its parent does, if it calls `die_with_parent`.
    A leader has a session of its own: the terminal's signals do not reach it, and killing it kills its children.
    """

    def __init__(
        self,
        module: str,
        settings: Mapping[str, Any],
        log: Path,
        *,
        fds: Collection[int] = (),
        attached: bool = True,
        leader: bool = False,
        environment: Mapping[str, str] | None = None,
        interpreter: Path | None = None,
    ) -> None:
        self.module, self.log = module, log
        self._leader, self._gone = leader, threading.Event()
        command = [str(interpreter or sys.executable), "-P", "-m", module]
        options = {"pass_fds": tuple(fds), "start_new_session": leader, "env": environment}
        line = json.dumps({**settings, "attached": attached}).encode() + b"\n"
        spawned: Future[subprocess.Popen[bytes]] = Future()
        live = (command, options, line, attached, spawned)
        threading.Thread(target=self._live, args=live, name=module, daemon=True).start()
        self._process = spawned.result()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process still lives."""
        return not self._gone.is_set()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Returns as soon as `ready` says so.

        Raises: ChildError
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise ChildError(f"{self.module} ended with code {self._process.returncode}.\n{self.tail()}")
            if time.monotonic() > deadline:
                raise ChildError(f"{self.module} was not ready within {seconds:g} s.\n{self.tail()}")
            time.sleep(_LOOK_EVERY)

    def wait(self, seconds: float | None = None) -> int | None:
        """The exit code once the process has ended, or nothing if it outlives the limit."""
        deadline = time.monotonic() + (math.inf if seconds is None else seconds)
        # In slices: a signal that the kernel hands to another thread does not wake this one for its handler.
        while not self._gone.wait(min(_SLICE, max(0.0, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return None
        return self._process.returncode

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Asks the process to end and kills it if it does not in time."""
        self._signal(signal.SIGTERM)
        if self.wait(seconds) is None:
            self.kill()

    def kill(self) -> None:
        """Kills the process, a leader with all its children, and waits for its end."""
        self.hurry()
        self._gone.wait()

    def hurry(self) -> None:
        """Kills without waiting; may be called by a signal handler."""
        if self.running and self._leader:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        self._signal(signal.SIGKILL)

    def tail(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-_TAIL:]

    def _live(
        self,
        command: list[str],
        options: dict[str, Any],
        line: bytes,
        attached: bool,
        spawned: Future[subprocess.Popen[bytes]],
    ) -> None:
        """Starts the process and outlives it: Linux takes the end of the starting thread for the end of the parent."""
        try:
            with _fresh(self.log) as log:
                process = subprocess.Popen(
                    command, bufsize=0, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.log.parent, **options
                )
        except OSError as error:
            spawned.set_exception(error)
            return
        # Signals are for the main thread, which handles them; the child would have inherited an earlier mask.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
        assert process.stdin is not None
        with process.stdin:
            with contextlib.suppress(BrokenPipeError):  # it died at once; `wait_until` says why
                process.stdin.write(line)
            if not attached:
                process.stdin.close()
            spawned.set_result(process)
            process.wait()
        self._gone.set()

    def _signal(self, number: signal.Signals) -> None:
        if self.running:
            self._process.send_signal(number)


def die_with_parent() -> None:
    """Called by an attached child: ends it when its parent ends, however that came about."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    threading.Thread(target=_end_with_the_line, name="parent", daemon=True).start()


def die_without_users(file: Path) -> None:
    """Ends this process when nobody holds the lock on the file any more, however its last holder ended."""
    threading.Thread(target=_end_with_the_lock, args=(file,), name="users", daemon=True).start()


def _end_with_the_line() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    _end()


def _end_with_the_lock(file: Path) -> None:
    with file.open("rb") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)


def _fresh(log: Path) -> Any:
    """The log file, empty and for the owner only; the one before is kept beside it."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
