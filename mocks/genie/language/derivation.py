"""Words derived from each other: certification and certified, acquisition and acquired, insurance and insured."""

_CHANGED = (("ific", "ifi"), ("isit", "ir"), ("cept", "ceiv"), ("ript", "rib"), ("uct", "uc"))
_ENDINGS = ("anc", "enc", "ant", "ent", "er", "or", "ee", "al", "iv", "abl", "at", "ur")
_SHORTEST = 5
_UNLIKE = frozenset(("important", "importanc", "department", "apartment", "personal", "several", "general", "interest"))


def root(word_stem: str) -> str:
    """What the stems of words derived from each other share; nothing if it is too short to tell."""
    if word_stem in _UNLIKE:
        return ""
    for ending, other in _CHANGED:
        if word_stem.endswith(ending) and len(word_stem) > _SHORTEST:
            return word_stem.removesuffix(ending) + other
    found = word_stem
    for ending in (*_ENDINGS, "at"):
        if found.endswith(ending) and len(found) - len(ending) >= _SHORTEST:
            found = found.removesuffix(ending)
            break
    return found if len(found) >= _SHORTEST else ""


def is_doer(word_stem: str) -> bool:
    """Whether it has the form of somebody who does it."""
    return word_stem.endswith(("er", "or", "ee"))
