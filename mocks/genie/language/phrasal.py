"""Phrasal verbs: `came back` is read as `returned` where the space has a word for that and none for the phrase."""

import re
from collections.abc import Callable

_VERBS = {
    "come": "comes? came coming",
    "bring": "brings? brought bringing",
    "give": "gives? gave given giving",
    "hand": "hand(?:s|ed|ing)?",
    "send": "sends? sent sending",
    "take": "takes? took taken taking",
    "turn": "turn(?:s|ed|ing)?",
    "pay": "pays? paid paying",
    "sign": "sign(?:s|ed|ing)?",
    "set": "sets? setting",
    "put": "puts? putting",
    "drop": "drop(?:s|ped|ping)?",
    "pick": "pick(?:s|ed|ing)?",
    "call": "call(?:s|ed|ing)?",
    "lay": "lays? laid laying",
    "let": "lets? letting",
    "throw": "throws? threw thrown",
    "carry": "carr(?:y|ies|ied|ying)",
    "head": "head(?:s|ed|ing)?",
    "run": "runs? ran running",
    "shut": "shuts? shutting",
    "close": "clos(?:e|es|ed|ing)",
    "pass": "pass(?:es|ed|ing)?",
    "sort": "sort(?:s|ed|ing)?",
    "clear": "clear(?:s|ed|ing)?",
    "check": "check(?:s|ed|ing)?",
}
_MEANT = """
come back: returned; bring back: returned; give back: returned, refunded; hand back: returned; send back: returned;
take back: returned; pay back: repaid, refunded; turn in: submitted, returned;
hand in: submitted, returned; send in: submitted; hand over: delivered; drop off: delivered; pick up: collected;
sign up: registered, joined, enrolled, subscribed; sign on: joined, registered, hired; take on: hired, employed;
set up: founded, established, created, opened, built; call off: cancelled; put off: postponed, rescheduled;
lay off: dismissed, terminated; let go: dismissed, terminated; turn down: rejected, refused, declined;
throw out: rejected, disposed; drop out: withdrawn, left; carry out: performed, done; set off: departed;
set out: departed;
head off: departed; run out: expired; shut down: closed; close down: closed; pass away: died;
sort out: resolved; clear up: resolved; send out: sent, shipped, dispatched; check in: admitted, arrived;
check out: discharged, departed
"""
# What stands before a verb that tells of something, and asks nobody to do it.
_TOLD = r"(?<!^)(?<!please )(?<!\byou )(?<!\bto )"


def _pattern(phrase: str) -> re.Pattern[str]:
    verb, _, rest = phrase.partition(" ")
    return re.compile(rf"{_TOLD}\b(?:{'|'.join(_VERBS[verb].split())}) {rest}\b", re.IGNORECASE)


_PHRASES = tuple(
    (_pattern(phrase.strip()), tuple(word.strip() for word in words.split(",")))
    for phrase, _, words in (line.partition(":") for line in _MEANT.split(";"))
)


def in_one_verb(question: str, is_known: Callable[[str], bool]) -> str:
    """The question with each phrasal verb that is not known as the first single verb of its meaning that is."""
    for pattern, words in _PHRASES:
        found = pattern.search(question)
        if found is None or is_known(found[0]) or is_known(f"{found[0]} {_next(question, found.end())}".strip()):
            continue
        verb = next((word for word in words if is_known(word)), None)
        question = pattern.sub(verb, question) if verb else question
    return question


def _next(question: str, at: int) -> str:
    """The word from there on: `came back damaged`."""
    following = re.match(r" ([\w-]+)", question[at:])
    return following[1] if following else ""
