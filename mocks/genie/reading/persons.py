"""Persons by their full names: `Nele Garnier` is whoever has both names in the table that the question speaks of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import PARTIAL, SAID
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, tokens
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item

_ANYONE = stem_set("member person people user customer client holder folks individual")


def with_persons(items: Sequence[Item], lexicon: Lexicon, space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where a full name that is one value elsewhere is two values of the table spoken of."""
    items = [_anyone(items, at, space) for at in range(len(items)) if not _only_act(items, at)]
    above = [link.left for link in graph.own]
    named = {name for item in items for name in _spoken_of(item, above)}
    return [part for item in items for part in _parted(item, named, lexicon, space)]


def _only_act(items: Sequence[Item], at: int) -> bool:
    """`how many claims have people filed`: whoever they were, where something else is asked and nothing of theirs."""
    item = items[at]
    acts = item.before.lower().split()[-1:] in (["do"], ["did"], ["have"]) and item.words.lower() == "people"
    asked = any(other.kind in (kinds.NAMED, kinds.AGGREGATE) for other in items[:at])
    tables = {e.meaning.full_name for e in item.entries if isinstance(e.meaning, Table)}
    others = [e.meaning for other in items if other is not item for e in other.entries if e.rank >= PARTIAL]
    return acts and asked and not any(table_of(meaning) in tables for meaning in others)


def _anyone(items: Sequence[Item], at: int, space: Space) -> Item:
    """`Gold members`: behind a value of a table of persons such a word is that table, where nothing is called so."""
    item, last = items[at], items[at - 1] if at else None
    meant = last.likeliest if last is not None else None
    if item.kind != kinds.UNKNOWN or item.before or stem(item.words) not in _ANYONE or not isinstance(meant, Value):
        return item
    table = space.table(meant.column.table)
    if not is_of_people(table) or meant.column in table.labels:
        return item
    return replace(item, kind=kinds.NAMED, entries=(Entry(table, SAID),))


def _spoken_of(item: Item, above: Sequence[Column]) -> Iterator[str]:
    """The tables that it may name, be it by the role of one row for another: `the trainer`."""
    for entry in item.entries:
        if isinstance(entry.meaning, Table):
            yield entry.meaning.full_name
        elif isinstance(entry.meaning, Column) and entry.meaning in above:
            yield entry.meaning.table


def _parted(item: Item, named: set[str], lexicon: Lexicon, space: Space) -> Iterator[Item]:
    words = tokens(item.words)
    values = [entry.meaning for entry in item.entries if isinstance(entry.meaning, Value)]
    whole = item.kind == kinds.NAMED and len(words) == 2 and len(values) == len(item.entries)
    if not whole or any(value.column.table in named for value in values):
        yield item
        return
    first, last = ([e for e in lexicon.find([word]) if isinstance(e.meaning, Value)] for word in words)
    for table in space.tables:
        mine, theirs = _of(first, table), _of(last, table)
        if table.full_name in named and mine and theirs and mine[0].meaning != theirs[0].meaning:
            yield Item(kinds.NAMED, words[0].text, item.at, item.at + 1, entries=tuple(mine), before=item.before)
            yield Item(kinds.NAMED, words[1].text, item.at + 1, item.end, entries=tuple(theirs))
            return
    yield item


def _of(entries: Sequence[Entry], table: Table) -> list[Entry]:
    return [e for e in entries if isinstance(e.meaning, Value) and e.meaning.column in table.labels]
