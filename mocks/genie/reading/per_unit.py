"""Prices and rates that are asked for by their unit: `earn per hour`, `the rent per day`, `costs 50 euros a day`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry
from mocks.genie.knowledge.names import CURATED, PARTIAL, WORD
from mocks.genie.knowledge.space import NUMBER, Column, Space
from mocks.genie.knowledge.unit_rates import is_of_one, rated_unit
from mocks.genie.language import grammar as kinds
from mocks.genie.language.units import UNITS, Unit, unit
from mocks.genie.language.verbs import MEASURING
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item

Rates = tuple[tuple[Column, Unit], ...]

_PRICES = MEASURING | stem_set("price fee rate rent hire tariff wage salary money get gets got getting make makes made")
_EACH = ("per", "each", "every", "for each", "for every")


def unit_rates(space: Space) -> Rates:
    """The numbers that hold for each one of a unit, with the unit."""
    return tuple((c, UNITS[each]) for c in space.columns() if (each := rated_unit(c)) in UNITS and is_of_one(c))


def with_named_rates(items: list[Item], space: Space) -> list[Item]:
    """The items, where `rate per word` is the number that is called word_rate, of whatever thing it is."""
    for at, (rate, per, each) in enumerate(zip(items, items[1:], items[2:], strict=False)):
        if per.kind != kinds.BY or per.words.lower() not in _EACH or each.before or rate.kind != kinds.NAMED:
            continue
        said = (*stems(rate.words), *stems(each.words))
        columns = [c for c in space.columns() if c.kind == NUMBER and not c.refers and len(said) > 1]
        columns = [c for c in columns if sorted(w for w in stems(c.spoken) if w != "per") == sorted(said)]
        if columns:
            entries = tuple(Entry(column, CURATED) for column in columns)
            number = Item(kinds.NAMED, f"{rate.words} per {each.words}", rate.at, each.end, entries=entries)
            return [*items[:at], replace(number, before=rate.before), *items[at + 3 :]]
    return items


def with_unit_rates(items: list[Item], rates: Rates) -> list[Item]:
    """The items, where a word of prices with a unit names the numbers that hold for each one of that unit."""
    for at, end, told in _units(items) if rates else ():
        columns = [column for column, each in rates if each == told]
        names = {table_of(entry.meaning) for item in items for entry in item.entries[:1] if entry.rank > WORD}
        columns = [column for column in columns if column.table in names] or columns
        others = [one for one in items if one not in items[at:end]]
        price = next((one for one in reversed(others) if _is_price(one, columns, names)), None)
        close = any(column.table in names for column in columns)
        if not columns or not (
            _names(price, columns) if price and not close else close and (price or _is_alone(others))
        ):
            continue
        entries = tuple(Entry(column, CURATED) for column in columns)
        rate = Item(kinds.NAMED, items[end - 1].words, items[at].at, items[end - 1].end, entries=entries)
        kept = [one for one in items[:at] if one is not price and not _only_asks(one)]
        return [*kept, rate, *(one for one in items[end:] if one is not price)]
    return items


def _units(items: Sequence[Item]) -> Iterator[tuple[int, int, Unit]]:
    """Where `per hour`, `each tonne` or `a day` stands, and the unit."""
    for at, item in enumerate(items):
        last = item.words.split()[-1]
        following = items[at + 1] if at + 1 < len(items) else None
        each = item.words.lower().removesuffix(last.lower()).strip() in _EACH
        alone = item.before in ("a", "an") and item.kind in (kinds.UNKNOWN, kinds.NAMED)
        told = unit(last) if alone or (item.kind == kinds.GRAIN and each) else None
        if told is not None:
            yield at, at + 1, told
        if item.kind == kinds.BY and item.words.lower() in _EACH and following is not None and not following.before:
            told = unit(following.words)
            if told is not None:
                yield at, at + 2, told


def _is_price(item: Item, columns: Sequence[Column], names: Collection[str]) -> bool:
    """Whether a word speaks of such a price, and of no other number of the same things."""
    if item.kind not in (kinds.NAMED, kinds.UNKNOWN):
        return False
    near = {c.table for c in columns} & set(names)
    numbers = [e for e in item.entries if isinstance(e.meaning, Column) and e.meaning.kind == NUMBER]
    numbers = [e for e in numbers if not near or table_of(e.meaning) in near]
    others = any(e.rank >= PARTIAL and e.meaning not in columns for e in numbers)
    return (stem(item.words) in _PRICES or _names(item, columns)) and not others


def _is_alone(items: Sequence[Item]) -> bool:
    """Whether no other number is asked for: `what do technicians get per hour`."""
    columns = [meant for item in items if isinstance(meant := item.likeliest, Column)]
    counted = any(item.kind in (kinds.COUNT, kinds.SHARE) for item in items)
    return not counted and not any(column.kind == NUMBER and not column.refers for column in columns)


def _names(item: Item | None, columns: Sequence[Column]) -> bool:
    return item is not None and any(entry.meaning in columns and entry.rank > WORD for entry in item.entries)


def _only_asks(item: Item) -> bool:
    return item.kind == kinds.AGGREGATE and item.words.lower() in ("how much", "what did we", "what have we")
