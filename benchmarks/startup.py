"""How long `sandbricks up` takes, on new data and on data that is there."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.running import COMMAND, Running

RUNS = 5


def measure() -> Iterator[Figure]:
    """Help, first answer, readiness and the end."""
    yield median("sandbricks --help", [_help() for _ in range(RUNS)], "s", 0.3)
    yield from _starts("new data", [_start() for _ in range(RUNS)])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "data"
        _start(home)
        yield from _starts("data there", [_start(home) for _ in range(RUNS)])


def _starts(which: str, runs: list[tuple[float, float, float]]) -> Iterator[Figure]:
    answers, readies, stops = zip(*runs, strict=True)
    yield median(f"up to first authenticated 200 ({which})", answers, "s", 1.0)
    yield median(f"up to ready ({which})", readies, "s", 5.0)
    yield median(f"SIGTERM to the end ({which})", stops, "s", 5.0)


def _start(home: Path | None = None) -> tuple[float, float, float]:
    with Running(home) as running:
        answer, ready = running.seconds_to_first_answer(), running.seconds_to_ready()
        began = time.monotonic()
    return answer, ready, time.monotonic() - began


def _help() -> float:
    began = time.monotonic()
    subprocess.run([*COMMAND, "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began
