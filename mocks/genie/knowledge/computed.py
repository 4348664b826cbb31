"""Numbers that instructions define over the columns of a row: `length of stay is the days between .. and ..`."""

import re
from collections.abc import Iterator

from mocks.genie.knowledge.conditions import column_named
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Space
from mocks.genie.knowledge.written import elapsed
from mocks.genie.language.sentences import sentences

_UNIT = re.compile(r"\b(second|minute|hour|day|week|month|year)s?\b", re.I)
_BE = r"(?:is|are|means?|equals?|=|:|runs?|counts?|lasts?|goes|refers to|should be|must be|will be)"
_A = r"(?:the )?[`\"]?(?P<a>[\w.]+(?: \w+){0,3}?)[`\"]?"
_B = r"(?:the )?[`\"]?(?P<b>[\w.]+(?: \w+){0,3}?)[`\"]?"
_HEAD = r"^(?:the )?(?:term )?[\"'“`*]*(?P<name>[A-Za-z][\w -]{1,40}?)[\"'”`*]*"
_TAIL = r"(?:,? (?:counted |measured |expressed )?in (?:full |whole |calendar )?(?P<unit>\w+))?$"
_ASKED = "^(?:calculate|compute|measure|count|report)"
_BETWEEN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_ASKED} (?:the )?(?P<name>[\w -]+?) (?:as .*?|in \w+ )?(?:between|from) {_A} (?:and|to|until) {_B}{_TAIL}",
        rf"{_HEAD} {_BE} [^,]*?(?:between|from) {_A} (?:and|to|until|till) {_B}{_TAIL}",
        rf"{_HEAD} in \w+ (?:between|from) {_A} (?:and|to|until|till) {_B}{_TAIL}",
        rf"{_HEAD} {_BE} [^,]*?(?:after|since) {_A} until {_B}{_TAIL}",
    )
)
_MINUS = re.compile(rf"{_HEAD} {_BE} {_B} ?(?:-|minus) ?{_A}{_TAIL}", re.I)


def told_durations(space: Space) -> Iterator[tuple[str, Column]]:
    """The stretches of time between two days that instructions name, in their unit, or in days."""
    for sentence in sentences(space):
        for part in [sentence, *re.split(r",\s*(?:and )?", sentence)]:
            yield from _duration(part, space)


def _duration(text: str, space: Space) -> Iterator[tuple[str, Column]]:
    for pattern in (*_BETWEEN, _MINUS):
        found = pattern.match(text.strip())
        ends = _ends(found["a"], found["b"], space) if found else None
        if found is not None and ends is not None:
            unit = _UNIT.search(text[found.end("name") :])
            told = unit[1].lower() if unit else "day"
            yield re.sub(r" of (?:an?|the) .*$", "", found["name"].strip()), stretch(*ends, told, found["name"])
            return


def _ends(first: str, last: str, space: Space) -> tuple[Column, Column] | None:
    start = column_named(first, None, space)
    table = space.table(start.table) if start is not None else None
    end = column_named(last, table, space)
    start = start or (column_named(first, space.table(end.table), space) if end is not None else None)
    if start is None or end is None or {start.kind, end.kind} != {DATE} or start == end:
        return None
    return start, end


def stretch(start: Column, end: Column, unit: str, spoken: str) -> Column:
    """The time between two days as a number of that unit."""
    name = "_".join(re.findall(r"\w+", spoken.lower()))
    filled = min(start.filled, end.filled)
    return Column(
        end.table,
        f"{name}_{unit}s",
        NUMBER,
        spoken=f"{spoken} {unit}s",
        formula=elapsed(unit, start, end),
        filled=filled,
    )
