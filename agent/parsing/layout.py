"""The lines of a page as it is laid out, in reading order: columns one after the other, tables row by row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import mean

from agent.parsing.document import Line

_GAP = re.compile(r"\S+(?:\s{1,2}\S+)*")  # words with at most two spaces between them stand together
_SLACK = 2
_PROSE = 25
_LEAST = 3


@dataclass(frozen=True)
class Cell:
    """Words that stand together, and the column of characters where they begin."""

    start: int
    text: str


Row = tuple[Cell, ...]


def in_reading_order(told: Sequence[str]) -> Iterator[Line]:
    """Lines with the role "row" are of a table, the others have none."""
    rows = [tuple(Cell(found.start(), found[0]) for found in _GAP.finditer(line)) for line in told if line.strip()]
    for several, group in groupby(_with_context(rows), lambda pair: pair[1]):
        block = [row for row, _ in group]
        if not several:
            yield from ((" ".join(" ".join(c.text for c in row).split()), "") for row in block)
        elif gutter := _gutter(block):
            yield from ((text, "") for text in _columns(block, gutter))
        elif _is_table(block):
            yield from ((" | ".join(" ".join(c.text.split()) for c in row), "row") for row in block)
        else:
            yield from ((" ".join(" ".join(c.text for c in row).split()), "") for row in block)


def _with_context(rows: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    """Whether a row is one of several with gaps; one cell alone between two such rows is of them (a short column)."""
    gaps = [len(row) > 1 for row in rows]
    for number, row in enumerate(rows):
        between = 0 < number < len(rows) - 1 and gaps[number - 1] and gaps[number + 1]
        yield row, gaps[number] or (between and row[0].start > 0)


def _gutter(block: Sequence[Row]) -> int:
    """Where the right one of two columns of running text begins; 0 if these are not two columns."""
    pairs = [row for row in block if len(row) == 2]
    if len(pairs) < _LEAST or len(pairs) < 0.6 * len(block) or any(len(row) > 2 for row in block):
        return 0
    if min(mean(len(row[0].text) for row in pairs), mean(len(row[1].text) for row in pairs)) < _PROSE:
        return 0
    starts = sorted(row[1].start for row in pairs)
    middle = starts[len(starts) // 2]
    return middle if starts[-1] - starts[0] <= 2 * _SLACK else 0


def _columns(block: Sequence[Row], gutter: int) -> Iterator[str]:
    for left in (True, False):
        for row in block:
            told = " ".join(cell.text for cell in row if (cell.start < gutter - _SLACK) is left)
            if told:
                yield " ".join(told.split())


def _is_table(block: Sequence[Row]) -> bool:
    """At least two rows, most of whose cells begin or end below one of another row."""
    if len(block) < 2:
        return False
    edges = [{cell.start for cell in row} | {-(cell.start + len(cell.text)) for cell in row} for row in block]
    aligned = [
        _aligned(cell, (e for j, e in enumerate(edges) if j != i)) for i, row in enumerate(block) for cell in row
    ]
    return mean(aligned) > 0.6


def _aligned(cell: Cell, others: Iterable[set[int]]) -> bool:
    start, end = cell.start, -(cell.start + len(cell.text))
    return any(abs(edge - own) <= _SLACK for edges in others for edge in edges for own in (start, end))
