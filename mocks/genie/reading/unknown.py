"""What to answer when words of a question name nothing in the space."""

import re
from collections.abc import Sequence

from mocks.genie.knowledge.space import Space
from mocks.genie.language.words import FUNCTION_WORDS, tokens

_INCLUDED = re.compile(r"[,(] *(?:with )?((?:[\w'-]+ ){1,3})included\b\)?(?=\s*[.?!,]*$|,)", re.IGNORECASE)


def included(question: str) -> list[str]:
    """The words of an aside that only says what is there as well: `refused loads` in `.., refused loads included`."""
    found = _INCLUDED.search(question)
    words = [token.text for token in tokens(found[1])] if found else []
    return [word for word in words if word.lower() not in FUNCTION_WORDS]


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
