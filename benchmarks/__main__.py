"""Prints machine and figures."""

from benchmarks import (
    ingest,
    latency,
    many_traces,
    memory,
    repeats,
    serving,
    split,
    startup,
    testkit,
    tracing,
    vector_search,
)
from benchmarks.figures import machine, table
from benchmarks.running import Running


def main() -> None:
    """Measures one subject after the other."""
    for line in machine():
        print(line)
    figures = list(startup.measure())
    with Running() as running:
        figures += memory.measure(running)
        figures += latency.measure(running)
        figures += tracing.measure(running)
        figures += serving.measure(running)
        figures += ingest.measure(running)
        figures += split.measure(running)
        figures += many_traces.measure(running)
        figures += testkit.measure(running)
    figures += repeats.measure()
    figures += vector_search.measure()
    print()
    for line in table(figures):
        print(line)


main()
