"""The words of a space: which phrases name its tables, columns, values and curated snippets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mocks.genie.space import Column, Snippet, Space, Table
from mocks.genie.words import FILLERS, Token, plain, stem, stems, tokens

_UNITS = frozenset(map(stem, ("usd", "eur", "id", "no", "number", "date", "days", "months", "pct", "percent", "code")))
_MEANS = re.compile(
    r"[\"“'`]?(?P<term>[A-Za-z][\w -]{1,60}?)[\"”'`]?\s+(?:means|refers to|is stored in|is|are|=)\s+(?:the column\s+)?"
    r"[`\"]?(?P<table>[A-Za-z_]\w*)[`\"]?\.[`\"]?(?P<column>[A-Za-z_]\w*)",
    re.IGNORECASE,
)
CURATED, FULL, PARTIAL = 3, 2, 1
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """A value that occurs in a column."""

    column: Column
    text: str


Meaning = Table | Column | Value | Snippet


@dataclass(frozen=True)
class Entry:
    """What a phrase may mean, and how sure that is."""

    meaning: Meaning
    rank: int


class Lexicon:
    """All phrases of a space."""

    def __init__(self, space: Space) -> None:
        self._entries: dict[Phrase, list[Entry]] = defaultdict(list)
        self._written: dict[Phrase, list[Entry]] = defaultdict(list)
        for table in space.tables:
            self._add(_phrases((table.name, *table.synonyms)), table, FULL)
            for column in table.columns:
                self._add_column(table, column)
        for snippet in space.snippets:
            for name in snippet.names:
                self._written[_as_written(name)].append(Entry(snippet, CURATED))
        for term, column in defined_terms(space):
            self._add(_phrases([term]), column, CURATED)
        self.longest = max(map(len, [*self._entries, *self._written]), default=0)

    def find(self, words: Sequence[Token]) -> list[Entry]:
        """The surest meanings of a phrase; values and snippets are taken as they are written, but for a plural."""
        named = self._entries.get(tuple(word.stem for word in words), [])
        entries = [*named, *self._written.get(tuple(plain(word.text) for word in words), [])]
        best = max((entry.rank for entry in entries), default=0)
        return [entry for entry in entries if entry.rank == best]

    def _add_column(self, table: Table, column: Column) -> None:
        self._add(_phrases([column.name]), column, FULL)
        self._add(_phrases(column.synonyms), column, FULL)
        self._add(_shorter(table, column), column, PARTIAL)
        for value in column.values:
            phrase = _as_written(value)
            if phrase and not all(stem(word) in FILLERS for word in phrase):
                self._written[phrase].append(Entry(Value(column, value), FULL))

    def _add(self, phrases: Iterable[Phrase], meaning: Meaning, rank: int) -> None:
        for phrase in phrases:
            if phrase and all(entry.meaning != meaning for entry in self._entries[phrase]):
                self._entries[phrase].append(Entry(meaning, rank))


def defined_terms(space: Space) -> Iterator[tuple[str, Column]]:
    """The terms that the instructions define: `"legal entity" means legal_entities.legal_name`."""
    for text in space.instructions:
        for found in _MEANS.finditer(text):
            for table in space.tables:
                column = table.column(found["column"]) if table.name.lower() == found["table"].lower() else None
                if column is not None:
                    yield found["term"], column


def _phrases(names: Iterable[str]) -> list[Phrase]:
    return [stems(name.replace("_", " ")) for name in names]


def _as_written(name: str) -> Phrase:
    return tuple(plain(token.text) for token in tokens(name))


def _shorter(table: Table, column: Column) -> Iterator[Phrase]:
    """The column's name without its unit or kind at the end, and without the table's own name."""
    whole = stems(column.name.replace("_", " "))
    own = set(stems(table.name.replace("_", " ")))
    without_unit = whole[:-1] if whole[-1] in _UNITS else whole
    for phrase in (without_unit, *(tuple(w for w in long if w not in own) for long in (whole, without_unit))):
        if phrase and phrase != whole and not all(word in FILLERS for word in phrase):
            yield phrase
