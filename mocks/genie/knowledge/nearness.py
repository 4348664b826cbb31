"""Words that nobody wrote in a space, read as its names that lie nearest in meaning: `lawyers` as `attorneys`."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from mocks.genie.knowledge.space import Space
from mocks.genie.language.english import FILLERS, KINDS, MONEY
from mocks.genie.language.units import UNITS
from mocks.genie.language.words import stem, word_set
from mocks.genie.refusal import AskBack

if TYPE_CHECKING:
    from mocks.engines.embedding.embedder import Vectors

Encode = Callable[[Sequence[str]], "Vectors"]

# Cosines of all-MiniLM-L6-v2: synonyms lie at .78 to .90, things that only go together (flight and plane) up to .76.
_NEAR, _APART = 0.78, 0.06
_SHORTEST = 4
_PRAISE = word_set("good bad nice fine great better poor")  # of what is praised no `goods` are said
_PLAIN = KINDS | MONEY | FILLERS | UNITS.keys()


class Nearness:
    """The names of a space as vectors; they are made when a word is first looked for."""

    def __init__(self, space: Space, encode: Encode) -> None:
        self._space, self._encode = space, encode

    def meant(self, unknown: Sequence[str]) -> dict[str, str]:
        """The name that each of the unknown words means, where one is near enough.

        Raises: AskBack if a word is as near to one as to another
        """
        found: dict[str, str] = {}
        for word in dict.fromkeys(unknown):
            near = self._nearest(word)
            if len(near) > 1:
                raise AskBack(f"Is {word!r} {' or '.join(map(repr, near[:3]))}? Please say which you mean.")
            if near:
                found[word] = near[0]
        return found

    def _nearest(self, word: str) -> list[str]:
        if not _is_plain_noun(word) or not self._names:
            return []
        cosines = self._vectors @ self._encode([word.lower()])[0]
        best = float(cosines.max())
        near = [(-float(cosine), name) for cosine, name in zip(cosines, self._names, strict=True)]
        found = [name for cosine, name in sorted(near) if -cosine >= best - _APART]
        return found if best >= _NEAR and not stem(word).endswith(stem(found[0])) else []

    @cached_property
    def _names(self) -> list[str]:
        tables = (name for table in self._space.tables for name in (table.spoken, *table.synonyms))
        columns = (name for column in self._space.columns() for name in (column.spoken, *column.synonyms))
        told = (name for snippet in self._space.snippets for name in snippet.names)
        return list(dict.fromkeys(name.replace("_", " ").lower() for name in (*tables, *columns, *told)))

    @cached_property
    def _vectors(self) -> "Vectors":
        return self._encode(self._names)


def _is_plain_noun(word: str) -> bool:
    """Whether it may name a thing; a verb says what was done, and words such as `amount` say too little."""
    return (
        word.isalpha()
        and len(word) >= _SHORTEST
        and not word.lower().endswith(("ed", "ing"))
        and stem(word) not in _PLAIN
        and word.lower() not in _PRAISE
    )
