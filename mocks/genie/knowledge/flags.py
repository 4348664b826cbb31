"""What the comment of a flag says of the rows in which it is set: `Y if payment protection was taken out`."""

import re
from collections.abc import Iterator

from sqlglot import exp

from mocks.genie.knowledge.people import is_person
from mocks.genie.knowledge.space import BOOLEAN, Column, Snippet, Table
from mocks.genie.knowledge.written import is_true
from mocks.genie.language.english import FILLERS, KINDS
from mocks.genie.language.verbs import LIGHT, MEASURING, TIES, is_participle
from mocks.genie.language.words import FUNCTION_WORDS, stem, stems, word_set

_CLAUSE = re.compile(r"[.;,](?:\s|$)")
_SET = re.compile(
    r"^(?:(?:y|yes|true|t|1)['’]?\s*(?:=|:|–|-|if|when|whenever|where|means|stands for|for)"
    r"|(?:(?:says|tells|indicates|shows|marks)\s+)?whether(?: or not)?|flag(?: for|:)|set (?:if|when))"
    r"\s*(?:that\s+)?(?:the\s+|an?\s+|it\s+)?(?P<said>.+)$",
    re.I,
)
_BE = re.compile(r"\s(?:has been|have been|had been|is|are|was|were|has|have|had|can|may|did|does|do)\s")
# `the ship has`, `a line disputes`: who does it, and no name of what holds.
_DOER = re.compile(
    r"\b(?:the|an?|this|our|their)\s+(?P<who>[\w-]+)\s+(?:has|have|had|is|are|was|were|can|may|did|does|[\w-]+s|[\w-]+ed)\s",
    re.I,
)
# `only for subscribers`: for whom it is, and not what holds.
_WHOM = re.compile(r"\b(?:for|of|by|to|with|from|at|on)\s+(?:the\s+|an?\s+)?([\w-]+)", re.I)
_WHITHER = frozenset(("back", "off", "away", "up"))
_LONGEST = 6
# What begins a part that a phrase can do without.
_ADDED = word_set("""
at on in by for with to from of during after before when while as per through under over since until if and or via
within than without into onto
""")


def said_of(column: Column) -> str:
    """What holds of the rows in which the flag is set; nothing if the comment only says what is not."""
    for clause in _CLAUSE.split(column.description):
        if (found := _SET.match(clause.strip())) is not None:
            return found["said"].strip()
    return ""


def opposite_of(column: Column) -> Iterator[Snippet]:
    """What is said of the rows in which a flag is not set, where it is no word of the flag's: `part-time`."""
    for said, other in (("full time", "part time"), ("part time", "full time")):
        if column.kind == BOOLEAN and said in column.spoken.lower():
            yield Snippet("filters", (other,), exp.not_(is_true(column)).sql("databricks"))


def flag_phrases(table: Table, column: Column) -> Iterator[str]:
    """The whole of it, and what stands before and behind a verb that says nothing by itself; no noun alone before it.

    `Y if the visitor was insured` says `insured`, and not `visitor`.
    """
    said, common = said_of(column), _said_of_anything(table, column)
    subject, *rest = _BE.split(f" {said} ", maxsplit=1)
    for phrase in (said, *([subject] if len(subject.split()) > 1 else ()), *rest):
        words = phrase.split()
        if 1 < len(words) <= _LONGEST:
            ends = [size for size in range(2, len(words)) if _may_end(words, size)]
            ends = [size for size in ends if words[size - 1].lower() not in FUNCTION_WORDS]
            parts = (phrase.strip(), *(" ".join(words[:size]) for size in ends))
            yield from (part for part in parts if not set(stems(part)) <= common)


def _may_end(words: list[str], at: int) -> bool:
    """Whether it says as much without the words from there on: `insured at the sale`, but not `came back damaged`."""
    return words[at].lower() in _ADDED or not is_participle(words[-1])


def flag_words(table: Table, column: Column) -> Iterator[str]:
    """The stems of its words, but for those that are said of anything and the name of the thing itself."""
    common = _said_of_anything(table, column) | KINDS | (LIGHT - _WHITHER) | TIES | MEASURING
    words = [word for word in stems(said_of(column)) if len(word) > 2 and word not in common and word.isalpha()]
    beside = {stem(word) for word in _WHOM.findall(said_of(column))}
    yield from (word for word in words if word not in beside or not is_person(word))


def _said_of_anything(table: Table, column: Column) -> frozenset[str]:
    """Fillers, the name of the table, and of whom the comment speaks."""
    doers = (word for found in _DOER.finditer(f"{column.description} ") for word in stems(found["who"]))
    return FILLERS | {*stems(table.spoken), *doers}
