"""What a firm takes in, asked for by a verb: `how much did we earn` is the revenue, and nobody's pay."""

import re

_WE = r"(?:we|the (?:company|firm|business))"
_EARN = r"(?:earn(?:ed)?|take(?:n)? in|turn(?:ed)? over|ma[dk]e(?= (?:from|on|with|in|by|per|each|every|last|this)\b))"
_EARNED = re.compile(rf"\bhow much (?:money )?(?:did|do|have|has) {_WE} (?:actually )?{_EARN}", re.IGNORECASE)


def in_revenue(question: str) -> str:
    """The question as one for the revenue, if it is."""
    return _EARNED.sub("what is the total revenue", question)
