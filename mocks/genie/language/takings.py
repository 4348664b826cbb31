"""What a firm takes in, asked for by a verb: `how much did we earn` is the revenue, and nobody's pay."""

import re

NAMES = ("revenue", "sales", "turnover", "takings", "income")
_WE = r"(?:we|the (?:company|firm|business))"
_FROM = r"(?= (?:from|on|with|in|by|per|each|every|last|this|to)\b|[?.!]*$)"
_EARN = rf"(?:earn(?:ed)?|s(?:ell|old){_FROM}|take(?:n)? in|turn(?:ed)? over|ma[dk]e{_FROM}|take(?:n)?{_FROM})"
_EARNED = re.compile(rf"\bhow much (?:money )?(?:did|do|have|has) {_WE} (?:actually )?{_EARN}", re.IGNORECASE)


def in_revenue(question: str, name: str) -> str:
    """The question as one for the revenue, if it is; the name is what the space calls that."""
    return _EARNED.sub(f"what is the total {name}", question)


_TOOK = re.compile(
    r"\b(?:how much(?: money)?|what) (?:did|do|does|have|has|had) (?!we\b|they\b|you\b)([^,?.;]+?) (?:actually )?"
    r"(?:(?:take|taken|bring|brought|pull|pulled) in|turn(?:ed)? over|gross(?:ed)?)\b",
    re.IGNORECASE,
)


_FELL_DUE = re.compile(r"\b(?:f[ae]ll(?:s|en|ing)?|c[ao]me[s]?|coming|becomes?|became|becoming) due\b", re.IGNORECASE)


def in_takings(question: str) -> str:
    """`what did each shop take in`: its takings, all together; what `fell due` did not become less."""
    return _FELL_DUE.sub("was due", _TOOK.sub(r"total takings of \1", question))
