"""The day that a verb is about: `stays that ended in May`, `joiners per year`, `created in 1999`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import FULL, PARTIAL, SAID, WORD
from mocks.genie.knowledge.roles import dates, is_year
from mocks.genie.knowledge.space import DATE, NUMBER, TEXT, Column, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.deeds import BEGIN, END, alike_deeds, is_deed, same_deed
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle, is_verb
from mocks.genie.language.words import stem, stems
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item, named_tables
from mocks.genie.reading.lasting import ends_of

_EVERY = frozenset(("yearly", "annual", "monthly", "weekly", "daily", "hourly", "quarterly"))


def with_days(items: list[Item], space: Space) -> list[Item]:
    """The items, where a verb that names nothing by itself names the day on which it was done."""
    items = [item for at, item in enumerate(items) if not (_is_done(items, at) or _has_outcome(items, at))]
    items = [_by_somebody(items, at) for at in range(len(items))]
    timed = any(map(_is_time, items))
    named = set(named_tables(items, SAID))
    tables = [table for table in space.tables if table in named] or list(space.tables)
    for last, item in zip([None, *items], items, strict=False):
        days = _days(item, tables) if _is_open(item, named) else []
        denied = last is not None and last.kind == kinds.NOT and bool(named)
        days = days if timed or denied or stem(item.words) not in LIGHT | TIES | MEASURING else []
        days = days if timed else [day for day in days if day.filled < 1]
        if days:
            item.kind = kinds.NAMED
            item.entries = (*(Entry(day, _rank(item, day)) for day in days), *item.entries)
    return items


def _has_outcome(items: Sequence[Item], at: int) -> bool:
    """`ended with the result failed`: how, and not when."""
    behind = items[at + 1] if at + 1 < len(items) else None
    what = behind.likeliest if behind is not None and behind.before.split()[:1] in (["with"], ["as"]) else None
    outcome = isinstance(what, Value) or (isinstance(what, Column) and what.kind == TEXT)
    weak = all(entry.rank <= SAID for entry in items[at].entries)
    return outcome and weak and is_participle(items[at].words) and stem(items[at].words) in END


def with_grains(items: Sequence[Item]) -> list[Item]:
    """`by join year`, `per booking month`: the periods of a day, in place of the day itself."""
    found: list[Item] = []
    kept = _with_named_grains(items)
    for item in (one for at, one in enumerate(kept) if not _is_called(one, kept[at + 1 : at + 3])):
        *words, last = item.words.lower().split() or [""]
        day = isinstance(item.likeliest, Column) and item.likeliest.kind == DATE
        by = found[-1] if found else None
        of_other = _is_other_year(item, items)
        if by is not None and by.kind == kinds.BY and of_other and item.words.lower() == "year":
            found[-1] = replace(by, kind=kinds.GRAIN, words="by year", detail="year", end=item.end)
        elif by is not None and by.kind == kinds.BY and day and words and last in ("year", "month", "quarter", "week"):
            found[-1] = replace(by, kind=kinds.GRAIN, words=f"by {last}", detail=last)
            found.append(replace(item, words=" ".join(words)))
        else:
            found.append(item)
    return found


def _with_named_grains(items: Sequence[Item]) -> list[Item]:
    """`the fee per month`: what is called a monthly fee, where nothing is counted or added up by the month."""
    found: list[Item] = []
    asked = any(item.kind in (kinds.AGGREGATE, kinds.COUNT, kinds.SHARE) for item in items)
    for item in items:
        per = item.kind == kinds.GRAIN and item.words.lower().startswith("per ") and not asked
        own = tuple(entry for entry in found[-1].entries if _has_grain(entry, item.detail)) if per and found else ()
        if own:
            found[-1] = replace(found[-1], entries=own)
        else:
            found.append(item)
    return found


def _has_grain(entry: Entry, grain: str) -> bool:
    column = entry.meaning
    return isinstance(column, Column) and column.kind == NUMBER and grain in stems(column.spoken)


def _is_called(grain: Item, following: Sequence[Item]) -> bool:
    """`yearly licence fees`, where what they cost is a column called so: no years are told apart.

    Nor are weeks where hours are said to be those per week, or `of the weekly readings` where all of them are weekly.
    """
    if grain.kind != kinds.GRAIN or grain.words.lower() not in _EVERY:
        return False
    named = [e.meaning for item in following if not item.before for e in item.entries[:2]]
    numbers = (c for c in named if isinstance(c, Column) and c.kind == NUMBER)
    said = re.compile(rf"\b(?:per|an?|each|every) {grain.detail}\b|\b{re.escape(grain.words)}\b", re.I)
    whole = grain.before.split()[-2:] == ["of", "the"]
    told = whole and any(isinstance(thing, Table) and said.search(thing.description) for thing in named)
    return told or any(grain.detail in stems(c.spoken) or said.search(c.description) for c in numbers)


def _is_other_year(item: Item, items: Sequence[Item]) -> bool:
    """Whether `year` alone would only be part of the name of some year of another thing: a ship's year of build."""
    meanings = [e.meaning for i in items if i is not item for e in i.entries[:1] if e.rank >= PARTIAL]
    named = {table_of(meaning) for meaning in meanings if isinstance(meaning, Column | Table)} - {""}
    own = [entry.meaning for entry in item.entries if entry.rank < FULL and isinstance(entry.meaning, Column)]
    return bool(named) and len(own) == len(item.entries) > 0 and not any(column.table in named for column in own)


def _is_done(items: Sequence[Item], at: int) -> bool:
    """`how many tickets did people open`: what they do, where `open tickets` are in a state."""
    asked = [{"do", "does", "did"} & set(item.before.split()) for item in items[max(0, at - 2) : at + 1]]
    said = items[at].words.lower() in ("open", "close") and not {"have", "has", "with"} & set(items[at].before.split())
    return (
        said and any(asked) and any(isinstance(e.meaning, Table) for i in items[max(0, at - 1) : at] for e in i.entries)
    )


def _by_somebody(items: Sequence[Item], at: int) -> Item:
    """`how many tickets did Ann Lee open`: who opened them, and no state in which they are."""
    doer = items[at - 1].likeliest if at and not items[at].before else None
    named = isinstance(doer, Value) and stems(doer.column.spoken)[-1:] == ("name",)
    before = items[at - 1].before.split() if at else []
    asked = bool({"do", "does", "did"} & set(before)) and before[-1:] != ["the"]  # `when does the Kiel contract end`
    refers = tuple(e for e in items[at].entries if isinstance(e.meaning, Column) and e.meaning.refers)
    return replace(items[at], entries=refers) if named and asked and refers else items[at]


def _is_time(item: Item) -> bool:
    ranked = item.kind == kinds.EXTREME and item.detail in ("first", "last")
    return ranked or item.kind in (kinds.SPAN, kinds.GRAIN) or (item.kind == kinds.COMPARE and not item.numbers)


def _rank(item: Item, day: Column) -> float:
    whole = any(same_deed(item.words, word) for word in day.spoken.split())
    return PARTIAL if whole else SAID


def _is_open(item: Item, named: set[Table]) -> bool:
    """Whether it is a verb that names nothing, or nothing of what else the question names."""
    if item.kind == kinds.UNKNOWN:
        return is_deed(item.words) or is_verb(item.words)
    if item.kind == kinds.NAMED and item.entries[0].rank <= WORD:
        return is_deed(item.words)
    elsewhere = {e.meaning.table for e in item.entries if isinstance(e.meaning, Column)}
    only = bool(elsewhere) and len(elsewhere) == len(
        {e.meaning for e in item.entries if not isinstance(e.meaning, Value)}
    )
    return only and bool(named) and is_deed(item.words) and not elsewhere & {table.full_name for table in named}


def _days(item: Item, tables: Sequence[Table]) -> list[Column]:
    """The dates and years of the tables that the word is about; by its own form before others of the same sense."""
    columns = [c for table in tables for c in table.columns if c.kind == DATE or is_year(c)]
    for alike in (same_deed, alike_deeds):
        found = [c for c in columns if any(alike(item.words, word) for word in _words_of(c))]
        if found:
            return found
    return [*_by_order(item, tables)]


def _words_of(day: Column) -> list[str]:
    """The words of its name, and the first two as one: `check in`."""
    words = day.spoken.split()
    return [*words, "".join(words[:2])] if len(words) > 1 else words


def _by_order(item: Item, tables: Sequence[Table]) -> Iterator[Column]:
    """Of two days of which one always comes first, that one is the beginning and the other the end."""
    at = 0 if stem(item.words) in BEGIN else 1 if stem(item.words) in END else None
    for table in tables if at is not None else ():
        ends = ends_of(dates(table))
        if ends is not None and at is not None:
            yield ends[at]
