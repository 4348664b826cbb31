"""What a question speaks of as one thing, though there may be several: `the Turin customer`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mocks.genie.knowledge.space import DATE
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import is_plural, word_set
from mocks.genie.reading.items import Item

_SHOWN = 5
_MANY = word_set("staff crew personnel team fleet aircraft equipment stock inventory people police data media series")

_RELATIVE = word_set("with that who which whose having")


@dataclass(frozen=True)
class Definite:
    """The words; several things are meant if each of the queries finds several rows, and the first names them."""

    words: str
    queries: tuple[str, ...]


def definite(items: Sequence[Item]) -> list[Item]:
    """The items of `the`, values and the singular name of a table, side by side; none if there are no such."""
    for at, item in enumerate(items):
        if item.table is not None and item.kind == kinds.NAMED and _is_one(items, at):
            begin = at
            while begin and not items[begin].before and items[begin - 1].value is not None:
                begin -= 1
            if begin < at and items[begin].before.split()[-1:] == ["the"]:
                first, *rest = (replace(one, used=False) for one in items[begin : at + 1])
                return [replace(first, before="the"), *rest]  # without what is asked of it
    return []


def _is_one(items: Sequence[Item], at: int) -> bool:
    """Whether the word is a singular noun, no part of a longer one (`the Athens flight delay`), and not ranked."""
    noun = items[at].words.lower().split()[-1]
    following = items[at + 1] if at + 1 < len(items) else None
    if noun in _MANY or is_plural(noun):
        return False
    if following is None:
        return True
    if not following.before:
        return not _lengthens(following)
    ranked = any(item.kind == kinds.EXTREME for item in items[at:])
    return not (ranked and _RELATIVE & set(following.before.split()))


def _lengthens(item: Item) -> bool:
    noun = item.table is not None or (item.column is not None and item.column.kind != DATE)
    return noun or item.kind in (kinds.COUNT, kinds.AGGREGATE)


def which(words: str, things: Sequence[str]) -> str:
    """The question back."""
    more = len(things) - _SHOWN
    told = f"{', '.join(things[:_SHOWN])} and {more} more" if more > 0 else f"{', '.join(things[:-1])} or {things[-1]}"
    return f"'the {words}' may be {told}. Which do you mean?"
