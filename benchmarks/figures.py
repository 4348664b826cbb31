"""A measured figure, and the table that shows many."""

import datetime
import os
import platform
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

PACKAGES = ("sandbricks", "mlflow", "fastapi", "starlette", "uvicorn", "duckdb", "chromadb", "databricks-sdk")


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it should be at most."""

    subject: str
    value: float
    unit: str
    target: float | None = None


def median(subject: str, values: Sequence[float], unit: str, target: float | None = None) -> Figure:
    """The median of some runs."""
    return Figure(f"{subject}, median of {len(values)}", statistics.median(values), unit, target)


def percentiles(subject: str, values: Sequence[float], unit: str, target: float) -> Iterator[Figure]:
    """p50 with its target, and p95."""
    cuts = statistics.quantiles(values, n=20)
    yield Figure(f"{subject} p50", statistics.median(values), unit, target)
    yield Figure(f"{subject} p95", cuts[-1], unit)


def table(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures in columns."""
    yield f"{'':58} {'measured':>12} {'at most':>12}"
    for figure in figures:
        met = "" if figure.target is None else f"{figure.target:g} {figure.unit}"
        mark = "  missed" if figure.target is not None and figure.value > figure.target else ""
        yield f"{figure.subject:58} {f'{figure.value:.3g} {figure.unit}':>12} {met:>12}{mark}"


def machine() -> Iterator[str]:
    """Where and when, and with which versions."""
    memory = psutil.virtual_memory().total / 1024**3
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    now = datetime.datetime.now(datetime.UTC)
    yield f"{now:%Y-%m-%d %H:%M} UTC, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, load {load}"
    yield f"{platform.platform()}, Python {platform.python_version()}"
    yield ", ".join(f"{package} {version(package)}" for package in PACKAGES)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
