"""Words of everyday and business English that are said for each other: `thesaurus.txt`, a line for each sense.

A word may stand in several lines: a charge is a fee, or an accusation. Of other words WordNet tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from mocks.engines.judging.wording import kinds, synonyms
from mocks.genie.language.words import is_plural, plain, stems

Phrase = tuple[str, ...]
_SPELLINGS = (
    *(("our", "or"), ("tre", "ter"), ("ise", "ize"), ("isa", "iza"), ("yse", "yze"), ("ogue", "og"), ("lled", "led")),
    *(("lling", "ling"), ("mme", "m"), ("ence", "ense"), ("aeo", "eo"), ("cheque", "check"), ("tyre", "tire")),
    *(("grey", "gray"), ("ae", "e"), ("oe", "e"), ("ller", "ler"), ("lment", "llment"), ("kerb", "curb")),
)
_PLURALS = {"child": "children", "person": "people", "man": "men", "woman": "women"}
_FEW = 4
_LINES = Path(__file__).with_name("thesaurus.txt")


def said_for(phrase: Phrase, first: str = "") -> tuple[str, ...]:
    """What else is said for a phrase, which is given by its stems, and as which its first word is written."""
    found = _said_for().get(phrase, {})
    return tuple(other for one, others in found.items() if not first or _is_form(first, one) for other in others)


def in_wordnet(phrase: Phrase) -> tuple[str, ...]:
    """What WordNet has for a single word, which is given by its stem; nothing for a verb or one of many senses."""
    if any("v" in kinds().get(word, "") for word in _in_wordnet().get(phrase, {})):
        return ()
    others = [other for told in _in_wordnet().get(phrase, {}).values() for other in told]
    return tuple(others) if len(others) <= _FEW else ()


def spellings(word: str) -> Iterator[str]:
    """The word as it is written in Britain or America."""
    for british, american in _SPELLINGS:
        for one, other in ((british, american), (american, british)):
            if one in word.lower():
                yield word.lower().replace(one, other)


def is_adjective(word: str) -> bool:
    """Whether it is one, by WordNet: `female`, `frozen`."""
    return "a" in kinds().get(word.lower(), "")


def is_noun(word: str) -> bool:
    """Whether it may be one: WordNet has it so, or does not know it."""
    return "n" in kinds().get(plain(word), "n")


@lru_cache(maxsize=1)
def longest() -> int:
    """How many words the longest phrase has."""
    return max(map(len, _said_for()))


def in_form_of(word: str, base: str) -> str:
    """A word or phrase with the ending of another: `invoices` for bills, `rejected` for turned down."""
    first, *more = base.split()
    said = word.split()[0].lower()
    if not more and is_plural(said):
        if first in _PLURALS:
            return _PLURALS[first]
        return f"{first[:-1]}ies" if first.endswith("y") and first[-2] not in "aeiou" else f"{first}s"
    if said.endswith("ed") and not first.endswith("ed"):
        ending = "d" if first.endswith("e") else "ied" if first.endswith("y") else "ed"
        return " ".join([first.removesuffix("y") + ending if ending == "ied" else first + ending, *more])
    return base


def _is_form(word: str, base: str) -> bool:
    """Whether it is a form of what the thesaurus has: `rejected`, but neither `posting` for post nor `train`."""
    doing = [one for one in (word.lower(), base) if one.endswith("ing")]
    sort = kinds().get(doing[0], "") if len(doing) == 1 and " " not in base else ""
    return "n" not in sort or (doing[0] != base and "a" in sort)


@lru_cache(maxsize=1)
def _said_for() -> Mapping[Phrase, Mapping[str, tuple[str, ...]]]:
    return _by_phrase(line.split(", ") for line in _LINES.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=1)
def _in_wordnet() -> Mapping[Phrase, Mapping[str, tuple[str, ...]]]:
    return _by_phrase(synonyms())


def _by_phrase(groups: Iterable[list[str]]) -> Mapping[Phrase, Mapping[str, tuple[str, ...]]]:
    """By stems the phrases that have them, each with all that is said for it."""
    found: dict[Phrase, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for phrases in groups:
        for phrase in phrases:
            found[stems(phrase)][phrase].update(dict.fromkeys(other for other in phrases if other != phrase))
    return {stem: {one: tuple(others) for one, others in told.items()} for stem, told in found.items()}
