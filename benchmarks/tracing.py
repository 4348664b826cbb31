"""What the gateway costs an MLflow client: the same calls to it and to a bare `mlflow server`."""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.figures import Figure
from benchmarks.running import Running

PAIRS, WARM_UP, UPLOADS, MEGABYTES = 60, 10, 5, 200
QUIET = {
    "MLFLOW_ENABLE_ASYNC_TRACE_LOGGING": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "DATABRICKS_CONFIG_FILE": "/dev/null",
}


class Writer:
    """A client process."""

    def __init__(self, folder: Path, **variables: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.mlflow_writer"],
            env=kept | QUIET | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "writer.log").open("a"),
            text=True,
        )

    def milliseconds(self, what: str) -> float:
        """How long it took."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


class BareServer:
    """`mlflow server`, as its documentation starts it, without jobs."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.uri = f"http://127.0.0.1:{free.getsockname()[1]}"
        words = ["server", "--port", self.uri.rpartition(":")[2], "--workers", "1"]
        words += [
            "--backend-store-uri",
            f"sqlite:///{folder / 'bare.db'}",
            "--artifacts-destination",
            str(folder / "a"),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", *words],
            env=os.environ | QUIET | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )

    def __enter__(self) -> Self:
        while not self._answers():
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.uri}/health", timeout=5) as answer:
                return int(answer.status) == 200
        except (urllib.error.URLError, OSError):
            return False


def measure(running: Running) -> Iterator[Figure]:
    """Traces and artifacts, in pairs."""
    running.seconds_to_ready()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with BareServer(folder) as bare:
            ours = Writer(
                folder, DATABRICKS_HOST=running.host, DATABRICKS_TOKEN=running.token, MLFLOW_TRACKING_URI="databricks"
            )
            theirs = Writer(folder, MLFLOW_TRACKING_URI=bare.uri)
            yield from _traces(ours, theirs)
            yield from _artifacts(ours, theirs, folder)
            ours.close()
            theirs.close()


def _traces(ours: Writer, theirs: Writer) -> Iterator[Figure]:
    pairs = [(ours.milliseconds("trace"), theirs.milliseconds("trace")) for _ in range(WARM_UP + PAIRS)][WARM_UP:]
    yield Figure(f"a trace through the gateway, median of {PAIRS}", statistics.median(one for one, _ in pairs), "ms")
    yield Figure("the same trace to a bare MLflow server", statistics.median(other for _, other in pairs), "ms")
    yield Figure("ratio, median of pairs", statistics.median(one / other for one, other in pairs), "x", 1.25)


def _artifacts(ours: Writer, theirs: Writer, folder: Path) -> Iterator[Figure]:
    large = folder / "large.bin"
    large.write_bytes(os.urandom(MEGABYTES * 1_000_000))
    for what in ("upload", "download"):
        pairs = [(ours.milliseconds(f"{what} {large}"), theirs.milliseconds(f"{what} {large}")) for _ in range(UPLOADS)]
        own = statistics.median(one for one, _ in pairs)
        yield Figure(f"{what} of {MEGABYTES} MB through the gateway", MEGABYTES / own * 1000, "MB/s")
        ratio = statistics.median(one / other for one, other in pairs)
        yield Figure("time over that of a bare MLflow server", ratio, "x", 1.25)
