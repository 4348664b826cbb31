"""How an answer is told: what the instructions want of its form, as far as the writer keeps to it."""

import re

_SHORT = re.compile(r"\b(?:short|brief|briefly|concise|concisely|terse|one sentence|only the answer)\b", re.I)
_SOURCES = re.compile(
    r"\b(?:cite|cites|citing|citations?|sources?|references?)\b|\b(?:name|names|naming|give|state|tell)\b[^.\n]{0,40}\b(?:document|section|file|page)s?\b",
    re.I,
)
_NONE = re.compile(
    r"\b(?:without|no|omit|leave out)\s+(?:\w+\s+){0,2}(?:citations?|sources?|references?)\b"
    r"|\b(?:not|never|don't)\s+(?:cite|name|give|list|mention)\b[^.\n]{0,20}\b(?:citations?|sources?|references?)\b",
    re.I,
)
_CITED = re.compile(r"[ \t]*\[[^\[\]\n]+\]$", re.M)


def told(text: str, instructions: str) -> str:
    """The answer without its sources where the instructions want none, or want it short and say nothing of sources."""
    if _NONE.search(instructions) or (_SHORT.search(instructions) and not _SOURCES.search(instructions)):
        return _CITED.sub("", text).rstrip() or text
    return text
