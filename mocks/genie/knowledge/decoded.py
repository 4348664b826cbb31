"""What the codes of a column are called, by what its comment says that they stand for."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from mocks.genie.knowledge.space import Column
from mocks.genie.language.english import KINDS
from mocks.genie.language.filling import IDLE
from mocks.genie.language.words import FUNCTION_WORDS, plain, stem_set, stems

_LONGEST_CODE = 6
_LONGEST_NAME = 4
_MOST_NUMBERS = 12
_LONGEST_NOUN = 3
_SAID_OF_ANY = KINDS | stem_set("person people individual other thing one case same")
# Who is a joint borrower is a borrower as others are.
_ROLES = stem_set("role part function capacity relation relationship")
_LEADING = re.compile(r"^(?:(?:the|an?|our|its|their|his|own)\s+)+", re.I)
# `1 very good, 2 good, 3 worn`: a list of what numbers stand for.
_NUMBERED = re.compile(r"(?:^|[,;:(])\s*\d{1,2}\s+[A-Za-z]")
# `en English, de German`.
_LANGUAGES = re.compile(r"(?:^|[,;:(])\s*[a-z]{2,3}\s+[A-Z]")
_ADDED = re.compile(r"\s(?:at|in|on|by|from|with|without|to|for|before|after|who|that|which|when|if)\s", re.I)
# `D = declined (turned down, refused)`.
_OTHERWISE = re.compile(r"^[^,;.()=]+\(([\w -]+(?:, [\w -]+)*)\)(?=\W*$|[,;.])")
_MORE = re.compile(r"\s(?:or|and|who|that|which)\s")
_DEED = re.compile(r"^([a-z]{3,}s|[a-z]{3,}ed|led|held|ran|took)(?:\s+(?:the|an?|its|their|it|them)\b.*)?$")


def decoded(column: Column, whole: float, first: float, last: float) -> Iterator[tuple[str, str, float]]:
    """Names of values, each with the value and its rank: the `whole` explanation, its `first` word, or its `last`.

    `T tied agent, B independent broker` is also called tied, independent and broker; `L leads the claim` is a lead.
    """
    codes = [value for value in column.values if len(value) <= _LONGEST_CODE and value in column.description]
    said = {code: found for code in codes if (found := explained(code, column.description))}
    often = Counter(stems(column.description))
    own = {*stems(column.table_name), *stems(column.spoken)} | _SAID_OF_ANY
    for code, name in said.items():
        yield name, code, whole
        for other in _otherwise(code, column.description):
            yield other, code, whole - 1
        for word, rank in _words(name, whole - 1, first, 0 if _ROLES & own else last):
            if rank and not own & {*stems(word)} and (" " in word or all(often[part] == 1 for part in stems(word))):
                yield word, code, rank


def _otherwise(code: str, description: str) -> Iterator[str]:
    """What else a comment says in brackets that a code stands for."""
    for place in re.finditer(rf"(?<!\w){re.escape(code)}\s*(?:=|:)\s*", description):
        found = _OTHERWISE.match(description[place.end() :])
        yield from (other for other in found[1].split(", ") if len(other.split()) <= _LONGEST_NOUN) if found else ()


def _words(name: str, sure: float, first: float, last: float) -> Iterator[tuple[str, float]]:
    """The words of an explanation that may stand for the whole: of a noun the first and the last, or the verb."""
    if (deed := _DEED.match(name)) is not None:
        yield deed[1], sure
        return
    short = _ADDED.split(_LEADING.sub("", name))[0]
    if short != name and not FUNCTION_WORDS & {*short.lower().split()}:  # `cash at the counter`
        yield short, sure
    head, of, rest = short.partition(" of ")
    if (
        of
        and rest.split()[0] in ("a", "an", "the", "one")
        and len(head.split()) == 1
        and head.lower() not in FUNCTION_WORDS | IDLE
    ):
        yield head, last  # `rent of a quarter`
    words = _LEADING.sub("", name).split()
    if 1 < len(words) <= _LONGEST_NOUN and not (FUNCTION_WORDS | IDLE) & {*map(str.lower, words)}:
        yield from ((words[0], first), (words[-1], last))
        yield f"{words[0]} {words[-1]}", sure


def is_coded(description: str, values: Collection[str]) -> bool:
    """Whether a comment says what numbers stand for: `1 = mild, 2 = moderate, 3 = severe`."""
    return 1 < len(values) <= _MOST_NUMBERS and sum(bool(explained(value, description)) for value in values) > 1


def explained(code: str, description: str) -> str | None:
    """What a comment says that a code stands for: `F = female`, `NM New Mexico`."""
    found = re.search(rf"(?<!\w){re.escape(code)}\s*(?:=|:|is|means|stands for|for|-|–)\s*([^,;.()=]+)", description)
    if found is None and code.isupper():
        found = re.search(rf"(?<!\w){re.escape(code)}\s+([A-Za-z][^,;.()=]+)", description)
    listed, initial = (_NUMBERED, "A-Za-z") if code.isdigit() else (_LANGUAGES, "A-Z")
    if found is None and (code.isdigit() or code.islower()) and len(listed.findall(description)) > 1:
        found = re.search(rf"(?:^|[,;:(])\s*{re.escape(code)}\s+([{initial}][^,;.()=]+)", description)
    said = re.sub(r"\s+(?:and|or)$", "", found[1].strip()) if found else ""
    said = re.split(r"\s(?:and|or)\s+\S+\s*(?:=|is|:)", said)[0]
    if len(said.split()) > _LONGEST_NAME and not _LEADING.match(said):
        said = _MORE.split(said)[0]  # `tradesperson or firm that works for us`
    return said if 0 < len(said.split()) <= _LONGEST_NAME or _LEADING.match(said) else None


def says_first(word: str, column: Column, code: str) -> bool:
    """Whether several of a word are none of what a code stands for: `bookings` are no booking portal."""
    said = _LEADING.sub("", explained(code, column.description) or "").lower().split()
    return len(said) > 1 and said[0] == plain(word) != word.lower()
