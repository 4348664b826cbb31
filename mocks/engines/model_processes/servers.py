"""The processes of served models: one for each served entity, started when needed, stopped when idle."""

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mocks.core.errors import TemporarilyUnavailable
from mocks.core.workspace import Workspace
from mocks.engines.child import Child, ChildError
from mocks.engines.metastore.storage import Storage
from mocks.engines.model_processes.environments import BuildError, ModelEnvironments
from mocks.engines.model_processes.variables import serving_environment

if TYPE_CHECKING:
    import httpx

log = logging.getLogger("sandbricks.serving")
LOAD_SECONDS, ANSWER_SECONDS, IDLE_SECONDS = 300.0, 297.0, 1800.0
TIMEOUT = "MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT"
FLUSH_SECONDS = 60.0
LONGEST_LOG = 5_000_000
KEPT_LOG = 500_000
CRASHES, CALM_SECONDS = 3, 60.0


class LoadError(Exception):
    """The model does not load; the message ends with the log of its process."""


@dataclass(frozen=True)
class ServedModel:
    """A version of a registered model as one endpoint serves it."""

    endpoint: str
    entity: str
    model: str
    version: str
    variables: tuple[tuple[str, str], ...] = ()
    scales_to_zero: bool = False


class ModelServer:
    """The process of one served model; it is there while somebody wants an answer, and some time longer."""

    def __init__(self, workspace: Workspace, served: ServedModel) -> None:
        self.served = served
        self._workspace = workspace
        self._lock, self._calls, self._last = threading.Lock(), 0, time.monotonic()
        self._starting = threading.Lock()
        self._child: Child | None = None
        self._crashes: list[float] = []
        self._home = Path(tempfile.mkdtemp(prefix="sandbricks-model-"))
        import httpx

        self._http = httpx.Client(
            transport=httpx.HTTPTransport(uds=str(self._socket), limits=httpx.Limits(max_connections=None)),
            base_url="http://model",
            timeout=httpx.Timeout(float(dict(served.variables).get(TIMEOUT, ANSWER_SECONDS)), connect=10),
            trust_env=False,
        )

    @property
    def log(self) -> Path:
        """The output of the process."""
        return self._workspace.settings.logs / "serving" / f"{self.served.endpoint}-{self.served.entity}.log"

    @property
    def running(self) -> bool:
        """Whether the model is loaded."""
        return self._child is not None and self._child.running

    def load(self) -> None:
        """Returns when the model is loaded.

        Raises: LoadError
        """
        with self._starting:
            if not self.running:
                self._start()

    @contextmanager
    def answering(self, body: bytes, headers: Mapping[str, str]) -> Iterator["httpx.Response"]:
        """The model's answer, to be read inside; a crash in between is told as such.

        Raises: LoadError, TemporarilyUnavailable
        """
        import httpx

        self.load()
        try:
            with self._http.stream("POST", "/invocations", content=body, headers=headers) as answer:
                yield answer
        except httpx.TimeoutException:
            self._kill("did not answer in time")
            raise TemporarilyUnavailable(
                f"The served model '{self.served.entity}' did not answer within "
                f"{self._http.timeout.read:g} s; its process was ended and starts again with the next request."
            ) from None
        except httpx.TransportError as error:
            raise TemporarilyUnavailable(
                f"The process of the served model '{self.served.entity}' ended during this request ({error}); "
                "it starts again with the next one."
            ) from None

    def take(self) -> None:
        """Says that a request is on its way."""
        with self._lock:
            self._calls += 1

    def give_back(self) -> None:
        """Says that it is answered."""
        with self._lock:
            self._calls, self._last = self._calls - 1, time.monotonic()

    def rest(self) -> None:
        """Ends a process that has been idle for long, if it may, and bounds its log."""
        if self.served.scales_to_zero and self._is_idle() and self.running:
            self._flush()
            with self._starting:  # who comes now waits, and starts it anew
                if self._is_idle():
                    self.stop()
        self._bound_log()

    def stop(self) -> None:
        """Ends the process."""
        if self._child is not None:
            self._child.stop()

    def close(self) -> None:
        """Waits for the requests under way and for their traces, then ends for good."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while self._calls and self.running and time.monotonic() < deadline:
            time.sleep(0.02)
        self._flush()
        self.stop()
        self._http.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _is_idle(self) -> bool:
        with self._lock:
            return self._calls == 0 and time.monotonic() - self._last > IDLE_SECONDS

    def _flush(self) -> None:
        """Lets the process send the traces that it still holds."""
        import httpx

        if self.running and self._socket.exists():
            with suppress(httpx.TransportError):  # it is ended all the same
                self._http.post("/flush", timeout=FLUSH_SECONDS)

    @property
    def _socket(self) -> Path:
        return self._home / "model.sock"

    def _start(self) -> None:
        self._check_crashes()
        folder = self._workspace.engine(Storage).model_folder(self.served.model, self.served.version)
        self._socket.unlink(missing_ok=True)
        told = {
            "socket": str(self._socket),
            "folder": str(folder),
            "endpoint": self.served.endpoint,
            "served": {
                "mlflow.servedEntityName": self.served.entity,
                "mlflow.registeredModelName": self.served.model,
                "mlflow.registeredModelVersion": self.served.version,
            },
        }
        try:
            python = self._workspace.shared(ModelEnvironments).python(folder)
        except BuildError as error:
            raise LoadError(str(error)) from None
        environment = serving_environment(self._workspace, self._home, self.served.variables)
        child = Child(
            "mocks.serving.model_process", told, self.log, leader=True, environment=environment, interpreter=python
        )
        try:
            child.wait_until(self._answers, LOAD_SECONDS)
        except ChildError as error:
            child.kill()
            raise LoadError(str(error)) from None
        self._child = child
        self._crashes.append(time.monotonic())

    def _check_crashes(self) -> None:
        """A process that ends again and again is not started without end."""
        now = time.monotonic()
        self._crashes = [at for at in self._crashes if now - at < CALM_SECONDS]
        if len(self._crashes) > CRASHES:
            raise TemporarilyUnavailable(
                f"The process of '{self.served.entity}' ended {len(self._crashes)} times within {CALM_SECONDS:g} s; "
                "the server logs of the endpoint say why."
            )

    def _answers(self) -> bool:
        import httpx

        try:
            return self._http.get("/ping", timeout=2).is_success
        except httpx.TransportError:
            return False

    def _kill(self, why: str) -> None:
        log.warning("The served model '%s' of '%s' %s.", self.served.entity, self.served.endpoint, why)
        if self._child is not None:
            self._child.kill()

    def _bound_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            with self.log.open("rb+") as file:
                file.seek(-KEPT_LOG, os.SEEK_END)
                tail = file.read()
                file.truncate(0)
            with self.log.open("ab") as file:
                file.write(b"(the log was cut here)\n" + tail)


class ModelServers:
    """The processes of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._servers: dict[ServedModel, ModelServer] = {}
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="served-models", daemon=True).start()

    def server(self, served: ServedModel) -> ModelServer:
        """The server of that model; its process starts with `load` or the first request."""
        with self._lock:
            return self._known(served)

    def taken(self, choose: Callable[[], ServedModel]) -> ModelServer:
        """The server of the model that is chosen, already counting the request that must be given back.

        Chosen under the lock that `keep_only` takes: nobody is sent to a process that is being ended.
        """
        with self._lock:
            server = self._known(choose())
            server.take()
            return server

    def keep_only(self, endpoint: str, wanted: frozenset[ServedModel]) -> None:
        """Ends the other processes of the endpoint, each after the requests that it is answering."""
        with self._lock:
            gone = [one for one in self._servers if one.endpoint == endpoint and one not in wanted]
            servers = [self._servers.pop(one) for one in gone]
        for server in servers:
            threading.Thread(target=server.close, name="drain", daemon=True).start()

    def close(self) -> None:
        """Ends all processes."""
        self._closed.set()
        with self._lock:
            servers, self._servers = list(self._servers.values()), {}
        for server in servers:
            server.stop()
            server.close()

    def _known(self, served: ServedModel) -> ModelServer:
        if served not in self._servers:
            self._servers[served] = ModelServer(self._workspace, served)
        return self._servers[served]

    def _watch(self) -> None:
        while not self._closed.wait(1.0):
            with self._lock:
                servers = list(self._servers.values())
            for server in servers:
                server.rest()
