"""Nouns for persons, from WordNet: an author, a nurse."""

from functools import lru_cache
from pathlib import Path

_PERSONS = Path(__file__).with_name("wordnet") / "persons.txt"


@lru_cache(maxsize=1)
def persons() -> frozenset[str]:
    """The nouns, in the singular and in small letters."""
    return frozenset(_PERSONS.read_text(encoding="utf-8").split())
