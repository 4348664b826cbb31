"""What speaks for a meaning by how its word is written, and by whose state it is."""

from collections.abc import Sequence

from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import CURATED, FULL, PARTIAL, SAID, WORD
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Snippet, Table
from mocks.genie.language.english import KINDS
from mocks.genie.language.words import plain, stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item, is_ranked_by

_MODIFIERS = stem_set("net gross total amount value sum eur usd gbp chf excl incl vat tax before after")
# What leads in a verb: `did we order` asks for orders of ours, though those of customers are called so.
_WE_DO = [[aux, who] for aux in ("did", "do", "does", "have", "has") for who in ("we", "you", "they", "i")]


def rank_of(entry: Entry, item: Item) -> float:
    """How surely its word names a meaning at that place: a verb no table as surely as a noun would."""
    verb = isinstance(entry.meaning, Table) and item.before.split()[-2:] in _WE_DO
    return min(entry.rank, SAID) if verb else entry.rank


def own_state(item: Item, entry: Entry, items: Sequence[Item]) -> float:
    """`bookings that were cancelled`: the day on which they were, and no state of what is booked."""
    named = {e.meaning.full_name for i in items for e in i.entries if isinstance(e.meaning, Table) and e.rank >= FULL}
    named |= {table_of(i.likeliest) for i in items if i is not item and i.is_thing and i.entries[0].rank >= SAID}
    values = [e.meaning.column.table for e in item.entries if isinstance(e.meaning, Value)]
    if isinstance(entry.meaning, Snippet) and entry.meaning.kind == "filters":
        own = any(f"{name.rpartition('.')[2]}." in entry.meaning.sql for name in named)
        if own:
            return 8.0 if values and not named & set(values) else 0.0
        return -9.0 if named & set(values) else 0.0  # `active lines`, where active customers are defined
    column = entry.meaning if isinstance(entry.meaning, Column) else None
    if column is None or not (column.kind == BOOLEAN or (column.kind == DATE and column.filled < 1)):
        return 0.0
    elsewhere = bool(values) and not named & set(values)
    return 8.0 if elsewhere and column.table in named and entry.rank >= PARTIAL else 0.0


def as_written(item: Item, meaning: Meaning, items: Sequence[Item]) -> float:
    """`instructors of rank Professor`: within a sentence a noun has no capital, where a value may have one."""
    capital = items[0] is not item and item.words[:1].isupper() and not item.words.isupper()
    return 1.0 if capital and isinstance(meaning, Value) and item.words in meaning.texts else 0.0


def ranks(meaning: Meaning, items: Sequence[Item], at: int) -> bool:
    """`top 5 clients by fees`: by the number whose name that word ends; fees_net, but no unit_cost for `units`."""
    if not is_ranked_by(items, at) or not isinstance(meaning, Column) or meaning.kind != NUMBER:
        return False
    told = [word for word in stems(meaning.spoken) if word not in _MODIFIERS]
    return bool(told) and told[-1] in stems(items[at].words)


def is_called(item: Item, column: Column) -> bool:
    """`tenants by employment`, where one is `Employed`: the column by its own name, and no value of it."""
    said = item.words.lower()
    return column.spoken.lower() in (said, plain(said)) and said not in map(str.lower, column.values)


def is_role_of(entry: Entry) -> bool:
    """`by curator`: whoever is the curator of it, be there a kind of staff that is called so."""
    return isinstance(entry.meaning, Column) and entry.meaning.refers and entry.rank >= PARTIAL


def is_kind_of_it(one: Entry, other: Entry) -> bool:
    """`calls`, for a kind of the rows or for a number of the same rows whose comment only speaks of calls."""
    values = [e.meaning for e in (one, other) if isinstance(e.meaning, Value)]
    said = [e.meaning for e in (one, other) if isinstance(e.meaning, Column) and e.rank <= WORD]
    return len(values) == len(said) == 1 and values[0].column.table == said[0].table


def is_mentioned(entry: Entry) -> bool:
    """Whether only the comment of a column has the word: that stands in for no name, but may tell who did it."""
    return entry.rank <= WORD and isinstance(entry.meaning, Column) and not entry.meaning.refers


def parts_from_kind(item: Item, one: Entry, other: Entry, chosen: Sequence[Entry]) -> bool:
    """`what kinds of calls, and how many of each kind`: the kind that was spoken of, and no other."""
    again = [entry.meaning for entry in chosen].count(one.meaning) > 1
    return again and one != other and stem(item.words) in KINDS


def forgets(first: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether a reading takes what a curator calls so for another thing, of which a comment only speaks."""
    return any(
        isinstance(two.meaning, Table)
        and one.rank >= CURATED
        and two.rank <= SAID
        and table_of(one.meaning) != two.meaning.full_name
        for one, two in zip(first, other, strict=True)
    )


def near_first(entries: Sequence[Entry], items: Sequence[Item]) -> list[Entry]:
    """The meanings; a synonym of another thing's column is no surer than the name of one of what the question names.

    `incidents that started` are told by when they started, whatever else a curator calls the start of an agent.
    """
    named = {e.meaning.full_name for item in items for e in item.entries[:1] if isinstance(e.meaning, Table)}
    own = [e.rank for e in entries if isinstance(e.meaning, Column) and e.meaning.table in named]
    sure = max(own, default=0)
    if sure < PARTIAL:
        return [*entries]
    return [
        Entry(e.meaning, min(e.rank, sure)) if isinstance(e.meaning, Column) and e.meaning.table not in named else e
        for e in entries
    ]
