"""Which words are English: those that the embedding model's vocabulary holds whole."""

from functools import lru_cache

from mocks.engines.embedding.embedder import VOCABULARY

_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "ment", "ness", "al", "able")
_SHORTEST = 3


def is_english(word: str) -> bool:
    """Whether a word, or what it is a form of, is a common English one."""
    lowered, known = word.lower(), whole_words()
    stems = (lowered.removesuffix(end) for end in _ENDINGS if lowered.endswith(end))
    forms = (form for stem in stems for form in (stem, f"{stem}e", f"{stem[:-1]}y") if len(stem) >= _SHORTEST)
    return lowered in known or any(form in known for form in forms)


def is_whole(word: str) -> bool:
    """Whether the vocabulary holds the word as it is."""
    return word.lower() in whole_words()


@lru_cache(maxsize=1)
def whole_words() -> frozenset[str]:
    """The words that the vocabulary holds whole."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha() and len(line) >= _SHORTEST)
