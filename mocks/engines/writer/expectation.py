"""What kind of value a question wants: a duration, an amount, a number, a date, a name, a reason or a place."""

import re
from dataclasses import dataclass

from mocks.engines.writer.words import STOP, canonical, names

_UNIT = r"(?:(?:business|calendar|working|consecutive)\s+)?(?:second|minute|hour|day|week|month|quarter|year)s?"
_DURATION = re.compile(
    rf"\b(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)?\s*\(\d+\))[\s-]+{_UNIT}(?:\(s\))?\b|\b(?:immediately|at once)\b", re.I
)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d,.]*\s*(?:%|percent|per cent|USD|EUR|GBP|CHF|dollars?|euros?|cents?|million)\b", re.I
)
_NUMBER = re.compile(r"(?<![\w-])[$€£]?\d[\d,.]*|\b(?:none|nil|zero|unlimited)\b", re.I)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b{_MONTH}\s+\d|\b\d{{1,2}}\.?\s+{_MONTH}|\b\d{{4}}-\d\d(?:-\d\d)?\b|\b(?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}[:.]\d\d\b|\b\d{{1,2}}\s?[ap]m\b",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|caused by|cause|reason|as a result|result of|failure|in order to|so that)\b", re.I
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to)\s+(?:the\s+)?[A-Z]")

_ASKS = (
    ("duration", re.compile(rf"\bby when\b|\bhow (?:long|often|fast|soon|quickly|late|early|far in advance)\b"
    rf"|\bhow many {_UNIT}\b|\b(?:period|window|deadline|duration)s?\b", re.I)),
    ("reason", re.compile(r"^\W*why\b|\breasons?\b", re.I)),
    ("person", re.compile(r"^\W*(?:who|whom|whose|name the)\b|\bwhich (?:compan|part|person|firm|entit|supplier"
    r"|vendor|customer|owner|manager)", re.I)),
    ("place", re.compile(r"^\W*where\b", re.I)),
    ("date", re.compile(r"\bwhen\b|\b(?:what|which) (?:date|day|year|time)\b|\bexpir", re.I)),
    ("money", re.compile(r"\bhow much\b|\b(?:fee|price|cost|charge|salary|interest|amount|penalty|fine"
    r"|deductible|premium)s?\b", re.I)),
    ("number", re.compile(r"\bhow many\b|\b(?:limit|maximum|minimum|rate|number|level|pressure"
    r"|temperature|size|weight|percent)s?\b", re.I)),
)  # fmt: skip
_SHOWS = {
    "duration": _DURATION, "money": _MONEY, "number": _NUMBER, "date": _DATE, "reason": _REASON, "place": _PLACE,
}  # fmt: skip
_DEFINES = re.compile(
    r"\bwhat (?:does|do) .{1,60} (?:mean|stand for)\b|\b(?:define|definition of|meaning of)\b"
    r"|^\W*what (?:is|are) (?:a|an) ",
    re.I,
)
_COUNTED = re.compile(r"\bhow many (\w+)(?:\s+(\w+))?", re.I)


@dataclass(frozen=True)
class Expectation:
    """What the question wants, read from its form."""

    question: str
    kind: str
    defines: bool

    def bonus(self, sentence: str) -> float:
        """How much better a sentence is for holding such a value, or worse for holding none."""
        if self.kind == "":
            return 0.0
        if self.kind == "person":
            return _role(sentence, self.question) or (0.1 if _other_name(sentence, self.question) else -0.1)
        found = bool(_SHOWS[self.kind].search(sentence))
        if self.kind in ("money", "duration") and not found:
            return -0.05 if _NUMBER.search(sentence) else -0.25
        return (0.2 if found else -0.2) + self._counted(sentence)

    def doubts(self, sentence: str) -> bool:
        """Whether a number of things, or somebody, is wanted and the sentence names none."""
        if self.kind == "person":
            return not _role(sentence, self.question) and not _other_name(sentence, self.question)
        return bool(_COUNTED.search(self.question)) and self.kind == "number" and self._counted(sentence) == 0

    def met(self, sentence: str) -> bool:
        """Whether the sentence has a value of the kind that is wanted."""
        return self.kind in _SHOWS and bool(_SHOWS[self.kind].search(sentence))

    def _counted(self, sentence: str) -> float:
        """`How many days` wants a number before `days`."""
        asked = _COUNTED.search(self.question)
        if not asked:
            return 0.0
        units = {canonical(word) for word in asked.groups() if word}
        near = re.findall(r"\d[\d,.]*[\s-]+(\w+)(?:\s+(\w+))?", sentence)
        return 0.15 if any(canonical(word) in units for pair in near for word in pair if word) else 0.0


def expectation(question: str) -> Expectation:
    """What the question wants."""
    kind = next((kind for kind, asks in _ASKS if asks.search(question)), "")
    return Expectation(question, kind, bool(_DEFINES.search(question)))


def _role(sentence: str, question: str) -> float:
    """A name is bound to the role that is asked for: `Acme Ltd. ("Tenant")`, `Tenant: Acme Ltd.`, `Tenant is Acme`."""
    roles = [word for word in re.findall(r"[a-z]{4,}", question.lower()) if word not in STOP]
    if not roles:
        return 0.0
    role = "|".join(map(re.escape, roles))
    bound = re.search(rf"\((?:the\s+|as\s+)?[\"“']?(?:{role})[\"”']?\)", sentence, re.I)
    told = re.search(rf"\b(?:{role})\s*(?::|is|shall be|means)\s*(?-i:[A-Z])", sentence, re.I)
    return 0.5 if bound or told else 0.0


def _other_name(sentence: str, question: str) -> bool:
    """Whether it names somebody the question did not: a name, or a role written with a capital."""
    told = [*names(sentence), *re.findall(r"(?<=\s)[A-Z][a-z]{3,}", sentence)]
    return any(name.lower() not in question.lower() for name in told)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit."""

    value: float
    unit: str
    text: str
    at: int


_QUANTITY = re.compile(
    rf"[$€£]\s?\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion))?|(?<![\w.-])\d[\d,]*(?:\.\d+)?\s*(?:%|{_UNIT}|[A-Za-z]+)?",
    re.I,
)


def quantities(sentence: str) -> list[Quantity]:
    """The numbers of a sentence with what they count."""
    found = []
    for match in _QUANTITY.finditer(sentence):
        digits = re.search(r"\d[\d,]*(?:\.\d+)?", match[0])
        assert digits is not None
        unit = match[0].replace(digits[0], "").strip().lower().removesuffix("s")
        found.append(Quantity(float(digits[0].replace(",", "")), unit, match[0].strip(), match.start()))
    return found
