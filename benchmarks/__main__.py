"""Prints machine and figures."""

from benchmarks import latency, memory, startup
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
    print()
    for line in table(figures):
        print(line)


main()
