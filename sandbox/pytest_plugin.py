"""The pytest plugin: a fresh workspace for each test that asks for one; it starts nothing before that."""

from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sandbox.testing.egress import EgressGuard
    from sandbox.testing.run import TestRun, Workspace
    from sandbox.testing.shared import Address

FIXTURES = {"sandbox", "sandbox_module", "sandbox_session"}
SANDBOX, DATABRICKS = "sandbox", "databricks"
_RUN = pytest.StashKey["TestRun"]()
_GUARD = pytest.StashKey["EgressGuard"]()
_MARKS = (
    "sandbox(seeds, snapshot, enforce, ids, clock, recordings, unscripted): how the workspace of this test begins",
    "validated: also holds on a real workspace; runs with --sandbox-target=databricks",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line."""
    group = parser.getgroup("sandbricks", "a local Databricks workspace for each test")
    group.addoption(
        "--sandbox-url", metavar="URL", help="use this running sandbox (its SANDBRICKS_CONTROL_TOKEN is needed)"
    )
    group.addoption("--sandbox-keep", action="store_true", help="leave the sandbox and its workspaces there at the end")
    group.addoption(
        "--sandbox-target", choices=[SANDBOX, DATABRICKS], default=SANDBOX, help="where `validated` tests go"
    )
    group.addoption("--sandbox-profile", metavar="P", help="the profile of the real workspace, for =databricks")
    group.addoption(
        "--sandbox-allow-host", metavar="H", action="append", default=[], help="a host that tests may reach; repeatable"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declares the marks and refuses options that contradict one another."""
    for mark in _MARKS:
        config.addinivalue_line("markers", mark)
    url, profile = config.getoption("sandbox_url"), config.getoption("sandbox_profile")
    if config.getoption("sandbox_target") == DATABRICKS:
        if not profile or url:
            raise pytest.UsageError("--sandbox-target=databricks wants --sandbox-profile P and no --sandbox-url.")
    elif profile:
        raise pytest.UsageError("--sandbox-profile is for --sandbox-target=databricks only.")
    elif url:
        from sandbox.target import is_loopback

        if not is_loopback(url) and not any(f"//{host}" in url for host in config.getoption("sandbox_allow_host")):
            raise pytest.UsageError(f"--sandbox-url {url} is another machine; name it with --sandbox-allow-host, too.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a real workspace only what is marked as validated there runs."""
    if config.getoption("sandbox_target") != DATABRICKS:
        return
    for item in items:
        if _uses_sandbox(item) and item.get_closest_marker("validated") is None:
            item.add_marker(pytest.mark.skip(reason="not marked `validated`: for the sandbox only"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Guards a test that holds a sandbox: it stays on this machine."""
    if not _uses_sandbox(item) or item.config.getoption("sandbox_target") == DATABRICKS:
        return (yield)
    with _guard(item.config).watching(item.nodeid):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fails a test that left this machine, and shows the last requests of one that failed."""
    report = yield
    if not _uses_sandbox(item):
        return report
    refused = _guard(item.config).take()
    if refused and report.outcome == "passed":
        report.outcome, report.longrepr = "failed", "\n".join(refused)
    if report.failed:
        from sandbox.testing.run import journal_section

        report.sections += journal_section(item)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says where a sandbox is that was kept."""
    run = config.stash.get(_RUN, None)
    if run is not None and (address := run.kept()):
        terminalreporter.write_line(
            f"sandbricks: kept at {address.host}; stop it: sandbricks --data {address.home} down"
        )


@pytest.fixture(scope="session")
def sandbox_run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "TestRun":
    """What the fixtures of this process share."""
    from sandbox.testing.run import TestRun

    folder = tmp_path_factory.getbasetemp()
    run = TestRun(request.config, folder.parent if hasattr(request.config, "workerinput") else folder)
    request.config.stash[_RUN] = run
    return run


@pytest.fixture(scope="session")
def sandbox_server(sandbox_run: "TestRun") -> Iterator["Address"]:
    """The server of this run; all workers of pytest-xdist share one."""
    with sandbox_run.server() as address:
        yield address


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, sandbox_run: "TestRun") -> Iterator["Workspace"]:
    """A fresh workspace for this test, with the environment pointing at it."""
    with sandbox_run.workspace(request) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def sandbox_module(request: pytest.FixtureRequest, sandbox_run: "TestRun") -> Iterator["Workspace"]:
    """A workspace for the tests of a module."""
    with sandbox_run.workspace(request) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def sandbox_session(request: pytest.FixtureRequest, sandbox_run: "TestRun") -> Iterator["Workspace"]:
    """A workspace for all tests of this process."""
    with sandbox_run.workspace(request) as workspace:
        yield workspace


def _uses_sandbox(item: pytest.Item) -> bool:
    """Whether a fixture of ours is behind the name; a repository may have one of its own that is called so."""
    info = getattr(item, "_fixtureinfo", None)
    known = info.name2fixturedefs if info else {}
    return any(_is_ours(known[name]) for name in FIXTURES & known.keys())


def _is_ours(definitions: Sequence[Any]) -> bool:
    *others, nearest = definitions
    extended = nearest.argname in nearest.argnames and bool(others) and _is_ours(others)
    return nearest.func.__module__ == __name__ or extended


def _guard(config: pytest.Config) -> "EgressGuard":
    from sandbox.testing.egress import EgressGuard

    if _GUARD not in config.stash:
        config.stash[_GUARD] = EgressGuard(tuple(config.getoption("sandbox_allow_host")))
    return config.stash[_GUARD]
