"""Sentences ranked by how well they answer: shared words weighted by rarity, and the kind of value that is wanted."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mocks.engines.writer.expectation import Expectation, expectation
from mocks.engines.writer.refusal import speaks_to_a_model
from mocks.engines.writer.results import Passage
from mocks.engines.writer.words import VALUE_STEMS, canonical, identifiers, sentences, terms

_HEADING, _ABOUT, _NEAR = 0.7, 0.4, 0.8
_VALUE_NOUN = 0.3
_PREFIX = 5
_RANK = 0.004
_DOUBT = 0.6
_TOGETHER = 0.1
_RARE = 2
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9&]{1,6}\b")
_LONGEST = 700


@dataclass(frozen=True)
class Candidate:
    """A sentence of a passage, how much of the question it covers, and its score."""

    sentence: str
    passage: Passage
    covered: float
    score: float
    matched: frozenset[str]


class Ranking:
    """Ranks the sentences of passages for one question; `apart` are words that were dealt with otherwise."""

    def __init__(self, question: str, passages: Sequence[Passage], apart: Iterable[str] = ()) -> None:
        self.question = question
        self._expects: Expectation = expectation(question)
        self._acronyms = {canonical(word) for word in _ACRONYM.findall(question)}
        left_out = {term for text in apart for term in terms(text)}
        self.wanted = [term for term in dict.fromkeys(terms(question)) if term not in left_out]
        self._passages = passages
        self._frequency = Counter(term for p in passages for s in sentences(p.text) for term in set(terms(s)))
        self._total = sum(len(sentences(passage.text)) for passage in passages) or 1
        self.whole = sum(map(self.weight, self.wanted))

    @property
    def is_vague(self) -> bool:
        """Whether the question says no more than what kind of value it wants."""
        return all(term in VALUE_STEMS for term in self.wanted)

    def weight(self, term: str) -> float:
        """Rare words weigh more, words for kinds of values less."""
        seen = self._frequency[term]
        rarity = 1 + math.log((self._total + 1) / (seen + 0.5)) / math.log(self._total + 2)
        return rarity * (_VALUE_NOUN if term in VALUE_STEMS and not self._only_values() else 1.0)

    def _only_values(self) -> bool:
        return self.is_vague

    def candidates(self) -> list[Candidate]:
        """All sentences that share a word with the question, the best first."""
        found = [c for passage in self._passages for c in self._of(passage)]
        return sorted(found, key=lambda c: (-c.score, c.passage.rank))

    def is_near(self, candidate: Candidate) -> bool:
        """Whether it shares a rare word with the question and has a value of the kind that is wanted."""
        rare = any(self._frequency[term] <= _RARE and term not in VALUE_STEMS for term in candidate.matched)
        return rare and self._expects.met(candidate.sentence)

    def _of(self, passage: Passage) -> Iterable[Candidate]:
        heading = set(terms(passage.section))
        about = set(terms(f"{passage.source} {passage.about}"))
        for sentence in sentences(passage.text):
            if len(sentence) <= _LONGEST and not speaks_to_a_model(sentence):
                candidate = self._candidate(sentence, passage, heading, about)
                if candidate.matched:
                    yield candidate

    def _candidate(self, sentence: str, passage: Passage, heading: set[str], about: set[str]) -> Candidate:
        told = set(terms(sentence))
        initials = _initials(sentence)
        strength: dict[str, float] = {}
        for term in self.wanted:
            inside = self._strength(term, told, initials)
            strength[term] = max(inside, _HEADING * (term in heading), _ABOUT * (term in about))
        covered = sum(self.weight(term) * strength[term] for term in self.wanted) / (self.whole or 1)
        covered *= _DOUBT if self._expects.doubts(sentence) else 1.0
        own = frozenset(term for term, how in strength.items() if how >= _HEADING)
        bonus = self._expects.bonus(sentence) + self._definition(sentence, told | heading, initials)
        bonus += _TOGETHER * _closeness(sentence, own)
        score = covered + bonus * min(1.0, 2 * covered) - _RANK * passage.rank
        return Candidate(sentence, passage, covered, score, own)

    def _strength(self, term: str, told: set[str], initials: set[str]) -> float:
        if term in told:
            return 1.0
        if term in self._acronyms and term in initials:
            return 1.0
        near = any(min(len(t), len(term)) >= _PREFIX and (t.startswith(term) or term.startswith(t)) for t in told)
        return _NEAR if near else 0.0

    def _definition(self, sentence: str, told: set[str], initials: set[str]) -> float:
        if not self._expects.defines or not self.wanted:
            return 0.0
        starts = terms(sentence)[:3]
        subject = self.wanted[0]
        defines = re.search(r"\b(?:means|refers to|stands for|is an?|is the|are)\b|:", sentence)
        return 0.4 if defines and (subject in starts or subject in initials or subject in told) else 0.0


def _closeness(sentence: str, matched: frozenset[str]) -> float:
    """1 where the words of the question stand side by side, less the farther they are apart."""
    places = [at for at, term in enumerate(terms(sentence)) if term in matched]
    if len(set(matched)) < 2 or len(places) < 2:
        return 0.0
    nearest = min(b - a for a, b in pairwise(places))
    return 1 / nearest


def _initials(sentence: str) -> set[str]:
    """The acronyms that its runs of capitalised words make: Minimum Volume Commitment makes mvc."""
    runs = re.findall(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,5}", sentence)
    return {"".join(word[0] for word in re.split(r"[ -]", run)).lower() for run in runs}


def carries(passage: Passage, identifier: str) -> bool:
    """Whether the passage is about the identifier, by its header or source."""
    return identifier.lower() in {one.lower() for one in identifiers(f"{passage.about} {passage.source}")}


def names_it(passage: Passage, identifier: str) -> bool:
    """Whether the passage speaks of it at all."""
    return carries(passage, identifier) or identifier.lower() in {i.lower() for i in identifiers(passage.text)}
