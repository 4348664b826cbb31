"""Choosing what every phrase of a question means: the readings that lie closest together win."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import FULL, SAID, WORD
from mocks.genie.knowledge.roles import adds_up, is_year
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Snippet, Space, Table
from mocks.genie.language import grammar as kinds
from mocks.genie.language.english import KINDS, PLACES
from mocks.genie.language.units import UNITS
from mocks.genie.language.verbs import TRADE, is_participle, is_verb
from mocks.genie.language.words import stem, stems
from mocks.genie.reading.counterparts import planned
from mocks.genie.reading.fitting import (
    as_written,
    forgets,
    is_called,
    is_kind_of_it,
    is_mentioned,
    is_role_of,
    near_first,
    own_state,
    parts_from_kind,
    rank_of,
    ranks,
)
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.items import Item
from mocks.genie.reading.neighbours import own_name, pair
from mocks.genie.reading.references import References, is_end
from mocks.genie.refusal import AskBack

# What is done with all that is for sale, and what no answer hangs on: `how many tickets did we sell`.
_SELLING = frozenset(("sell", "sells", "selling", "buy", "buys", "buying"))
_SUMS = frozenset(("amount", "price", "cost", "fee", "total"))
_BEAM, _TRIED = 48, 8
_CLOSE, _NEAR, _FAR = 2.0, 0.6, 8.0


@dataclass(frozen=True)
class _Reading:
    score: float
    chosen: tuple[Entry, ...]


class Resolver:
    """Gives each named item of a question its one meaning."""

    def __init__(self, space: Space, graph: JoinGraph) -> None:
        self._space, self._graph = space, graph

    def resolve(self, items: Sequence[Item]) -> Iterator[bool]:
        """Sets the meanings, the likeliest first, then others that differ in what is less sure.

        Yields whether they speak of the same things and values as the first, and only of other columns.
        Raises: AskBack if a phrase may mean several things
        """
        named = [item for item in items if item.kind == kinds.NAMED]
        if not named:
            yield True
            return
        readings = [_Reading(0, ())]
        for at, item in enumerate(named):
            readings = self._extended(readings, item, items, named[at - 1] if at else None)
        self._ask_if_close(readings, named)
        for reading in (one for one in readings[:_TRIED] if not forgets(readings[0].chosen, one.chosen)):
            for item, entry in zip(named, reading.chosen, strict=True):
                item.meaning, item.rank = entry.meaning, entry.rank
            yield _is_variant(named, readings[0], reading)

    def _extended(
        self, readings: list[_Reading], item: Item, items: Sequence[Item], before: Item | None
    ) -> list[_Reading]:
        grown = []
        best = item.entries[0].rank
        tables = [e.meaning for e in item.entries if isinstance(e.meaning, Table) and e.rank >= SAID]
        entries = [e for e in item.entries if not self._stands_for(e.meaning, tables)]
        if len(entries) < len(item.entries):
            entries = [Entry(e.meaning, max(e.rank, best)) if e.meaning in tables[:1] else e for e in entries]
        values = {e.meaning.column for e in entries if isinstance(e.meaning, Value)}
        if any(isinstance(e.meaning, Column) and e.meaning in values for e in entries):
            top = [e for e in entries if isinstance(e.meaning, Column) and e.meaning in values]
            named = [e.meaning for e in top if isinstance(e.meaning, Column) and is_called(item, e.meaning)]
            top = [e for e in entries if isinstance(e.meaning, Value) and e.meaning.column in named] or top
            values = values.difference(named)
            entries = [
                Entry(e.meaning, max(e.rank, top[0].rank))
                if isinstance(e.meaning, Value) and e.meaning.column in values
                else e
                for e in entries
                if e not in top
            ]
        entries = near_first(entries, items)
        likely = [e for e in entries if e.rank >= min(best - _CLOSE - 1, SAID)]
        alone = [self._alone(item, entry, items) for entry in likely]
        across = before is not None and _is_compared(items, before, item)
        for reading in readings:
            for entry, own in zip(likely, alone, strict=True):
                score = reading.score + own
                score += 2.0 * any(entry.meaning == e.meaning for e in reading.chosen[:-1])
                if before is not None:
                    score += self._of_role(reading.chosen[-1].meaning, entry.meaning, item.before)
                    score -= 6.0 * (across and reading.chosen[-1].meaning == entry.meaning)
                    score += own_name(reading.chosen[-1], entry, item.before)
                    score += pair(reading.chosen[-1].meaning, entry.meaning, item.before)
                score -= self._spread([e.meaning for e in reading.chosen], entry.meaning)
                grown.append(_Reading(score, (*reading.chosen, entry)))
        return sorted(grown, key=lambda reading: -reading.score)[:_BEAM]

    def _alone(self, item: Item, entry: Entry, items: Sequence[Item]) -> float:
        """How well a meaning fits its place, whatever the other items mean."""
        fit = 3 * rank_of(entry, item) + _fit(item, entry.meaning, items) - _thing_itself(item, entry, items)
        fit += as_written(item, entry.meaning, items) + own_state(item, entry, items)
        fit -= planned(item, entry.meaning, items)
        return fit + self._led(item, entry.meaning, items)

    def _led(self, item: Item, meaning: Meaning, items: Sequence[Item]) -> float:
        """`shipments to each country`, `texts into German`: that of a thing, or the end, to which something goes."""
        led = References(items, self._graph).led(items.index(item), table_of(meaning))
        return 1.0 if led or is_end(meaning, item, items) else 0.0

    def _of_role(self, before: Meaning, meaning: Meaning, between: str) -> float:
        """`destination country`: that of the thing to which the column before refers."""
        both = isinstance(before, Column) and isinstance(meaning, Column) and between in ("", "of", "of the", "its")
        ends = ((before, table_of(meaning)), (meaning, table_of(before)))
        return 2.0 if both and any((n.left, n.right.table) in ends for n in self._graph.links) else 0.0

    def _stands_for(self, meaning: Meaning, tables: Sequence[Table]) -> bool:
        """A name, a key or a reference of a thing stands for the thing, where the thing is meant as well."""
        if not isinstance(meaning, Column):
            return False
        base = self._space.table(meaning.table)
        refers = {link.right.table for link in self._graph.links if link.left == meaning}
        refers = {name for name in refers if not self._graph.roles(base, name)}  # `per editor`, beside writers
        return any(meaning in (*t.labels, t.key) or t.full_name in refers for t in tables)

    def _spread(self, others: Sequence[Meaning], meaning: Meaning) -> float:
        """How far a meaning lies from the nearest and, weakly, from all the others."""
        mine = self._table_of(meaning)
        far = [self._graph.distance(mine, name) for other in others if (name := self._table_of(other)) and mine]
        return min(far) + sum(min(d, 5) for d in far) / (4 * len(far)) if far else 0.0

    def _table_of(self, meaning: Meaning) -> str:
        """The table of a meaning; of a curated piece of SQL that of the column which it names first."""
        if not isinstance(meaning, Snippet):
            return table_of(meaning)
        name = meaning.sql.partition(".")[0].rpartition("(")[2].rpartition(" ")[2].lower()
        return next((table.full_name for table in self._space.tables if table.name.lower() == name), "")

    def _ask_if_close(self, readings: list[_Reading], named: Sequence[Item]) -> None:
        best = readings[0]
        for other in readings[1:]:
            if best.score - other.score > _NEAR:
                return
            for item, one, two in zip(named, best.chosen, other.chosen, strict=True):
                if (
                    item.words.lower() in ("people", "everyone")
                    and len(named) > 1
                    and "names" not in item.before.split()
                ):
                    continue
                if max(one.rank, two.rank) <= WORD and isinstance(one.meaning, Column):
                    continue  # a word of two comments names nothing
                if is_kind_of_it(one, two):
                    continue
                verb = is_participle(item.words) and table_of(one.meaning) == table_of(two.meaning) != ""
                verb = verb or (stem(item.words) in TRADE and item.words.lower() in _SELLING)
                if verb or self._is_part(one.meaning, two.meaning):
                    continue  # `awarded`, of the day or of the thing
                if one.meaning != two.meaning and not self._same(one.meaning, two.meaning, item):
                    options = " or ".join(sorted({described(one.meaning), described(two.meaning)}))
                    raise AskBack(f"{item.words!r} can mean {options}. Which do you mean?")

    def _is_part(self, one: Meaning, other: Meaning) -> bool:
        """A thing and what tells of it: what is `invoiced` of an invoice, or a crew and its members."""
        tables = [meaning for meaning in (one, other) if isinstance(meaning, Table)]
        if len(tables) == 2:
            return any({n.left.table, n.right.table} == {t.full_name for t in tables} for n in self._graph.links) and (
                sum(bool(t.labels) for t in tables) == 1
            )
        columns = [meaning for meaning in (one, other) if isinstance(meaning, Column)]
        return bool(tables and columns) and columns[0].table == tables[0].full_name and columns[0].kind != TEXT

    def _same(self, one: Meaning, other: Meaning, item: Item) -> bool:
        """Whether both are the same thing: a key and a column that refers to it."""
        if isinstance(one, Snippet) and isinstance(other, Snippet):
            return one.sql == other.sql or bool({n.lower() for n in one.names} & {n.lower() for n in other.names})
        for link in self._graph.links:
            if {link.left, link.right} == {one, other}:
                item.meaning = link.right
                return True
        mine, theirs = ({link.right for link in self._graph.links if link.left == m} for m in (one, other))
        return bool(mine & theirs)


def _is_variant(named: Sequence[Item], first: _Reading, other: _Reading) -> bool:
    """Whether it differs in nothing but what the first reading takes for a column, and is not much less likely."""
    chosen = [*zip(named, first.chosen, other.chosen, strict=True)]
    if any(one.rank > SAID and is_mentioned(two) and not is_verb(item.words) for item, one, two in chosen):
        return False
    if any(parts_from_kind(item, one, two, first.chosen) for item, one, two in chosen):
        return False
    pairs = [(item, one.meaning, two.meaning) for item, one, two in chosen]
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    alike = all(isinstance(one, Column) and _may_be(item, meaning) for item, one, meaning in changed)
    return alike and first.score - other.score <= _FAR


def _may_be(item: Item, meaning: Meaning) -> bool:
    return isinstance(meaning, Column) or (isinstance(meaning, Table) and stem(item.words) not in KINDS)


def _is_compared(items: Sequence[Item], one: Item, other: Item) -> bool:
    """Whether the one is compared with the other, so that both cannot mean the same."""
    between = items[items.index(one) : items.index(other)]
    return any(item.kind == kinds.COMPARE and not item.numbers for item in between)


def _thing_itself(item: Item, entry: Entry, items: Sequence[Item]) -> float:
    """What speaks against a column or a value whose word names a table: `how many procedures`, for all their names."""
    at = items.index(item)
    before = items[at - 1] if at else Item("", "", 0, 0)
    chosen = before.kind in (kinds.BY, kinds.DISTINCT, kinds.EXTREME, kinds.AGGREGATE) and not before.dimension
    chosen = chosen and not (before.kind == kinds.EXTREME and before.numbers)  # `the top 3 customers`
    if chosen and before.kind != kinds.AGGREGATE and isinstance(entry.meaning, Table):
        columns = [e.meaning for e in item.entries if isinstance(e.meaning, Column) and e.rank >= entry.rank]
        return 4.0 if any(c.kind == TEXT and c.table == entry.meaning.full_name for c in columns) else 0.0
    if before.kind == kinds.BY and isinstance(entry.meaning, Value) and any(map(is_role_of, item.entries)):
        return 9.0
    named = entry.rank >= FULL and not is_verb(item.words)
    least = FULL if named else SAID  # a comment says less surely than a name what the thing is
    tables = {e.meaning.full_name for e in item.entries if isinstance(e.meaning, Table) and e.rank >= least}
    if not tables or (at and item.words[0].isupper()):
        return 0.0
    if isinstance(entry.meaning, Value):  # the more so where only its plural is said
        return 4.0 if item.words.lower() in map(str.lower, entry.meaning.texts) else 5.5
    if not isinstance(entry.meaning, Column) or entry.meaning.kind == NUMBER or chosen:
        return 0.0
    return 7.0 if entry.meaning.table in tables else 0.0


def _fit(item: Item, meaning: Meaning, items: Sequence[Item]) -> float:
    """How well a meaning suits the words around it."""
    at = items.index(item)
    before = kinds.EXTREME if ranks(meaning, items, at) else items[at - 1].kind if at else ""
    after = items[at + 1].kind if at + 1 < len(items) else ""
    if isinstance(meaning, Column):
        if before == kinds.COUNT and stem(item.words) in UNITS:
            before = kinds.AGGREGATE  # `how many hectares` are not counted
        return _fit_column(meaning, before, after, item.negated, items)
    if isinstance(meaning, Table):
        noun = 2.0 * item.words.lower().endswith("s")  # where the verb would be `invoiced`
        return noun + (1.5 if before in (kinds.COUNT, "") else 0.5)
    if isinstance(meaning, Value):
        place = bool({"in", "from", "at", "located"} & set(item.before.split())) and PLACES & set(
            stems(meaning.column.spoken)
        )
        return 3.0 if place else 1.0
    return 0.0


def _fit_column(column: Column, before: str, after: str, negated: bool, items: Sequence[Item]) -> float:
    number, date = column.kind == NUMBER, column.kind == DATE
    found = {item.kind for item in items}
    timed = found & {kinds.LATE, kinds.OVERDUE, kinds.COUNT} and kinds.AGGREGATE not in found
    return sum(
        score
        for applies, score in (
            (number and before in (kinds.AGGREGATE, kinds.EXTREME, kinds.COMPARE), 2.0),
            (number and after == kinds.COMPARE, 2.0),
            (after == kinds.SPAN and (date or is_year(column)), 3.0),
            (before == kinds.COUNT and number and not adds_up(column), -3.0),
            (before == kinds.COUNT and number and bool(_SUMS & set(stems(column.spoken))), -2.0),
            ((before == kinds.NOT or negated) and (column.kind == BOOLEAN or column.filled < 1), 3.0),
            (before == kinds.BY and (number or date), -1.0),
            (number and kinds.AGGREGATE in found, 0.8),
            (date and timed, 0.8),
            (before == kinds.COUNT and column.unique, -1.0),
        )
        if applies
    )


def described(meaning: Meaning) -> str:
    """A meaning in words."""
    match meaning:
        case Table():
            return f"the table {meaning.name}"
        case Column():
            return f"{meaning.table_name}.{meaning.name}"
        case Value():
            return f"{meaning.column.table_name}.{meaning.column.name} = {meaning.text!r}"
        case Snippet():
            return f"the {meaning.kind.rstrip('s')} {meaning.names[0]}"
