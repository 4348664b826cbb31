"""The real MLflow server: a child process behind a Unix socket, started once and again if it dies."""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocks.core.errors import TemporarilyUnavailable
from mocks.core.settings import Settings
from mocks.core.workspace import Workspace
from mocks.engines.child import Child, ChildError
from mocks.engines.mlflow.trace_events import TraceEvents

if TYPE_CHECKING:
    import httpx

log = logging.getLogger("sandbricks.mlflow")
START_SECONDS, WAIT_SECONDS = 120.0, 150.0
HEADER = "X-MLFLOW-WORKSPACE"
DATABASE, NAME_FILE = "mlflow.db", "mlflow-workspace"
RESTARTS = 5
LONGEST_FOLDER = 90  # a socket's path has at most 107 bytes, 103 on macOS


class MlflowServer:
    """Starts the child at once; whoever asks it something waits until it answers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data / "mlflow"
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._run = _socket_folder(settings.data)
        import httpx

        self._up, self._stopping = threading.Event(), threading.Event()
        self._failure: str | None = None
        self._http = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(self._socket), limits=httpx.Limits(max_connections=None)),
            base_url="http://mlflow",
            timeout=httpx.Timeout(300.0),
            trust_env=False,
        )
        self._keeper = threading.Thread(target=self._keep, name="mlflow", daemon=True)
        self._keeper.start()

    @property
    def database(self) -> Path | None:
        """Its SQLite file; nothing if another database was told."""
        return None if self._settings.mlflow_database else self._folder / DATABASE

    @property
    def artifacts(self) -> Path:
        """Where MLflow keeps artifacts: `workspaces/<workspace>/<experiment>/...` below it."""
        return self._folder / "artifacts"

    def ready(self) -> None:
        """Returns when the child answers.

        Raises: TemporarilyUnavailable
        """
        if not self._up.wait(WAIT_SECONDS) or self._failure:
            raise TemporarilyUnavailable(f"MLflow does not start: {self._failure or 'it takes too long'}")

    def send(self, method: str, path: str, **request: Any) -> "httpx.Response":
        """Sends the request, waiting for a child that is being started.

        Raises: TemporarilyUnavailable
        """
        import httpx

        for _ in range(3):
            self.ready()
            try:
                return self._http.request(method, path, **request)
            except httpx.ConnectError:
                self._up.clear()  # it died; the keeper sets it again
            except httpx.TransportError as error:
                if method != "GET":
                    raise TemporarilyUnavailable(f"MLflow ended during this call: {error}") from None
        raise TemporarilyUnavailable("MLflow does not answer; `sandbricks logs` shows why.")

    def close(self) -> None:
        """Stops the child."""
        self._stopping.set()
        self._keeper.join()
        self._http.close()
        shutil.rmtree(self._run, ignore_errors=True)

    @property
    def _socket(self) -> Path:
        return self._run / "mlflow.sock"

    def _keep(self) -> None:
        for attempt in range(1 + RESTARTS):
            child = self._start()
            while not self._stopping.is_set() and child.running:
                self._stopping.wait(0.05) if self._up.is_set() else self._announce(child)
            if self._stopping.is_set():
                child.stop()
                return
            self._up.clear()
            log.warning(
                "MLflow ended (start %d); it is started again. The end of its log:\n%s", attempt + 1, child.tail()
            )
        self._failure = f"it ended {RESTARTS + 1} times; its log is {self._settings.logs / 'mlflow.log'}"
        self._up.set()

    def _start(self) -> Child:
        self._socket.unlink(missing_ok=True)
        return Child(
            "mocks.tracking.server",
            {"socket": str(self._socket)},
            self._settings.logs / "mlflow.log",
            environment=_environment(self._folder, self._settings.mlflow_database),
        )

    def _announce(self, child: Child) -> None:
        try:
            child.wait_until(lambda: self._stopping.is_set() or self._answers(), START_SECONDS)
            self._up.set()
        except ChildError as error:
            log.warning("%s", error)
            child.stop()

    def _answers(self) -> bool:
        import httpx

        try:
            return self._http.get("/health", timeout=2).is_success
        except httpx.TransportError:
            return False


class MlflowWorkspace:
    """The part of the MLflow server that belongs to one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._server, self._events = workspace.shared(MlflowServer), workspace.engine(TraceEvents)
        self.name = _own_name(workspace)
        self._lock, self._known = threading.Lock(), False

    def send(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **request: Any
    ) -> "httpx.Response":
        """Sends a request into this workspace, which is made at the first one."""
        with self._lock:
            if not self._known:
                self._server.send("POST", "/api/3.0/mlflow/workspaces", json={"name": self.name})
                self._known = True
        answer = self._server.send(method, path, headers={**(headers or {}), HEADER: self.name}, **request)
        if answer.is_success:
            self._events.answered(method, path, headers or {}, answer.content)
        return answer

    @property
    def uri(self) -> str:
        """The root of this workspace's artifacts as MLflow writes it."""
        return f"mlflow-artifacts:/workspaces/{self.name}/"

    @property
    def artifacts(self) -> Path:
        """The directory behind that root."""
        return self._server.artifacts / "workspaces" / self.name

    def discard(self) -> None:
        """Forgets all that MLflow holds for this workspace."""
        if self._known:
            self._server.send("DELETE", f"/api/3.0/mlflow/workspaces/{self.name}", params={"mode": "CASCADE"})
        shutil.rmtree(self.artifacts, ignore_errors=True)


def _socket_folder(data: Path) -> Path:
    """Beside the data, or elsewhere if that path is too long for a socket."""
    folder = data / "run"
    if len(str(folder)) > LONGEST_FOLDER:
        made = len(f"{tempfile.gettempdir()}/sandbricks-12345678")
        elsewhere = None if made <= LONGEST_FOLDER else "/tmp"  # noqa: S108  # mkdtemp makes it for us alone
        return Path(tempfile.mkdtemp(prefix="sandbricks-", dir=elsewhere))
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def _own_name(workspace: Workspace) -> str:
    """A name that is never used again, so that a reset workspace starts empty."""
    file = workspace.folder / NAME_FILE
    if not file.exists():
        part = file.with_suffix(".part")
        part.write_text(f"w{workspace.new_id()[:16]}")
        part.replace(file)
    return file.read_text()


def _environment(folder: Path, database: str | None) -> dict[str, str]:
    """The whole environment of the child; names with a leading underscore are MLflow's own (3.17.2, mlflow/server)."""
    database = database or f"sqlite:///{folder / DATABASE}"
    return {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "DO_NOT_TRACK": "1",
        "GIT_PYTHON_REFRESH": "quiet",
        "HF_HUB_OFFLINE": "1",
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "MLFLOW_MODEL_CATALOG_URI": "",  # or prices are looked up on github.com
        "MLFLOW_ENABLE_WORKSPACES": "true",
        "MLFLOW_SERVER_ALLOWED_HOSTS": "mlflow",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": str(folder / "artifacts"),
        "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
        "_MLFLOW_SERVER_FILE_STORE": database,
        "_MLFLOW_SERVER_REGISTRY_STORE": database,
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    }
