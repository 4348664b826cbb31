"""What codes stand for where an instruction lists them, as in `Status of a loan: A approved, D disbursed`."""

import re
from collections.abc import Iterator

from mocks.genie.knowledge.space import TEXT, Column, Space
from mocks.genie.language.sentences import told
from mocks.genie.language.words import stems

_LONGEST = 4
_SENTENCE = re.compile(r"(?<!\d)\.(?:\s|$)|\n")
_SAYS = re.compile(r"^[\s'\"`]*(?:=|:|->|→|-|–|\bis\b|\bare\b|\bfor\b|\bmeans?\b|\bstands? for\b)?[\s'\"`]*", re.I)
_ENDS = re.compile(r"[\s'\"`(]*(?:[,;/|]|\band\b|\bor\b)?[\s'\"`(]*$", re.I)
_GROUPED = re.compile(
    r"^(?:treat|count|regard|consider|classify|group) (?P<values>.+?) (?:together )?(?:as|under) "
    r"(?P<name>[\w -]{2,40})$",
    re.I,
)


def told_codes(space: Space) -> Iterator[tuple[str, Column, tuple[str, ...]]]:
    """Names, each with the column and the values that they stand for."""
    for sentence in (part for text in space.instructions for part in _SENTENCE.split(text)):
        found = [(column, names) for column in _listed(sentence, space) if (names := _names(sentence, column))]
        most = max((len(names) for _, names in found), default=0)
        best = [(column, names) for column, names in found if len(names) == most]
        for column, names in best if len(best) == 1 else ():
            yield from ((name, column, (code,)) for name, code in names.items())
        for part in told(sentence):
            yield from _grouped(part, space)


def _listed(sentence: str, space: Space) -> Iterator[Column]:
    """The columns of codes of which a sentence speaks."""
    said = stems(sentence)
    for column in space.columns():
        codes = len(column.values) > 1 and all(len(value) <= _LONGEST for value in column.values)
        named = column.name.lower() in sentence.lower() or stems(column.spoken)[:1] == said[:1]
        heads = {*stems(column.spoken), *(word for name in column.synonyms for word in stems(name))} & set(said)
        if column.kind == TEXT and codes and (named or heads):
            yield column


def _names(sentence: str, column: Column) -> dict[str, str]:
    """What a sentence says behind each code; nothing unless it lists several."""
    codes = "|".join(sorted(map(re.escape, column.values), key=len, reverse=True))
    places = [*re.finditer(rf"(?<![\w'])['\"`]?(?P<code>{codes})['\"`]?(?![\w'])", sentence)]
    ends = [*(place.start() for place in places[1:]), len(sentence)][: len(places)]
    found: dict[str, str] = {}
    for place, end in zip(places, ends, strict=True):
        name = _ENDS.sub("", _SAYS.sub("", sentence[place.end() : end])).strip(" .)'\"`")
        aside = re.findall(r"\(([\w -]+)\)?", sentence[place.end() : end])  # `F frozen (freezer)`
        for short in dict.fromkeys((name, re.split(r"\s(?:but|and)\s|[,(]", name)[0].strip(), *aside)):
            if short and short[0].isalpha() and len(short.split()) <= _LONGEST:
                found[short] = place["code"]
    return found if len(set(found.values())) > 1 else {}


def _grouped(sentence: str, space: Space) -> Iterator[tuple[str, Column, tuple[str, ...]]]:
    """`Treat Pool and Sauna as wet`: several values of one column under a name."""
    found = _GROUPED.match(sentence)
    parts = re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", found["values"]) if found else []
    said = [part.strip(" '\"`").lower() for part in parts]
    for column in space.columns() if len(said) > 1 else ():
        known = {value.lower(): value for value in column.values}
        if found is not None and all(word in known for word in said):
            yield found["name"], column, tuple(known[word] for word in said)
            return
