"""Which lines of a PDF are set larger than its text."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from pypdf import PageObject

_LARGER = 1.12
_LONGEST = 120


def heading_lines(pages: Iterable[PageObject]) -> set[str]:
    """The short lines in larger type, without the full stop that ends a sentence."""
    sizes: Counter[float] = Counter()
    told: list[tuple[str, float]] = []

    def visit(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
        if words := " ".join(text.split()):
            told.append((words, round(size * abs(matrix[3] or 1), 1)))
            sizes[told[-1][1]] += len(words)

    for page in pages:
        page.extract_text(visitor_text=visit)
    if not sizes:
        return set()
    usual = sizes.most_common(1)[0][0]
    return {text for text, size in told if size > usual * _LARGER and len(text) <= _LONGEST and text[-1] not in ".;,"}
