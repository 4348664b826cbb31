"""The command line in a project of its own, with a home and a temporary folder that start empty."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

COMMAND = [sys.executable, "-P", "-m", "sandbox"]
FOREIGN = ("DATABRICKS_", "ARM_", "GOOGLE_", "SANDBRICKS_", "MLFLOW_", "PYTHONPATH")
PATIENCE = 30.0


@pytest.fixture(scope="session", autouse=True)
def control_c_counts() -> None:
    """A run in the background of a script ignores SIGINT, and what it starts would inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Shell:
    """A shell in the project folder; what it leaves running is stopped after the test."""

    command = COMMAND

    def __init__(self, folder: Path) -> None:
        self.project, self.home, self.temporary = folder / "project", folder / "home", folder / "tmp"
        for made in (self.project, self.home, self.temporary):
            made.mkdir()
        (self.project / "pyproject.toml").touch()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        self.environment = kept | {"HOME": str(self.home), "TMPDIR": str(self.temporary), "SANDBRICKS_PORT": "auto"}
        self.left: list[subprocess.Popen[str]] = []

    def run(self, *words: str, **options) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *words],
            cwd=options.pop("cwd", self.project),
            env=self.environment | options.pop("variables", {}),
            text=True,
            capture_output=True,
            timeout=120,
            **options,
        )

    def start(self, *words: str, **options) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *words],
            cwd=self.project,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **options,
        )
        self.left.append(process)
        return process

    def up(self, *words: str) -> tuple[subprocess.Popen[str], dict]:
        """A sandbox in the foreground, as soon as it answers."""
        process = self.start("--json", "up", *words)
        return process, json.loads(process.stdout.readline())["data"]

    def wait_for(self, condition):
        """Waits until it holds; a test that waits in vain fails."""
        deadline = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.02)
        return found

    def tree(self, pid: int) -> list[psutil.Process]:
        """The process and all that descend from it."""
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]

    def alive(self, processes: list[psutil.Process]) -> list[psutil.Process]:
        """Those that still run; a process that nobody has buried yet does not."""
        return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]

    def close(self) -> None:
        for process in self.left:
            process.terminate()
            process.wait(PATIENCE)
            process.stdout.close()
        self.run("down")


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path)
    yield shell
    shell.close()
