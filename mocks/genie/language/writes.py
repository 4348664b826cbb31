"""Telling a request to change something from a question: `open a ticket`, but not `open tickets`."""

import re

_POLITE = (
    r"^\W*(?:(?:please|kindly|now|just|could you|can you|would you|will you|i want you to|i want to|i need you to|"
    r"i need to|i'd like to|i would like to|go and|go ahead and|let's|let us|then|and)\s+)*"
)
_VERBS = """
delete remove drop update insert alter truncate create modify erase overwrite revoke merge add increase decrease raise
reduce
assign reassign rename extend approve reject reset restore replace put purge wipe adjust notify fill execute
unsubscribe deactivate activate reactivate disable enable cancel terminate reopen reschedule unassign
"""
# These are nouns or adjectives as well: a command only before an article, a pronoun, a number or a name.
_ALSO_NOUNS = """
set mark change lower close open schedule move transfer clear correct fix make record book send pay release
order issue double discount ship return charge bill empty free call email import upload archive hire fire promote refund
edit enter register write grant shut switch turn sign
"""
_NOUNS = rf"(?:{'|'.join(_ALSO_NOUNS.split())})(?:\s+(?:down|off|up|out|on))?"
_OBJECT = r"(?:an?|the|this|that|these|those|all|every|each|my|our|his|her|their|its|it|him|them|us|new|another|\d)\b"
_PATTERNS = (
    re.compile(
        _POLITE + rf"(?:{'|'.join(_VERBS.split())})\b(?!-)(?!\s+(?:per|by|up|rates?|counts?|reasons?)\b)", re.IGNORECASE
    ),
    re.compile(_POLITE + rf"{_NOUNS}\s+{_OBJECT}", re.IGNORECASE),
    re.compile(_POLITE + rf"{_NOUNS}\s+\w+\s+#?(?!(?:19|20)\d\d\b)\d", re.IGNORECASE),
    re.compile(rf"^(?:[Pp]lease\s+)?(?i:{_NOUNS})\s+[A-Z][a-z]+\s+(?:[A-Z]|an?\b|the\b|as\b|to\b)"),
    re.compile(
        r";\s*(?:drop|delete|update|insert|alter|truncate|create|grant)\b"
        r"|\b(?:drop|truncate|alter)\s+(?:table|schema|view|database|catalog)\b|\bdelete\s+from\b|\binsert\s+into\b",
        re.IGNORECASE,
    ),
)


_COMPARES = re.compile(r"\b(?:set|put)\b.+\b(?:against|beside|next to|side by side)\b", re.IGNORECASE)


def is_write(question: str) -> bool:
    """Whether the question asks to change something."""
    return _COMPARES.search(question) is None and any(pattern.search(question) for pattern in _PATTERNS)
