"""What a prompt asks for, request by request, and whether an answer deals with each."""

import re

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Encode, Support
from mocks.engines.judging.quantities import quantities, spelled_out
from mocks.engines.judging.statements import sentences, statement
from mocks.engines.judging.wanted import has_kind, is_strict, kind_of

_ASKS = re.compile(
    r"^(?:please\s+)?(?:can|could|would|will) you\b|^(?:what|who|whom|whose|where|when|why|how|which|is|are|do|does|did|can|may|should)\b|\?\s*$|"
    r"^i(?:'d| would| am|'m)? (?:need|want|like|require|looking for|have to (?:know|find))\b|^(?:and|also|please|then)?\s*(?:tell|give|list|explain|describe|write|show|find|compare|recommend|suggest|summari[sz]e|translate|book|create|draft|"
    r"calculate|convert|confirm|notify|cancel|reserve|fix|attach|schedule|remind|order|name|define|provide|send|make|help|add|delete|remove|update|check|generate|outline|identify|include|answer|discuss)\b",
    re.I,
)
_JOINED = re.compile(
    r",?\s+and\s+(?:please\s+)?(?=(?:are|is|do|does|can|will|should|has|have|confirm|notify|check|attach|update|cancel|book|reserve|fix|translate|summari[sz]e|include|set|change|call|order|remind|schedule|send|email|add|delete|when|where|who|why|how|what|which|explain|describe|tell|give|list|write|show|find|compare|recommend|suggest|a |an |the )\b)",
    re.I,
)
_ENUMERATED = re.compile(
    r"\b(?:by|the|its|their|about|of|into|in|for|with|from|to)\s+((?:[\w-]+,\s+)+(?:and\s+)?[\w-]+(?:\s+and\s+[\w-]+)?|[\w-]+\s+and\s+(?:the\s+)?[\w-]+(?:\s[\w-]+)?)\s*[.?!]?$",
    re.I,
)
_REFUSES = re.compile(
    r"^\s*no\b[.!]?\s*$|\b(?:i|we)(?: am|'m| are|'re)? (?:can't|cannot|won't|will not|not going to|unable to|not able to|refuse|decline|must decline)\b",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|since|as (?:it|this|that|i|we|they)|due to|for (?:privacy|safety|legal|security)|so that|in order to|would (?:violate|disclose|be)|policy|confidential|private|not (?:have|permitted|allowed))\b",
    re.I,
)
_ASKS_BACK = re.compile(
    r"\b(?:which|what|when|where|who|how many|could you|can you|please (?:tell|provide|specify|share|give)|do you)\b[^.!]*\?|\bplease (?:tell|provide|specify|share|give)\b",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?:list|name|give|write|suggest|recommend|provide|tell|find|show|propose|mention|generate|create)\b(?: me| us)?(?: the| at least)? (?P<number>\d+) (?!%|percent|words?\b|sentences?\b|minutes?\b|hours?\b|days?\b|euros?\b|dollars?\b|times?\b|paragraphs?\b)\w+",
    re.I,
)
_PIECES = re.compile(r"[,;\n•]|\.\s|\band\b|\bor\b")
_TIME = re.compile(r"\b(?:when|time|date|due|deadline|how long|duration|period)\b", re.I)
_MONEY = re.compile(r"\b(?:price|cost|fee|how much|charge|rate|pay)\b", re.I)
_PERSON = re.compile(r"\b(?:who|whom|author|name)\b", re.I)
_ALIKE, _POSSIBLY, _OWN = 0.38, 0.22, 0.2


class Requests:
    """Compares what is asked for with what is answered."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode

    def addressed(self, prompt: str, answer: str) -> Support:
        """Whether every explicit request of the prompt is dealt with."""
        if _REFUSES.search(answer):
            good = bool(_REASON.search(answer))
            return Support(
                good, f"it refuses {'and says why' if good else 'without a reason'}: “{answer.strip()[:120]}”"
            )
        if _ASKS_BACK.search(answer) and answer.strip().endswith("?"):
            return Support(True, f"it asks for what is missing: “{answer.strip()[:120]}”")
        if (short := _too_few(prompt, answer)) is not None:
            return Support(False, short)
        asked = requests(prompt)
        apart = self._apart(asked, answer)
        left = [one for one in asked if one not in apart and not self._deals_with(one, answer, len(asked))]
        if left:
            return Support(False, f"not dealt with: “{left[0]}”")
        return Support(True, f"all of it is dealt with: {'; '.join(asked)[:160]}")

    def _apart(self, asked: list[str], answer: str) -> set[str]:
        """The requests that have a part of the answer for themselves: one that is nearer to them than to any other."""
        told = [part for sentence in sentences(answer) for part in re.split(r",\s+(?:and|but|while)\s+", sentence)]
        if len(asked) < 2 or len(told) < len(asked):
            return set()
        vectors = self._encode([*asked, *told])
        alike = vectors[len(asked) :] @ vectors[: len(asked)].T
        own = {asked[int(row.argmax())] for row in alike if float(row.max()) >= _OWN}
        return {one for one in own if _right_kind(one, answer) is not False}

    def _deals_with(self, request: str, answer: str, number: int) -> bool:
        parts = sentences(answer) or [answer]
        wanted = [r for r in statement(request).roots if r not in wording.LIGHT and not _ASKS.match(r)]
        told = statement(answer).roots
        shared = sum(any(wording.same(r, o) for o in told) for r in wanted) / len(wanted) if wanted else 0.0
        vectors = self._encode([request, answer, *parts])
        alike = max(float(vector @ vectors[0]) for vector in vectors[1:])
        if number > 1 and (fits := _right_kind(request, answer)) is not None:
            return fits
        if number == 1 and len(wording.words(answer)) <= 6 and _is_question(request):
            kind = kind_of(request)
            return alike > 0.1 or bool(kind and is_strict(kind) and has_kind(kind, answer, request))
        if number > 1:
            return shared >= 0.5 or (shared > 0 and alike >= 0.55) or (len(wanted) > 2 and alike >= 0.6)
        return shared >= 0.5 or alike >= _ALIKE or (shared > 0.2 and alike >= _POSSIBLY)


def _too_few(prompt: str, answer: str) -> str | None:
    """`List five capitals` with three; none if the number is right or none is asked for."""
    found = _COUNTED.search(spelled_out(prompt))
    wanted = int(found["number"]) if found else 0
    if not 2 <= wanted <= 30 or len(_COUNTED.findall(spelled_out(prompt))) > 1:
        return None
    lines = [line for line in answer.splitlines() if line.strip()]
    pieces = [piece for piece in _PIECES.split(answer) if any(letter.isalnum() for letter in piece)]
    there = max(len(lines), len(pieces), len(sentences(answer)))
    return f"{wanted} are asked for, there are {there}" if there < wanted else None


def requests(prompt: str) -> list[str]:
    """The requests of a prompt; an enumeration of things asks for each."""
    found: list[str] = []
    for sentence in sentences(prompt):
        for part in _JOINED.split(sentence):
            if not (_ASKS.search(part) or found or len(sentences(prompt)) == 1):
                continue
            listed = _ENUMERATED.search(part)
            things = re.split(r",\s*(?:and\s+)?|\s+and\s+", listed[1]) if listed else []
            if len(things) > 1:
                found += [thing.removeprefix("the ").strip() for thing in things]
            elif _ASKS.search(part) or len(part.split()) <= 6:
                found.append(part.strip(" ?.!"))
    return found or [prompt.strip()]


def _is_question(request: str) -> bool:
    return bool(re.match(r"(?:what|who|where|when|which|how|is|are|does|do|did|can)\b", request, re.I))


def _right_kind(request: str, answer: str) -> bool | None:
    """Whether the answer has a thing of the kind that is asked for; none if the kind is not clear."""
    amounts = quantities(answer)
    if _MONEY.search(request):
        return any(q.dimension in ("usd", "eur", "gbp", "share") for q in amounts) or "free" in answer.lower()
    if _TIME.search(request):
        kinds = ("date", "clock", "time", "months")
        years = any(not q.dimension and 1000 <= q.value <= 2100 for q in amounts)
        return (
            years
            or any(q.dimension in kinds for q in amounts)
            or bool(re.search(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow\b", answer, re.I))
        )
    if _PERSON.search(request):
        return bool(re.search(r"\b[A-Z]\w+", answer))
    return None
