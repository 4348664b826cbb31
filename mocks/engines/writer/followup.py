"""Follow-up questions: made to stand alone by carrying what the turn before was about."""

import re
from collections.abc import Sequence

from mocks.engines.writer.words import identifiers, names

_CONTINUES = re.compile(r"^\W*(?:and|but|also|so|or|then|now)\b[\s,]*", re.I)
_WHAT_ABOUT = re.compile(r"^\W*(?:and\s+)?(?:what|how)\s+about\s+(.+)$", re.I)
_SAME = re.compile(r"^\W*(?:and\s+)?(?:the\s+)?same\b(?:\s+(?:question|again|thing))?\s*,?\s*(.*)$", re.I)
_NARROWS = re.compile(r"^\W*(?:and\s+|but\s+)?(only|just|without|except|excluding|not)\b", re.I)
_OF_THOSE = re.compile(r"\b(?:of|among)\s+(?:those|these|them)\b", re.I)
_PRONOUN = re.compile(r"\b(it|its|they|their|them|those|these|that one|this one|the same one)\b", re.I)
_ASKING = re.compile(
    r"^(?:how many|how much|which|what|who|list|show|get|give|find|tell)\b(?:\s+me)?(?:\s+all)?(?:\s+the)?\s*", re.I
)
_VERB = re.compile(r"\b(?:is|are|was|were|does|do|did|has|have|had|can|may|must|will|shall)\b", re.I)
_TAIL = re.compile(r"^(.*\b(?:about|regarding|concerning|of|for|on|in)\s+)(.+?)([?.!]*)$", re.I | re.S)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FRAGMENT = 6


def stand_alone(question: str, earlier: Sequence[str], answer: str = "") -> str:
    """The question with what it leaves to the turns before it; `answer` is what was answered last."""
    if not earlier:
        return question
    if same := _SAME.match(question):
        return _exchanged(stand_alone(earlier[-1], earlier[:-1]), same[1])
    if about := _WHAT_ABOUT.match(question):
        return _exchanged(stand_alone(earlier[-1], earlier[:-1]), about[1])
    if _NARROWS.match(question):
        return f"{_bare(stand_alone(earlier[-1], earlier[:-1]))}, {_CONTINUES.sub('', question)}"
    if _is_fragment(question):
        return _exchanged(stand_alone(earlier[-1], earlier[:-1]), _CONTINUES.sub("", question))
    if _PRONOUN.search(question) and not identifiers(question) and not names(question):
        return _resolved(_CONTINUES.sub("", question), stand_alone(earlier[-1], earlier[:-1]), answer)
    return question


def _is_fragment(question: str) -> bool:
    """`And carbon dioxide?` is one, `And who pays?` is none."""
    return (
        bool(_CONTINUES.match(question)) and len(question.split()) <= _FRAGMENT
        and not _VERB.search(question) and not _ASKING.match(_CONTINUES.sub("", question))
    )  # fmt: skip


def _exchanged(before: str, new: str) -> str:
    """The earlier question with what the fragment replaces: an identifier, a year, or what it ended with."""
    new = new.strip(" ?.!")
    value = re.sub(r"^(?:for|in|of|about|with|on|under)\s+", "", new, flags=re.I)
    old_ids, new_ids = identifiers(before), identifiers(value)
    if old_ids and new_ids:
        return before.replace(old_ids[-1], value)
    if _YEAR.search(before) and _YEAR.fullmatch(value):
        return _YEAR.sub(value, before)
    if value != new or _YEAR.fullmatch(value):
        return f"{_bare(before)} {new if value != new else f'in {value}'}?"
    if old_ids and not re.search(r"\b(?:about|regarding|concerning)\b", before, re.I):
        return f"What does {old_ids[-1]} say about {value}?"
    tail = _TAIL.match(before)
    return f"{tail[1]}{value}{tail[3] or '?'}" if tail else f"{_bare(before)}, {new}?"


def _resolved(question: str, before: str, answer: str) -> str:
    if _OF_THOSE.search(question):
        return _OF_THOSE.sub(lambda _: f"of the {_noun_phrase(before)}", question)
    known = identifiers(before) or names(before) or (identifiers(answer) if len(identifiers(answer)) == 1 else [])
    if not known:
        return f"{_bare(question)} ({_bare(before)})?"
    return _PRONOUN.sub(
        lambda found: f"{known[-1]}'s" if found[0].lower() in ("its", "their") else known[-1], question, count=1
    )


def _noun_phrase(before: str) -> str:
    """`How many open tickets are urgent?` is about `open tickets that are urgent`."""
    phrase = _ASKING.sub("", _bare(before))
    phrase = re.sub(r"^(?:of the|the|of)\s+", "", phrase, flags=re.I)
    phrase = re.sub(r"\s+(?:are there|do we have|exist|in total)$", "", phrase)
    verb = _VERB.search(phrase)
    if verb and not re.search(r"\bthat\s+$", phrase[: verb.start()]):
        phrase = f"{phrase[: verb.start()]}that {phrase[verb.start() :]}"
    return re.sub(r"(that are [^?]*?) (are) ", r"\1 and \2 ", phrase)


def listed(question: str) -> str:
    """What a request for a list calls the things in it; rows, if that cannot be told."""
    phrase = re.sub(
        r"^(?:(?:of|the|all|unique|distinct|different|us|me)\s+)*", "", _ASKING.sub("", _bare(question)), flags=re.I
    )
    plain = re.fullmatch(r"(?:[a-z]+ ){0,2}[a-z]+s", phrase)
    return phrase if plain and _ASKING.match(question.strip()) else "rows"


def _bare(question: str) -> str:
    return question.strip().rstrip("?.! ")
