"""What kind of thing a question asks for, a time, an amount, a person, a yes or no, a way to do it, and whether a text has it."""

import re
from collections.abc import Callable
from functools import lru_cache

from mocks.engines.judging import wording
from mocks.engines.judging.language import language_of
from mocks.engines.judging.persons import persons
from mocks.engines.judging.quantities import Quantity, quantities
from mocks.engines.judging.statements import sentences, statement

_MONEY = frozenset({"usd", "eur", "gbp", "chf", "jpy", "inr", "share"})
_TIMES = frozenset({"time", "months", "date", "clock"})
_WHEN = re.compile(
    r"\b(?:tomorrow|today|yesterday|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    r"september|october|november|december|spring|summer|autumn|winter|morning|evening|afternoon|week|month|year|always|never|daily|weekly|monthly|yearly|"
    r"immediately|soon|after|before|until|once|as soon as|every|in the \w+ century|\d{4})\b",
    re.I,
)
_YES_NO = re.compile(
    r"^(?:and |but |so )?(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|am)\b", re.I
)
_DECIDES = re.compile(
    r"^\W*(?:yes|no|only|not|if|unless|except|provided|generally|usually|normally|absolutely|of course|it depends|that depends|sometimes|never|always|correct|true|false)\b"
    r"|\b(?:can|cannot|may|must|is not|are not|do(?:es)? not|n't|allowed|possible|permitted|safe|covers?|covered|included?)\b",
    re.I,
)
_INSTRUCTS = re.compile(
    r"`[^`]+`|\b(?:you (?:can|may|must|should|need|have to|will)|must be|should be|can be|needs? to|by \w+ing|go to|click|press|open|choose)\b",
    re.I,
)
_PIECE = re.compile(
    r"\W*(?:an?|the|up to|by|only|about|around|at|in|on|after|before|from|within|with|most|[A-Z][a-z]+ (?:de|van|von|[A-Z]))\b",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|may|must|will|would|does|do|did|\w+ed|\w+s)\b(?<!us)(?<!ss)(?<!days)(?<!weeks)(?<!months)(?<!years)(?<!hours)",
    re.I,
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+")

_KINDS: tuple[tuple[str, str], ...] = (
    ("translation", r"\btranslat"),
    ("clock", r"\bwhat time\b|\bat what (?:time|hour)\b|\bopening hours\b"),
    ("time", r"\bwhen\b(?! (?:i|you|we|the|it|they|he|she|should i)\b.*\bhow\b)|\bwhat (?:date|year|day|month)\b|\bwhich (?:year|day|month|date)\b|\bhow (?:soon|often|frequently)\b|\b(?:deadline|due date|birthday)\b"),
    ("duration", r"\bhow long\b(?! is the (?:bridge|river|road|wall|table|track|pool|coast))|\bhow (?:many|much) (?:time|hours?|days?|weeks?|months?|years?|notice)\b|\b(?:duration|notice period|probation period)\b"),
    ("money", r"\bhow much (?:does|do|is|are|did|was|were|will)\b.*\b(?:costs?|pay|charge|earn|worth|fee|price|be)\b|\bwhat (?:is|was|are|were|did)\b.{0,40}\b(?:price|cost|fee|revenue|turnover|income|profit|salary|rent|budget|dividend|penalty|sales|earnings|wage)\b"),
    ("amount", r"\bhow (?:many|much|far|tall|big|high|heavy|deep|fast|old|large|wide|hot|cold)\b|\bwhat (?:is|was|are|were)\b.{0,30}\b(?:dose|dosage|weight|height|length|distance|temperature|speed|population|number|percentage|rate|age|size|capacity|width|depth|amount|area|limit|maximum|minimum|share|score)\b|\d+\s*(?:[-+*/x]|times|plus|minus|divided)"),
    ("reason", r"\bwhy\b|\bwhat (?:caused|causes)\b|\bhow come\b|\breason\b"),
    ("person", r"\bwho(?:m|se)?\b|\bwhich (?:person|company|team|department|author|player)\b"),
    ("way", r"\bhow (?:do|can|should|would|to|must|does one|are|is .* (?:made|done|installed))\b(?! you (?:think|feel))|\bwhat (?:should|must|can) (?:i|we|you|one)\b|\bwhat (?:do|happens)\b.*\b(?:i|you|need|if)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS)


def kind_of(question: str) -> str | None:
    """`time`, `amount`, `person` and so on; none if anything may answer it."""
    asked = (sentences(question) or [question])[-1]
    found = next((kind for kind, pattern in _COMPILED if pattern.search(asked)), None)
    return "decision" if found is None and _YES_NO.match(asked) else found


def has_kind(kind: str, text: str, question: str = "") -> bool:
    """Whether a text has a thing of that kind, that the question does not already have."""
    return _HAS[kind](text, question)


def is_strict(kind: str) -> bool:
    """Whether a text without such a thing cannot be an answer."""
    return kind in ("clock", "duration", "money", "amount", "person")


def is_elliptic(text: str) -> bool:
    """Whether a text is a short piece of a sentence, which leans on the question."""
    first = (sentences(text) or [text])[0]
    return len(first.split()) <= 12 and bool(_PIECE.match(first)) and not _FINITE.search(first.partition(",")[0])


def _clock(text: str, question: str) -> bool:
    return any(q.dimension == "clock" for q in _new(text, question)) or bool(
        re.search(r"\b\d{1,2}\b", text) and _WHEN.search(text)
    )


def _time(text: str, question: str) -> bool:
    years = any(not q.dimension and 1000 <= q.value <= 2200 for q in quantities(text))
    return years or any(q.dimension in _TIMES for q in _new(text, question)) or bool(_WHEN.search(text))


def _duration(text: str, question: str) -> bool:
    return any(q.dimension in ("time", "months") for q in _new(text, question)) or bool(
        re.search(
            r"\buntil\b|\bindefinite|\bforever\b|\bpermanent|\ban? (?:day|week|month|year|hour|minute|fortnight)\b",
            text,
            re.I,
        )
    )


def _money(text: str, question: str) -> bool:
    return any(q.dimension in _MONEY for q in _new(text, question)) or bool(
        re.search(r"\bfree\b|\bwaived\b|\bnothing\b", text, re.I)
    )


def _amount(text: str, question: str) -> bool:
    counted = any(q.dimension or not 1900 <= q.value <= 2100 for q in _new(text, question))
    return counted or bool(re.search(r"\b(?:no|none|unlimited|half|most|dozens?|hundreds?|thousands?)\b", text, re.I))


def _person(text: str, question: str) -> bool:
    known = {wording.root(word) for word in wording.words(question)}
    for found in _NAME.finditer(text):
        root = wording.root(found[0])
        begins = not text[: found.start()].strip(" \"'“(*-|")
        if (
            root not in known
            and not _WHEN.fullmatch(found[0])
            and not (begins and wording.is_common(found[0]))
            and found[0] not in ("I", "It", "The")
        ):
            return True
    roots = {wording.root(word) for word in wording.words(text) if wording.root(word) not in known}
    return bool(roots & _persons()) or bool(re.search(r"\b(?:we|you|he|she)\b", text, re.I))


def _way(text: str, _: str) -> bool:
    return bool(_INSTRUCTS.search(text)) or any(imperative(part) for part in sentences(text))


def imperative(sentence: str) -> bool:
    """Whether a sentence begins with a verb that tells one to do something."""
    words = wording.words(sentence)
    while words and words[0].lower() in (
        "first",
        "then",
        "please",
        "just",
        "simply",
        "next",
        "finally",
        "and",
        "now",
        "never",
        "always",
    ):
        words = words[1:]
    if not words or words[0].lower() in wording.STOP or "v" not in wording.kinds().get(words[0].lower(), ""):
        return False
    return len(words) == 1 or words[1].lower() not in (
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "may",
        "must",
        "will",
        "of",
    )


def _decision(text: str, _: str) -> bool:
    return bool(_DECIDES.search(text))


def _reason(text: str, _: str) -> bool:
    return bool(
        re.search(
            r"\b(?:because|since|due to|so|therefore|thus|caused?|leads?|likely|probably|owing to|as a result|reason|when|if|after|by)\b",
            text,
            re.I,
        )
    )


def _translation(text: str, question: str) -> bool:
    return language_of(text) != "english" and not set(statement(text).roots) <= set(statement(question).roots)


def _new(text: str, question: str) -> list[Quantity]:
    known = quantities(question)
    return [q for q in quantities(text) if not any(q.equals(other) for other in known)]


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(wording.root(word) for word in persons() if "a" not in wording.kinds().get(word, ""))


_HAS: dict[str, Callable[[str, str], bool]] = {
    "translation": _translation,
    "clock": _clock,
    "time": _time,
    "duration": _duration,
    "money": _money,
    "amount": _amount,
    "person": _person,
    "way": _way,
    "reason": _reason,
    "decision": _decision,
}
