"""The child process that runs scorers: started for the first trace, killed if a scorer hangs, gone when idle."""

import json
import socket
from typing import Any

from mocks.core.workspace import Workspace
from mocks.engines.child import Child

LIMIT = 60.0  # seconds that one scorer may take on one trace
_START, _GRACE = 120.0, 30.0


class BenchError(RuntimeError):
    """The child did not answer; the message says why."""


class Bench:
    """Runs scorers on a trace, one trace at a time."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._child: Child | None = None
        self._line: socket.socket | None = None

    @property
    def running(self) -> bool:
        """Whether there is a child."""
        return self._child is not None

    def score(self, task: dict[str, Any], limit: float = LIMIT) -> dict[str, Any]:
        """Has the scorers of the task run and their assessments written.

        Raises: BenchError
        """
        line = self._line if self._line is not None else self._start()
        line.settimeout(limit + _GRACE)
        try:
            line.sendall(json.dumps(task | {"limit": limit}).encode() + b"\n")
            answer: dict[str, Any] = json.loads(_read(line))
        except (OSError, ValueError) as error:
            self.stop()
            raise BenchError(f"The scorers did not answer within {limit + _GRACE:g} s: {error}") from error
        if answer.get("stuck"):  # a thread that is still running would go on for ever
            self.stop()
        return answer

    def stop(self) -> None:
        """Ends the child and all that it has started."""
        child, line = self._child, self._line
        self._child = self._line = None
        if child is not None:
            child.kill()
        if line is not None:
            line.close()

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        settings = self._workspace.settings
        home = self._workspace.folder / "scorers"
        home.mkdir(exist_ok=True, mode=0o700)
        log = settings.logs / f"scorers-{self._workspace.name}.log"
        with theirs:
            fd, environment = theirs.fileno(), _environment(self._workspace, str(home))
            child = Child("mocks.scorers.worker", {"fd": fd}, log, fds=[fd], leader=True, environment=environment)
        self._child, self._line = child, ours
        ours.settimeout(_START)
        try:
            _read(ours)  # it says a word when MLflow is imported
        except OSError as error:
            self.stop()
            raise BenchError(f"The process for scorers does not start: {error}\n{child.tail()}") from error
        return ours


def _read(line: socket.socket) -> bytes:
    received = bytearray()
    while not received.endswith(b"\n"):
        part = line.recv(65536)
        if not part:
            raise ConnectionError("the process for scorers has ended")
        received += part
    return bytes(received)


def _environment(workspace: Workspace, home: str) -> dict[str, str]:
    """The whole environment of the child: it can reach its own workspace, and holds no other secret."""
    return {
        "HOME": home,
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "DATABRICKS_HOST": workspace.host,
        "DATABRICKS_TOKEN": workspace.token,
        "DATABRICKS_CONFIG_FILE": f"{home}/none",
        "MLFLOW_TRACKING_URI": "databricks",
        "MLFLOW_REGISTRY_URI": "databricks-uc",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_MODEL_CATALOG_URI": "",  # or judges on an endpoint first look up its prices on github.com
        "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
        "DO_NOT_TRACK": "1",
        "GIT_PYTHON_REFRESH": "quiet",
    }
