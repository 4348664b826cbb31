"""What a firm takes in, asked for by a verb: `how much did we earn` is the revenue, and nobody's pay."""

import re
from collections.abc import Callable
from functools import partial

NAMES = ("revenue", "sales", "turnover", "takings", "income")
_OF_MONEY = ("revenue", "takings", "income", "turnover")  # `ticket sales` may be how many were sold
_WE = r"(?:we|the (?:company|firm|business))"
_FROM = r"(?= (?:from|on|with|in|by|per|each|every|last|this|to)\b|[?.!]*$)"
_EARN = rf"(?:earn(?:ed)?|s(?:ell|old){_FROM}|take(?:n)? in|turn(?:ed)? over|ma[dk]e{_FROM}|take(?:n)?{_FROM})"
_EARNED = re.compile(rf"\bhow much (?:money )?(?:did|do|have|has) {_WE} (?:actually )?{_EARN}", re.IGNORECASE)
_TAKEN_ON = re.compile(
    rf"\b(?:how much (?:money )?|what )(?:did|do|does|have|has) (?P<who>{_WE}|(?:each|every) \w+) "
    r"(?:(?:take|taken|make|made|earn|earned) (?:on|from|with)|(?:sell|sold) in) (?P<what>[a-z]+s)\b",
    re.IGNORECASE,
)


def in_revenue(question: str, name: str, is_measure: Callable[[str], bool]) -> str:
    """The question as one for the revenue, if it is; the name is what the space calls that, if it has one.

    `what did each cinema take on snacks` asks for the snack revenue, where that is a measure.
    """
    question = _TAKEN_ON.sub(partial(_of_thing, is_measure), question)
    return _EARNED.sub(f"what is the total {name}", question) if name else question


def _of_thing(is_measure: Callable[[str], bool], found: re.Match[str]) -> str:
    what = found["what"].removesuffix("s")
    named = next((f"{what} {name}" for name in _OF_MONEY if is_measure(f"{what} {name}")), "")
    whose = f" of {found['who']}" if found["who"].split()[0].lower() in ("each", "every") else ""
    return f"what is the total {named}{whose}" if named else found[0]


_TOOK = re.compile(
    r"\b(?:how much(?: money)?|what) (?:did|do|does|have|has|had) (?!we\b|they\b|you\b)([^,?.;]+?) (?:actually )?"
    r"(?:(?:take|taken|bring|brought|pull|pulled) in|turn(?:ed)? over|gross(?:ed)?)\b",
    re.IGNORECASE,
)


_FELL_DUE = re.compile(r"\b(?:f[ae]ll(?:s|en|ing)?|c[ao]me[s]?|coming|becomes?|became|becoming) due\b", re.IGNORECASE)


def in_takings(question: str) -> str:
    """`what did each shop take in`: its takings, all together; what `fell due` did not become less."""
    return _FELL_DUE.sub("was due", _TOOK.sub(r"total takings of \1", question))
