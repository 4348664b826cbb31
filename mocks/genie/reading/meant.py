"""What is meant by words that a space does not know, or knows only from a comment."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.alike import Alike
from mocks.genie.knowledge.clipped import clipped
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.names import WORD
from mocks.genie.knowledge.nearness import Encode, Nearness
from mocks.genie.knowledge.people import is_person, may_act
from mocks.genie.knowledge.roles import dates
from mocks.genie.knowledge.space import NUMBER, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.general_nouns import THINGS
from mocks.genie.language.spelling import Spelling
from mocks.genie.language.thesaurus import is_noun
from mocks.genie.language.words import plain, stem, tokens, word_set
from mocks.genie.reading.items import Item
from mocks.genie.reading.spare import spare

# Behind these stands a verb.
_SOMEBODY = word_set("anyone anybody someone somebody everyone everybody who we they you")


class Meant:
    """The words of a space by what else is written or said for them."""

    def __init__(self, space: Space, lexicon: Lexicon, encode: Encode | None) -> None:
        self._space, self._lexicon = space, lexicon
        self._spelling, self._alike = Spelling(space), Alike(space, lexicon)
        self._nearness, self._encode = Nearness(space, encode) if encode else None, encode

    def unknown(self, question: str, words: Sequence[str], items: Sequence[Item]) -> dict[str, str]:
        """What unknown words mean: a word of the space that was mistyped, one that is said for the same, or the name
        that is nearest in meaning; the only one is nothing where the question means the same without it.

        Raises: AskBack
        """
        found = self._spelling.meant(words) or clipped(words, self._space) or self._alike.meant(question, words)
        found = found or (self._nearness.meant(words) if self._nearness else {})
        verbs = {item.words for item in items if _SOMEBODY & set(item.before.split()[-1:])}
        found = {word: meant for word, meant in found.items() if word not in verbs or not self._is_thing(meant)}
        asks = any(item.kind in (kinds.COUNT, kinds.AGGREGATE) for item in items)
        wrong = {word for word in found if is_person(stem(word)) and self._is_no_person(found[word], asks)}
        found = {word: meant for word, meant in found.items() if word not in wrong}
        return found or self._spared(question, words, items)

    def _is_thing(self, words: str) -> bool:
        return any(self._lexicon.is_noun(words, table) for table in self._first(words))

    def _is_no_person(self, words: str, asks: bool) -> bool:
        """Whether it names what happened, as a buyer is no sale; or a number of people, where none is asked for."""
        first = [entry.meaning for entry in self._lexicon.find(tokens(words))[:1]]
        events = any(not may_act(table) and dates(table) for table in self._first(words))
        return events or (not asks and any(isinstance(one, Column) and one.kind == NUMBER for one in first))

    def _first(self, words: str) -> Iterator[Table]:
        yield from (e.meaning for e in self._lexicon.find(tokens(words))[:1] if isinstance(e.meaning, Table))

    def unsure(self, question: str, items: Sequence[Item]) -> dict[str, str]:
        """What words mean that stand in no name, where the question is not understood as it is written."""
        unsure = [item.words for item in items if item.kind == kinds.UNKNOWN or _is_weak(item)]
        words = [word for word in unsure if plain(word) not in THINGS and is_noun(word)]
        return self._alike.meant(question, words, things=True)

    def _spared(self, question: str, words: Sequence[str], items: Sequence[Item]) -> dict[str, str]:
        word = spare(question, items, self._encode) if self._encode and len(words) == 1 else ""
        return {word: ""} if word in words else {}


def _is_weak(item: Item) -> bool:
    return item.kind == kinds.NAMED and item.entries[0].rank <= WORD
