"""Many threads that log traces: are they all there, did any call fail, and does memory stay."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import psutil

from benchmarks.figures import Figure
from benchmarks.running import Running
from benchmarks.tracing import QUIET

THREADS, TRACES = 16, 2000
MIB = 1024**2
WRITER = f"""
import sys, time
from concurrent.futures import ThreadPoolExecutor
import mlflow
from benchmarks.trace import write_trace
mlflow.set_experiment("/Shared/many")
write_trace()
began = time.monotonic()
with ThreadPoolExecutor({THREADS}) as threads:
    list(threads.map(lambda _: write_trace(), range({TRACES - 1})))
print(time.monotonic() - began)
print(len(mlflow.search_traces(include_spans=False, max_results={TRACES + 1}, return_type="list")))
"""


def measure(running: Running) -> Iterator[Figure]:
    """Seconds, losses, failed calls, growth of memory."""
    running.seconds_to_ready()
    before = _memory(running)
    variables = {
        "DATABRICKS_HOST": running.host,
        "DATABRICKS_TOKEN": running.token,
        "MLFLOW_TRACKING_URI": "databricks",
        "PYTHONPATH": os.getcwd(),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-c", WRITER], env=QUIET | variables, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, found = done.stdout.split()
    yield Figure(f"{TRACES} traces from {THREADS} threads", float(seconds), "s")
    yield Figure("of them lost", TRACES - int(found), "", 0)
    yield Figure("answers of 500 and more", _failed(running), "", 0)
    yield Figure("growth of the tree's memory, PSS", _memory(running) - before, "MiB")


def _failed(running: Running) -> int:
    headers = {
        "Authorization": f"Bearer {(running.home / 'control-token').read_text()}",
        "X-Sandbox-Control": "1",
    }
    with urllib.request.urlopen(urllib.request.Request(f"{running.host}/_sandbox/requests", headers=headers)) as answer:
        requests = json.load(answer)["requests"]
    return sum(one["status"] >= 500 for one in requests)


def _memory(running: Running) -> float:
    starter = psutil.Process(running.process.pid)
    return float(sum(one.memory_full_info().pss for one in (starter, *starter.children(recursive=True))) / MIB)
