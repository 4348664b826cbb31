"""The words of a space: which phrases name its tables, columns, values and curated snippets, and how surely."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mocks.genie.knowledge.codes import told_codes
from mocks.genie.knowledge.computed import told_durations
from mocks.genie.knowledge.definitions import (
    defined_filters,
    defined_tables,
    defined_terms,
    defined_things,
    implied_measures,
)
from mocks.genie.knowledge.derived import Derived, as_done
from mocks.genie.knowledge.flags import flag_phrases, flag_words, said_of
from mocks.genie.knowledge.harmless import HARMLESS
from mocks.genie.knowledge.meanings import Entry, Meaning, Value
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
    lower_doings,
    other_names,
    parts_of,
    shorter,
    table_names,
    thing_named,
    value_called,
    value_names,
    with_units,
)
from mocks.genie.knowledge.naming import as_named, is_part, uncovered
from mocks.genie.knowledge.people import is_of_people
from mocks.genie.knowledge.quantities import asked_by
from mocks.genie.knowledge.row_names import row_names
from mocks.genie.knowledge.space import BOOLEAN, DATE, TEXT, Column, Snippet, Space, Table
from mocks.genie.knowledge.synonyms import Synonyms, is_of_thing, is_opposite, names_thing
from mocks.genie.knowledge.tallies import tallied
from mocks.genie.knowledge.whole import whole
from mocks.genie.language.english import FILLERS, concept
from mocks.genie.language.filling import STATES
from mocks.genie.language.fragments import Pieces
from mocks.genie.language.units import unit
from mocks.genie.language.verbs import (
    MEASURING,
    deeds,
    has_auxiliary,
    is_clause,
    is_participle,
    is_verb,
)
from mocks.genie.language.words import Token, plain, stem, stems, tokens

_FEW = 40
_PARTING = frozenset(("no", "not", "without", "per", "by", "each", "every"))


class Lexicon:
    """All phrases of a space."""

    def __init__(self, space: Space) -> None:
        self._bags: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._alike: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._written: dict[tuple[str, ...], dict[Meaning, float]] = defaultdict(dict)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[Bag, dict[Meaning, float]] = defaultdict(dict)
        self._synonyms = Synonyms()
        self._derived = Derived(self._bags, self._written)
        self._things: dict[tuple[str, ...], Table] = {}
        self.said: dict[str, Bag] = {}
        self.whole = whole(space)
        self._counted = {frozenset(stems(table.spoken)) for table in space.tables}
        self._names = {word for counted in self._counted for word in counted} | self.whole
        named = " ".join(name for column in space.columns() for name in (column.spoken, *column.synonyms))
        self._apart = _PARTING - set(named.lower().split())
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

    def _add_told(self, space: Space) -> None:
        defined = [(snippet, CURATED if told else STATE) for snippet, told in defined_filters(space)]
        for snippet, rank in [*((snippet, CURATED) for snippet in space.snippets), *defined]:
            for name, meaning in as_named(snippet, space):
                self._write(name, meaning, rank)
        for snippet in implied_measures(space, self._bags):
            for name in snippet.names:
                self._write(name, snippet, SAID)
        for name, column, values in told_codes(space):
            self._write(name, Value(column, values[0], values if len(values) > 1 else ()), CURATED)
        for term, column in (*defined_terms(space), *told_durations(space)):
            self._add([term], column, CURATED)
        for name, table in defined_things(space):
            self._things[_phrase(name)] = table
        for term, table in defined_tables(space):
            self._add([term], table, CURATED)

    def learn(self, told: Iterable[tuple[str, Meaning]], rank: float = CURATED) -> None:
        """Adds phrases that instructions, example queries or days explain."""
        for phrase, meaning in told:
            written = isinstance(meaning, Snippet | Value)
            self._write(phrase, meaning, rank) if written else self._add([phrase], meaning, rank)
            self.longest = max(self.longest, len(phrase.split()))

    def is_harmless(self, word: str) -> bool:
        """Whether a word that names nothing may still belong: a light verb, a unit, a word of some comment."""
        return stem(word) in HARMLESS or any(stem(word) in said for said in self.said.values())

    def names(self, word_stem: str) -> bool:
        """Whether a word alone names a table or column by its own letters."""
        return frozenset((word_stem,)) in self._bags

    def thing(self, words: str) -> Table | None:
        """The table some of whose rows a curator calls so."""
        return self._things.get(_phrase(words))

    def is_noun(self, words: str, table: Table) -> bool:
        """Whether the words name the table, and are no verb that only sounds like it; `awards were granted` names."""
        word = words.split()[-1]
        verb = is_verb(word) or table in {
            **self._bags.get(frozenset((stem(word),)), {}),
            **self._derived.deeds(stem(word)),
        }
        return is_clause(words.split()) or plain(word) in self._nouns[table.full_name] or not verb

    def _is_table(self, word: Token) -> bool:
        return any(isinstance(m, Table) and r > SAID for m, r in self._bags.get(frozenset((word.stem,)), {}).items())

    def find(self, words: Sequence[Token], names: bool = True) -> list[Entry]:
        """The meanings of a phrase, the surest first; values and snippets are taken as written, but for a plural.

        Without `names` only values and snippets are looked for.
        """
        found: dict[Meaning, float] = {}
        bag = frozenset(word.stem for word in words if word.text.lower() not in TIED)
        ends = words[0].text.lower() in TIED or words[-1].text.lower() in TIED
        ends |= words[-1].text.lower() in ("to", "from", "by") and len(words) > 1 and not is_verb(words[0].text)
        names = names and not any(word.text.lower() in self._apart for word in words[1:])
        whole = len(bag) == sum(word.text.lower() not in TIED for word in words)
        if names and len(words) == 2:
            _merge(found, self._in_one_word(*words), 0)
        if names and not ends and bag and whole:
            _merge(found, self._synonyms.as_told(words, self._bags.get(bag, {}), self._plain.get(bag, {})), 0)
            _merge(found, self._alike_to(bag, is_verb(words[-1].text)), 0)
            own = self._bags.get(bag, {})
            if has_auxiliary([word.text for word in words]):  # `loans were paid` are loans, and no loan payments
                others = {m for m, rank in self._bags.get(bag_of(words[0].text), {}).items() if rank > SAID}
                others = {m for m in others if isinstance(m, Table)}
                found = {m: r for m, r in found.items() if not others - {m}}
            if len(words) > 1 and plain(words[0].text) != words[0].text.lower() and self._is_table(words[0]):
                done = is_participle(words[-1].text)  # `studies started` are studies, and no day
                parts = {m for m, r in found.items() if isinstance(m, Column) and is_part(m, r, done)}
                found = {m: r for m, r in found.items() if m not in parts}
            for meaning in found:
                noun = isinstance(meaning, Table) and plain(words[-1].text) in self._nouns[meaning.full_name]
                if isinstance(meaning, Table) and not noun and (meaning in own or is_verb(words[-1].text)):
                    found[meaning] -= 3  # a verb: `stopped` is not the thing called a stop
            if is_participle(words[-1].text):
                found = as_done(found)
        _merge(found, self._written.get(tuple(plain(word.text) for word in words), {}), 0)
        lower_doings(found, words[-1].text)
        for piece in self._pieces.of(words) if not found else ():
            text = piece.values[0] if len(piece.values) == 1 else ""
            meant = Value(piece.column, text, piece.values, "" if text else piece.pattern, words[0].text.islower())
            found[meant] = PARTIAL if piece.is_name else LOOSE
        if names and len(words) == 1 and max(found.values(), default=0) <= WORD:
            found = {**found, **self._derived.deeds(words[0].stem)} or self._derived.of(words[0])
        return [Entry(meaning, rank) for meaning, rank in sorted(uncovered(found).items(), key=lambda item: -item[1])]

    def _in_one_word(self, first: Token, last: Token) -> dict[Meaning, float]:
        """`signed up` where a column is called signup_date, `add-ons` where a table is called addon."""
        found = dict(self._bags.get(frozenset((first.stem + last.text.lower(),)), {}))
        joined = self._bags.get(frozenset((stem(first.text + last.text),)), {}) if first.stem not in FILLERS else {}
        return found | {meaning: rank for meaning, rank in joined.items() if rank >= PARTIAL}

    def _alike_to(self, bag: Bag, is_verb: bool) -> dict[Meaning, float]:
        """What words of the same meaning name; `cost less than` is no value that says `Price`."""
        alike = frozenset(map(concept, bag))
        found = self._alike.get(alike, {}) if len(alike) == len(bag) else {}  # `class category` is no class
        own, verb = self._bags.get(bag, {}), bag <= MEASURING

        def rank_of(meaning: Meaning, rank: float) -> float:
            if rank != CURATED or not is_verb or not isinstance(meaning, Column):
                return min(rank - 2.5, SAID)
            return 0 if meaning in own else WORD - 0.5 if meaning.kind == DATE else SAID - 0.5

        return {m: rank_of(m, rank) for m, rank in found.items() if not (verb and isinstance(m, Value))}

    def _add_table(self, table: Table) -> None:
        self._add([table.name, table.spoken, *([f"{table.name}s"] if len(table.name) == 2 else [])], table, FULL)
        self._add(table.synonyms, table, CURATED)
        words = table.spoken.replace("_", " ").split()
        if len(words) > 1:
            self._add([words[0]], table, WORD)
            self._add([words[-1]], table, HEAD if self._last[stems(table.spoken)[-1:]] == 1 else WORD)
        if is_of_people(table):
            self._add(["people", "individual", "everyone", "everybody"], table, SAID)
        said = set(stems(table.description))
        self.said[table.full_name] = frozenset(said.union(*(stems(column.description) for column in table.columns)))
        self._add((*table_names(table.description), *initials(table)), table, SAID)

    def _add_column(self, table: Table, column: Column) -> None:
        self._add([column.name, column.spoken], column, FULL)
        if len(words := column.spoken.split()) == 2:  # `nickname` where the column is called NickName
            self._add(["".join(words)], column, LOOSE)
        if bag_of(column.name) <= FILLERS:
            self._add([f"{table.name} {column.name}"], column, FULL)
        self._add_synonyms(table, column)
        self._add(with_units(column), column, CURATED)
        self._add([s for s in column.synonyms if names_thing(table, column, s)], table, CURATED)
        own = frozenset(stems(table.spoken))
        for bag in shorter(table, column):
            rank = PART if bag in self._counted - {own} else PARTIAL  # `guests_count` beside guests
            rank = min(rank, SAID - 0.5) if column.kind == DATE and bag <= own else rank
            self._add_bags([bag], table if column == table.key else column, rank)
        self._add_bags(head_of(table, column), column, HEAD)
        done = deeds(column.spoken if column.refers or column.kind == TEXT else "")
        self._add_bags((frozenset((deed,)) for deed in done), column, SAID)
        for bag, rank in (*parts_of(table, column.spoken, column), *parts_of(table, column.name, column)):
            self._add_bags([bag], column, rank)
        self._add(column_phrases(column), column, SAID)
        self._add(other_names(column), column, SAID)
        self._add(thing_named(table, column), table, SAID)
        for word in asked_by(table, column):
            self._add_bags([frozenset((word,))], column, QUANTITY)
        self._add(flag_phrases(table, column) if column.kind == BOOLEAN else (), column, SAID)
        said = flag_words(table, column) if column.kind == BOOLEAN and said_of(column) else comment_words(column)
        self._add_bags((frozenset((word,)) for word in said if word not in self._names), column, WORD)
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
                self._add([name], column, SAID if unit(name) is not None else CURATED)  # others are in tonnes too

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
                _merge(self._bags[bag], {meaning: rank}, 0)
                _merge(self._plain[bag], {meaning: rank if rank < CURATED else 0}, 0)
                _merge(self._alike[frozenset(map(concept, bag))], {meaning: rank}, 0)

    def _write(self, name: str, meaning: Meaning, rank: float) -> None:
        phrase = _phrase(name)
        if phrase and not set(map(stem, phrase)) <= FILLERS - STATES:
            _merge(self._written[phrase], {meaning: rank}, 0)


def _phrase(name: str) -> tuple[str, ...]:
    return tuple(plain(token.text) for token in tokens(name))


def _merge(into: dict[Meaning, float], more: dict[Meaning, float], shift: float) -> None:
    for meaning, rank in more.items():
        into[meaning] = max(into.get(meaning, 0), rank + shift)
