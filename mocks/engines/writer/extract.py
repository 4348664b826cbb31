"""Answers taken from passages: the sentence in force for each thing asked about, with its source, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mocks.engines.writer.amendments import age, changes, governing, in_force, is_draft
from mocks.engines.writer.comparison import compared, compares
from mocks.engines.writer.ranking import Candidate, Ranking, carries, names_it
from mocks.engines.writer.results import Passage
from mocks.engines.writer.words import identifiers, mentions, names

ENOUGH = 0.5
NEAR = 0.3
SURE = 0.7
_SIMILAR = 0.9
_MANY = 3
_SECOND = 0.22
_NEGATES = re.compile(r"\b(?:no|not|neither|nor|never|none|cannot|prohibited|forbidden|excluded)\b", re.I)
_YES_NO = re.compile(r"^\W*(?:and\s+)?(?:is|are|does|do|did|can|could|may|must|has|have|will|shall|should)\b", re.I)
_PAST = re.compile(
    r"\b(?:original|originally|previous|previously|before|formerly|old|first|chang\w+|amend\w+|draft|redline)\b", re.I
)

_AMENDED = re.compile(r"\bas amended\b|\bamended to\b", re.I)
_ORIGINAL = re.compile(
    r"\b(?:original|originally|initial|initially|before (?:the|any|its) (?:amendment|change))\b", re.I
)


@dataclass(frozen=True)
class Extract:
    """What the passages say: an answer with how much of the question it covers, or a question back."""

    text: str = ""
    covered: float = 0.0
    asks: str = ""
    missing: tuple[str, ...] = ()
    lead: str = ""
    cited: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class _Statement:
    subject: str
    sentence: str
    passage: Passage
    covered: float


def extract(question: str, passages: Sequence[Passage], cautious: bool = False) -> Extract:
    """The answer; `cautious` is set where a tool warned that its passages are about several things."""
    asks_past = bool(_PAST.search(question))
    usable = [p for p in passages if asks_past or not is_draft(p)]
    if _ORIGINAL.search(question):
        usable = [p for p in usable if not changes(p)] or usable
    subjects = _subjects(question, usable)
    if not subjects:
        return _of_anything(question, _naming(question, usable), cautious)
    found = [_of_subject(question, subject, usable, asks_past) for subject in subjects]
    stated = [statement for statement in found if statement]
    missing = tuple(subject for subject, statement in zip(subjects, found, strict=True) if not statement)
    if not stated:
        return Extract(missing=missing)
    lines = [_line(question, statement, name_it=True) for statement in stated]
    if len(stated) > 1:
        lines = [line for line in [compared(question, [(s.subject, s.sentence) for s in stated]), *lines] if line]
    covered = min(statement.covered for statement in stated)
    return Extract("\n".join(lines), covered, missing=missing, cited=tuple(s.passage for s in stated))


def _subjects(question: str, passages: Sequence[Passage]) -> list[str]:
    """What must be answered for: every identifier, and in a comparison every document that is called by its title."""
    named = identifiers(question)
    if compares(question):
        titles = [name for name in names(question) if any(mentions(f"{p.source} {p.about}", name) for p in passages)]
        named = [*named, *(title for title in titles if not identifiers(title))]
    return named if len(named) != 1 or identifiers(question) else []


def _naming(question: str, passages: Sequence[Passage]) -> list[Passage]:
    """Passages that speak of all the names in the question, if there are any."""
    kept = list(passages)
    for name in names(question):
        naming = [p for p in kept if mentions(f"{p.text} {p.source} {p.about}", name)]
        kept = naming or kept
    return kept


def _of_subject(question: str, subject: str, passages: Sequence[Passage], asks_past: bool) -> _Statement | None:
    own = [p for p in passages if carries(p, subject)] or [p for p in passages if names_it(p, subject)]
    if not identifiers(subject):
        own = [p for p in passages if mentions(f"{p.source} {p.about}", subject)]
    others = [*identifiers(question), *(names(question) if compares(question) else [])]
    ranking = Ranking(_without(question, others), own, [subject, *_titles(own)])
    if not ranking.wanted:
        ranking = Ranking(_without(question, others), own, [subject])
    best = next(iter(ranking.candidates()), None)
    if best is None or (best.covered < ENOUGH and not (best.covered >= NEAR and ranking.is_near(best))):
        return None
    return _settled(best, subject, own, ranking, asks_past)


def _titles(passages: Sequence[Passage]) -> list[str]:
    """Words of the kind of document are no subject when the document is named by its number."""
    return ["agreement contract document policy"] if passages else []


def _without(question: str, texts: Sequence[str]) -> str:
    for text in texts:
        question = re.sub(re.escape(text), " ", question, flags=re.I)
    return question


def _settled(best: Candidate, subject: str, own: Sequence[Passage], ranking: Ranking, asks_past: bool) -> _Statement:
    """The best sentence, or the change that took its place."""
    if asks_past and not _AMENDED.search(ranking.question):
        return _Statement(subject, _with_second(best, ranking), best.passage, best.covered)
    newer = [p for p in own if changes(p) and p != best.passage and age(p) > age(best.passage)]
    sentence, passage = governing(best.sentence, best.passage.section, ranking.wanted, newer)
    if passage:
        return _Statement(subject, in_force(sentence), passage, best.covered)
    if changes(best.passage):
        return _Statement(subject, in_force(best.sentence), best.passage, best.covered)
    return _Statement(subject, _with_second(best, ranking), best.passage, best.covered)


def _with_second(best: Candidate, ranking: Ranking) -> str:
    """The sentence, with another of its passage that covers what it does not."""
    for other in ranking.candidates():
        new = sum(ranking.weight(term) for term in other.matched - best.matched)
        if other.passage == best.passage and other.sentence != best.sentence and new >= _SECOND * ranking.whole:
            first, second = sorted((best.sentence, other.sentence), key=best.passage.text.find)
            return f"{first} {second}"
    return best.sentence


def _of_anything(question: str, passages: Sequence[Passage], cautious: bool) -> Extract:
    ranking = Ranking(question, passages)
    candidates = ranking.candidates()
    about = list(dict.fromkeys(_key(passage) for passage in passages))
    if ranking.is_vague and len(about) > 1 and not names(question):
        return Extract(asks=_ask_which(about))
    if not candidates or candidates[0].covered < ENOUGH:
        return Extract()
    choices = _choices(candidates)
    several = 2 if cautious or ranking.is_vague or all(identifiers(one) for one in choices) else _MANY
    if len(choices) >= several:
        return Extract(asks=_ask_which(choices))
    best = candidates[0]
    own = [p for p in passages if _key(p) == _key(best.passage)]
    statement = _settled(best, "", own, ranking, bool(_PAST.search(question)))
    return Extract(_line(question, statement, False), best.covered, cited=(statement.passage,))


def _choices(candidates: Sequence[Candidate]) -> list[str]:
    """What the best sentences are about, where they say different things equally well."""
    best = candidates[0]
    level = [c for c in candidates if c.score >= _SIMILAR * best.score and c.matched >= best.matched]
    distinct: dict[str, str] = {}
    for candidate in level:
        if candidate.sentence not in distinct.values():
            distinct.setdefault(_key(candidate.passage), candidate.sentence)
    return list(distinct)


def _key(passage: Passage) -> str:
    """The thing that a passage is about: the identifier in its header, else its source."""
    named = identifiers(f"{passage.about} {passage.source}")
    return named[0] if named else passage.source


def _ask_which(choices: Sequence[str]) -> str:
    listed = ", ".join(choices[:6])
    return f"Several documents fit this question and say different things: {listed}. Which one do you mean?"


def _line(question: str, statement: _Statement, name_it: bool) -> str:
    sentence = statement.sentence.rstrip()
    negative = _YES_NO.match(question) and _NEGATES.search(sentence) and not _NEGATES.search(question)
    said = f"No. {sentence}" if negative and statement.covered >= SURE else sentence
    subject = f"{statement.subject}: " if name_it and statement.subject else ""
    hedge = "the nearest passage says: " if statement.covered < ENOUGH else ""
    return f"{subject}{hedge}{said} {citation(statement.passage)}"


def citation(passage: Passage) -> str:
    """`[document, section]`"""
    return f"[{', '.join(part for part in (passage.source, passage.section) if part)}]"
