"""Words that hurried people cut off: `subs` for subscriptions, `apps` for applications."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.space import Space
from mocks.genie.language.words import plain

_SHORTEST, _LEAST_CUT = 3, 3


def clipped(unknown: Sequence[str], space: Space) -> dict[str, str]:
    """Of the unknown words those that begin one noun only by which the things of a table are called."""
    nouns = {*_nouns(space)}
    found: dict[str, str] = {}
    for word in unknown:
        short = plain(word)
        whole = sorted(noun for noun in nouns if noun.startswith(short) and len(noun) - len(short) >= _LEAST_CUT)
        if len(short) >= _SHORTEST and len(whole) == 1:
            found[word] = f"{whole[0]}s" if word.lower() != short else whole[0]
    return found


def _nouns(space: Space) -> Iterator[str]:
    for table in space.tables:
        for name in (table.spoken, *table.synonyms):
            yield from (plain(name.split()[-1].lower()),) if name.split() else ()
