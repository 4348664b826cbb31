"""From a question to a query: curated examples first, then composition, and asking back where neither is sure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mocks.genie.answer import Answer, as_read, teachable
from mocks.genie.composing.compose import Composed
from mocks.genie.composing.statements import Composing
from mocks.genie.curated.aligning import taught
from mocks.genie.curated.examples import matching
from mocks.genie.curated.paraphrases import Paraphrases
from mocks.genie.curated.rewording import Rewording
from mocks.genie.curated.trusted import Called, Trusted
from mocks.genie.curated.variations import Variations
from mocks.genie.knowledge.command_names import CommandNames
from mocks.genie.knowledge.dating import with_dates
from mocks.genie.knowledge.fiscal import first_fiscal_month, in_calendar_days
from mocks.genie.knowledge.instructed import always, told_measures
from mocks.genie.knowledge.joins import JoinGraph, with_references
from mocks.genie.knowledge.learned import learned_measures
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.names import HEAD, SAID
from mocks.genie.knowledge.nearness import Encode
from mocks.genie.knowledge.periods import states
from mocks.genie.knowledge.role_names import with_roles
from mocks.genie.knowledge.row_counts import with_row_counts
from mocks.genie.knowledge.seasons import Seasons
from mocks.genie.knowledge.space import Space
from mocks.genie.knowledge.unapplied import unapplied
from mocks.genie.language import grammar as kinds
from mocks.genie.language.contrasts import set_beside
from mocks.genie.language.spelling import corrected
from mocks.genie.language.words import plain, tokens
from mocks.genie.language.writes import is_write
from mocks.genie.reading.amounts_asked import with_amounts
from mocks.genie.reading.changes import Change, read_change
from mocks.genie.reading.compounds import with_compounds, with_heads
from mocks.genie.reading.counterparts import with_planned
from mocks.genie.reading.days import with_days, with_grains
from mocks.genie.reading.definite import Definite, definite
from mocks.genie.reading.doers import with_doers, with_people
from mocks.genie.reading.doubts import check
from mocks.genie.reading.durations import Durations
from mocks.genie.reading.everywhere import without_whole
from mocks.genie.reading.failing import with_failing
from mocks.genie.reading.following import FOLLOWS, continued, earlier_change, goes_on, needs_earlier, own_words
from mocks.genie.reading.frame import table_of
from mocks.genie.reading.generals import Generals
from mocks.genie.reading.happenings import with_happenings
from mocks.genie.reading.items import Item
from mocks.genie.reading.lists import with_lists
from mocks.genie.reading.marks import with_marks
from mocks.genie.reading.meant import Meant
from mocks.genie.reading.pairs import with_pairs
from mocks.genie.reading.per_unit import unit_rates, with_named_rates, with_unit_rates
from mocks.genie.reading.persons import with_persons
from mocks.genie.reading.phrases import Phrases
from mocks.genie.reading.present import at_present, with_progress
from mocks.genie.reading.rates import with_rates
from mocks.genie.reading.recogniser import Recogniser
from mocks.genie.reading.repeating import with_repeating
from mocks.genie.reading.resolve import Resolver
from mocks.genie.reading.sorts import with_sorts
from mocks.genie.reading.spare import only_tied
from mocks.genie.reading.states import with_states
from mocks.genie.reading.things import with_things
from mocks.genie.reading.unknown import doers, doings, included, unknown_words
from mocks.genie.reading.verb_readings import with_limits, with_own_days, without_far_verbs
from mocks.genie.refusal import AskBack, NotJoined, Unknown

CURATED, TRUSTED, COMPOSED = "example query", "trusted asset", "composed"
_INSTRUCTIONS = "THOUGHT_TYPE_INSTRUCTIONS"
_FROM_EXAMPLE = "I used the example query that a curator wrote for this question."


class Engine:
    """Answers questions about one space."""

    def __init__(self, space: Space, today: date, encode: Encode | None = None) -> None:
        self._commands = CommandNames(space)
        space = with_row_counts(self._commands.applied(space))
        self._graph = JoinGraph(space)
        space = with_dates(with_roles(with_references(space, self._graph), self._graph), self._graph)
        self._lexicon = Lexicon(space)
        told = [*states(space, today)]
        self._states = tuple(dict.fromkeys(state for _, state in told))
        self._lexicon.learn(told, SAID)
        self._lexicon.learn((name, one) for one in told_measures(space, self._lexicon) for name in one.names)
        self._lexicon.learn((name, one) for one in learned_measures(space, self._is_known) for name in one.names)
        self._fiscal = first_fiscal_month(space)
        space = replace(space, always=tuple(always(space, self._lexicon)))
        self._space, self._today, self._unapplied = space, today, unapplied(space, self._lexicon)
        self._meant = Meant(space, self._lexicon, encode)
        self._recogniser = Recogniser(self._lexicon, today, Seasons(space))
        self._resolver = Resolver(space, self._graph)
        self._generals = Generals(self._lexicon, space)
        self._phrases = Phrases(space, self._lexicon, self._graph)
        self._lexicon.learn([*taught(space, self._recogniser)])
        self._trusted = Trusted(space, self._lexicon, today)
        self._variations = Variations(space, self._graph, self._recogniser)
        self._paraphrases = Paraphrases(space, self._lexicon, self._recogniser)
        self._composing = Composing(space, self._lexicon, self._graph, today)
        self._rates = unit_rates(space)
        self._durations = Durations(space, self._graph, today)
        self._reworded = Rewording(self._unapplied, self._is_read, self._is_name)
        self._unapplied = tuple(one for one in self._unapplied if one not in self._reworded.applied)

    @property
    def space(self) -> Space:
        """What it knows of the space."""
        return self._space

    @property
    def today(self) -> date:
        """The day from which it reckons."""
        return self._today

    def ask(self, question: str, earlier: Sequence[str] = ()) -> Answer:
        """The answer; `earlier` are the questions of the conversation so far, oldest first."""
        question = in_calendar_days(question, self._fiscal, self._today)
        if is_write(question):
            return Answer("I only read: I cannot change, add or delete anything in the tables.")
        try:
            answer = self._answered(question, earlier)
        except AskBack as refusal:
            answer = Answer(teachable(refusal, question), suggestions=self._suggestions())
        return replace(answer, text=self._commands.shown(answer.text))

    def _answered(self, question: str, earlier: Sequence[str]) -> Answer:
        """The answer to the question as it is written, else as it was meant before it was mistyped.

        Raises: AskBack
        """
        meant: dict[str, str] = {}
        while True:
            said = [corrected(text, meant) for text in (*earlier, question)]
            try:
                answer = self._told(said[-1], said[:-1]) or self._made(said[-1], said[:-1])
                return as_read(answer, meant) if meant else answer
            except Unknown as refusal:
                left = [word for word in refusal.words if word not in meant.values()]
                found = self._meant.unknown(said[-1], left, self._recognised(said[-1]))
                if not found or found.keys() <= meant.keys():
                    raise
                meant |= found
            except AskBack:
                found = self._meant.unsure(said[-1], self._recognised(said[-1])) if not meant else {}
                if not found:
                    raise
                return self._reread(question, earlier, found)

    def _reread(self, question: str, earlier: Sequence[str], meant: dict[str, str]) -> Answer:
        said = [corrected(text, meant) for text in (*earlier, question)]
        return as_read(self._made(said[-1], said[:-1]), meant)

    def _told(self, question: str, earlier: Sequence[str]) -> Answer | None:
        """What a curator wrote for the question: an example query, or a trusted asset."""
        called = self._trusted.answer(question)
        if called is not None:
            return _trusted(called)
        sql = matching(question, self._space) or self._matching_earlier(question, earlier)
        sql = sql or (None if earlier else self._paraphrases.matching(question) or self._variations.matching(question))
        if sql is not None:
            return Answer(_FROM_EXAMPLE, sql, CURATED)
        if earlier and FOLLOWS.search(question):
            called = self._trusted.following(question, earlier[-1])
        return _trusted(called) if called else None

    def _made(self, question: str, earlier: Sequence[str]) -> Answer:
        """A query of its own, or a trusted asset where no query can be made."""
        try:
            composed, one = self._composed(self._reworded(question), tuple(map(self._reworded, earlier)))
        except AskBack:
            if (called := self._trusted.near(question)) is None:
                raise
            return _trusted(called)
        left = " ".join(f"{sentence!r}" for sentence in self._unapplied)
        thoughts = ((_INSTRUCTIONS, f"Not applied, since nothing in it was understood: {left}"),) if left else ()
        text = f"This shows: {composed.description}."
        return Answer(text, composed.sql, COMPOSED, definite=one, thoughts=thoughts)

    def _matching_earlier(self, question: str, earlier: Sequence[str]) -> str | None:
        """`same for 2024`: the example that the earlier question matched, with another period."""
        if not earlier or not FOLLOWS.search(question):
            return None
        items = self._recogniser.recognise(own_words(question))
        if not items or any(item.kind != kinds.SPAN for item in items):
            return None
        return matching(f"{earlier[-1]} in {items[0].words.removeprefix('for ').removeprefix('in ')}", self._space)

    def _composed(self, question: str, earlier: Sequence[str]) -> tuple[Composed, Definite | None]:
        question, earlier = self._commands.told(question), tuple(map(self._commands.told, earlier))
        question = set_beside(question)
        if not earlier and needs_earlier(question):
            raise AskBack("This seems to go on from an earlier question, but there is none. What shall I show?")
        question = self._phrases.in_words_of_space(question)
        change, question = read_change(question, self._is_name)
        before, earlier = earlier_change(question, earlier, self._is_name)
        change, understood = change or before, self._understand(question, earlier)
        unsaid = {id(item) for item in (*doings(understood), *doers(understood))}
        left = [i for i in understood if i.kind == kinds.UNKNOWN]
        unknown = [i.words for i in left if id(i) in unsaid or not self._lexicon.is_harmless(i.words)]
        unknown += [w for w in included(question) if not (self._is_known(w) or self._lexicon.is_harmless(w))]
        if unknown:
            raise Unknown(unknown_words(unknown, self._space), unknown)
        return self._tried(question, understood, change)

    def _tried(self, question: str, understood: list[Item], change: Change | None) -> tuple[Composed, Definite | None]:
        """The first of the readings of the items that makes a query."""
        refused: AskBack | None = None
        joined = False
        for is_variant in self._resolver.resolve(understood):
            if joined and not is_variant:
                continue
            items = with_compounds([replace(item) for item in understood])
            try:
                check(question, items)
                composed = self._composing.compose(items, change)
                if (state := at_present(question, items, composed.tables, self._states)) is not None:
                    again = with_compounds([replace(item) for item in understood])
                    composed = self._composing.compose([*again, state], change)
                return composed, None if change is not None else self._definite(items, composed)
            except AskBack as refusal:
                refused, joined = refused or refusal, joined or not isinstance(refusal, NotJoined)
        if (tied := only_tied(understood, refused)) is not None:
            return self._tried(question, tied, change)
        raise refused or AskBack("What shall I show?")

    def _is_known(self, word: str) -> bool:
        """Whether a word means something by itself, in the tables or in grammar."""
        return bool(self._lexicon.find(tokens(word))) or (plain(word),) in kinds.PHRASES

    def _is_read(self, text: str) -> bool:
        """Whether a question in those words is answered."""
        try:
            self._composed(text, ())
        except AskBack:
            return False
        return True

    def _is_name(self, word: str) -> bool:
        return any(entry.rank >= HEAD for entry in self._lexicon.find(tokens(word)))

    def _definite(self, items: list[Item], composed: Composed) -> Definite | None:
        """What the question speaks of as one thing, with the query for all such things."""
        named = definite(items)
        if not named:
            return None
        queries = [composed.sql] if table_of(named[-1].meaning) in composed.lists else []
        try:
            return Definite(" ".join(item.words for item in named), (self._composing.compose(named).sql, *queries))
        except AskBack:
            return None

    def _recognised(self, asked: str) -> list[Item]:
        lexicon, space, graph = self._lexicon, self._space, self._graph
        items = with_failing(with_heads(self._generals.read(self._recogniser.recognise(asked)), graph))
        items = with_lists(without_whole(with_states(with_sorts(with_pairs(items), space)), lexicon), space)
        items = with_happenings(with_things(with_marks(items, space), lexicon), space)
        items = with_planned(with_persons(with_repeating(items, space, graph), lexicon, space, graph), space)
        items = with_doers(with_people(with_own_days(items), lexicon, space, graph), lexicon, space, graph)
        items = with_limits(without_far_verbs(with_days(items, space), space, graph), space)
        return with_amounts(with_grains(with_unit_rates(with_named_rates(items, space), self._rates)), space, graph)

    def _understand(self, question: str, earlier: Sequence[str]) -> list[Item]:
        asked = own_words(question) if earlier else question
        items = with_progress(asked, self._recognised(asked), self._states, self._graph)
        items = with_rates(self._durations.read(asked, items))
        if not earlier or not goes_on(question, items):
            return items
        return continued(self._understand(earlier[-1], earlier[:-1]), items)

    def _suggestions(self) -> tuple[str, ...]:
        """Questions that this space answers."""
        told = [*self._space.questions, *(example.question for example in self._space.examples)]
        counts = [f"How many {table.name.replace('_', ' ')} are there?" for table in self._space.tables]
        return tuple(dict.fromkeys(told or counts))[:3]


def _trusted(called: Called) -> Answer:
    thoughts = ((_INSTRUCTIONS, f"Trusted asset: {called.what.removesuffix(',')}"),)
    return Answer(called.text, called.sql, TRUSTED, parameters=called.parameters, thoughts=thoughts)
