"""Values that name a stretch of time: `Fall 2023` in a column of terms is that value, and no three months."""

import re
from collections.abc import Callable, Iterator

from mocks.genie.knowledge.space import TEXT, Space

_YEAR = r"(?:19|20)\d\d"
_VALUE = re.compile(
    rf"^(?P<word>[^\W\d_]+\d?)[ /-]?(?P<year>{_YEAR})$|^(?P<first>{_YEAR})[ /-]?(?P<last>[^\W\d_]+\d?)$"
)
_KINDS = "term|semester|trimester|season|period|session|edition|quarter|campaign|round|cycle|intake|cohort|vintage"
_LEADS = 12


class Seasons:
    """The values of a space that consist of a word and a year."""

    def __init__(self, space: Space) -> None:
        columns = (column for column in space.columns() if column.kind == TEXT)
        self._values = {key: value for column in columns for value in column.values for key in _key(value)}
        words = "|".join(sorted({re.escape(word) for word, _ in self._values}, key=len, reverse=True))
        self._said = re.compile(
            rf"\b(?P<word>{words})(?:[ -](?:{_KINDS})(?: of)?| of)?,? (?P<year>{_YEAR})(?:'s)?\b"
            rf"|\b(?P<first>{_YEAR})(?:'s)? (?P<last>{words})\b",
            re.IGNORECASE,
        )

    def around(self, text: str, changed: Callable[[str], str]) -> str:
        """The text, changed but for such values, and these as they are written: `the fall term 2023` is `Fall 2023`."""
        if not self._values:
            return changed(text)
        text, end, parts = self._said.sub(self._written, text), 0, []
        for start, stop in sorted(self.inside(text)):
            parts += [changed(text[end:start]), text[start:stop]]
            end = stop
        return "".join([*parts, changed(text[end:])])

    def inside(self, text: str) -> list[tuple[int, int]]:
        """Where such values stand in a text, as they are written."""
        return [match.span() for value in {*self._values.values()} for match in re.finditer(re.escape(value), text)]

    def _written(self, found: re.Match[str]) -> str:
        word, year = found["word"] or found["last"], found["year"] or found["first"]
        return self._values.get((word.lower(), year), found[0])


def _key(value: str) -> Iterator[tuple[str, str]]:
    if (found := _VALUE.match(value)) is not None:
        yield (found["word"] or found["last"]).lower(), found["year"] or found["first"]


def leads_in(start: int, end: int, value: tuple[int, int]) -> bool:
    """Whether what stands at those places is such a value, but for a word such as `in` before it."""
    return value[0] - _LEADS <= start < value[1] and end <= value[1] + 1
