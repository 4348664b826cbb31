"""The whole that a space is about, said beside its things: `in the cooperative` restricts nothing."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Value
from mocks.genie.knowledge.names import PARTIAL
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, word_set
from mocks.genie.reading.items import Item

_DEFINITE = word_set("the our this your")


def without_whole(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items but for the name of the whole; the words before it go on to what follows."""
    found: list[Item] = []
    carried = ""
    for item in items:
        if _is_whole(item, found[-1] if found else None, carried, lexicon):
            carried = f"{carried} {item.before} {item.words}".strip()
        else:
            found.append(replace(item, before=f"{carried} {item.before}".strip()) if carried else item)
            carried = ""
    return found


def _is_whole(item: Item, last: Item | None, carried: str, lexicon: Lexicon) -> bool:
    """`the festival`, `the 2024 festival`; a part of a value's name is no such value: `Festival Shop`."""
    weak = all(isinstance(entry.meaning, Value) and entry.rank <= PARTIAL for entry in item.entries)
    if item.kind not in (kinds.UNKNOWN, kinds.NAMED) or not weak or not item.words.islower():
        return False
    told = f"{carried} {item.before}".split()[-1:]
    dated = not told and last is not None and last.kind == kinds.SPAN
    return stem(item.words) in lexicon.whole and (dated or bool(_DEFINITE & set(told)))
