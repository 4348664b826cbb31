"""What a test that uses a sandbox costs: workspaces, the first test of a session, each further test, many workers."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.figures import Figure, median
from benchmarks.running import Running

RESOURCES, WORKSPACES, TESTS = 10_000, 200, 100
WORKERS, TESTS_OF_ALL = 8, 200
_TESTS = """
import json, os, pathlib, time, pytest

@pytest.mark.parametrize("n", range({count}))
def test_it({fixture}n):
    with open(pathlib.Path({folder!r}) / f"{{os.getpid()}}.times", "a") as file:
        file.write(f"{{time.time()}}\\n")
    {body}
"""
_SAME_NAMES = """w = sandbox.client()
    assert [c.name for c in w.catalogs.list() if c.name == "same"] == []
    w.catalogs.create("same", comment=str(n))
    w.secrets.create_scope("same")
    assert w.catalogs.get("same").comment == str(n)
    with open(pathlib.Path({folder!r}) / f"{{n}}.state", "w") as file:
        json.dump([[c.name, c.comment] for c in w.catalogs.list()] + [s.name for s in w.secrets.list_scopes()], file)"""


def measure(running: Running) -> Iterator[Figure]:
    """Workspaces beside a large one, and test runs of their own."""
    running.seconds_to_ready()
    yield from _workspaces(running)
    yield median(
        "first test of a session, from pytest's start, no other plugin", [_first() for _ in range(5)], "s", 1.5
    )
    yield median("overhead of the sandbox fixture, each test", [_overhead() for _ in range(3)], "ms", 30)
    yield Figure(f"tests of {WORKERS} workers x {TESTS_OF_ALL} that saw another's", _crossed(), "", 0)


def _workspaces(running: Running) -> Iterator[Figure]:
    control = {"Authorization": f"Bearer {(running.home / 'control-token').read_text()}", "X-Sandbox-Control": "1"}
    with httpx.Client(base_url=running.host, timeout=60, trust_env=False) as client:
        large = client.post("/_sandbox/workspaces", json={}, headers=control).json()
        mine = {"Authorization": f"Bearer {large['token']}"}
        for number in range(RESOURCES):
            body = {"title": f"{number}", "serialized_space": "{}", "warehouse_id": "w"}
            client.post("/api/2.0/genie/spaces", json=body, headers=mine).raise_for_status()
        created, deleted = [], []
        for _ in range(WORKSPACES):
            began = time.perf_counter()
            made = client.post("/_sandbox/workspaces", json={}, headers=control).json()
            created.append(1000 * (time.perf_counter() - began))
            client.get("/api/2.1/unity-catalog/catalogs", headers={"Authorization": f"Bearer {made['token']}"})
            began = time.perf_counter()
            client.delete(f"/_sandbox/workspaces/{made['name']}", headers=control).raise_for_status()
            deleted.append(1000 * (time.perf_counter() - began))
    yield _p95(f"new workspace beside {RESOURCES:,} resources", created, 20)
    yield _p95("deletion of one that was used", deleted, 50)


def _p95(subject: str, values: list[float], target: float) -> Figure:
    return Figure(f"{subject}, p95", statistics.quantiles(values, n=20)[-1], "ms", target)


def _first() -> float:
    began = time.time()
    times, _ = _run(1, "sandbox, ", "pass", "-p", "sandbox.pytest_plugin", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    return times[0] - began


def _overhead() -> float:
    bare, _ = _run(TESTS, "", "pass")
    with_sandbox, _ = _run(TESTS, "sandbox, ", "pass")
    return 1000 * ((with_sandbox[-1] - with_sandbox[0]) - (bare[-1] - bare[0])) / (TESTS - 1)


def _crossed() -> int:
    _, states = _run(TESTS_OF_ALL * WORKERS, "sandbox, ", _SAME_NAMES, "-n", str(WORKERS))
    expected = {number: [["main", None], ["same", str(number)], ["system", None], "same"] for number in states}
    wrong = sum(_told(states[number]) != _told(expected[number]) for number in states)
    return wrong + TESTS_OF_ALL * WORKERS - len(states)


def _told(state: list[object]) -> list[str]:
    return [str(entry) for entry in state if entry == "same" or (isinstance(entry, list) and entry[0] == "same")]


def _run(
    count: int, fixture: str, body: str, *words: str, **variables: str
) -> tuple[list[float], dict[int, list[object]]]:
    """When each test ran, and what each saw."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        text = _TESTS.format(count=count, fixture=fixture, folder=folder, body=body.format(folder=folder))
        (place / "test_bench.py").write_text(text)
        command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", *words, folder]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | variables)
        if done.returncode:
            raise SystemExit(done.stdout[-2000:])
        times = sorted(float(line) for file in place.glob("*.times") for line in file.read_text().split())
        return times, {int(file.stem): json.loads(file.read_text()) for file in place.glob("*.state")}
