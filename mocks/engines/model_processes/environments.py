"""The Python environments of served models: ours, or one for each set of requirements that a model was logged with."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import mocks
from mocks.core.settings import Settings

INSTALL_SECONDS = 1800
OURS = ("starlette", "uvicorn")  # what the process of a served model needs beside the model's own requirements
_TAIL = 4000


class BuildError(RuntimeError):
    """The environment cannot be built; the message ends with what the installer said."""


class ModelEnvironments:
    """The environments below the data directory, shared by all workspaces."""

    def __init__(self, settings: Settings) -> None:
        self._manager, self._folder = settings.env_manager, settings.data / "environments"
        self._lock = threading.Lock()

    def python(self, model: Path) -> Path | None:
        """The interpreter for the model in this folder; none is ours.

        Raises: BuildError
        """
        requirements = model / "requirements.txt"
        if self._manager == "local" or not requirements.exists():
            return None
        version = _python_version(model)
        named = hashlib.sha256(f"{version}\n{requirements.read_text()}".encode()).hexdigest()[:16]
        environment = self._folder / named
        with self._lock:
            if not (environment / "ready").exists():
                self._build(environment, requirements, version)
        return environment / "bin" / "python"

    def _build(self, environment: Path, requirements: Path, version: str) -> None:
        shutil.rmtree(environment, ignore_errors=True)
        environment.parent.mkdir(parents=True, exist_ok=True)
        python = str(environment / "bin" / "python")
        wanted = ["-r", str(requirements), *OURS]
        if self._manager == "uv":
            uv = _uv()
            _run([uv, "venv", "--quiet", "--python", version, str(environment)])
            _run([uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode", *wanted])
        else:
            _run([sys.executable, "-m", "venv", str(environment)])
            _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])
        (packages,) = (environment / "lib").glob("python3*/site-packages")
        (packages / "mocks").symlink_to(Path(mocks.__file__).parent)
        (environment / "ready").touch()


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise BuildError(f"{command[0]} did not end within {INSTALL_SECONDS} s.") from None
    if done.returncode:
        said = (done.stdout + done.stderr)[-_TAIL:]
        raise BuildError(f"The environment of the model cannot be built ({' '.join(command[:3])}):\n{said}")


def _uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if os.access(beside, os.X_OK) else shutil.which("uv")
    if found is None:
        raise BuildError("`--env-manager uv` wants uv: `pip install uv`, or take `--env-manager virtualenv`.")
    return found


def _python_version(model: Path) -> str:
    """Major and minor, as the model was logged with; else ours."""
    import yaml

    file = model / "python_env.yaml"
    told = str((yaml.safe_load(file.read_text()) or {}).get("python", "")) if file.exists() else ""
    return ".".join(told.split(".")[:2]) or f"{sys.version_info.major}.{sys.version_info.minor}"
