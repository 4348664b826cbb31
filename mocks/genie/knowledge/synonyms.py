"""In which form a curator wrote a synonym: `sold` is less surely a column whose synonym is `sales`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from mocks.genie.knowledge.names import CURATED, DEED, SAID, TIED, Bag
from mocks.genie.knowledge.space import Column
from mocks.genie.language.verbs import form
from mocks.genie.language.words import Token, tokens

_Meaning = TypeVar("_Meaning")


class Synonyms:
    """The synonyms of the columns of a space."""

    def __init__(self) -> None:
        self._forms: dict[Column, dict[Bag, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))

    def add(self, names: Iterable[str], column: Column) -> None:
        """Adds names of a column as they are written."""
        for name in names:
            bag, forms = _formed(tokens(name.replace("_", " ")))
            self._forms[column][bag].add(forms)

    def as_told(self, words: Sequence[Token], known: Mapping[_Meaning, float]) -> dict[_Meaning, float]:
        """What a phrase means; a column whose synonym has other forms of these words is meant less surely."""
        bag, forms = _formed(words)
        less = SAID if len(words) > 1 or forms == ("noun",) else DEED

        def is_other(meaning: _Meaning, rank: float) -> bool:
            told = self._forms[meaning][bag] if rank == CURATED and isinstance(meaning, Column) else set()
            return bool(told) and forms not in told

        return {meaning: min(rank, less) if is_other(meaning, rank) else rank for meaning, rank in known.items()}


def _formed(words: Sequence[Token]) -> tuple[Bag, tuple[str, ...]]:
    """The stems of a phrase, and how its words are formed, both in no order."""
    kept = [word for word in words if word.text.lower() not in TIED]
    return frozenset(word.stem for word in kept), tuple(sorted(form(word.text) for word in kept))
