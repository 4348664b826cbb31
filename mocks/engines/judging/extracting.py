"""Results that are no verdict: counts, lists and mappings that the instructions of a judge ask for."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from mocks.core.errors import NotImplementedYet
from mocks.engines.judging import wording
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.statements import sentences, statement

_COUNTS = re.compile(
    r"\b(?:count|how many|(?:the )?number of)\b(?: how many| the number of)?\s+(?:the )?(?P<what>[a-z][\w-]*(?: [a-z]+)?)",
    re.I,
)
_OPTIONS = re.compile(
    r"(?:from|among|of these|following|options?|categor(?:y|ies)|labels?|tags?|topics?|keys?|criteria|dimensions?|aspects?)(?: are| is)?:?\s*[\[({]?\s*"
    r"(?P<listed>['\"]?[\w -]+['\"]?(?:\s*,\s*(?:and |or )?['\"]?[\w -]+['\"]?)+(?:,?\s+(?:and|or)\s+['\"]?[\w -]+['\"]?)?)",
    re.I,
)
_QUOTED = re.compile(r"['\"“]([\w -]{2,40})['\"”]")
_NAME = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+)*")
_COUNTERS: tuple[tuple[str, Callable[[str], int]], ...] = (
    (r"^words?", lambda text: len(text.split())),
    (r"^sentences?", lambda text: len(sentences(text))),
    (r"^characters?|^letters?", len),
    (r"^paragraphs?", lambda text: len([part for part in re.split(r"\n\s*\n", text) if part.strip()])),
    (r"^lines?", lambda text: len([line for line in text.splitlines() if line.strip()])),
    (r"^(?:bullet|list|items?|steps?)", lambda text: len(re.findall(r"^\s*(?:[-*•]|\d+[.)])\s", text, re.M))),
    (r"^questions?", lambda text: sum(part.rstrip().endswith("?") for part in sentences(text))),
    (r"^exclamation", lambda text: text.count("!")),
    (r"^(?:numbers?|figures?)", lambda text: len(quantities(text))),
    (r"^(?:urls?|links?)", lambda text: len(re.findall(r"https?://", text))),
    (r"^(?:citations?|sources?|references?)", lambda text: len(re.findall(r"\[[^\]]+\]", text))),
    (r"^(?:names?|people|persons|entities)", lambda text: len(names(text))),
)


def counted(told: str, text: str) -> int | None:
    """The number that the instructions ask for; none if they ask for no count that can be made."""
    found = _COUNTS.search(told)
    what = found["what"].lower() if found else ""
    return next((count(text) for pattern, count in _COUNTERS if found and re.match(pattern, what)), None)


def options(told: str) -> list[str]:
    """The labels or keys that the instructions name."""
    found = _OPTIONS.search(told)
    listed = re.split(r"\s*,\s*(?:and |or )?|\s+(?:and|or)\s+", found["listed"]) if found else _QUOTED.findall(told)
    return [one.strip(" '\"") for one in listed if one.strip(" '\"")]


def chosen(labels: Sequence[str], text: str, alike: Callable[[str, str], float]) -> list[str]:
    """The labels that the text speaks of, by its words or its meaning."""
    roots = statement(text).roots
    found = []
    for label in labels:
        wanted = statement(label.replace("_", " ")).roots
        spoken = any(wording.same(one, other) for one in wanted for other in roots)
        if spoken or max(alike(label.replace("_", " "), part) for part in sentences(text) or [text]) >= _ALIKE:
            found.append(label)
    return found


_ALIKE = 0.42


def listed(told: str, text: str, failed: Sequence[str]) -> list[str]:
    """What a judge whose result is a list finds.

    Raises: NotImplementedYet
    """
    if re.search(r"\b(?:name|people|person|entit|compan)\w*\b", told, re.I):
        return names(text)
    if re.search(r"\b(?:number|figure|amount|quantit)\w*\b", told, re.I):
        return [one.text.strip() for one in quantities(text)]
    if re.search(r"\b(?:keyword|key ?phrase)\w*\b", told, re.I):
        return list(dict.fromkeys(word.lower() for word in statement(text).words))[:10]
    if re.search(r"\b(?:issue|problem|violation|reason|error|fault|claim|unsupported|missing|fail)\w*\b", told, re.I):
        return list(failed)
    raise NotImplementedYet(
        "The rule judge gives a list of labels that the instructions name, of names, numbers, keywords, or of what is wrong; "
        "these instructions ask for another. Start the sandbox with --llm URL to have a model judge."
    )


def names(text: str) -> list[str]:
    """The names in a text, each once."""
    found = []
    for name in _NAME.finditer(text):
        begins = not text[: name.start()].rstrip() or text[: name.start()].rstrip()[-1] in ".!?"
        if not (begins and " " not in name[0] and wording.is_common(name[0])):
            found.append(name[0])
    return list(dict.fromkeys(found))


def converted(value: Any, type_: str) -> Any:
    """A value of a mapping in the type that is wanted, `bool` for example."""
    kind = type_.rpartition(",")[2].strip(" ]") or "str"
    if kind == "bool":
        return value >= 0.5
    if kind == "int":
        return 1 + round(4 * value)
    return round(float(value), 2) if kind == "float" else ("yes" if value >= 0.5 else "no")
