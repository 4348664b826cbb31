"""The words of a space: which phrases name its tables, columns, values and curated snippets, and how surely."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mocks.genie.definitions import defined_filters, defined_tables
from mocks.genie.english import (
    ABBREVIATIONS,
    DEMONYMS,
    FILLERS,
    KINDS,
    LIGHT,
    MONEY,
    TIME_UNITS,
    US_STATES,
    concept,
)
from mocks.genie.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Snippet, Space, Table
from mocks.genie.words import Token, plain, stem, stem_set, stems, tokens, word_set

CURATED, FULL, STATE, PARTIAL, SAID, WORD = 8, 6, 4.5, 4, 3, 2
Bag = frozenset[str]
_UNITS = stem_set(
    "usd eur gbp chf id no nr number date day days month months pct percent code cd key kg km m2 on at ts"
)
_ENDS = word_set("to by from with for since until")
_DATED = stem_set("on at date day dt ts time timestamp year since")
_TIED = word_set("of per the a an in was were is are been did do does have has had be")
_MEANS = re.compile(
    r"[\"“'`]?(?P<term>[A-Za-z][\w -]{1,60}?)[\"”'`]?\s+(?:means|refers to|is stored in|is|are|=)\s+(?:the column\s+)?"
    r"[`\"]?(?P<table>[A-Za-z_]\w*)[`\"]?\.[`\"]?(?P<column>[A-Za-z_]\w*)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;:,](?:\s|$)")
_TAIL = re.compile(
    r"\s(?:of|for|in|at|on|by|from|to|with|who|that|which|when|where|while|whose|under|over|as|is|are|was|were|has|have|"
    r"done|found|made|given|used|taken|kept|if|during|per|after|before|until)\s",
    re.I,
)
_NO_NAME = re.compile(r"^(?:one row|each row|a row|what|who|how|when|whether|where|empty|which|day|first|last)\b", re.I)


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
    rank: float


class Lexicon:
    """All phrases of a space."""

    def __init__(self, space: Space) -> None:
        self._bags: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._alike: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._written: dict[tuple[str, ...], dict[Meaning, float]] = defaultdict(dict)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self.said: dict[str, Bag] = {}
        self._names = {bag for table in space.tables for bag in stems(table.name)}
        for table in space.tables:
            self._add_table(table)
            for column in table.columns:
                self._add_column(table, column)
        for snippet in space.snippets:
            for name in snippet.names:
                self._write(name, snippet, CURATED)
        for snippet, told in defined_filters(space):
            for name in snippet.names:
                self._write(name, snippet, CURATED if told else STATE)
        for term, column in defined_terms(space):
            self._add([term], column, CURATED)
        for term, table in defined_tables(space):
            self._add([term], table, CURATED)
        self.longest = 3 + max((len(key) for key in [*self._bags, *self._written]), default=0)

    def is_harmless(self, word: str) -> bool:
        """Whether a word that names nothing may still belong: a light verb, a unit, a word of some comment."""
        known = LIGHT | KINDS | MONEY | stem_set(" ".join(TIME_UNITS)) | stem_set("current valid")
        return stem(word) in known or any(stem(word) in said for said in self.said.values())

    def is_noun(self, word: str, table: Table) -> bool:
        """Whether the word is a name of the table, and not a verb that only sounds like it."""
        return plain(word) in self._nouns[table.full_name]

    def find(self, words: Sequence[Token], names: bool = True) -> list[Entry]:
        """The meanings of a phrase, the surest first; values and snippets are taken as written, but for a plural.

        Without `names` only values and snippets are looked for.
        """
        found: dict[Meaning, float] = {}
        bag = frozenset(word.stem for word in words if word.text.lower() not in _TIED)
        ends = words[0].text.lower() in _TIED or words[-1].text.lower() in _TIED
        names = names and not any(word.text.lower() in ("no", "not", "without") for word in words[1:])
        whole = len(bag) == sum(word.text.lower() not in _TIED for word in words)
        if names and not ends and bag and whole:
            _merge(found, self._bags.get(bag, {}), 0)
            alike = self._alike.get(frozenset(map(concept, bag)), {})
            _merge(found, {meaning: min(rank - 2.5, SAID) for meaning, rank in alike.items()}, 0)
            _merge(found, {}, 0)
            for meaning in found:
                if isinstance(meaning, Table) and plain(words[-1].text) not in self._nouns[meaning.full_name]:
                    found[meaning] -= 3  # a verb: `stopped` is not the thing called a stop
        _merge(found, self._written.get(tuple(plain(word.text) for word in words), {}), 0)
        return [Entry(meaning, rank) for meaning, rank in sorted(found.items(), key=lambda item: -item[1])]

    def _add_table(self, table: Table) -> None:
        self._add([table.name], table, FULL)
        self._add(table.synonyms, table, CURATED)
        words = table.name.replace("_", " ").split()
        if len(words) > 1:
            self._add([words[0], words[-1]], table, WORD)
        said = set(stems(table.description))
        self.said[table.full_name] = frozenset(said.union(*(stems(column.description) for column in table.columns)))
        self._add(_table_names(table.description), table, SAID)

    def _add_column(self, table: Table, column: Column) -> None:
        self._add([column.name, _expanded(column.name)], column, FULL)
        if _bag(column.name) <= FILLERS:
            self._add([f"{table.name} {column.name}"], column, FULL)
        self._add(column.synonyms, column, CURATED)
        self._add_bags(_shorter(table, column), table if column == table.key else column, PARTIAL)
        for phrase, rank in _column_phrases(column):
            self._add([phrase], column, rank)
        for word in _comment_words(column):
            if word not in self._names:
                self._add_bags([frozenset((word,))], column, WORD)
        for name, value, rank in _value_names(column):
            self._write(name, Value(column, value), rank)

    def _add(self, given: Iterable[str], meaning: Meaning, rank: float) -> None:
        names = list(given)
        if isinstance(meaning, Table):
            self._nouns[meaning.full_name].update(
                plain(word) for name in names for word in name.replace("_", " ").split()
            )
        self._add_bags((_bag(name) for name in names), meaning, rank)

    def _add_bags(self, bags: Iterable[Bag], meaning: Meaning, rank: float) -> None:
        for bag in bags:
            if bag and not bag <= FILLERS:
                _merge(self._bags[bag], {meaning: rank}, 0)
                _merge(self._alike[frozenset(map(concept, bag))], {meaning: rank}, 0)

    def _write(self, name: str, meaning: Meaning, rank: float) -> None:
        phrase = tuple(plain(token.text) for token in tokens(name))
        if phrase and not all(stem(word) in FILLERS for word in phrase):
            _merge(self._written[phrase], {meaning: rank}, 0)


def _merge(into: dict[Meaning, float], more: dict[Meaning, float], shift: float) -> None:
    for meaning, rank in more.items():
        into[meaning] = max(into.get(meaning, 0), rank + shift)


def defined_terms(space: Space) -> Iterator[tuple[str, Column]]:
    """The terms that the instructions define: `"legal entity" means legal_entities.legal_name`."""
    for text in space.instructions:
        for found in _MEANS.finditer(text):
            for table in space.tables:
                column = table.column(found["column"]) if table.name.lower() == found["table"].lower() else None
                if column is not None:
                    yield found["term"], column


def _bag(name: str) -> Bag:
    return frozenset(token.stem for token in tokens(name.replace("_", " ")) if token.text.lower() not in _TIED)


def _expanded(name: str) -> str:
    return " ".join(ABBREVIATIONS.get(word.lower(), word) for word in name.split("_"))


def _shorter(table: Table, column: Column) -> Iterator[Bag]:
    """The column's name without its unit or kind at the end, and without the table's own name."""
    own = set(stems(table.name))
    for name in (column.name, _expanded(column.name)):
        words = [stem(word) for word in name.replace("_", " ").split()]
        core = words[:-1] if words[-1] in _UNITS | _DATED | _ENDS else words
        core = core[: core.index("per")] if "per" in core[1:] else core
        for phrase in (
            core,
            core[1:] if core[:1] in (["total"], ["averag"]) else core,
            [w for w in words if w not in own],
            [w for w in core if w not in own],
        ):
            if phrase and phrase != words and not set(phrase) <= FILLERS | _UNITS:
                yield frozenset(phrase)
        if column.kind == DATE or words[-1] == "year":
            yield frozenset([*core, "dat"])
            yield frozenset([*core, "day"])
            yield frozenset([*core, "year"])


def _column_phrases(column: Column) -> Iterator[tuple[str, float]]:
    for clause in _CLAUSE.split(column.description)[:2]:
        said = re.sub(r"^(?:the|total|number of|amount of|how many)\s+", "", clause.strip(), flags=re.I)
        if said and len(said.split()) <= 6 and not _NO_NAME.match(said):
            yield said, SAID
            yield _TAIL.split(f"{said} ")[0], SAID
            yield re.split(r"\s(?:of|for|in|at|on|by|from|to|with)\s", said)[0], SAID


def _comment_words(column: Column) -> Iterator[str]:
    for clause in _CLAUSE.split(column.description)[:1]:
        if "=" in clause or re.match(r"empty\b", clause.strip(), re.I) or re.search(r"\brow\b", clause):
            continue
        if column.kind == BOOLEAN:
            clause = re.split(r"\b(?:has been|have been|is|are|was|were|has|have|can|may)\b", clause, maxsplit=1)[-1]
        for word in stems(clause):
            if len(word) > 2 and word not in FILLERS and word not in _UNITS and not word[0].isdigit():
                yield word


def _table_names(description: str) -> Iterator[str]:
    yield from re.findall(r"\(([A-Z]{2,6})\)", description)
    for sentence in re.split(r"[.;:](?:\s|$)", description):
        if not sentence.strip() or _NO_NAME.match(sentence.strip()):
            continue
        said = _TAIL.split(f" {sentence.strip()} ")[0].strip()
        for part in re.split(r",\s*(?:and\s+|our\s+)?|\s+and\s+", said):
            if 0 < len(part.split()) <= 3:
                yield part
                yield part.split()[-1]


def _value_names(column: Column) -> Iterator[tuple[str, str, float]]:
    """The names under which a question may speak of a column's values."""
    values = set(column.values)
    for value in column.values:
        yield value, value, FULL
        words = value.split()
        if len(words) > 2:
            short = " ".join(words[:2]).rstrip(",")
            if sum(other.lower().startswith(short.lower()) for other in column.values) == 1:
                yield short, value, PARTIAL
    for adjective, country in DEMONYMS.items():
        if country in values:
            yield adjective, country, FULL - 1
    if column.kind == TEXT and values and values <= set(US_STATES):
        for value in values:
            yield US_STATES[value], value, FULL
    for value in column.values:
        if len(value) <= 6 and (found := _decoded(value, column.description)):
            yield found, value, FULL


def _decoded(code: str, description: str) -> str | None:
    """What a comment says that a code stands for: `F = female`, `NM New Mexico`."""
    found = re.search(rf"(?<!\w){re.escape(code)}\s*(?:=|:|is|means|stands for|for|-|–)\s*([^,;.()=]+)", description)
    if found is None and code.isupper():
        found = re.search(rf"(?<!\w){re.escape(code)}\s+([A-Za-z][^,;.()=]+)", description)
    said = re.sub(r"\s+(?:and|or)$", "", found[1].strip()) if found else ""
    said = re.split(r"\s(?:and|or)\s+\S+\s*(?:=|is|:)", said)[0]
    return said if 0 < len(said.split()) <= 4 else None


def number_columns(table: Table, keys: set[Column]) -> list[Column]:
    """The columns of a table that measure something: numbers that neither name rows nor years."""
    return [c for c in table.columns if c.kind == NUMBER and not c.unique and c not in keys and not _is_name(c.name)]


def _is_name(name: str) -> bool:
    words = name.lower().split("_")
    return words[-1] in (
        "id",
        "no",
        "nr",
        "number",
        "code",
        "cd",
        "key",
        "year",
        "zip",
        "month",
        "grade",
        "level",
        "rank",
    )
