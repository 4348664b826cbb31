"""Verbs that would be taken for more than they say: who reported it, where the question only says that it was."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.limits import is_limit, tells_limit
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED, SAID, WORD
from mocks.genie.knowledge.space import BOOLEAN, DATE, TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.deeds import is_deed
from mocks.genie.language.verbs import LIGHT, MAKING, PAYING, is_participle, is_verb
from mocks.genie.language.words import is_plural, stem, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item


def with_own_days(items: Sequence[Item]) -> list[Item]:
    """The items, where `reported` is the day on which it was, and not by whom, unless that is said as well."""
    if any("who" in item.before.split() for item in items):
        return list(items)
    items = [item for at, item in enumerate(items) if not _is_any_other(items, at)]
    items = [_of_own(item, items) if _is_told(items, at) else item for at, item in enumerate(items)]
    items = [_of_latest(item, items) if _is_ranked(items, at) else item for at, item in enumerate(items)]
    return [_of_day(item, items[:at][-1:], items[at + 1 :][:1]) for at, item in enumerate(items)]


def _is_any_other(items: Sequence[Item], at: int) -> bool:
    """`other guests`, where the items of an invoice may be of the kind `other`: those besides, of no kind."""
    following = items[at + 1] if at + 1 < len(items) else None
    meant, thing = items[at].likeliest, following.likeliest if following is not None else None
    beside = following is not None and not following.before and isinstance(thing, Table)
    other = items[at].words.lower() == "other" and isinstance(meant, Value)
    return beside and other and table_of(meant) != table_of(thing)


def _is_told(items: Sequence[Item], at: int) -> bool:
    """Whether it is denied or compared."""
    denied = at > 0 and items[at - 1].kind == kinds.NOT
    return denied or (at + 1 < len(items) and items[at + 1].kind == kinds.COMPARE)


def _of_own(item: Item, items: Sequence[Item]) -> Item:
    """`deliveries not yet delivered`: the day on which they were, as the things themselves are named beside it."""
    named = {one.likeliest for one in items if one is not item and one.is_thing}
    days = {e.meaning.table for e in item.entries if isinstance(e.meaning, Column) and e.meaning.kind == DATE}
    own = [table for table in named if isinstance(table, Table) and table.full_name in days]
    if not own or not is_participle(item.words) or item.likeliest not in own:
        return item
    return replace(item, entries=tuple(e for e in item.entries if e.meaning not in own))


def _is_ranked(items: Sequence[Item], at: int) -> bool:
    """Whether the first or the last is asked for right beside it."""
    beside = (*items[max(0, at - 1) : at], *items[at + 1 : at + 2])
    return any(one.kind == kinds.EXTREME and one.detail in ("first", "last") for one in beside)


def _of_latest(item: Item, items: Sequence[Item]) -> Item:
    """`delivered most recently`: the day on which that was, and not that it is in the state `delivered`."""
    named = {table_of(one.likeliest) for one in items if one is not item and one.is_thing}
    columns = [(e, e.meaning) for e in item.entries if isinstance(e.meaning, Column)]
    days = tuple(e for e, day in columns if day.kind == DATE and day.table in named and _is_called(day, item))
    return replace(item, entries=days) if days and is_participle(item.words) else item


def _of_day(item: Item, before: Sequence[Item], behind: Sequence[Item]) -> Item:
    columns = [e.meaning for e in item.entries if isinstance(e.meaning, Column)]
    days = {c.table: c for c in columns if c.kind == DATE and _is_called(c, item)}
    denied = any(one.kind == kinds.NOT for one in before)
    if not days or not is_participle(item.words) or (denied and all(day.filled == 1 for day in days.values())):
        return item
    others = [c for c in columns if (c.refers or c.kind == TEXT) and c.table in days and _is_called(c, item)]
    dropped = [c for c in others if not any(_tells(one, c) for one in behind)]
    return replace(item, entries=tuple(e for e in item.entries if e.meaning not in dropped))


def _is_called(column: Column, item: Item) -> bool:
    return set(stems(item.words)) <= set(stems(column.spoken))


def _tells(behind: Item, who: Column) -> bool:
    """Whether what follows says by whom or to whom, as the column's name does."""
    tied = who.spoken.lower().split()[-1]
    return tied in behind.before.split()[:1] or (behind.kind == kinds.BY and tied == "by")


def with_limits(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where `valid` or `licensed` is said of the only day until which something of what is named holds."""
    named = {*_named(items)}
    limits = [c for c in space.columns() if c.table in named and is_limit(c)]
    found = [(item, [c for c in limits if tells_limit(item.words, c)]) for item in items]
    return [_until(item, told[0]) if item.kind == kinds.UNKNOWN and len(told) == 1 else item for item, told in found]


def _until(item: Item, day: Column) -> Item:
    return replace(item, kind=kinds.NAMED, entries=(Entry(day, SAID),))


def without_far_verbs(items: Sequence[Item], space: Space, graph: JoinGraph) -> list[Item]:
    """The items, where a verb is no day of persons or things that the question does not name, nor a word of a comment
    on what it does not name: `leave in tips`, beside the day on which an employee left."""
    return [_near(item, {*_named(items, item)}, space, graph) for item in items]


def _named(items: Sequence[Item], verb: Item | None = None) -> Iterator[str]:
    """The tables of what the other items name."""
    for item in items:
        first = item.entries[0] if item.entries and item is not verb else None
        if first is not None and (first.rank > WORD or isinstance(first.meaning, Table)):
            yield from filter(None, {table_of(e.meaning) for e in item.entries if e.rank >= first.rank - 1})


def _near(item: Item, named: Collection[str], space: Space, graph: JoinGraph) -> Item:
    if (
        item.kind != kinds.NAMED
        or not named
        or "who" in item.before.split()
        or not (is_verb(item.words) or is_deed(item.words))
    ):
        return item
    kept = tuple(entry for entry in item.entries if not _is_far(entry, item.words, named, space, graph))
    if len(kept) == len(item.entries):
        return item
    return replace(item, entries=kept) if kept else replace(item, kind=kinds.UNKNOWN, entries=())


def _is_far(entry: Entry, word: str, named: Collection[str], space: Space, graph: JoinGraph) -> bool:
    """A day of other persons or things, or a word of a comment, that is not said of what the question names."""
    column = entry.meaning
    if isinstance(column, Value) and entry.rank < WORD:
        return table_of(column) not in named
    if not isinstance(column, Column) or column.table in named or entry.rank >= CURATED:
        return False
    light = entry.rank < SAID and stem(word) in LIGHT and column.kind != BOOLEAN
    if light or (entry.rank <= WORD and column.kind != BOOLEAN and stem(word) not in PAYING | MAKING):
        return True
    done = is_participle(column.spoken.split()[0]) and is_plural(word) and not is_participle(word)
    if done and column.kind == TEXT:  # `electricity bills`, beside to whom a repair was billed
        return True
    home = space.table(column.table)
    thing = home.label is not None and home.label != home.key
    return column.kind == DATE and thing and not _refers_to(home, named, graph)


def _refers_to(home: Table, named: Collection[str], graph: JoinGraph) -> bool:
    """Whether it belongs to something named: `departments that hired in May`, by the day on which staff were hired."""
    return any(n.left.table == home.full_name and n.right.table in named for n in graph.links)
