"""Retrieved text as a judge is shown it: passages apart, each with what its heading names; answers without their references."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from mocks.engines.judging.statements import Statement, follows, sentences, statement

Windows = Mapping[str, frozenset[str]]
_CONTENT = ("content", "page_content", "text")
_BRACKETED = re.compile(r"\s*[\[【](?!\s*[xX ]?\s*\])[^\[\]【】\n]{1,200}[\]】](?!\()")
_REFERS = re.compile(
    r"\.[a-z]{2,4}\b|^\W*\d+(?:\s*[,–-]\s*\d+)*\W*$|\b(?:sources?|see|sections?|page|pp?\.|chapter|article|doc)\b|§|,\s*\d",
    re.I,
)
_SOURCE = re.compile(r"\s*\((?:sources?|see|ref(?:erence)?s?|cf\.?)\b[^()\n]*\)", re.I)
_STATES_NOTHING = re.compile(
    r"\?\W*$|\b(?:I|we)(?:['’]m| am| are|['’]re)? (?:(?:could|can|did|do|was|were) ?(?:not|n['’]t)|cannot|can['’]t|couldn['’]t|don['’]t|didn['’]t|unable)\b"
    r"|\b(?:documents?|contexts?|tables?|sources?|texts?|passages?|information provided)\b.{0,40}\b(?:do|does|did) ?(?:not|n['’]t) "
    r"(?:say|state|mention|contain|cover|include|tell|specify|answer|hold)\b",
    re.I,
)
_ENDS = re.compile(r"[.!?;:]\s*$")


def passages(text: str) -> list[str]:
    """The contents of a list of documents, which prompts show as JSON or as Python prints it; else the text itself."""
    stripped = text.strip()
    if not stripped.startswith(("[", "{")):
        return [text]
    for read in (json.loads, ast.literal_eval):
        try:
            found = list(_contents(read(stripped)))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if found:
            return found
    return [text]


def without_references(answer: str) -> str:
    """Without `[Handbook.pdf, section 4]`, `[2]` and `(source: …)`, which say where, not what."""
    named = _BRACKETED.sub(lambda found: "" if _REFERS.search(found[0].strip()[1:-1]) else found[0], answer)
    return _SOURCE.sub("", named)


def claims(answer: str) -> list[str]:
    """The sentences of an answer that state something: no questions back, no word that the sources are silent."""
    return [one for one in sentences(without_references(answer)) if not _STATES_NOTHING.search(one)]


def heading(passage: str) -> frozenset[str]:
    """The names in the first line of a passage, if that is a heading: all that follows is about them."""
    first, _, rest = passage.strip().partition("\n")
    if not rest.strip() or (_ENDS.search(first) and "|" not in first):
        return frozenset()
    told = [statement(part) for part in sentences(first)]
    return frozenset(root for one in told for root in (*one.names, one.initial) if root)


def windows_of(documents: Iterable[str]) -> Windows:
    """The sentences, and each that speaks of the one before it together with that one, with the names in their heading."""
    windows: dict[str, frozenset[str]] = {}
    for document in documents:
        parts, about = sentences(document), heading(document)
        for window in (*parts, *(f"{one} {other}" for one, other in pairwise(parts) if follows(other))):
            windows[window] = windows.get(window, frozenset()) | about
    return windows


def under(window: str, windows: Windows) -> Statement:
    """The window, and what the heading above it names."""
    said = statement(window)
    return replace(said, roots=(*said.roots, *windows[window])) if windows[window] else said


def _contents(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for one in told:
            yield from _contents(one)
    elif isinstance(told, dict):
        named = [told[name] for name in _CONTENT if isinstance(told.get(name), str)]
        yield from named[:1] or [value for value in told.values() if isinstance(value, str)]
