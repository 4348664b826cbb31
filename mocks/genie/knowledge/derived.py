"""What words name by their derivation: `certification` a flag `certified`, `performed` the table of performances."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.names import PART, SAID, Bag
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Table
from mocks.genie.language.deeds import verbs_of
from mocks.genie.language.derivation import is_doer, root
from mocks.genie.language.english import FILLERS, KINDS
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle
from mocks.genie.language.words import Token, stem

_SHORTEST = 4
# How much less surely a verb names a table than the noun.
_VERBAL = 3


class Derived:
    """The single words of a space by their roots."""

    def __init__(
        self, bags: Mapping[Bag, Mapping[Meaning, float]], written: Mapping[tuple[str, ...], Mapping[Meaning, float]]
    ) -> None:
        self._bags, self._written = bags, written

    @cached_property
    def _roots(self) -> dict[str, dict[Meaning, str]]:
        found: dict[str, dict[Meaning, str]] = defaultdict(dict)
        for word, meanings in self._words():
            found[root(word)] |= dict.fromkeys(meanings, word)
        return found

    @cached_property
    def _deeds(self) -> dict[str, dict[Meaning, float]]:
        """The tables that tell of what was done, by the stems of the verbs for it."""
        found: dict[str, dict[Meaning, float]] = defaultdict(dict)
        for bag, meanings in self._bags.items():
            known = [
                (meaning, rank) for meaning, rank in meanings.items() if isinstance(meaning, Table) and rank >= SAID
            ]
            told: dict[Meaning, float] = {meaning: max(rank - _VERBAL, PART) for meaning, rank in known}
            for verb in verbs_of(next(iter(bag))) - {*bag} if len(bag) == 1 and told else ():
                found[verb] |= told
        return found

    def deeds(self, verb: str) -> Mapping[Meaning, float]:
        """The tables that tell of what was done, by the stem of a verb: complaints of `complained`."""
        return self._deeds.get(verb, {})

    def _rank(self, meaning: Meaning) -> float:
        """Of a state as surely as by its own name, of anything else weakly."""
        if not isinstance(meaning, Value | Snippet):
            return PART
        return max(known[meaning] for known in self._written.values() if meaning in known)

    def _words(self) -> Iterator[tuple[str, Mapping[Meaning, float]]]:
        for bag, meanings in self._bags.items():
            if len(bag) == 1:
                yield next(iter(bag)), {m: rank for m, rank in meanings.items() if not isinstance(m, Value)}
        for phrase, meanings in self._written.items():
            if len(phrase) == 1 and is_participle(phrase[0]):
                yield stem(phrase[0]), meanings

    def of(self, word: Token) -> dict[Meaning, float]:
        """What a word names that is derived from another; `custom` is no customer, `trained` no trainer."""
        done, ties = is_participle(word.text), word.stem in LIGHT | TIES | MEASURING
        if doers := self._doers(word):
            return doers
        if not root(word.stem) or word.stem in KINDS | FILLERS or (ties and not done):
            return {}
        kept = Table if ties else (Table, Column) if done else (Column, Value, Snippet)
        known = self._roots.get(root(word.stem), {})
        meant = {m: name for m, name in known.items() if isinstance(m, kept) and not is_doer(name)}
        return {m: self._rank(m) for m in meant if done or not is_doing(m)}

    def _doers(self, word: Token) -> dict[Meaning, float]:
        """`editor` where a column refers to whoever `edited` it."""
        verb = word.stem.removesuffix("er").removesuffix("or")
        meant = self._bags.get(frozenset((verb,)), {}) if verb != word.stem and len(verb) >= _SHORTEST else {}
        return {m: PART for m in meant if isinstance(m, Column) and m.refers}


def is_doing(meaning: Meaning) -> bool:
    """Whether it is a value that is called after a doing, such as a task called Collecting."""
    return isinstance(meaning, Value) and meaning.text.lower().endswith("ing")


def as_done(found: Mapping[Meaning, float]) -> dict[Meaning, float]:
    """What a participle names: where a table tells of what was done, no number that only a comment calls so."""
    told = any(isinstance(meaning, Table) and rank >= SAID for meaning, rank in found.items())

    def is_weak(meaning: Meaning, rank: float) -> bool:
        return told and isinstance(meaning, Column) and meaning.kind == NUMBER and rank <= SAID

    return {meaning: rank for meaning, rank in found.items() if not is_weak(meaning, rank)}
