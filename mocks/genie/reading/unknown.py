"""What to answer when words of a question name nothing in the space."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mocks.genie.knowledge.people import is_person
from mocks.genie.knowledge.space import Space
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import concept
from mocks.genie.language.filling import TITLES
from mocks.genie.language.verbs import PAYING, TIES
from mocks.genie.language.words import FUNCTION_WORDS, stem, tokens
from mocks.genie.reading.items import Item

_INCLUDED = re.compile(r"[,(] *(?:with )?((?:[\w'-]+ ){1,3})included\b\)?(?=\s*[.?!,]*$|,)", re.IGNORECASE)

_SHORTEST = 5  # no `bring`
_CUSTOMER = concept(stem("customer"))


def included(question: str) -> list[str]:
    """The words of an aside that only says what is there as well: `refused loads` in `.., refused loads included`."""
    found = _INCLUDED.search(question)
    words = [token.text for token in tokens(found[1])] if found else []
    return [word for word in words if word.lower() not in FUNCTION_WORDS]


def doings(items: Sequence[Item]) -> Iterator[Item]:
    """The nouns for what is done, which say more than a verb that only ties things together: `paid for cleaning`."""
    for at, item in enumerate(items):
        if item.kind != kinds.UNKNOWN or not item.words.lower().endswith("ing") or len(item.words) <= _SHORTEST:
            continue
        named = [one.kind == kinds.NAMED for one in (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])]
        ties = stem(item.words) in TIES  # `longest-serving`
        inside = named == [True, True] and not (ties or item.before or items[at + 1].before)
        if inside or item.before.split()[-1:] in (["on"], ["for"]):
            yield item


def doers(items: Sequence[Item]) -> Iterator[Item]:
    """People of whom only some comment speaks: `users`, `buyers`; that customers pay says only that it is paid."""
    for item, following in zip_longest(items, items[1:]):
        noun = stem(item.words)
        pays = following is not None and stem(following.words) in PAYING and concept(noun) == _CUSTOMER
        if item.kind == kinds.UNKNOWN and is_person(noun) and noun not in TITLES and not pays:
            yield item


def unknown_words(unknown: Sequence[str], space: Space) -> str:
    """What to answer when words of the question name nothing in the space."""
    words, tables = one_of([repr(word) for word in unknown]), ", ".join(sorted(table.name for table in space.tables))
    return (
        f"I do not know what {words} means here. This space has the tables {tables}. Please say it in their words, or "
        "teach the space with a synonym, an instruction or an example query."
    )


def one_of(options: Sequence[str]) -> str:
    """The options with `or` before the last."""
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} or {options[-1]}"
