"""Real texts in any number: sentences of the docstrings of the installed packages, and their vectors."""

import random
import re
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

_DOCSTRING = re.compile(r'"""(.+?)"""', re.S)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n")
_SHORTEST, _LONGEST, _FEWEST_WORDS, _LETTERS = 40, 300, 7, 0.85
_NEAR, _AMONG = 10, 2000


def sentences() -> list[str]:
    """Distinct sentences, about two hundred thousand, in an order that is always the same."""
    found: dict[str, str] = {}
    for file in sorted(Path(sysconfig.get_path("purelib")).rglob("*.py")):
        for text in _docstrings(file):
            for sentence in _END.split(text):
                plain = " ".join(sentence.split())
                if _is_prose(plain):
                    found.setdefault(plain.lower(), plain)
    texts = list(found.values())
    random.Random(7).shuffle(texts)
    return texts


def vectors(encode: Callable[[Sequence[str]], Any], texts: Sequence[str], embedded: int) -> Any:
    """A vector for each text: of the first ones their own, of the others one between two of those that are near."""
    own = encode(texts[:embedded])
    drawn, rest = np.random.default_rng(7), len(texts) - len(own)
    made = [_between(own, drawn, min(_AMONG, rest - start)) for start in range(0, rest, _AMONG)]
    return np.concatenate([own, *made]).astype(np.float32)


def _between(own: Any, drawn: np.random.Generator, count: int) -> Any:
    first = own[drawn.integers(0, len(own), count)]
    others = own[drawn.integers(0, len(own), min(_AMONG, len(own)))]
    near = np.argsort(-(first @ others.T), axis=1)[:, 1 : _NEAR + 1]
    second = others[near[np.arange(count), drawn.integers(0, near.shape[1], count)]]
    share = drawn.uniform(0.25, 0.5, (count, 1))
    mixed = (1 - share) * first + share * second
    return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)


def _docstrings(file: Path) -> Iterator[str]:
    try:
        yield from _DOCSTRING.findall(file.read_text())
    except (OSError, UnicodeDecodeError):
        return


def _is_prose(text: str) -> bool:
    if not _SHORTEST <= len(text) <= _LONGEST or text.count(" ") < _FEWEST_WORDS - 1:
        return False
    return sum(letter.isalpha() or letter == " " for letter in text) > _LETTERS * len(text)
