"""Lists of values: words of one list are of one column, and a list that goes on `and so on` leaves nothing out."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL
from mocks.genie.knowledge.space import Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import KINDS
from mocks.genie.language.words import stem, stem_set, word_set
from mocks.genie.reading.frame import is_measure
from mocks.genie.reading.items import Item

_LISTING = word_set("a an the in by from with for of as to or and are is were was versus")
_LAST = word_set("and or versus")
_OTHERS = word_set("other others remaining rest else")
_SORTS = KINDS | stem_set("way ways manner means")
_ORDERS = word_set("give list show name tell get find fetch")
_HEADS = (kinds.COUNT, kinds.AGGREGATE)
_BETWEEN = (*_HEADS, kinds.BY)


def with_lists(items: Sequence[Item], space: Space) -> list[Item]:
    """The items, where what is listed together is of one column, and a list that goes on is all of that column."""
    return _going_on(_alike(items), space)


def _alike(items: Sequence[Item]) -> list[Item]:
    """`draft, open, filled or closed`: `open` is a state as the others are, and not the day on which it was opened."""
    found, begin = [*items], 0
    while begin < len(found):
        end = begin + 1
        while found[begin].entries and end < len(found) and _goes_on(found[end]):
            end += 1
        joined = end - begin > 2 and found[begin].entries and _LAST & set(found[end - 1].before.split())
        columns = _shared(found[begin:end]) if joined else []
        for at in range(begin, end) if len(columns) == 1 else ():
            own = tuple(entry for entry in found[at].entries if _column(entry) == columns[0])
            found[at] = replace(found[at], entries=own) if own else found[at]
        begin = end
    return found


def _goes_on(item: Item) -> bool:
    return bool(item.entries) and not item.negated and set(item.before.split()) <= _LISTING


def _shared(items: Sequence[Item]) -> list[Column]:
    """The columns of which two of them at least most probably are values, and all may be but for the first or last."""
    firsts = [column for item in items if (column := _column(item.entries[0])) is not None]
    inner = items[1:-1]
    return [
        column
        for column in dict.fromkeys(firsts)
        if firsts.count(column) > 1 and all(any(_column(e) == column for e in item.entries) for item in inner)
    ]


def _column(entry: Entry) -> Column | None:
    return entry.meaning.column if isinstance(entry.meaning, Value) else None


def _going_on(items: list[Item], space: Space) -> list[Item]:
    """`for each sort, phone, web and so on`, `by card, by cash and by the other ways`: all of them, one by one."""
    end = next((at for at in range(len(items)) if _is_rest(items, at)), None)
    begin = _begin(items, end) if end is not None else 0
    column = _listed(items[begin:end])
    if end is None or column is None:
        return items
    heads = [item for item in items[begin:end] if item.kind in _HEADS][:1]
    asked = [item for item in items[: begin + 1] if item.kind in _HEADS]
    things = [item for item in items[begin:end] if item.is_thing][:1]
    behind = [*items[end + 1 :]]
    if behind and any(entry.meaning == column for entry in behind[0].entries):
        behind = behind[1:]
    if begin and items[begin - 1].kind == kinds.COUNT and not (things or (behind and behind[0].is_thing)):
        things = [_naming(space.table(column.table), items[end])]
    before = _without_sort(items[:begin], column)
    by = [Item(kinds.BY, "for each", items[begin].at, items[begin].at), _naming(column, items[end])]
    by = [] if any(item.kind == kinds.BY for item in behind) else by
    return [*before, *([] if asked[:1] not in ([], heads) else heads), *things, *behind, *by]


def _is_rest(items: Sequence[Item], at: int) -> bool:
    """`and so on`; `the other methods`, where the values before are of that column."""
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    if item.kind == kinds.EXAMPLES or following is None:
        return item.kind == kinds.EXAMPLES
    column = _listed(items[_begin(items, at) : at])
    other = item.kind == kinds.UNKNOWN and item.words.lower() in _OTHERS
    return other and column is not None and any(entry.meaning == column for entry in following.entries)


def _naming(meaning: Column | Table, item: Item) -> Item:
    return Item(kinds.NAMED, meaning.spoken, item.at, item.end, entries=(Entry(meaning, FULL),))


def _begin(items: Sequence[Item], end: int) -> int:
    """Where the list begins that ends at a place."""
    begin = end
    for at in range(end - 1, -1, -1):
        item = items[at]
        if any(_column(entry) is not None for entry in item.entries) and not item.negated:
            begin = at
        elif item.is_thing:
            continue
        elif not (item.kind in _BETWEEN and begin == at + 1):
            break
        elif item.kind != kinds.BY or item.words.lower() == "by":
            begin = at
    return begin


def _listed(items: Sequence[Item]) -> Column | None:
    """The column of all those values."""
    named = [item for item in items if item.kind == kinds.NAMED and not item.is_thing]
    every = [{_column(entry) for entry in item.entries} - {None} for item in named]
    shared = set.intersection(*every) if every else set()
    likeliest = [_column(entry) for entry in named[0].entries if _column(entry) in shared] if named else []
    return likeliest[0] if likeliest else None


def _without_sort(items: Sequence[Item], column: Column) -> list[Item]:
    """What stands before the list without `for each sort`, `per type of customer`, as the list says of what."""
    for at in range(len(items) - 1, 0, -1):
        if items[at - 1].kind != kinds.BY:
            continue
        same = any(entry.meaning == column for entry in items[at].entries) or stem(items[at].words) in _SORTS
        return [*items[: at - 1], *items[at + 1 :]] if same else [*items]
    return [*items]


def is_of_all(items: Sequence[Item], at: int) -> bool:
    """`name every town where we have a depot`: a list of which nothing is counted or measured."""
    first = at == 0 and items[0].words.lower() in ("every", "each") and set(items[0].before.split()[:1]) <= _ORDERS
    others = (*_HEADS, kinds.SHARE, kinds.EXTREME, kinds.GRAIN, kinds.BY)
    return first and not any(item.kind in others or is_measure(item) for item in items[1:])
