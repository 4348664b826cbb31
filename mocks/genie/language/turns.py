"""Turns of phrase, each with what is said in its place, in the order in which they are looked for."""

import re
from collections.abc import Callable, Iterable

Said = str | Callable[[re.Match[str]], str]
Turns = tuple[tuple[re.Pattern[str], Said], ...]


def turns(written: Iterable[tuple[str, Said]]) -> Turns:
    """The turns that these patterns tell, in capitals or not."""
    return tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in written)


def turned(text: str, known: Iterable[tuple[re.Pattern[str], Said]]) -> str:
    """The text with what is said for each turn in its place."""
    for pattern, said in known:
        text = pattern.sub(said, text)
    return text
