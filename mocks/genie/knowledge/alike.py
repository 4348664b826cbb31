"""Words that nobody wrote in a space, read as those of its words that are said for the same: `bills` as `invoices`."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import CURATED, FULL, HEAD, SAID
from mocks.genie.knowledge.space import DATE, TEXT, Column, Space, Table
from mocks.genie.language.english import KINDS
from mocks.genie.language.thesaurus import in_form_of, in_wordnet, is_adjective, longest, said_for, spellings
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle, is_verb
from mocks.genie.language.words import FUNCTION_WORDS, Token, is_plural, stem_set, stems, tokens

Around = tuple[Sequence[Token], Sequence[Token]]
# `not appear as the surgeon` is no failure to come.
_PLACED = frozenset(("as", "in", "on", "among", "under", "with"))
_BESIDE, _NEVER, _OFTEN = 2, 99, 0.5
_COMMON = LIGHT | TIES | MEASURING | KINDS - stem_set("kind type")


class Alike:
    """The words of a space by what else is said for them; those of its example questions mean what their SQL says."""

    def __init__(self, space: Space, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._told = {word for example in space.examples for word in stems(example.question)}

    def meant(self, question: str, unknown: Sequence[str], things: bool = False) -> dict[str, str]:
        """Phrases of the question that hold an unknown word, and what the space says for each of them.

        With `things` only what is counted or grouped by is looked for, and no number, day or state.
        """
        words = tokens(question)
        found: dict[str, str] = {}
        for at, size in _spans(words, unknown):
            phrase = words[at : at + size]
            text = " ".join(word.text for word in phrase)
            told = (
                text.lower().startswith("not ") and at + size < len(words) and words[at + size].text.lower() in _PLACED
            )
            if text in question and not told and not any(word.text in said for said in found for word in phrase):
                around = (words[max(0, at - _BESIDE) : at], words[at + size : at + size + 1])
                found |= {text: name} if (name := self._name_for(phrase, around, things)) else {}
        return found

    def _name_for(self, phrase: Sequence[Token], around: Around, things: bool) -> str:
        """The word of the space, if one is surer than any other."""
        if all(word.stem in self._told for word in phrase):
            return ""
        said = tuple(word.stem for word in phrase)
        spelled = [name for name in spellings(phrase[0].text) if len(phrase) == 1]
        for others in (spelled, said_for(said, phrase[0].text)):
            for place in (((), ()), around):
                if name := self._surest(phrase, others, place, things):
                    return name
        return "" if is_participle(phrase[0].text) else self._surest(phrase, in_wordnet(said), ((), ()), things)

    def _surest(self, phrase: Sequence[Token], others: Sequence[str], around: Around, things: bool) -> str:
        """The other word that is the surest name, be it together with the words around: `kind of recipient`."""
        known: dict[Meaning, tuple[float, str]] = {}
        for other in others:
            name = in_form_of(phrase[0].text, other)
            for entry in self._entries(tokens(name), around, all_like=len(phrase) > 1):
                if things and len(phrase) == 1 and not _is_thing(entry.meaning):
                    continue
                if entry.rank >= _least(phrase, other, entry.meaning):
                    told = (entry.rank, name)
                    known[entry.meaning] = max(known.get(entry.meaning, told), told, key=lambda one: one[0])
        best = max((rank for rank, _ in known.values()), default=0)
        likeliest = {meaning: name for meaning, (rank, name) in known.items() if rank == best}
        tables = {meaning: name for meaning, name in likeliest.items() if isinstance(meaning, Table)} or likeliest
        return next(iter(tables.values())) if len(tables) == 1 else ""

    def _entries(self, name: Sequence[Token], around: Around, all_like: bool) -> Iterator[Entry]:
        before, behind = around
        for words in (
            *([*before[at:], *name] for at in range(len(before))),
            *([*name, *behind] for _ in behind),
            *([] if before or behind else [[*name]]),
        ):
            found = self._lexicon.find(words)
            yield from (entry for n, entry in enumerate(found) if not n or (all_like and entry.rank == found[0].rank))


def _is_thing(meaning: Meaning) -> bool:
    column = meaning if isinstance(meaning, Column) else None
    return isinstance(meaning, Table) or (column is not None and column.kind == TEXT and not column.refers)


def _least(phrase: Sequence[Token], name: str, meaning: Meaning) -> float:
    """How surely something must be meant: a state that came about is a value, a noun is rather a thing than a value.

    `women` are those of whom the value is called female; words such as `go` and `number` are no names but of things.
    """
    several = len(phrase) > 1
    if all(word.stem in _COMMON or word.text.lower() in FUNCTION_WORDS for word in phrase):
        return SAID if isinstance(meaning, Table) and is_plural(phrase[0].text) else _NEVER
    if isinstance(meaning, Value) and meaning.inner:
        return _NEVER
    if isinstance(meaning, Column) and meaning.kind == DATE and is_verb(name) and not is_verb(phrase[0].text):
        return _NEVER  # a salary is no day on which somebody paid
    if isinstance(meaning, Value):
        state = several or is_participle(phrase[0].text)
        return SAID if state else FULL - 1 if is_adjective(name) or is_participle(name) else CURATED
    if several and isinstance(meaning, Column) and meaning.kind == TEXT and meaning.variety > _OFTEN:
        return _NEVER  # `ring us up` asks for no number
    return SAID if isinstance(meaning, Table) or " " in name else HEAD


def _spans(words: Sequence[Token], unknown: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where phrases with an unknown word begin, and how long they are; longer ones first."""
    for size in range(longest(), 0, -1):
        for at in range(len(words) - size + 1):
            if any(word.text in unknown for word in words[at : at + size]):
                yield at, size
