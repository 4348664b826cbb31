"""Words that hurried people cut short: `subs` for subscriptions, `apps` for applications, `appts` for appointments."""

from collections.abc import Iterator, Sequence

from mocks.genie.knowledge.space import Space
from mocks.genie.language.abbreviations import ABBREVIATIONS
from mocks.genie.language.words import plain

_SHORTEST, _LEAST_CUT = 3, 3
_VOWELS = frozenset("aeiou")


def clipped(unknown: Sequence[str], space: Space) -> dict[str, str]:
    """Of the unknown words those that begin one noun only by which the things of a table are called."""
    nouns = {*_nouns(space)}
    found: dict[str, str] = {}
    for word in unknown:
        short = plain(word).lower()
        whole = sorted(noun for noun in nouns if noun.startswith(short) and len(noun) - len(short) >= _LEAST_CUT)
        whole = whole if len(short) >= _SHORTEST else []
        one = short.removesuffix("s")
        whole = whole or sorted(nouns & {ABBREVIATIONS.get(one, "")}) or [n for n in nouns if _is_squeezed(one, n)]
        if len(whole) == 1:
            found[word] = f"{whole[0]}s" if word.lower() != short or short != one else whole[0]
    return found


def _is_squeezed(short: str, noun: str) -> bool:
    """`appt` for appointment, `pts` for patients: its first letter and some of its consonants, in order."""
    letters = iter(noun[1:])
    vowels = _VOWELS & {*short[1:]}
    return len(short) > 1 and noun[:1] == short[:1] and not vowels and all(letter in letters for letter in short[1:])


def _nouns(space: Space) -> Iterator[str]:
    for table in space.tables:
        for name in (table.spoken, *table.synonyms):
            yield from (plain(name.split()[-1].lower()),) if name.split() else ()
