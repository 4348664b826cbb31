"""Trusted assets: functions that a curator registered and example queries with parameters, called for a question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mocks.genie.curated.arguments import Arguments, Filled, asked_in, marked, telling
from mocks.genie.curated.calls import call
from mocks.genie.curated.parameters import filled_in
from mocks.genie.curated.slots import Slot, slots
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.space import Example, Function, Parameter, Space
from mocks.genie.language.english import FILLERS, concept
from mocks.genie.language.words import stem_set, tokens
from mocks.genie.refusal import AskBack

# What names and comments of functions say of themselves.
_ABOUT = (
    stem_set("""get list find show fetch fn udf func function calc calculate compute lookup return use used using
address question answer specify specified given example optional parameter argument result query report all by
""")
    | FILLERS
)
_AMOUNT = frozenset(("total", "much"))
_AGAIN = stem_set("about instead same now only again but also")
_SHOWN_VALUES = 5


@dataclass(frozen=True)
class Called:
    """A trusted asset called for a question: the statement, the values bound in it, and the asset in words."""

    sql: str
    what: str
    values: tuple[tuple[str, str], ...]
    parameters: tuple[Parameter, ...] = ()

    @property
    def text(self) -> str:
        """What was done, in a sentence."""
        given = ", ".join(f"{name} = {value}" for name, value in self.values)
        return f"Trusted: I used {self.what}{f' with {given}' if given else ''}."


@dataclass(frozen=True)
class _Asking:
    """A question that an asset answers: its words without the values, and the parameters that it names."""

    words: frozenset[str]
    named: frozenset[str]


@dataclass(frozen=True)
class _Asset:
    source: Function | Example
    slots: tuple[Slot, ...]
    askings: tuple[_Asking, ...]
    core: frozenset[str] = frozenset()
    vocabulary: frozenset[str] = frozenset()
    harmless: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()

    @property
    def own(self) -> frozenset[str]:
        """The words of its parameters' names."""
        return frozenset().union(*(_own_words(slot.name) for slot in self.slots))

    def call(self, values: Mapping[str, tuple[str, ...]]) -> Called:
        """The statement with those values."""
        shown = tuple((name, ", ".join(texts)) for name, texts in values.items())
        if isinstance(self.source, Function):
            what = f"the SQL function {self.source.full_name}, which a curator registered in this space,"
            return Called(call(self.source, values), what, shown)
        given = (replace(p, value=values[p.name][0]) if p.name in values else p for p in self.source.parameters)
        return _bound(self.source, tuple(given))


class Trusted:
    """The trusted assets of a space."""

    def __init__(self, space: Space, lexicon: Lexicon, today: date) -> None:
        self._space, self._lexicon, self._arguments = space, lexicon, Arguments(lexicon, today)
        self._assets = [*map(self._function, space.functions), *self._examples(space.examples)]

    def answer(self, question: str) -> Called | None:
        """The one asset that is made for this question, called with the question's values; nothing if none is.

        Raises: AskBack if several are
        """
        if (same := filled_in(question, self._space)) is not None:
            return _bound(*same)
        ranked = ((self._rank(asset, filled), asset, filled) for asset, filled in self._filled(question))
        return _one([one for one in ranked if one[0]])

    def following(self, question: str, earlier: str) -> Called | None:
        """The asset that the earlier question called, with the values that a follow-up gives instead."""
        found = []
        for asset, before in self._filled(earlier):
            now = self._arguments.fill(question, asset.slots)
            rank = self._rank(asset, before)
            if rank and now.values and not frozenset(now.words) - asset.own - _AGAIN:
                found.append((rank, asset, replace(now, values=before.values | now.values)))
        return _one(found)

    def near(self, question: str) -> Called | None:
        """The asset in whose words all of a question is said which nothing else answers; nothing if there is none.

        An example's default is for who asks in the example's own words: here it would narrow what nobody narrowed.

        Raises: AskBack if it lacks a value
        """
        close = [(self._share(a, f), a, f) for a, f in self._filled(question, whole=False)]
        found = [(share, asset, filled) for share, asset, filled in close if share >= 0.5]
        lacking = [unsaid[0] for _, asset, filled in found if (unsaid := _unsaid(asset, filled))]
        if lacking and len(lacking) == len(found):
            raise AskBack(_which(lacking[0]))
        return _one([one for one in found if not _unsaid(one[1], one[2])])

    def _filled(self, question: str, whole: bool = True) -> Iterator[tuple[_Asset, Filled]]:
        for asset in self._assets:
            filled = self._arguments.fill(question, asset.slots)
            if not (whole and filled.missing and isinstance(asset.source, Function)):
                yield asset, filled

    def _rank(self, asset: _Asset, filled: Filled) -> int:
        """How surely a question is the one that an asset answers; nothing if it is not."""
        words = frozenset(filled.words)
        unsaid = [own for slot in _unsaid(asset, filled) if not (own := _own_words(slot.name)) & words]
        for asking in asset.askings:
            same = words - asset.own == asking.words - asset.own and asking.named <= filled.values.keys()
            if same and words and not any(own & asking.words for own in unsaid):  # `of one advertiser`
                return 1000 + len(words)
        covered = asset.core and asset.core <= words | self._alike(words) and not unsaid
        return len(asset.core) if covered and self._is_said(asset, filled) else 0

    def _share(self, asset: _Asset, filled: Filled) -> float:
        """How much of an asset's name a question says, if the asset's own words say all of the question."""
        words = frozenset(filled.words)
        if not words or not asset.core or not self._is_said(asset, filled):
            return 0
        return len(asset.core & (words | self._alike(words))) / len(asset.core)

    def _is_said(self, asset: _Asset, filled: Filled) -> bool:
        """Whether every word of a question is one of the asset's, and `by` stands before what it stands there."""
        known = asset.vocabulary | frozenset(map(concept, asset.vocabulary)) | asset.harmless
        by = [pair for pair in pairwise(filled.words) if pair[0] == "per"]
        return all(w in known or self._concept(w) in known for w in filled.words) and set(by) <= asset.pairs

    def _alike(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset(map(self._concept, words))

    def _concept(self, word: str) -> str:
        """A word of the same meaning, for one that names nothing in the tables itself."""
        return word if self._lexicon.names(word) else concept(word)

    def _function(self, function: Function) -> _Asset:
        taken = slots(function.parameters, function.body, self._space)
        name, comment = _words(function.name), _words(function.comment)
        parameters = [word for p in function.parameters for word in _words(f"{p.name} {p.comment}")]
        own = {word for p in function.parameters for word in _own_words(p.name)}
        core = frozenset(name) - own - _ABOUT
        return _Asset(
            function,
            taken,
            tuple(self._asking(question, taken) for question in asked_in(function.comment)),
            core or frozenset(name) - _ABOUT,
            frozenset((*name, *comment, *parameters, *_words(" ".join(function.columns)))),
            frozenset() if function.gives_rows else _AMOUNT,
            frozenset((*pairwise(name), *pairwise(comment))),
        )

    def _examples(self, examples: Sequence[Example]) -> Iterator[_Asset]:
        for example in examples:
            if example.parameters:
                taken = slots(example.parameters, example.sql, self._space)
                yield _Asset(example, taken, (self._asking(example.question, taken),))

    def _asking(self, question: str, taken: Sequence[Slot]) -> _Asking:
        """A question of a curator, with the values of its parameters told from its other words."""
        filled = self._arguments.fill(question, taken)
        named = marked(question) & {slot.name for slot in taken}
        own = {word for name in named for word in _own_words(name)}
        needed = named | filled.values.keys() - {slot.name for slot in taken if slot.is_optional}
        return _Asking(frozenset(filled.words) - own, needed)


def _bound(example: Example, parameters: tuple[Parameter, ...]) -> Called:
    what = f"the example query that a curator wrote for {example.question!r}"
    return Called(example.sql, what, tuple((p.name, p.value) for p in parameters), parameters)


def _words(text: str) -> tuple[str, ...]:
    return tuple(telling(tokens(text.replace("_", " "))))


def _own_words(name: str) -> frozenset[str]:
    """The words of a parameter's name."""
    return stem_set(name.replace("_", " "))


def _one(found: Sequence[tuple[float, _Asset, Filled]]) -> Called | None:
    """The best of them.

    Raises: AskBack if there are several
    """
    best = [one for one in found if one[0] == max(rank for rank, _, _ in found)]
    calls = list({called.sql: called for called in (asset.call(filled.values) for _, asset, filled in best)}.values())
    if len(calls) > 1:
        raise AskBack(f"Two trusted assets answer this: {calls[0].what} and {calls[1].what}. Which do you mean?")
    return calls[0] if calls else None


def _unsaid(asset: _Asset, filled: Filled) -> list[Slot]:
    """The parameters that the question gives no value for, and for which none was meant."""
    if isinstance(asset.source, Function):
        return filled.missing
    return [slot for slot in asset.slots if slot.name not in filled.values]


def _which(slot: Slot) -> str:
    values = sorted({value for column in slot.columns for value in column.values})[:_SHOWN_VALUES]
    return f"For which {slot.name.replace('_', ' ')}?" + (f" For example {', '.join(values)}." if values else "")
