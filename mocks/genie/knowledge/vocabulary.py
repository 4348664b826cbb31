"""Which phrases name the tables, columns, values and curated snippets of a space, and how surely."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from mocks.genie.knowledge.codes import told_codes
from mocks.genie.knowledge.computed import told_durations
from mocks.genie.knowledge.definitions import (
    defined_filters,
    defined_tables,
    defined_terms,
    defined_things,
    implied_measures,
)
from mocks.genie.knowledge.derived import Derived
from mocks.genie.knowledge.flags import flag_phrases, flag_words, said_of
from mocks.genie.knowledge.meanings import Meaning, Value
from mocks.genie.knowledge.names import (
    CURATED,
    FULL,
    HEAD,
    LOOSE,
    PART,
    PARTIAL,
    QUANTITY,
    SAID,
    STATE,
    TIED,
    WORD,
    Bag,
    bag_of,
    column_phrases,
    comment_words,
    head_of,
    initials,
    other_names,
    parts_of,
    phrasal_nouns,
    shorter,
    table_names,
    thing_named,
    unit_first,
    value_called,
    value_names,
    with_units,
)
from mocks.genie.knowledge.naming import as_named
from mocks.genie.knowledge.people import is_of_people, is_person
from mocks.genie.knowledge.quantities import asked_by, in_other_units, with_quantity
from mocks.genie.knowledge.roles import is_money
from mocks.genie.knowledge.row_names import row_names
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, TEXT, Column, Space, Table
from mocks.genie.knowledge.synonyms import Synonyms, is_of_thing, is_opposite, names_thing
from mocks.genie.knowledge.tallies import counted_in, tallied
from mocks.genie.knowledge.unit_rates import by_period
from mocks.genie.knowledge.whole import houses, whole
from mocks.genie.language.english import FILLERS, concept
from mocks.genie.language.english import MONEY as PAID_IN
from mocks.genie.language.filling import STATES
from mocks.genie.language.fragments import Pieces
from mocks.genie.language.units import MONEY, unit
from mocks.genie.language.verbs import deeds, is_verb
from mocks.genie.language.words import plain, stem, stems, tokens

_FEW = 40
PARTING = frozenset(("no", "not", "without", "per", "by", "each", "every"))


class Vocabulary:
    """All phrases of a space, as bags of stems, as written, and by what else is said for their words."""

    def __init__(self, space: Space) -> None:
        self._bags: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._alike: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._written: dict[tuple[str, ...], dict[Meaning, float]] = defaultdict(dict)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._synonyms = Synonyms()
        self._derived = Derived(self._bags, self._written)
        self._things: dict[tuple[str, ...], Table] = {}
        self._several: dict[str, Column] = {}
        self.said: dict[str, Bag] = {}
        self.whole = whole(space)
        self._counted = {frozenset(stems(table.spoken)) for table in space.tables}
        self._names = {word for counted in self._counted for word in counted} | self.whole
        named = [name for column in space.columns() for name in (column.spoken, *column.synonyms)]
        named += [name for column in space.columns() for name in by_period(column)]
        self._parted = {stems(name) for name in named if PARTING & {*name.lower().split()}}
        self._last = Counter(stems(table.spoken)[-1:] for table in space.tables)
        self._pieces = Pieces(space)
        self._add_tables(space)
        self._add_told(space)
        self.longest = 3 + max((len(key) for key in [*self._bags, *self._written]), default=0)

    def _add_tables(self, space: Space) -> None:
        told = row_names(space)
        for table in space.tables:
            self._add_table(table)
            if (counts := tallied(table)) is not None:
                self._add([table.spoken, *table.synonyms], counts, CURATED)
            self._add(told[table.full_name], table, SAID)
        nouns = [name for table in space.tables for name in (*told[table.full_name], *table_names(table.description))]
        self._names.update(word for noun in nouns for word in stems(noun)[-1:])
        for table in space.tables:
            for column in table.columns:
                self._add_column(table, column)
                if (noun := counted_in(column, space)) is not None:
                    self._several[stem(noun)] = column
        others = [(frozenset((w,)), c) for t in space.tables for own in t.columns for w, c in in_other_units(t, own)]
        free = [bag for bag, _ in others if max(self._bags.get(bag, {}).values(), default=0) <= WORD]
        for bag, turned in others:
            self._add_bags([bag] if bag in free else [], turned, QUANTITY - 0.1)

        if (found := houses(space)) is not None and frozenset(stems(found[0])) not in self._bags:
            self._add([found[0]], found[1], SAID)

    def _add_told(self, space: Space) -> None:
        filters = list(defined_filters(space))
        defined = [(snippet, CURATED if told else STATE) for snippet, told in filters]
        for snippet, rank in [*((snippet, CURATED) for snippet in space.snippets), *defined]:
            for name, meaning in as_named(snippet, space):
                self._write(name, meaning, rank)
        for snippet in implied_measures(space, self._bags):
            for name in snippet.names:
                self._write(name, snippet, SAID)
        for name, column, values in told_codes(space):
            several = len(values) > 1
            self._write(name, Value(column, values[0], values if several else ()), CURATED if several else FULL)
        for term, column in (*defined_terms(space), *told_durations(space)):
            self._add([term], column, CURATED)
        for name, table in defined_things(space, [snippet for snippet, _ in filters]):
            self._things[phrase_of(name)] = table
        for term, table in defined_tables(space):
            self._add([term], table, CURATED)

    def _add_table(self, table: Table) -> None:
        self._add([table.name, table.spoken, *([f"{table.name}s"] if len(table.name) == 2 else [])], table, FULL)
        self._add(table.synonyms, table, CURATED)
        words = table.spoken.replace("_", " ").split()
        if len(words) > 1:
            self._add([words[0]], table, WORD)
            self._add([words[-1]], table, HEAD if self._last[stems(table.spoken)[-1:]] == 1 else WORD)
        if is_of_people(table):
            self._add(["people", "person", "individual", "everyone", "everybody"], table, SAID)
        said = set(stems(table.description))
        self.said[table.full_name] = frozenset(said.union(*(stems(column.description) for column in table.columns)))
        told = [name for name in table_names(table.description) if not _is_of_some(name, table)]
        told = [name for name in told if (own := unit(name)) is None or own.quantity == MONEY]
        self._add((*told, *initials(table)), table, SAID)

    def _add_column(self, table: Table, column: Column) -> None:
        self._add([column.name, column.spoken, *by_period(column)], column, FULL)
        if len(words := column.spoken.split()) == 2:  # `nickname` where the column is called NickName
            self._add(["".join(words)], column, LOOSE)
        if bag_of(column.name) <= FILLERS or (column.kind == NUMBER and unit(column.spoken) is not None):
            self._add([f"{table.name} {column.name}", f"{table.spoken} {column.spoken}"], column, FULL)
        self._add_synonyms(table, column)
        self._add(with_units(column), column, CURATED)
        called = [s for s in column.synonyms if names_thing(table, column, s)]
        self._add([s for s in called if not _is_of_some(f"{s} {table.spoken}", table)], table, CURATED)
        own = frozenset(stems(table.spoken))
        for bag in shorter(table, column):
            rank = PART if bag in self._counted - {own} else PARTIAL  # `guests_count` beside guests
            rank = min(rank, SAID - 0.5) if column.kind == DATE and bag <= own else rank
            self._add_bags([bag], table if column == table.key else column, rank)
        self._add_bags(head_of(table, column), column, HEAD)
        self._add_bags(unit_first(column), column, SAID)
        self._add_bags(phrasal_nouns(column) if column.kind == DATE or column.refers else (), column, PARTIAL)
        done = deeds(column.spoken if column.refers or column.kind == TEXT else "")
        self._add_bags((frozenset((deed,)) for deed in done), column, SAID)
        for bag, rank in (*parts_of(table, column.spoken, column), *parts_of(table, column.name, column)):
            self._add_bags([bag], column, rank)
        self._add(column_phrases(column), column, SAID)
        self._add(other_names(column), column, SAID)
        self._add(thing_named(table, column), table, SAID)
        for word in asked_by(table, column):
            self._add_bags([frozenset((word,))], column, QUANTITY)
        self._add_bags(with_quantity(column), column, LOOSE)
        self._add(flag_phrases(table, column) if column.kind == BOOLEAN else (), column, SAID)
        said = flag_words(table, column) if column.kind == BOOLEAN and said_of(column) else comment_words(column)
        known = (word for word in said if word not in self._names)
        paid = is_money(column) or (column.kind == NUMBER and not PAID_IN.isdisjoint(stems(column.description)))
        known = (word for word in known if not (paid and is_person(word)))  # who pays is no amount
        self._add_bags((frozenset((word,)) for word in known), column, WORD)
        for name, value, rank in value_names(column):
            self._write(name, Value(column, value), rank)
            if len(column.values) <= _FEW and len(stems(name)) == 1 and (name != value or len(name) > 3):
                self._add_bags([frozenset(stems(name))], Value(column, value), SAID)

    def _add_synonyms(self, table: Table, column: Column) -> None:
        of_values = dict(value_called(column))
        for name, value in of_values.items():
            self._write(name, Value(column, value), CURATED)
        for name in (one for one in column.synonyms if one not in of_values):
            if not (is_of_thing(table, column, name) or is_opposite(column, name)):
                self._add([name], column, _rank_of(name, column))

    def _add(self, given: Iterable[str], meaning: Meaning, rank: float) -> None:
        names = list(given)
        if rank == CURATED and isinstance(meaning, Column):
            self._synonyms.add(names, meaning)
        if isinstance(meaning, Table):
            self._nouns[meaning.full_name].update(
                plain(word) for name in names for word in name.replace("_", " ").split()
            )
        self._add_bags((bag_of(name) for name in names), meaning, rank)

    def _add_bags(self, bags: Iterable[Bag], meaning: Meaning, rank: float) -> None:
        for bag in bags:
            if bag and not bag <= FILLERS:
                merge(self._bags[bag], {meaning: rank})
                merge(self._plain[bag], {meaning: rank if rank < CURATED else 0})
                merge(self._alike[frozenset(map(concept, bag))], {meaning: rank})

    def _write(self, name: str, meaning: Meaning, rank: float) -> None:
        phrase = phrase_of(name)
        if phrase and not set(map(stem, phrase)) <= FILLERS - STATES:
            merge(self._written[phrase], {meaning: rank})


def _is_of_some(name: str, table: Table) -> bool:
    """Whether a name is that of some of the rows, as one of their values tells: safety inspections of inspections."""
    begun, *more = stems(name) if not {"and", "or"} & set(name.lower().split()) else ("",)
    named = (value for column in table.columns if 1 < len(column.values) <= _FEW for value in value_names(column))
    return bool(more) and any(stems(value)[:1] == (begun,) and rank >= PARTIAL for value, _, rank in named)


def phrase_of(name: str) -> tuple[str, ...]:
    """The words of a name, each without its plural."""
    return tuple(plain(token.text) for token in tokens(name))


def merge(into: dict[Meaning, float], more: dict[Meaning, float]) -> None:
    """Adds more meanings, each as sure as the surest of both says."""
    for meaning, rank in more.items():
        into[meaning] = max(into.get(meaning, 0), rank)


def _rank_of(synonym: str, column: Column) -> float:
    """How surely a synonym names the column: others are in `tonnes` too, and what is `held in` a town is not `held`."""
    words = synonym.lower().split()
    if words[-1:] and words[-1] in TIED and is_verb(words[0]) and column.kind == TEXT:
        return WORD
    return SAID if unit(synonym) is not None else CURATED
