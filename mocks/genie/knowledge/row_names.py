"""The nouns by which comments speak of the rows of a table: `Name of the machine`, `refused loads`, `the load`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from mocks.genie.knowledge.names import table_names
from mocks.genie.knowledge.people import is_person
from mocks.genie.knowledge.space import Space, Table
from mocks.genie.language.english import FILLERS, KINDS, concept
from mocks.genie.language.units import unit
from mocks.genie.language.verbs import LIGHT, TIES
from mocks.genie.language.words import plain, stem, stems

_NAME_OF = re.compile(
    r"^(?:full |short |long )?(?:name|title|label) of (?:the |an? |this )?([a-z-]+)(?=\W*$|[;,.(])", re.I
)
_ROW = re.compile(r"\bone row (?:is |for |per |to )?(?:each |every |an? |one |per )?([a-z-]+)(?=\W*$|[;,.(])", re.I)
_NOUN = re.compile(r"\bthe ([a-z-]{3,})\b", re.I)
_CODE = re.compile(r"= ?([a-z -]+)")
_OFTEN = 2


def row_names(space: Space) -> Mapping[str, list[str]]:
    """By a table's full name the nouns for its rows that only the comments of its columns have.

    A noun that any table or column is called by, or that the comments of several tables have, names no rows, but for
    one whose kind or number is a column of theirs: `one row for each gift`, beside gift_kind.
    """
    called = {concept(word) for table in space.tables for word in _called(table)}
    told = {
        table.full_name: [noun for noun in _told(table) if concept(stem(noun)) not in called - _sorted(table, space)]
        for table in space.tables
    }
    times = Counter(noun for nouns in told.values() for noun in nouns)
    return {name: [noun for noun in nouns if times[noun] == 1] for name, nouns in told.items()}


def _sorted(table: Table, space: Space) -> set[str]:
    """The concepts of the nouns for a row of the table that only its columns have, with what kind of it a row is."""
    said = {stem(noun) for noun in _ROW.findall(table.description)}
    names = [stems(column.spoken) for column in space.columns() if said & {*stems(column.spoken)}]
    names += [stems(other.spoken) for other in space.tables]
    return {
        concept(noun)
        for noun in said - FILLERS - KINDS
        if all(name[0] == noun and name[1:] and set(name[1:]) <= KINDS for name in names if noun in name)
    }


def _called(table: Table) -> Iterator[str]:
    yield from FILLERS | KINDS
    yield from stems(table.spoken)
    for name in table_names(table.description):
        yield from stems(name) if "," not in name else ()
    for column in table.columns:
        yield from stems(column.spoken)


def _told(table: Table) -> Iterator[str]:
    """What a comment says that the name or a row is of, and what several of them call `the` thing."""
    label = table.label
    if label is not None and (found := _NAME_OF.match(label.description.strip())):
        yield found[1].lower()
    yield from (noun.lower() for noun in _ROW.findall(table.description))
    said = [" ".join(c.description.lower().split()) for c in table.columns]
    nouns = {noun for text in said for noun in _NOUN.findall(text)}
    kinds = {stem(word) for text in said for meant in _CODE.findall(text) for word in meant.split()}
    nouns = {noun for noun in nouns if unit(noun) is None and not is_person(stem(noun))}  # `the price of the hour`
    for noun in sorted(noun for noun in nouns if stem(noun) not in kinds | LIGHT | TIES):
        if sum(noun in map(plain, re.findall(r"[a-z-]+", text)) for text in said) >= _OFTEN:
            yield noun
