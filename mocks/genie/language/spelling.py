"""Typing errors: an unknown word that is nearly a word of the space is read as that, and the answer says so."""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from mocks.engines.embedding.english_words import is_english
from mocks.genie.knowledge.space import Space
from mocks.genie.language.grammar import PHRASES
from mocks.genie.language.words import FUNCTION_WORDS, stem, tokens
from mocks.genie.refusal import AskBack

_CALENDAR = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name) if len(name) > 3)
_SHORTEST, _SHORTEST_VALUE, _LONG = 4, 5, 8


class Spelling:
    """The words that questions to a space are made of."""

    def __init__(self, space: Space) -> None:
        self._space = space

    def meant(self, unknown: Sequence[str]) -> dict[str, str]:
        """The words that are misspelled among the unknown ones, and what is meant.

        Raises: AskBack if a word is as near to one as to another
        """
        found: dict[str, str] = {}
        for word in dict.fromkeys(unknown):
            near = self._nearest(word)
            if len({stem(one) for one in near}) > 1:
                raise AskBack(f"Is {word!r} {' or '.join(repr(one) for one in near[:3])}? Please say which you mean.")
            if near:
                found[word] = near[0]
        return found

    def _nearest(self, word: str) -> list[str]:
        lowered = word.lower()
        if len(lowered) < _SHORTEST or not lowered.isalpha() or is_english(lowered):
            return []
        most = 2 if len(lowered) >= _LONG else 1
        known = [*self._names, *(self._values if len(lowered) >= _SHORTEST_VALUE else ())]
        apart = {one: distance(lowered, one) for one in known if _may_be(lowered, one, most)}
        near = {one: (far, sorted(one) != sorted(lowered)) for one, far in apart.items() if far <= most}
        least = min(near.values(), default=None)  # swapped letters are likelier than a wrong one
        return sorted((one for one, far in near.items() if far == least), key=lambda one: (len(one), one))

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words of names, of synonyms and of what the grammar knows."""
        said = [name for table in self._space.tables for name in (table.name, table.spoken, *table.synonyms)]
        said += [name for column in self._space.columns() for name in (column.name, column.spoken, *column.synonyms)]
        said += [name for snippet in self._space.snippets for name in snippet.names]
        said += [example.question for example in self._space.examples]
        grammar = {word for phrase in PHRASES for word in phrase}
        return frozenset(_split(said)) | grammar | FUNCTION_WORDS | _CALENDAR

    @cached_property
    def _values(self) -> frozenset[str]:
        return frozenset(_split(value for column in self._space.columns() for value in column.values))


def corrected(text: str, meant: Mapping[str, str]) -> str:
    """The text with the words that are meant."""
    for word, right in meant.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", right, text)
    return text


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped, changed or swapped with the next (optimal string alignment)."""
    before, last = list[int](), list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, opposite in enumerate(other, 1):
            row.append(min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != opposite)))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == opposite:
                row[to] = min(row[to], before[to - 2] + 1)
        before, last = last, row
    return last[-1]


def _may_be(word: str, known: str, most: int) -> bool:
    """Whether the lengths and the first letter allow that one is a misspelling of the other."""
    first = word[0] == known[0] or word[:2] == known[1::-1]
    return len(known) >= _SHORTEST - 1 and abs(len(word) - len(known)) <= most and first


def _split(texts: Sequence[str] | Iterator[str]) -> Iterator[str]:
    return (token.text.lower() for text in texts for token in tokens(text) if token.text.isalpha())
