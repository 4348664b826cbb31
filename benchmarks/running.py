"""A sandbox that a benchmark starts as its user would, in a folder of its own."""

import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

COMMAND = [sys.executable, "-P", "-m", "sandbox"]
ME = "/api/2.0/preview/scim/v2/Me"
_PATIENCE = 120.0


class Running:
    """`sandbricks up` in the foreground, with the moments at which things were there."""

    def __init__(self, home: Path | None = None) -> None:
        self._temporary = Path(tempfile.mkdtemp(prefix="bench-"))
        self.home, self.port = home or self._temporary / "data", _free_port()
        self._began = time.monotonic()
        words = [*COMMAND, "--data", str(self.home), "up", "--port", str(self.port)]
        self.process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._temporary
        )

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return (self.home / "token").read_text()

    def seconds_to_first_answer(self) -> float:
        """From the start of the command to the first authenticated 200."""
        return self._until(lambda: self._answers(ME, "token"))

    def seconds_to_ready(self) -> float:
        """From the start of the command until every part is there."""
        return self._until(lambda: self._answers("/_sandbox/ready", "control-token"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _until(self, there: Callable[[], bool]) -> float:
        while not there():
            if self.process.poll() is not None or time.monotonic() - self._began > _PATIENCE:
                raise SystemExit("The sandbox did not start; `sandbricks up` shows why.")
            time.sleep(0.005)
        return time.monotonic() - self._began

    def _answers(self, path: str, secret: str) -> bool:
        file = self.home / secret
        if not file.exists():
            return False
        headers = {"Authorization": f"Bearer {file.read_text()}", "X-Sandbox-Control": "1"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
