"""What the whole process tree holds when nobody asks it anything."""

import sys
import time
from collections.abc import Iterator

import psutil

from benchmarks.figures import Figure
from benchmarks.running import Running

SETTLE_SECONDS = 3.0
MIB = 1024**2


def measure(running: Running) -> Iterator[Figure]:
    """Memory of starter, gateway and MLflow together."""
    running.seconds_to_ready()
    time.sleep(SETTLE_SECONDS)
    starter = psutil.Process(running.process.pid)
    tree = [starter, *starter.children(recursive=True)]
    memory = [process.memory_full_info() for process in tree]
    if sys.platform == "linux":
        yield Figure(f"idle memory of {len(tree)} processes, PSS", sum(m.pss for m in memory) / MIB, "MiB", 600)
    yield Figure(f"idle memory of {len(tree)} processes, RSS", sum(m.rss for m in memory) / MIB, "MiB")
