"""Phrasal verbs: `came back` is read as `returned` where the space has a word for that and none for the phrase."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from mocks.genie.language.verbs import LIGHT, MEASURING, TIES
from mocks.genie.language.words import stem, word_set

_VERBS = {
    "come": "comes? came coming",
    "go": "go(?:es|ne|ing)? went",
    "get": "gets? got gotten getting",
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
    "ring": "rings? rang rung ringing",
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
    "look": "look(?:s|ed|ing)?",
    "deal": "deals? dealt dealing",
    "start": "start(?:s|ed|ing)?",
    "move": "mov(?:e|es|ed|ing)",
    "step": "step(?:s|ped|ping)?",
    "stand": "stands? stood standing",
    "pull": "pull(?:s|ed|ing)?",
    "back": "back(?:s|ed|ing)?",
    "knock": "knock(?:s|ed|ing)?",
    "wave": "wav(?:e|es|ed|ing)",
    "wind": "winds? wound winding",
    "wrap": "wrap(?:s|ped|ping)?",
    "fill": "fill(?:s|ed|ing)?",
    "hold": "holds? held holding",
    "break": "breaks? broke broken breaking",
    "write": "writes? wrote written writing",
    "show": "show(?:s|ed|n|ing)?",
    "say": "says? said saying",
    "work": "work(?:s|ed|ing)?",
    "log": "log(?:s|ged|ging)?",
    "fall": "falls? fell fallen falling",
    "mark": "mark(?:s|ed|ing)?",
}
_MEANT = """
come back: returned; bring back: returned; give back: returned, refunded; hand back: returned, refunded; send back:
returned, rejected; take back: returned; get back: returned, received; turn in: submitted, returned; pay back: repaid,
refunded; pay out: paid, disbursed; pay off: paid, settled; hand in: submitted, returned; send in: submitted; put in
for: applied, requested, submitted; hand over: delivered, completed, finished; put in: submitted, filed, lodged,
installed; put up: installed, built, erected, opened; put forward: proposed, submitted; put on: assigned; put through:
approved, processed; hand out: issued, distributed, given; give out: issued, awarded; drop off: delivered; pick up:
collected; pick out: selected, chosen; come in: received, arrived, submitted, placed; come out: published, released,
issued, launched; come up: raised, opened; come through: approved, received; come too late: late; go out: sent, issued,
shipped, dispatched, published; go through: approved, passed, processed, completed; go missing: lost, missing; go wrong:
failed; go live: launched, released, published; go back: returned; go away: left; go bust: closed; get through: passed,
approved; get a yes: approved, granted, accepted, passed, confirmed; get a no: rejected, refused, declined, denied; get
the go-ahead: approved, granted, accepted; get the green light: approved, granted, accepted; get the nod: approved,
granted, accepted; get the sack: dismissed, terminated, left; get in: received, arrived; say yes to: approved, accepted,
granted, agreed; say no to: rejected, refused, declined; wave through: approved, granted, accepted; knock back:
rejected, refused, declined; sign off: approved, signed, accepted; back out: withdrawn, cancelled; pull out: withdrawn,
cancelled; sign up: registered, joined, enrolled, subscribed; sign on: joined, registered, hired; sign for: received;
take on: hired, employed, accepted, joined; take off: departed; take out: borrowed; take over: acquired; take care of:
handled; take part in: attended; take part: attended; set up: founded, established, created, opened, built; call off:
cancelled; put off: postponed, rescheduled; put back: postponed, rescheduled, returned; lay off: dismissed, terminated,
left; let go: dismissed, terminated, left; let in: admitted, accepted; turn down: rejected, refused, declined, denied;
turn away: rejected, refused; turn up: attended, arrived, appeared; show up: attended, arrived, appeared; throw out:
rejected, disposed, dismissed; throw away: disposed, scrapped; drop out: withdrawn, left; carry out: performed, done,
completed; set off: departed, left; set out: departed, left; head off: departed, left; run out: expired, ended; shut
down: closed; close down: closed; wind up: closed, ended; wrap up: completed, closed; break down: failed, broken; pass
away: died; fall through: cancelled; sort out: resolved, solved, closed, completed; clear up: resolved, solved, closed,
completed; deal with: handled, resolved, processed; look after: handled; look into: investigated, handled, inspected;
work on: handled; send out: sent, shipped, dispatched, issued; send off: sent, shipped, dispatched; check in: admitted,
arrived; check out: discharged, departed; step down: resigned, left; stand down: resigned, left; move out: left; fill
in: completed, filled, submitted; hold up: delayed; write off: scrapped, cancelled; write down: recorded; mark down:
reduced, discounted; log in: logged; start work: hired, joined, started; start working: hired, joined, started
"""
# What stands before a verb that tells of something, and asks nobody to do it.
_TOLD = r"(?<!^)(?<!please )(?<!\byou )(?<!\bto )"
# What may stand between a verb and its particle: `turn an application down`, `hand it back`.
_BETWEEN = r"(?:(?:it|them|this|that|him|her|us|money)|(?:the|an?|our|their|his|her|its|any) (?:[\w'-]+ ){0,2}[\w'-]+)"
# What also stands for nothing more than that things belong together.
_LOOSE = (
    *("come in", "go out", "go through", "come out", "come up", "come through", "get in", "put on", "deal with"),
    *("look into", "work on", "take out", "go back", "go away", "get through", "come too late", "take part in"),
    *("take part", "say yes to", "say no to", "carry out", "turn up", "show up"),
)
# What says nothing of the things themselves, in a question that goes on from another.
_OF_THESE = re.compile(r"\b(?:of|among) (?:these|those|them)\b", re.IGNORECASE)
# What is no hiring and no delivery where it is asked how much money that makes: `what did we take on snacks`.
_TAKINGS = ("take on", "take in", "bring in", "come in")
_HOW_MUCH = re.compile(r"\s*(?:how much|what (?:did|do|does|have|has)) ", re.IGNORECASE)
_SEPARABLE = word_set("back down off up in out over on")
# What follows where the particle is a preposition of something else: `taken on average`, `came in 2024`.
_PLACING = ("in", "on")
_NO_PLACE = r"(?! (?:average\b|\d|each\b|every\b|which\b|what\b|one\b|this\b|last\b|(?-i:[A-Z])))"


def _pattern(phrase: str) -> re.Pattern[str]:
    verb, _, rest = phrase.partition(" ")
    between = f"(?P<between> {_BETWEEN})?" if rest in _SEPARABLE else ""
    return re.compile(
        rf"{_TOLD}\b(?:{'|'.join(_VERBS[verb].split())}){between} {rest}\b{_NO_PLACE if rest in _PLACING else ''}",
        re.IGNORECASE,
    )


_PHRASES = tuple(
    (_pattern(phrase.strip()), phrase.strip(), tuple(word.strip() for word in words.split(",")))
    for phrase, _, words in (line.partition(":") for line in " ".join(_MEANT.split()).split(";"))
)


def in_one_verb(
    question: str,
    is_known: Callable[[str], bool],
    is_near: Callable[[str, str], bool],
    is_about: Callable[[str, str], bool],
) -> str:
    """The question with each phrasal verb that is not known as the single verb of its meaning that is.

    Of several, one that says something of a thing that the question names, else of what refers to that.
    """
    for pattern, phrase, words in _PHRASES:
        found = pattern.search(question)
        if (
            found is None
            or is_known(_bare(found))
            or is_known(f"{_bare(found)} {_next(question, found.end())}".strip())
        ):
            continue
        if phrase in _TAKINGS and _HOW_MUCH.match(question):
            continue
        vague = phrase in _LOOSE and _OF_THESE.search(question)
        near = [word for word in words if is_near(word, question)] if not vague else []
        about = () if phrase in _LOOSE else tuple(word for word in words if is_about(word, question))
        instead = () if phrase in _LOOSE else _instead(found[0].split()[0], words, is_known)
        more = (*about, *filter(is_known, words if instead else ()), *instead)
        verb = next(iter([*near, *more]), "")
        question = pattern.sub(partial(_in_place, verb), question) if verb else question
    return question


def _instead(verb: str, words: Sequence[str], is_known: Callable[[str], bool]) -> Sequence[str]:
    """`put in for` needs a word in its place, be it one that is asked about; `come back` says little by itself."""
    known = stem(verb) in TIES | LIGHT | MEASURING or is_known(verb)
    return words[:1] if not known or stem(words[0]) in TIES | LIGHT else ()


def _in_place(verb: str, found: re.Match[str]) -> str:
    return f"{verb}{found.groupdict().get('between') or ''}"


def _bare(found: re.Match[str]) -> str:
    """The phrase without what stands inside it."""
    between = found.groupdict().get("between")
    return found[0].replace(between, "") if between else found[0]


def _next(question: str, at: int) -> str:
    """The word from there on: `came back damaged`."""
    following = re.match(r" ([\w-]+)", question[at:])
    return following[1] if following else ""
