"""Time that lies between two days: `from order to delivery`, `took 30 days to settle`, `older than 50`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from mocks.genie.knowledge.computed import told_durations
from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry, Value
from mocks.genie.knowledge.names import CURATED
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.roles import dates, first_or_last, happened
from mocks.genie.knowledge.space import DATE, NUMBER, Column, Space, Table
from mocks.genie.knowledge.written import column_of, elapsed, usual_unit
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import FILLERS
from mocks.genie.language.words import stem, stem_set, stems
from mocks.genie.reading.ages import by_age, told_age
from mocks.genie.reading.items import Item, named_tables
from mocks.genie.reading.lasting import is_length, lasting, number_of, tenured, without_lengths, without_owners
from mocks.genie.reading.own_units import in_unit_asked
from mocks.genie.refusal import AskBack

_ASKS = re.compile(
    r"\bhow long\b|\b(?:second|minute|hour|day|week|month|year)s?\b|\b(?:time|duration|gap|lag|elapsed)\b"
    r"|\b(?:turnaround|wait|take|takes|took|taken|lasts?|lasted|length|longer|shorter|longest|shortest|fastest|quickest|slowest)\b",
    re.IGNORECASE,
)
_AVERAGED = re.compile(r"\bhow (?:long|many|much)\b", re.IGNORECASE)
_IN_UNITS = re.compile(
    r"\bhow long\b|\b(?:longest|shortest|fastest|quickest|slowest)\b"
    r"|\b(?:many|average|mean|median|in|\d+|number of|than|over|under|[a-z]+teen|[a-z]+ty|one|two|three|four|five|six) "
    r"(?:second|minute|hour|day|week|month|year)s\b|, (?:second|minute|hour|day|week|month|year)s\b",
    re.IGNORECASE,
)
_LONG = stem_set("""
long length time duration gap lag elapsed turnaround wait waiting take takes took taken pass passed need needed lie
lies lead interval typical typically usual usually day days hour hours minute minutes week weeks month months second
seconds
""")
_BIRTH = stem_set("birth born dob")
_DAY = frozenset(map(stem, ("date", "day", "time", "on", "at", "dt", "ts", "timestamp")))
_SWIFT, _SLOW = ("fastest", "quickest", "soonest"), ("slowest",)


class Durations:
    """Puts in place of two days that a question names the time between them."""

    def __init__(self, space: Space, graph: JoinGraph, today: date) -> None:
        self._space, self._graph, self._today = space, graph, today
        self._told = [(set(stems(term)) - _LONG - _DAY - FILLERS, column) for term, column in told_durations(space)]

    def read(self, question: str, items: list[Item]) -> list[Item]:
        """The items with such a stretch as one of them, a number like that of any column.

        Raises: AskBack if it may lie between different days
        """
        items = self._aged(tenured(self._space, without_lengths(items), question))
        if not _ASKS.search(question):
            return items
        if (apart := self._apart(question, items)) is not None:
            return apart
        between = without_owners(items)
        ends = [*self._ends(between)]
        if not any(first for _, _, first, _ in ends) and _IN_UNITS.search(question):
            for at, told in self._instructed(items):
                return _beside(items, at, told) or _replaced(question, items, at, at + 1, told)
        for at, end, first, last in ends:
            column = self._between(first, last, items, _unit_of(question))
            if column is not None:
                return _replaced(question, between, at, end, column)
        for at, found in lasting(self._space, items, question) if not ends else ():
            unit = _unit_of(question)
            told = in_unit_asked(found, question) if isinstance(found, Column) else self._stretch(*found, unit)
            return _beside(items, at, told) or _replaced(question, items, at, at + 1, told)
        return items

    def _instructed(self, items: Sequence[Item]) -> Iterator[tuple[int, Column]]:
        """Where a question speaks of what an instruction says how to measure: `stay`, for the length of a stay."""
        if any(map(number_of, items)):
            return
        said = [set(stems(i.words)) if i.kind in (kinds.NAMED, kinds.UNKNOWN) else set() for i in items]
        for at, item in enumerate(items[1:], 1):  # `how many stays` are rows
            said[at] = set() if items[at - 1].kind == kinds.COUNT and not item.before else said[at]
        found = [(at, column) for told, column in self._told for at, words in enumerate(said) if told and told == words]
        if len({column for _, column in found}) == 1:
            yield found[0]

    def _apart(self, question: str, items: list[Item]) -> list[Item] | None:
        """`closed more than 14 days after they were opened`: the items with the stretch, which is compared."""
        for at, item in enumerate(items[3:-1], 3):
            compared, ended, began = items[at - 2], items[at - 3], items[at + 1]
            much = compared.kind == kinds.COMPARE and compared.numbers
            if item.kind == kinds.COMPARE and not item.numbers and item.words.lower() in ("after", "before") and much:
                first, last = (began, ended) if item.words.lower() == "after" else (ended, began)
                column = self._between(first, last, items, _unit_of(question))
                if column is not None and stem(items[at - 1].words) in _LONG:
                    words = f"{ended.words} {item.words} {began.words}"
                    stretch = Item(kinds.NAMED, words, ended.at, ended.end, entries=(Entry(column, CURATED),))
                    return [*items[: at - 3], stretch, *items[at - 2 : at], *items[at + 2 :]]
        return None

    def _ends(self, items: Sequence[Item]) -> Iterator[tuple[int, int, Item | None, Item]]:
        """Where a stretch begins and ends among the items, and the items of its two days."""
        for at, (one, two) in enumerate(pairwise(items)):
            after, named = two.before.split(), {one.kind, two.kind} <= {kinds.NAMED, kinds.UNKNOWN}
            opened = at > 0 and items[at - 1].kind == kinds.COMPARE and items[at - 1].detail == "between"
            if named and opened and not items[at - 1].numbers and "and" in after[:1]:
                yield at - 1, at + 2, one, two
            if named and {"from", "between"} & set(one.before.split()) and after[:1] in (["to"], ["until"], ["and"]):
                yield at, at + 2, one, two
        for at, item in enumerate(items):
            taken = any(stem(i.words) in _TAKEN or i.kind == kinds.EXTREME for i in items[:at])
            if taken and item.kind in (kinds.NAMED, kinds.UNKNOWN) and item.before.split()[-1:] == ["to"]:
                yield at, at + 1, None, item

    def _between(self, first: Item | None, last: Item, items: Sequence[Item], unit: str) -> Column | None:
        pairs: dict[tuple[Column, Column], float] = {}
        for end, end_score in self._days(last).items():
            starts = self._days(first) if first is not None else self._begins(end, items)
            for start, score in starts.items():
                if start != end and self._home(start, end) is not None:
                    pairs[start, end] = score + end_score - 2 * self._graph.distance(start.table, end.table)
        best = max(pairs.values(), default=0)
        chosen = [pair for pair, score in pairs.items() if score == best]
        if len(chosen) > 1:
            options = " or ".join(sorted(f"{a.table_name}.{a.name} to {b.table_name}.{b.name}" for a, b in chosen))
            raise AskBack(f"Which time do you mean: {options}?")
        return self._stretch(*chosen[0], unit) if chosen else None

    def _days(self, item: Item) -> dict[Column, float]:
        """The days that a word may be about, and how surely."""
        said = set(stems(item.words)) - _DAY
        found: dict[Column, float] = {}
        for column in self._space.columns():
            if column.kind == DATE and said & set(stems(column.spoken)):
                found[column] = 3.0 + (said | _DAY >= set(stems(column.spoken)))
        for entry in item.entries:
            if isinstance(entry.meaning, Column) and entry.meaning.kind == DATE:
                found[entry.meaning] = max(found.get(entry.meaning, 0), entry.rank)
            table = entry.meaning if isinstance(entry.meaning, Table) else None
            day = _day_of(table) if table is not None else None
            if day is not None:
                found[day] = max(found.get(day, 0), entry.rank - 1)
            if isinstance(entry.meaning, Value):
                home = self._space.table(entry.meaning.column.table)
                found |= {c: 3.5 for c in dates(home) if set(stems(entry.meaning.text)) & set(stems(c.spoken))}
        return found

    def _begins(self, end: Column, items: Sequence[Item]) -> dict[Column, float]:
        """The day on which what ends then began: of the same table, or of one that is named."""
        named = [meant for item in items if isinstance(meant := item.likeliest, Table)]
        home = self._space.table(end.table)
        day = _start_of(home, end)
        others = [(table, _day_of(table)) for table in named if table != home]
        found = {other: 2.0 for _, other in others if other is not None}
        return {day: 3.0} if day is not None else found

    def _home(self, start: Column, end: Column) -> str | None:
        """The table each of whose rows has both days."""
        for one, other in ((end, start), (start, end)):
            try:
                if self._graph.path(self._space.table(one.table), other.table) is not None:
                    return one.table
            except AskBack:
                continue
        return None

    def _stretch(self, start: Column, end: Column, unit: str) -> Column:
        table, unit = self._home(start, end) or end.table, unit or usual_unit(start, end)
        name, spoken = f"{unit}s_to_{end.name}", f"{start.spoken} to {end.spoken} {unit}s"
        return Column(
            table, name, NUMBER, spoken=spoken, formula=elapsed(unit, start, end), filled=min(start.filled, end.filled)
        )

    def _aged(self, items: list[Item]) -> list[Item]:
        """`older than 50`, `age`: years since birth, or days since the thing began."""
        items = by_age(items)
        for at, item in enumerate(items):
            older = item.kind == kinds.COMPARE and item.numbers and item.words.lower().startswith(("older", "younger"))
            alone = stem(item.words) == "age" and not any(isinstance(e.meaning, Column) for e in item.entries)
            if not (older or alone):
                continue
            column = self._age_at(items, at) or self._age(items)
            if column is None:
                return items
            age = Item(kinds.NAMED, "age", item.at, item.at, entries=(Entry(column, CURATED),), before=item.before)
            if not older:
                return [*items[:at], replace(age, words=item.words, end=item.end), *items[at + 1 :]]
            detail = ">" if item.words.lower().startswith("older") else "<"
            return [*items[:at], age, replace(item, detail=detail, dimension="", before=""), *items[at + 1 :]]
        return items

    def _age_at(self, items: Sequence[Item], at: int) -> Column | None:
        """`age at decommissioning`, `how old when they retire`: until that day, and not until today."""
        for item in items[at + 1 :]:
            found = item.likeliest
            if isinstance(found, Column) and found.kind == DATE and {"at", "when", "on"} & set(item.before.split()):
                start = _start_of(self._space.table(found.table), found)
                return self._stretch(start, found, "day") if start is not None else None
        return None

    def _age(self, items: Sequence[Item]) -> Column | None:
        if (told := told_age(items)) is not None:
            return told
        named = named_tables(items)
        today = f"CAST('{self._today.isoformat()}' AS DATE)"
        tables = named or list(self._space.tables)
        births = [c for t in tables for c in dates(t) if _BIRTH & set(stems(c.spoken))]
        if len(births) == 1:
            years = f"FLOOR(MONTHS_BETWEEN({today}, {_written(births[0])}) / 12)"
            return Column(births[0].table, "age", NUMBER, spoken="age years", formula=years, filled=births[0].filled)
        day = _start_of(named[0], None) if named and not births else None
        if day is None or is_of_people(named[0]):
            return None
        since = f"DATEDIFF({today}, {_written(day)})"
        return Column(day.table, "age", NUMBER, spoken="age days", formula=since, filled=day.filled)


_TAKEN = stem_set("take takes took taken need needed needs long until day days hour hours time weeks")


def _day_of(table: Table) -> Column | None:
    try:
        day = happened(table, "")
    except AskBack:
        return None
    return day if day.table == table.full_name else None


def _start_of(table: Table, end: Column | None) -> Column | None:
    rest = [c for c in dates(table) if c != end and c.filled == 1]
    if len(rest) == 1:
        return rest[0]
    try:
        day = first_or_last(table)
    except AskBack:
        return None
    return day if day.table == table.full_name and day.kind == DATE else None


def _written(column: Column) -> str:
    return column_of(column).sql("databricks")


def _unit_of(question: str) -> str:
    """The unit that a question asks for; none if it does not say."""
    found = re.search(r"\b(?:(second|minute|hour|day)s?|(?:many|in|of) (week|month|year)s)\b", question, re.IGNORECASE)
    return (found[1] or found[2]).lower() if found else ""


def _replaced(question: str, items: list[Item], at: int, end: int, column: Column) -> list[Item]:
    """The items with the stretch in place of its days, and without the words that only say that it is one."""
    words = " ".join(item.words for item in items[at:end])
    stretch = Item(kinds.NAMED, words, items[at].at, items[end - 1].end, entries=(Entry(column, CURATED),))
    kept = [item for place, item in enumerate(items[:at]) if not _only_says(items, place)]
    rest = [item for place, item in enumerate(items[end:], end) if not _only_says(items, place)]
    for item in (*kept, *rest):
        if item.kind == kinds.EXTREME and item.words.lower() in (*_SWIFT, *_SLOW, "longest", "shortest"):
            item.detail, item.dimension = ("asc" if item.words.lower() in (*_SWIFT, "shortest") else "desc"), ""
    asked = {i.kind for i in (*kept, *rest)} & {kinds.AGGREGATE, kinds.EXTREME, kinds.COMPARE}
    if not asked and (each := _each_of(kept, rest)):
        return [each, replace(stretch, before="and")]
    if not asked and (_AVERAGED.search(question) or any(i.kind in (kinds.BY, kinds.GRAIN) for i in (*kept, *rest))):
        kept.append(Item(kinds.AGGREGATE, "average", stretch.at, stretch.at, "AVG"))
    return [*kept, stretch, *rest]


def _each_of(kept: Sequence[Item], rest: Sequence[Item]) -> Item | None:
    """`how long did each tour take`: the tours, if nothing else is said, of which a row each is wanted."""
    items = [*kept, *rest]
    each = len(items) == 2 and items[0].kind == kinds.BY and items[0].words.lower() in ("each", "every")
    table = items[1].likeliest if each else None
    return items[1] if isinstance(table, Table) and table.labels == (table.key,) else None


def _beside(items: list[Item], at: int, column: Column) -> list[Item] | None:
    """The items with the stretch before what is compared or ranked by it: `stays over 30 days`, `the longest stay`."""
    for place, item in enumerate(items):
        if item.kind == kinds.EXTREME or (item.kind == kinds.COMPARE and item.numbers):
            after = place + (item.kind == kinds.EXTREME)
            stretch = Item(kinds.NAMED, items[at].words, item.at, item.at, entries=(Entry(column, CURATED),))
            if item.kind == kinds.EXTREME:
                item.detail = "asc" if item.words.lower() in (*_SWIFT, "shortest") else "desc"
            item.dimension = ""
            rest = [[i for i in part if not is_length(i)] for part in (items[:after], items[after:])]
            return [*rest[0], stretch, *rest[1]]
    return None


def _only_says(items: Sequence[Item], at: int) -> bool:
    """A word such as `days` or `long`, but for the unit of a number, and `how many` before it."""
    item, before = items[at], items[at - 1] if at else None
    following = items[at + 1] if at + 1 < len(items) else None
    if item.kind == kinds.COUNT:
        return following is not None and stem(following.words) in _LONG
    of_number = before is not None and bool(before.numbers) and not item.before
    return item.kind in (kinds.UNKNOWN, kinds.NAMED) and set(stems(item.words)) <= _LONG and not of_number
