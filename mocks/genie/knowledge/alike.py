"""Words that nobody wrote in a space, read as those of its words that are said for the same: `bills` as `invoices`."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.names import CURATED, HEAD, SAID
from mocks.genie.knowledge.space import Space, Table
from mocks.genie.language.thesaurus import in_form_of, longest, said_for
from mocks.genie.language.verbs import is_verb
from mocks.genie.language.words import Token, stems, tokens


class Alike:
    """The words of a space by what else is said for them; those of its example questions mean what their SQL says."""

    def __init__(self, space: Space, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._told = {word for example in space.examples for word in stems(example.question)}

    def meant(self, question: str, unknown: Sequence[str]) -> dict[str, str]:
        """Phrases of the question that hold an unknown word, and what the space says for each of them."""
        words = tokens(question)
        found: dict[str, str] = {}
        for at, size in _spans(words, unknown):
            phrase = words[at : at + size]
            text = " ".join(word.text for word in phrase)
            if text in question and not any(word.text in said for said in found for word in phrase):
                found |= {text: name} if (name := self._name_for(phrase)) else {}
        return found

    def _name_for(self, phrase: Sequence[Token]) -> str:
        """The word of the space, if one is surer than any other."""
        if all(word.stem in self._told for word in phrase):
            return ""
        known: dict[Meaning, tuple[float, str]] = {}
        for other in said_for(tuple(word.stem for word in phrase)):
            name = in_form_of(phrase[0].text, other)
            for entry in self._lexicon.find(tokens(name))[:1]:
                if entry.rank >= (_least(phrase) if isinstance(entry.meaning, Value) else HEAD):
                    told = (entry.rank, name)
                    known[entry.meaning] = max(known.get(entry.meaning, told), told, key=lambda one: one[0])
        best = max((rank for rank, _ in known.values()), default=0)
        likeliest = {meaning: name for meaning, (rank, name) in known.items() if rank == best}
        things = {meaning: name for meaning, name in likeliest.items() if isinstance(meaning, Table)} or likeliest
        return next(iter(things.values())) if len(things) == 1 else ""


def _least(phrase: Sequence[Token]) -> float:
    """How surely a value must be meant: a state that came about is one, a noun is rather a thing than a value."""
    return SAID if len(phrase) > 1 or is_verb(phrase[0].text) else CURATED


def _spans(words: Sequence[Token], unknown: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where phrases with an unknown word begin, and how long they are; longer ones first."""
    for size in range(longest(), 0, -1):
        for at in range(len(words) - size + 1):
            if any(word.text in unknown for word in words[at : at + size]):
                yield at, size
