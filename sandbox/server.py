"""The sandbox as a process: the gateway up, with its port and its lock, and down again."""

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from mocks.engines.child import STOP_SECONDS, Child, ChildError
from sandbox.config import Config
from sandbox.errors import NotRunningError, SandboxError
from sandbox.ports import HOST, listen
from sandbox.state import LOCK, DataDirectory, Instance, start_time, write_private

if TYPE_CHECKING:
    from sandbox.control import Control

ANSWER_SECONDS = 30.0
HTTPS = 443
_LOOK_EVERY = 0.02
_TEMPORARY = "sandbricks-"


class AlreadyRunningError(SandboxError):
    """The project has a sandbox that runs."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(f"A sandbox runs here already at {instance.host} (process {instance.pid}).", "sandbricks down")
        self.instance = instance


class Sandbox:
    """One gateway process in one data directory; what it started (MLflow) ends with it."""

    def __init__(self, config: Config, directory: DataDirectory | None = None) -> None:
        self.config = config
        self.directory = directory or DataDirectory(config.home, config.ephemeral)
        self._child: Child | None = None

    @property
    def started(self) -> bool:
        """Whether the gateway is ours to stop."""
        return self._child is not None

    @property
    def child(self) -> Child:
        """The gateway's process."""
        if self._child is None:
            raise NotRunningError("The sandbox was not started.", "sandbricks up")
        return self._child

    def start(self, *, attached: bool = True, seeds: tuple[str, ...] = (), users: str | None = None) -> Instance:
        """Starts the gateway and returns as soon as it answers; an attached one ends with this process.

        One with users ends as soon as no process holds the lock on that file.

        Raises: AlreadyRunningError, PortTakenError, SandboxError
        """
        self.directory.prepare(self.config.token, self.config.control_token)
        lock = self._claim()
        try:
            with contextlib.ExitStack() as stack:
                listening = stack.enter_context(listen(self.config.port, self.config.bind))
                front = self._front(stack)
                self.directory.clear_leftovers()
                self._child = self._spawn(listening, front, lock, attached, {"seeds": seeds, "users": users})
                port, tls_port = listening.getsockname()[1], front.getsockname()[1] if front else None
        finally:
            os.close(lock)
        instance = self._describe(port, tls_port)
        self.directory.note(instance)
        self._greet(instance)
        return instance

    def wait_until_ready(self, seconds: float) -> None:
        """Returns when every part and every seed is there.

        Raises: SandboxError
        """
        instance = self.directory.noted()
        assert instance is not None
        control_of(self.directory, instance).wait_until_ready(seconds)

    def release(self) -> None:
        """Leaves a detached gateway to itself."""
        self._child = None

    def stop(self) -> None:
        """Stops the gateway, and forgets what is not to be kept."""
        if self._child is not None:
            self._child.stop()
            self.directory.unnote()
        elif self.directory.temporary:
            self.directory.unnote()

    def hurry(self) -> None:
        """Kills the gateway without waiting for its end."""
        if self._child is not None:
            self._child.hurry()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _claim(self) -> int:
        """The lock on the data directory."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while (lock := self.directory.lock()) is None:
            if instance := self.directory.running():
                raise AlreadyRunningError(instance)
            if time.monotonic() > deadline:
                raise SandboxError(f"Another process holds {self.directory.home}.", "sandbricks doctor")
            time.sleep(_LOOK_EVERY)
        return lock

    def _front(self, stack: contextlib.ExitStack) -> socket.socket | None:
        """The socket of the TLS front, if one is wanted."""
        if self.config.tls is None:
            return None
        return stack.enter_context(listen(self.config.tls, self.config.bind))

    def _spawn(
        self,
        listening: socket.socket,
        front: socket.socket | None,
        lock: int,
        attached: bool,
        told: dict[str, Any],
    ) -> Child:
        fd, directory, config = listening.fileno(), self.directory, self.config
        settings = {
            "data": str(directory.data),
            "host": _host(listening),
            "port": listening.getsockname()[1],
            "token": directory.token(),
            "control_token": directory.control_token(),
            "models": {name: model.told() if model else None for name, model in config.models.items()},
            "recordings": str(config.recordings) if config.recordings else None,
            "record_mode": config.record_mode,
            "env_manager": config.env_manager,
            "judge": config.judge,
            "mlflow_database": config.mlflow_database,
            "allowed_hosts": config.allowed_hosts,
            "fd": fd,
            "tls": self._certified(front) if front else None,
            "forget": str(directory.forgotten) if directory.forgotten else None,
            **told,
        }
        environment = config.gateway_environment
        # The gateway holds the lock as long as it lives, however it was started and whoever dies first.
        fds = (fd, lock, *([front.fileno()] if front else ()))
        return Child("mocks", settings, directory.log, fds=fds, attached=attached, leader=True, environment=environment)

    def _certified(self, front: socket.socket) -> dict[str, Any]:
        from sandbox.tls import NAMES, prepare

        port, named = front.getsockname()[1], self.config.allowed_hosts
        files = prepare(self.directory.tls, named, self.config.environment)
        names = [*NAMES[:2], "[::1]", *(name.partition(":")[0] for name in named)]
        hosts = [f"{name}:{port}" for name in names] + (names if port == HTTPS else [])
        told = {"fd": front.fileno(), "certificate": str(files.certificate), "key": str(files.key)}
        return told | {"hosts": hosts}

    def _describe(self, port: int, tls_port: int | None) -> Instance:
        from importlib.metadata import version

        started = start_time(self.child.pid)
        return Instance(
            pid=self.child.pid,
            started=started or 0.0,
            host=f"http://{HOST}:{port}",
            port=port,
            version=version("sandbricks"),
            data=str(self.directory.data),
            durable=self.directory.forgotten is None,
            tls_host=_tls_host(tls_port),
        )

    def _greet(self, instance: Instance) -> None:
        """Waits for the gateway's first answer."""
        control = control_of(self.directory, instance)
        self._write_client_config(instance)
        try:
            self.child.wait_until(control.answers, ANSWER_SECONDS)
        except ChildError as error:
            self.stop()
            raise SandboxError(f"The gateway did not start: {error}", "sandbricks doctor") from error

    def _write_client_config(self, instance: Instance) -> None:
        from sandbox.profile import section

        write_private(self.directory.client_config, section("DEFAULT", instance.host, self.directory.token()))


def throwaway(config: Config) -> Sandbox:
    """A sandbox in a temporary folder of its own, on a free port; nothing of it stays, not even if we are killed."""
    _sweep()
    directory = DataDirectory(Path(tempfile.mkdtemp(prefix=_TEMPORARY)), temporary=True)
    return Sandbox(replace(config, port=0), directory)


def control_of(directory: DataDirectory, instance: Instance) -> "Control":
    """The control API of the gateway in that folder; imported late, the gateway starts meanwhile."""
    from sandbox.control import Control

    return Control(instance.host, directory.control_token())


def stop_running(directory: DataDirectory, instance: Instance) -> None:
    """Stops a gateway that another process started."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(instance.pid, signal.SIGTERM)
    if not _released(directory, STOP_SECONDS):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(instance.pid, signal.SIGKILL)
        _released(directory, 1.0)
    directory.unnote()


def _released(directory: DataDirectory, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while directory.held():
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY)
    return True


def _sweep() -> None:
    """Removes the folders of throwaway sandboxes that were killed together with their gateway."""
    for home in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*"):
        abandoned = home.is_dir() and home.stat().st_uid == os.getuid() and (home / LOCK).exists()
        if abandoned and not DataDirectory(home).held():
            shutil.rmtree(home, ignore_errors=True)


def _tls_host(port: int | None) -> str | None:
    return None if port is None else "https://localhost" + (f":{port}" if port != HTTPS else "")


def _host(listening: socket.socket) -> str:
    return f"http://{HOST}:{listening.getsockname()[1]}"
