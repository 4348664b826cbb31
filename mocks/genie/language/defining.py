"""The forms in which sentences define a state: of what it is one, what it is called, and when it is so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COUNTS = (
    r"(?:(?:is|are) (?:still |called |considered |regarded as |treated as |said to be |counted as |deemed )?"
    r"|counts? as |qualif(?:y|ies) as )"
)
_WHEN = (
    r"(?:only with|(?:only )?(?:if|when|whenever|while|where|once|as soon as|as long as|because|provided(?: that)?"
    r"|from the day))"
)
_A = r"^(?:(?:an?|the|all|every)\s+)?"
_BEEN = r"(?:(?:was|were|has|have|had) (?:been )?|did )"
_HAPPENED = r"(?:got|took|ended|came|went|turned|failed|ran|stood|\w+ed)"
_ONE_WHERE = re.compile(
    rf"{_A}(?P<names>.+?) (?:is one|are (?:those|the ones)(?: \w+)?) "
    r"(?P<condition>(?:with|without|whose|where|when|that has|that have|that|which|who) .+)$",
    re.I,
)
_IS_WHEN = re.compile(rf"{_A}(?P<noun>[\w ]+?) {_COUNTS}(?P<names>.+?),? {_WHEN} (?P<condition>.+)$", re.I)
_WAS_WHEN = re.compile(rf"{_A}(?P<noun>\w+(?: \w+)?) {_BEEN}(?P<names>.+?),? {_WHEN} (?P<condition>.+)$", re.I)
_DID_WHEN = re.compile(rf"{_A}(?P<noun>\w+(?: \w+)?) (?P<names>{_HAPPENED}\b.*?),? {_WHEN} (?P<condition>.+)$", re.I)
_MEANS = re.compile(r"^(?P<names>.+?) means? (?:that )?(?P<condition>.+)$", re.I)
_HAS = re.compile(
    rf"{_A}(?P<names>[\w, -]+?) (?P<condition>(?:has|have|had|lacks?|is|are|was|were|lasts?|takes?|runs?|weighs?) .+)$",
    re.I,
)
_THAT_HAS = re.compile(
    rf"{_A}(?P<noun>\w+(?: \w+)?) (?:that|which|who)(?: (?:we|you|they|it|the \w+|our \w+))?(?: really| actually)? "
    r"(?:(?:was|were|is|are|has|have)(?: been)? )?(?P<names>\w+(?: \w+){0,3}) "
    r"(?P<condition>(?:has|have|had|lacks?) .+)$",
    re.I,
)
_WITH_IS = re.compile(
    rf"{_A}(?P<noun>\w+(?: \w+)?) (?P<condition>(?:with|without|of|whose) .+?) {_COUNTS}(?P<names>[\w-]+(?: [\w-]+)?)$",
    re.I,
)
_WE_DID = re.compile(
    rf"^(?:we|they) (?P<verb>\w+) (?:an?|the) (?P<noun>\w+) (?P<rest>\w+)(?:,? or (?P<other>\w+(?: \w+)?))??(?: it)?,? "
    rf"{_WHEN} (?P<condition>.+)$",
    re.I,
)
_IS = re.compile(
    r"^(?P<names>[\w-]+(?: [\w-]+){0,3}) (?:is|are) "
    r"(?P<condition>[\w.]*[_.]\w+ .+|\w+ (?:=|<|>|in \(|is (?:not )?null).*)$",
    re.I,
)
_THEY_HAVE = re.compile(
    rf"{_A}(?P<noun>\w+) (?P<names>(?:behind|on|in|under|at|from|without) .+?) (?P<condition>(?:has|have) .+)$", re.I
)
_DATED = re.compile(r"\b(?:dated|counted|recogni[sz]ed|booked) (?:in time )?(?:by|on|from|at) [\w.]+$", re.I)
_MOST_UNKNOWN = 3


@dataclass(frozen=True)
class Definition:
    """What a sentence defines: the noun is empty where the names must tell of which thing they are states."""

    noun: str
    names: str
    condition: str
    told_apart: bool

    @property
    def is_sure(self) -> bool:
        """Whether its form, or a short name, tells that the sentence defines something."""
        return self.told_apart or len(self.names.split()) <= _MOST_UNKNOWN


def definitions(sentence: str) -> Iterator[Definition]:
    """How a sentence may be read as a definition, the surest form first."""
    if _DATED.search(sentence):
        return
    if (told := _WE_DID.match(sentence)) is not None:
        names = ", ".join(filter(None, (f"{told['verb']} {told['rest']}", told["other"])))
        yield Definition(told["noun"], names, told["condition"], told_apart=True)
    for pattern in (_ONE_WHERE, _IS_WHEN, _WAS_WHEN, _DID_WHEN, _MEANS, _THAT_HAS, _WITH_IS, _THEY_HAVE, _IS, _HAS):
        if (found := pattern.match(sentence)) is not None:
            named = found.groupdict()
            yield Definition(
                named.get("noun") or "", named["names"], named["condition"], told_apart=pattern is not _HAS
            )
