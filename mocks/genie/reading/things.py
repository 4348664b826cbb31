"""Rows that a curator gave a name of their own: `calls` are the usage events that are calls."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED
from mocks.genie.knowledge.space import Snippet, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.reading.items import Item
from mocks.genie.reading.wholes import RATES


def with_things(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    """The items, where the name of such rows is followed by that of their table, or led by it behind `biggest`."""
    found: list[Item] = []
    for item, following in zip_longest(items, items[1:]):
        named = [*_named(item, following, lexicon)]
        found += reversed(named) if found and found[-1].kind == kinds.EXTREME else named
    return found


def _named(item: Item, following: Item | None, lexicon: Lexicon) -> Iterator[Item]:
    yield item
    table = lexicon.thing(item.words) if item.kind == kinds.NAMED else None
    is_filter = table is not None and isinstance(item.likeliest, Snippet | Value)
    if table is not None and is_filter and not _says(following, table):
        words = table.spoken.split()[-1]
        yield Item(kinds.NAMED, words, item.end, item.end, entries=(Entry(table, CURATED),))


def _says(item: Item | None, table: Table) -> bool:
    """Whether the table follows, or what is said of such rows: `bounce rate`."""
    told = item is not None and (item.words.lower() in RATES or any(e.meaning == table for e in item.entries))
    return item is not None and not item.before and told
