"""Prints machine and figures: `python -m benchmarks [SUBJECT ...]`."""

import argparse
from collections.abc import Callable, Iterator, Sequence

from benchmarks import (
    genie_large,
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
from benchmarks.figures import Figure, machine, table
from benchmarks.running import Running

_ALONE: dict[str, Callable[[], Iterator[Figure]]] = {
    "startup": startup.measure,
    "repeats": repeats.measure,
    "vector_search": vector_search.measure,
}
_ON_ONE_SANDBOX: dict[str, Callable[[Running], Iterator[Figure]]] = {
    "memory": memory.measure,
    "latency": latency.measure,
    "tracing": tracing.measure,
    "serving": serving.measure,
    "ingest": ingest.measure,
    "split": split.measure,
    "many_traces": many_traces.measure,
    "genie_large": genie_large.measure,
    "testkit": testkit.measure,
}


def main() -> None:
    """Measures one subject after the other."""
    told = _arguments()
    for line in machine():
        print(line)
    figures = [figure for name in told if name in _ALONE for figure in _ALONE[name]()]
    shared = [name for name in told if name in _ON_ONE_SANDBOX]
    if shared:
        with Running() as running:
            figures += [figure for name in shared for figure in _ON_ONE_SANDBOX[name](running)]
    print()
    for line in table(figures):
        print(line)


def _arguments() -> Sequence[str]:
    subjects = [*_ALONE, *_ON_ONE_SANDBOX]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"{', '.join(subjects)}; all if none is given")
    told = parser.parse_args().subjects or subjects
    if unknown := [name for name in told if name not in subjects]:
        parser.error(f"There is no subject {', '.join(unknown)}; there are {', '.join(subjects)}.")
    return list(told)


main()
