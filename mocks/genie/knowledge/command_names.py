"""Things that are called as what a question tells to do: the shows of a theatre, the lists of a mailing."""

import re
from dataclasses import replace

from mocks.genie.knowledge.space import Space
from mocks.genie.language.words import word_set

_COMMANDS = word_set("show list record table detail value need find")
_THING = "thing"  # under which ending such a noun is kept apart from the verb
# Before these words, or first in a sentence, it is the verb.
_ACTS = (
    r"(?:^|[.?!;:,]\s*|\b(?:please|can|could|would|will|you|to|and|then|also|just|now|must|should|not|i|we|hi|do|does|"
    r"did)\s+)"
)


class CommandNames:
    """The words of command that are names of tables in a space, and the space and questions with nouns for them."""

    def __init__(self, space: Space) -> None:
        named = {table.name.lower().removesuffix("s") for table in space.tables}
        self._words = sorted(_COMMANDS & named)
        self._noun = re.compile(rf"\b(?P<word>{'|'.join(self._words)})(?P<many>s?)\b", re.I) if self._words else None

    def applied(self, space: Space) -> Space:
        """The space, whose tables and columns speak of such things by their nouns."""
        tables = tuple(
            replace(
                table,
                spoken=self._always(table.spoken),
                columns=tuple(replace(column, spoken=self._always(column.spoken)) for column in table.columns),
            )
            for table in space.tables
        )
        return replace(space, tables=tables) if self._words else space

    def told(self, question: str) -> str:
        """The question, in which such a thing is named by its noun; `show me` stays what it is."""
        if self._noun is None:
            return question
        return self._noun.sub(lambda found: found[0] if _acts(question, found) else _noun(found), question)

    def shown(self, text: str) -> str:
        """What an answer says, with the word itself again."""
        for word in self._words:
            text = re.sub(rf"\b({word}){_THING}(?=s?\b)", r"\1", text, flags=re.I)
        return text

    def _always(self, name: str) -> str:
        return self._noun.sub(_noun, name) if self._noun is not None else name


def _noun(found: re.Match[str]) -> str:
    return f"{found['word']}{_THING}{found['many']}"


def _acts(question: str, found: re.Match[str]) -> bool:
    before = question[: found.start()]
    if found["many"]:
        return re.search(r"\b(?:that|it|he|she|who|this)\s+$", before, re.I) is not None
    return re.search(rf"{_ACTS}$", before, re.I) is not None
