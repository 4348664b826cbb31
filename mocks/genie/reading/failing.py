"""What went wrong, where a flag says that it went well: `the cooling failed`, where one is called `cooling_ok`."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import FULL, WORD
from mocks.genie.knowledge.space import BOOLEAN, Column
from mocks.genie.language import grammar as kinds
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.items import Item

_WELL = stem_set("ok okay fine good well work works worked working held hold holds passed success succeeded intact")
_FAILING = stem_set(
    "fail fails failed failing failure failures break breaks broke broken breakdown malfunction malfunctioned fault "
    "faults outage problem problems trouble collapse collapsed"
)
_WORKING = stem_set("work works worked working hold held function functioned functioning ok okay")


def with_failing(items: Sequence[Item]) -> list[Item]:
    """The items, where such a word and those of the flag's name and comment are the flag that is not set."""
    at = next((n for n in range(len(items)) if _fails(items, n)), None)
    flag = _flag(items[: at + 2]) if at is not None else None
    if at is None or flag is None:
        return [*items]
    own = [n for n, item in enumerate(items) if _tells(item, flag)]
    dropped = {*own[1:], at, *([at + 1] if items[at].kind == kinds.NOT else [])}
    first = replace(items[own[0]], kind=kinds.NAMED, entries=(Entry(flag, FULL),), negated=True, inner=True)
    return [first if n == own[0] else item for n, item in enumerate(items) if n not in dropped]


def _fails(items: Sequence[Item], at: int) -> bool:
    """`failed`, or `did not work`."""
    item, following = items[at], items[at + 1] if at + 1 < len(items) else None
    if item.kind == kinds.NOT:
        return following is not None and not _is_sure(following) and stem(following.words) in _WORKING
    return not _is_sure(item) and stem(item.words) in _FAILING


def _is_sure(item: Item) -> bool:
    return item.kind not in (kinds.NAMED, kinds.UNKNOWN) or any(entry.rank > WORD for entry in item.entries)


def _flag(items: Sequence[Item]) -> Column | None:
    """The one flag that says that something went well, of which most of the words before speak."""
    named = [e.meaning for item in items for e in item.entries if isinstance(e.meaning, Column)]
    flags = {c for c in named if c.kind == BOOLEAN and _WELL & {*stems(c.spoken), *stems(c.description)}}
    return next(iter(flags)) if len(flags) == 1 else None


def _tells(item: Item, flag: Column) -> bool:
    """Whether the word is one of the flag's, and names nothing but columns beside it."""
    said = {*stems(flag.spoken), *stems(flag.description)}
    beside = all(isinstance(e.meaning, Column) and e.meaning.table == flag.table for e in item.entries)
    return item.kind in (kinds.NAMED, kinds.UNKNOWN) and beside and set(stems(item.words)) <= said
