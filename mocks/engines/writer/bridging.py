"""Between two questions: what the first one found, who holds a role in it, and how the second one speaks of both."""

import re

from mocks.engines.writer.words import identifiers, names

_ROLE = re.compile(r"^\W*(?:which|what)\s+([a-z]+)\b|\bwho\s+(?:is|was)\s+the\s+([a-z]+)\b", re.I)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PERIODS = {
    "month": re.compile(rf"\b{_MONTH}(?:\s+\d{{1,2}},?)?\s+((?:19|20)\d\d)\b"),
    "year": re.compile(r"\b((?:19|20)\d\d)\b"),
    "quarter": re.compile(r"\bQ[1-4]\s+((?:19|20)\d\d)\b"),
}
_THE_THING = re.compile(
    r"\b(?:the|that|this)\s+(?:contract|agreement|order|policy|case|ticket|project|lease|account|claim|deal|file)\b",
    re.I,
)
_THAT_PERIOD = re.compile(r"\bthat\s+(month|year|quarter)\b", re.I)


def missing_role(question: str, sentence: str) -> str:
    """The role that the question asks for, if the sentence has nobody in it but names a thing to ask about."""
    asked = _ROLE.match(question)
    if not asked or not new_identifiers(question, sentence):
        return ""
    role = (asked[1] or asked[2]).lower()
    return "" if holder(role, sentence) or re.search(rf"\b{role}\b", sentence, re.I) else role


def new_identifiers(question: str, sentence: str) -> list[str]:
    """The identifiers that the sentence adds to the question."""
    return [one for one in identifiers(sentence) if one not in identifiers(question)]


def holder(role: str, sentence: str) -> str:
    """Who holds the role: the name before `("Role")`, or after `Role:`."""
    bound = re.search(rf"\((?:the\s+|as\s+)?[\"“']?{role}[\"”']?\)", sentence, re.I)
    if bound and (before := names(sentence[: bound.start()].replace('"', " "))):
        return before[-1]
    told = re.search(rf"\b{role}\s*(?::|is)\s*", sentence, re.I)
    after = names(sentence[told.end() :]) if told else []
    return after[0] if after else ""


def bridge(role: str, thing: str) -> str:
    """The question in between."""
    return f"Between which parties is {thing}, and who is the {role}?"


def role_asked(question: str) -> str:
    """The role in a question for who holds it."""
    asked = _ROLE.search(question)
    return (asked[1] or asked[2] or "").lower() if asked else ""


def pointed(second: str, first: str, sentence: str, thing: str) -> str:
    """The second question with `that month` and `the contract` said in full."""

    def period(found: re.Match[str]) -> str:
        told = _PERIODS[found[1].lower()].search(f"{first} {sentence}")
        if not told:
            return found[0]
        month = re.match(_MONTH, told[0])
        return f"{month[0]} {told[1]}" if month else told[0]

    second = _THAT_PERIOD.sub(period, second)
    return _THE_THING.sub(thing, second, count=1) if thing and not identifiers(second) else second
