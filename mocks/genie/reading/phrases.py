"""Verbs and relations that a question has, read as the words that the space has for them."""

from mocks.genie.knowledge.joins import JoinGraph
from mocks.genie.knowledge.lexicon import Lexicon
from mocks.genie.knowledge.names import FULL, WORD
from mocks.genie.knowledge.space import NUMBER, Column, Snippet, Space, Table
from mocks.genie.language.gapped import Gapped
from mocks.genie.language.phrasal import in_one_verb
from mocks.genie.language.reaching import in_plain_relations
from mocks.genie.language.takings import NAMES, in_revenue, in_takings
from mocks.genie.language.words import tokens
from mocks.genie.reading.frame import table_of


class Phrases:
    """The phrases of questions about one space."""

    def __init__(self, space: Space, lexicon: Lexicon, graph: JoinGraph) -> None:
        self._lexicon, self._graph = lexicon, graph
        told = (name for snippet in space.snippets for name in snippet.names)
        self._gapped = Gapped([*told, *(name for column in space.columns() for name in column.synonyms)])
        known = {name: self._as_measure(name) for name in NAMES}
        self._takings = max(known, key=known.__getitem__) if any(known.values()) else ""

    def in_words_of_space(self, question: str) -> str:
        """The question, with what is earned, how things relate and what was done in the space's own words."""
        question = in_takings(in_revenue(self._gapped.closed(question), self._takings, self._is_number))
        return in_one_verb(in_plain_relations(question, self._is_verb), self._is_verb, self._is_near, self._is_about)

    def _as_measure(self, name: str) -> float:
        """How surely a name is that of a measure."""
        first = self._lexicon.find(tokens(name))[:1]
        return max((entry.rank for entry in first if isinstance(entry.meaning, Snippet)), default=0)

    def _is_number(self, name: str) -> bool:
        first = [entry.meaning for entry in self._lexicon.find(tokens(name))[:1]]
        return any(isinstance(m, Snippet) or (isinstance(m, Column) and m.kind == NUMBER) for m in first)

    def _is_verb(self, word: str) -> bool:
        """Whether a verb or a phrase of one names something by itself."""
        return any(entry.rank > WORD for entry in self._lexicon.find(tokens(word)))

    def _is_near(self, verb: str, question: str) -> bool:
        """Whether a verb says something of a thing that the question names, or of anything if it names none."""
        return self._tells(verb, self._tables_named(question))

    def _is_about(self, verb: str, question: str) -> bool:
        """Whether a verb says something of what refers to a thing that the question names."""
        others = {other for name in self._tables_named(question) for other in self._graph.about(name)}
        return bool(others) and self._tells(verb, others)

    def _tables_named(self, question: str) -> set[str]:
        named = [e for word in tokens(question) for e in self._lexicon.find([word])[:1]]
        tables = {table_of(e.meaning) for e in named if isinstance(e.meaning, Table)}
        return tables or {table_of(e.meaning) for e in named if e.rank >= FULL} - {""}

    def _tells(self, verb: str, tables: set[str]) -> bool:
        told = [table_of(e.meaning) for e in self._lexicon.find(tokens(verb)) if e.rank > WORD]
        return bool(told) and (not tables or not tables.isdisjoint(told))
