"""Words of everyday and business English that are said for each other: `thesaurus.txt`, a line for each sense.

A word may stand in several lines: a charge is a fee, or an accusation.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from mocks.genie.language.words import plain, stems

Phrase = tuple[str, ...]
_LINES = Path(__file__).with_name("thesaurus.txt")


def said_for(phrase: Phrase) -> tuple[str, ...]:
    """What else is said for a phrase, which is given by its stems."""
    return _said_for().get(phrase, ())


def longest() -> int:
    """How many words the longest phrase has."""
    return max(map(len, _said_for()))


def in_form_of(word: str, base: str) -> str:
    """A word or phrase with the ending of another: `invoices` for bills, `rejected` for turned down."""
    first, *more = base.split()
    said = word.split()[0].lower()
    if not more and plain(said) != said:
        return f"{first[:-1]}ies" if first.endswith("y") and first[-2] not in "aeiou" else f"{first}s"
    if said.endswith("ed") and not first.endswith("ed"):
        ending = "d" if first.endswith("e") else "ied" if first.endswith("y") else "ed"
        return " ".join([first.removesuffix("y") + ending if ending == "ied" else first + ending, *more])
    return base


@lru_cache(maxsize=1)
def _said_for() -> Mapping[Phrase, tuple[str, ...]]:
    found: dict[Phrase, dict[str, None]] = defaultdict(dict)
    for line in _LINES.read_text(encoding="utf-8").splitlines():
        phrases = line.split(", ")
        for phrase in phrases:
            found[stems(phrase)].update(dict.fromkeys(other for other in phrases if other != phrase))
    return {phrase: tuple(others) for phrase, others in found.items()}
