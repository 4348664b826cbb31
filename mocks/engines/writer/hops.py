"""Questions in two steps: first find out which thing is meant, then ask about it."""

import re

_SUPERLATIVE = (
    r"(?:the\s+)?(?:most|fewest|least|largest|smallest|highest|lowest|biggest|longest|shortest"
    r"|oldest|newest|latest|earliest|greatest|best|worst|first|last)"
)
_THING = r"(?P<thing>(?:[\w&-]+\s+){0,3}?[\w&-]+?)"
_OF_THE = re.compile(
    rf"^(?P<head>.+?\b(?:of|to|for|under|in|by|from|at|on|does|do|with))\s+the\s+{_THING}\s+"
    rf"(?:with|having|that\s+has|which\s+has|that\s+have)\s+(?P<rank>{_SUPERLATIVE}\b[^?]*?)(?P<end>\?|$)",
    re.I,
)
_THAT = re.compile(
    rf"^(?P<head>.*?\b(?:of|to|for|under|in|by|from|at|on|does|do|did|has|with))\s+the\s+{_THING}\s+(?:that"
    rf"|which|who)\s+(?P<verb>[^,?]+?)"
    r"(?P<rest>,\s*[^?]+|\s+(?:have|has|require|requires|charge|charges|apply|say|get|own|pay"
    r"|need)\b[^?]*)?(?P<end>\?|$)",
    re.I,
)
_TWO = re.compile(
    r"^(?P<first>(?:what|which|who|when|where|how|is|does|did)\b.+?),?\s+and\s+(?P<second>(?:what|how|when"
    r"|where|who|which)\b.+)$",
    re.I,
)


_PRONOUN = re.compile(r"\b(?:them|it|him|her|that one|this one|they|he|she)\b", re.I)

_LONGEST = 500


def steps(question: str) -> tuple[str, ...]:
    """The question itself, or the two that it is made of."""
    if len(question) > _LONGEST:
        return (question,)
    two = _TWO.match(question)
    if two and _PRONOUN.search(two["second"]):
        return f"{two['first'].strip()}?", _PRONOUN.sub("{}", two["second"], count=1)
    if ranked := _OF_THE.match(question):
        return f"Which {ranked['thing']} has {ranked['rank'].strip()}?", f"{ranked['head']} {{}}?"
    found = _THAT.match(question)
    if found and (re.search(_SUPERLATIVE, found["verb"], re.I) or found["rest"]):
        return f"Which {found['thing']} {found['verb'].strip()}?", _after(found)
    return (question,)


def _after(found: re.Match[str]) -> str:
    return f"{found['head']} {{}}{found['rest'] or ''}?".replace("  ", " ")


def with_found(step: str, found: str) -> str:
    """The second question, about the thing that was found."""
    return step.replace("{}", found)
