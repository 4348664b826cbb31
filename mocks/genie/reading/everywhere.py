"""The whole that a space is about, said beside its things: `in the cooperative` restricts nothing."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import PARTIAL, SAID
from mocks.genie.knowledge.space import Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, word_set
from mocks.genie.reading.items import Item

_DEFINITE = word_set("the our this your")
_TELLING = word_set("with that which where whose having")


def without_whole(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items but for the name of the whole; the words before it go on to what follows."""
    found: list[Item] = []
    carried = ""
    for item, following in zip_longest(items, items[1:]):
        told = following is not None and bool(_TELLING & set(following.before.split()[:1]))
        one_of_them = told and any(isinstance(entry.meaning, Table) for entry in item.entries)
        if not one_of_them and _is_whole(item, found[-1] if found else None, carried, lexicon):
            carried = f"{carried} {item.before} {item.words}".strip()
        else:
            found.append(replace(item, before=f"{carried} {item.before}".strip()) if carried else item)
            carried = ""
    return found


def _is_whole(item: Item, last: Item | None, carried: str, lexicon: Lexicon) -> bool:
    """`the festival`, `the 2024 festival`; a part of a value's name is no such value: `Festival Shop`."""
    weak = all(_is_weak(entry, item.several) for entry in item.entries)
    if item.kind not in (kinds.UNKNOWN, kinds.NAMED) or not weak or not item.words.islower():
        return False
    told = f"{carried} {item.before}".split()[-1:]
    dated = not told and last is not None and last.kind == kinds.SPAN
    return stem(item.words) in lexicon.whole and (dated or bool(_DEFINITE & set(told)))


def _is_weak(entry: Entry, several: bool) -> bool:
    """A part of a value's name, or what several houses are called, where one is named: `in our hotel`."""
    if isinstance(entry.meaning, Table):
        return entry.rank <= SAID and not several
    return isinstance(entry.meaning, Value) and entry.rank <= PARTIAL
