"""In which form a curator wrote a synonym: `sold` is less surely a column whose synonym is `sales`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from mocks.genie.knowledge.names import CURATED, DEED, SAID, TIED, Bag
from mocks.genie.knowledge.space import BOOLEAN, DATE, TEXT, Column, Table
from mocks.genie.language.english import ANTONYMS
from mocks.genie.language.verbs import LIGHT, form
from mocks.genie.language.words import Token, plain, stem_set, stems, tokens

_APART = 0.9
_OPPOSITE = re.compile(r"^(?:un|in|non-?|not |not yet |no )(?P<rest>\w{3,})$", re.I)
_NAMING = stem_set("name names id ids number numbers no nr code codes key label title identifier ref reference called")
_SORTS_OF_NAMES = stem_set("full display official legal trade short long common given first last family")
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

    def as_told(
        self, words: Sequence[Token], known: Mapping[_Meaning, float], named: Mapping[_Meaning, float]
    ) -> dict[_Meaning, float]:
        """What a phrase means; a column whose synonym has other forms of these words is meant less surely.

        `named` holds how surely each is meant by its own name.
        """
        bag, forms = _formed(words)
        less = SAID if len(words) > 1 or forms == ("noun",) else DEED

        def is_other(meaning: _Meaning, rank: float) -> bool:
            told = self._forms[meaning][bag] if rank == CURATED and isinstance(meaning, Column) else set()
            return bool(told) and forms not in told

        told = {m: max(less, named.get(m, 0)) if is_other(m, rank) else rank for m, rank in known.items()}
        idle = bag <= LIGHT  # `took place` where a synonym is `takings`
        return {m: rank for m, rank in told.items() if not (idle and is_other(m, known[m]) and not named.get(m))}


def _formed(words: Sequence[Token]) -> tuple[Bag, tuple[str, ...]]:
    """The stems of a phrase, and how its words are formed, both in no order."""
    kept = [word for word in words if word.text.lower() not in TIED]
    return frozenset(word.stem for word in kept), tuple(sorted(map(_form, kept)))


def _form(word: Token) -> str:
    """How a word is formed; a `receipt` is a noun of its own beside what we `receive`."""
    own = form(word.text)
    return own if own != "noun" or plain(word.text).startswith(word.stem) else plain(word.text)


def is_of_thing(table: Table, column: Column, synonym: str) -> bool:
    """Whether what a curator calls the name or the key of a thing is the thing: `customer` for `customer_name`."""
    told_apart = column == table.key or (column in table.labels and column.variety > _APART)
    return told_apart and not set(stems(synonym)) & _NAMING


def names_thing(table: Table, column: Column, synonym: str) -> bool:
    """Whether it may be the thing, also where several things share the name: `procedure` for that of a procedure."""
    named = [c for c in table.columns if c.kind == TEXT and stems(c.spoken)[-1:] in (("name",), ("titl",))]
    own = set(stems(column.spoken)) - _NAMING - _SORTS_OF_NAMES - {"titl"}
    told = own <= set(stems(table.spoken))  # and not that of the guide of a tour
    of_both = told and named == [column] and not column.refers and not set(stems(synonym)) & _NAMING
    return of_both or is_of_thing(table, column, synonym)


def is_opposite(column: Column, synonym: str) -> bool:
    """Whether a curator calls a day or a flag by its opposite as well, such as `unpaid` beside `paid`."""
    own = {word for name in (column.name.replace("_", " "), column.spoken, *column.synonyms) for word in stems(name)}
    if column.kind not in (DATE, BOOLEAN):
        return False
    found = _OPPOSITE.match(synonym)
    told = ANTONYMS.get(synonym.lower(), ())  # `ongoing` beside `ended`
    return (found is not None and set(stems(found["rest"])) <= own) or not own.isdisjoint(told)
