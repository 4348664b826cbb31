"""Finding what a phrase of a question names in a space, and how surely."""

from collections.abc import Iterable, Sequence

from mocks.genie.knowledge.decoded import says_first
from mocks.genie.knowledge.derived import as_done, is_doing
from mocks.genie.knowledge.harmless import HARMLESS
from mocks.genie.knowledge.meanings import Entry, Meaning, Value
from mocks.genie.knowledge.names import (
    CURATED,
    FULL,
    LOOSE,
    PARTIAL,
    SAID,
    TIED,
    WORD,
    Bag,
    bag_of,
    lower_doings,
)
from mocks.genie.knowledge.naming import is_part, uncovered
from mocks.genie.knowledge.people import is_person
from mocks.genie.knowledge.space import BOOLEAN, DATE, NUMBER, Column, Snippet, Table
from mocks.genie.knowledge.vocabulary import PARTING, Vocabulary, merge, phrase_of
from mocks.genie.language.english import FILLERS, concept
from mocks.genie.language.units import unit
from mocks.genie.language.verbs import (
    MEASURING,
    PARTICLES,
    has_auxiliary,
    is_clause,
    is_participle,
    is_verb,
)
from mocks.genie.language.words import Token, is_plural, plain, stem


class Lexicon(Vocabulary):
    """The phrases of a space, found by the words of a question."""

    def learn(self, told: Iterable[tuple[str, Meaning]], rank: float = CURATED) -> None:
        """Adds phrases that instructions, example queries or days explain."""
        for phrase, meaning in told:
            written = isinstance(meaning, Snippet | Value)
            self._write(phrase, meaning, rank) if written else self._add([phrase], meaning, rank)
            self.longest = max(self.longest, len(phrase.split()))

    def is_harmless(self, word: str) -> bool:
        """Whether a word that names nothing may still belong: a light verb, a unit, a word of some comment."""
        known = stem(word) in HARMLESS or unit(word) is not None
        return known or any(stem(word) in said for said in self.said.values())

    def names(self, word_stem: str) -> bool:
        """Whether a word alone names a table or column by its own letters."""
        return frozenset((word_stem,)) in self._bags

    def thing(self, words: str) -> Table | None:
        """The table some of whose rows a curator calls so."""
        return self._things.get(phrase_of(words))

    def is_noun(self, words: str, table: Table) -> bool:
        """Whether the words name the table, and are no verb that only sounds like it; `awards were granted` names."""
        word = words.split()[-1]
        if word.lower().endswith("ings") or word.lower() in PARTICLES:
            return True
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
        if any(word.text.lower() in PARTING for word in words[1:]):
            names = names and tuple(word.stem for word in words) in self._parted
        found = self._named(words) if names else {}
        merge(found, self._written.get(tuple(plain(word.text) for word in words), {}))
        if len(words) == 1 and is_plural(words[0].text) and words[0].stem in self._several:
            merge(found, {self._several[words[0].stem]: FULL})  # `tickets`, but not `a ticket`
        if any(isinstance(m, Column | Table) and rank >= PARTIAL for m, rank in found.items()):
            word = words[0].text if len(words) == 1 else ""
            found = {
                m: r for m, r in found.items() if not (isinstance(m, Value) and says_first(word, m.column, m.text))
            }
        told = {m.column.table for m, rank in found.items() if isinstance(m, Value) and rank >= CURATED}
        if any(isinstance(m, Table) and m.full_name in told for m in found):  # some of its rows are called so
            found = {
                m: r for m, r in found.items() if not (isinstance(m, Table) or (isinstance(m, Column) and m.refers))
            }
        if is_plural(words[-1].text) and words[-1].stem in MEASURING:  # who `pays` has not paid
            found = {
                m: r for m, r in found.items() if not (isinstance(m, Value) and r <= SAID and is_participle(m.text))
            }
        lower_doings(found, words[-1].text)
        if len(words) == 1 and is_verb(words[0].text) and not is_participle(words[0].text):
            found = {m: rank for m, rank in found.items() if not is_doing(m)}  # who collects is no task `Collecting`
        for piece in self._pieces.of(words) if not found else ():
            text = piece.values[0] if len(piece.values) == 1 else ""
            meant = Value(piece.column, text, piece.values, "" if text else piece.pattern, words[0].text.islower())
            found[meant] = PARTIAL if piece.is_name else LOOSE
        if names and len(words) == 1 and max(found.values(), default=0) <= WORD:
            found = {**found, **self._derived.deeds(words[0].stem)} or self._derived.of(words[0])
        return [Entry(meaning, rank) for meaning, rank in sorted(uncovered(found).items(), key=lambda item: -item[1])]

    def _named(self, words: Sequence[Token]) -> dict[Meaning, float]:
        """What tables and columns are called by a phrase, which is no verb of theirs and no thing with what it does."""
        found: dict[Meaning, float] = {}
        bag = frozenset(word.stem for word in words if word.text.lower() not in TIED)
        ends = words[0].text.lower() in TIED or words[-1].text.lower() in TIED
        ends |= words[-1].text.lower() in ("to", "from", "by") and len(words) > 1 and not is_verb(words[0].text)
        whole = len(bag) == sum(word.text.lower() not in TIED for word in words)
        if len(words) == 2:
            merge(found, self._in_one_word(*words))
        last = words[-1].text.lower() == "last" and is_participle(words[0].text)  # `paid last`: no length of time
        if ends or last or not bag or not whole:
            return found
        merge(found, self._synonyms.as_told(words, self._bags.get(bag, {}), self._plain.get(bag, {})))
        merge(found, self._alike_to(bag, is_verb(words[-1].text)))
        own = self._bags.get(bag, {})
        if has_auxiliary([word.text for word in words]):  # `loans were paid` are loans, and no loan payments
            others = {m for m, rank in self._bags.get(bag_of(words[0].text), {}).items() if rank > SAID}
            others = {m for m in others if isinstance(m, Table)}
            found = {m: r for m, r in found.items() if not others - {m}}
        if len(words) > 1 and is_plural(words[0].text) and self._is_table(words[0]):
            done = is_participle(words[-1].text)  # `studies started` are studies, and no day
            parts = {m for m, r in found.items() if isinstance(m, Column) and is_part(m, r, done)}
            found = {m: r for m, r in found.items() if m not in parts}
        if len(words) > 1 and is_plural(words[-1].text) and is_participle(words[0].text) and self._is_table(words[-1]):
            days = {m for m in found if isinstance(m, Column) and m.kind == DATE}  # `enrolled pupils` are pupils
            found = {m: r for m, r in found.items() if m not in days}
        for meaning in found:
            noun = isinstance(meaning, Table) and plain(words[-1].text) in self._nouns[meaning.full_name]
            if isinstance(meaning, Table) and not noun and (meaning in own or is_verb(words[-1].text)):
                found[meaning] -= 3  # a verb: `stopped` is not the thing called a stop
        if len(words) == 1 and is_plural(words[0].text):  # how many `bids`, where a curator calls what one costs a bid
            things = {m.full_name for m in found if isinstance(m, Table) and found[m] >= FULL}
            numbers = [m for m in found if isinstance(m, Column) and m.kind == NUMBER and m.table in things]
            found |= {m: PARTIAL for m in numbers if plain(words[0].text) in map(str.lower, m.synonyms)}
        if is_participle(words[-1].text):
            found = as_done(found)
        return found

    def _in_one_word(self, first: Token, last: Token) -> dict[Meaning, float]:
        """`signed up` where a column is called signup_date, `add-ons` where a table is called addon."""
        if last.text.lower() in ("is", "are", "was", "were"):  # `bills is`
            return {}
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

        person = any(map(is_person, bag))  # `buyers`, beside a flag for important clients
        flags = {m for m in found if isinstance(m, Column) and m.kind == BOOLEAN and m not in own and person}
        return {m: rank_of(m, rank) for m, rank in found.items() if not (m in flags or (verb and isinstance(m, Value)))}
