"""What the fixtures of one test process stand on: its server, and workspaces that begin as their marks say."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.config import read_config
from sandbox.errors import SandboxError
from sandbox.state import DataDirectory
from sandbox.target import foreign
from sandbox.testing import mlflow_state
from sandbox.testing.real import RealWorkspace
from sandbox.testing.shared import Address, SharedServer, noted
from sandbox.testing.workspace import SandboxWorkspace

Workspace = SandboxWorkspace | RealWorkspace
# MLflow keeps prompts for a minute; the next test's prompt of the same name is another one.
_UNCACHED = {"MLFLOW_ALIAS_PROMPT_CACHE_TTL_SECONDS": "0", "MLFLOW_VERSION_PROMPT_CACHE_TTL_SECONDS": "0"}
# MLflow writes into these itself.
_OWN = ("MLFLOW_EXPERIMENT_ID", "MLFLOW_EXPERIMENT_NAME", "MLFLOW_RUN_ID", "MLFLOW_ACTIVE_MODEL_ID")


class TestRun:
    """The part of one process in a test run."""

    __test__ = False

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self._config, self._folder = config, folder
        self._keep = bool(config.getoption("sandbox_keep"))

    @contextlib.contextmanager
    def server(self) -> Iterator[Address]:
        """The server of the run, or the one that was named."""
        if url := self._config.getoption("sandbox_url"):
            yield _named(url.rstrip("/"))
            return
        shared = SharedServer(self._folder, read_config().environment, keep=self._keep)
        address = shared.join()
        try:
            yield address
        finally:
            shared.leave()

    @contextlib.contextmanager
    def workspace(self, request: pytest.FixtureRequest) -> Iterator[Workspace]:
        """A workspace of its own with the environment pointing at it; gone afterwards."""
        if self._config.getoption("sandbox_target") == "databricks":
            with self._real() as real:
                yield real
            return
        address: Address = request.getfixturevalue("sandbox_server")
        workspace = SandboxWorkspace.create(address.control, address.host)
        try:
            begin(workspace, request.node.get_closest_marker("sandbox"), self._config.rootpath)
            with self._pointing_at(workspace):
                yield workspace
        finally:
            if not self._keep:
                with contextlib.suppress(SandboxError):  # its server was killed, and the workspace with it
                    workspace.delete()

    def kept(self) -> Address | None:
        """The server that is left running."""
        return noted(self._folder) if self._keep else None

    @contextlib.contextmanager
    def _real(self) -> Iterator[RealWorkspace]:
        environment = read_config().environment
        real = RealWorkspace(environment, self._config.getoption("sandbox_profile"))
        with pytest.MonkeyPatch.context() as patch, mlflow_state.apart():
            _point(patch, environment, {n: v for n, v in real.environment.items() if environment.get(n) != v})
            yield real

    @contextlib.contextmanager
    def _pointing_at(self, workspace: SandboxWorkspace) -> Iterator[None]:
        from sandbox.profile import section
        from sandbox.state import write_private

        file = self._folder / f"databrickscfg-{workspace.name}"
        write_private(file, section("DEFAULT", workspace.host, workspace.token))
        environment = read_config().environment
        with pytest.MonkeyPatch.context() as patch, mlflow_state.apart():
            _point(patch, environment, workspace.variables(environment, file) | _UNCACHED)
            yield
        file.unlink(missing_ok=True)


def begin(workspace: SandboxWorkspace, mark: pytest.Mark | None, root: Path) -> None:
    """Brings a new workspace into the state that the mark asks for."""
    if mark is None:
        return
    steps: dict[str, Callable[[Any], object]] = {
        "snapshot": workspace.snapshot.load,
        "seeds": lambda folders: workspace.seed(*(root / folder for folder in folders)),
        "enforce": workspace.enforce,
        "ids": workspace.seed_ids,
        "clock": workspace.clock.freeze,
        "recordings": lambda folder: workspace.llm.recordings(root / folder),
        "unscripted": workspace.llm.unscripted,
    }
    unknown = sorted(set(mark.kwargs) - set(steps))
    if unknown or mark.args:
        raise pytest.UsageError(f"The mark `sandbox` knows {', '.join(steps)}; not {', '.join(unknown) or mark.args}.")
    for name, step in steps.items():
        if name in mark.kwargs:
            step(mark.kwargs[name])


def journal_section(item: pytest.Item) -> list[tuple[str, str]]:
    """The last requests of the workspaces that the test held, for its report."""
    held: dict[str, Any] = getattr(item, "funcargs", {})
    sections = []
    for name, workspace in held.items():
        if isinstance(workspace, SandboxWorkspace):
            try:
                tail = workspace.journal_tail()
            except SandboxError as error:
                tail = error.message
            sections.append((f"Requests of {name} ({workspace.name})", tail or "none"))
    return sections


def _point(patch: pytest.MonkeyPatch, environment: Mapping[str, str], variables: Mapping[str, str]) -> None:
    for name in {*foreign(environment), *_OWN} - set(variables):
        patch.setenv(name, "")  # noted, so that what the test sets is taken back, too
        patch.delenv(name)
    for name, value in variables.items():
        patch.setenv(name, value)


def _named(url: str) -> Address:
    """The sandbox at that address; its control token is given, or lies in the data directory of this project."""
    config = read_config()
    instance = DataDirectory(config.home).noted()
    token = config.control_token
    if token is None and instance is not None and instance.host == url:
        token = DataDirectory(config.home).control_token()
    if token is None:
        raise SandboxError(
            f"SANDBRICKS_CONTROL_TOKEN is needed for the sandbox at {url}.", "export SANDBRICKS_CONTROL_TOKEN=…"
        )
    address = Address(url, token)
    if not address.control.answers():
        raise SandboxError(f"No sandbox answers at {url}.", "sandbricks up")
    return address
