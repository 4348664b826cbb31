"""Countries, states and languages by their other names, and what two-letter codes of them are: `nl` is Dutch."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from mocks.genie.knowledge.space import TEXT, Column
from mocks.genie.language.english import DEMONYMS, US_STATES
from mocks.genie.language.words import stem_set, stems

_OF_LANGUAGES = stem_set("language lang tongue")
_OF_COUNTRIES = stem_set("country ctry nation nationality citizenship")
# ISO 639-1.
_LANGUAGES = {
    code: name
    for name, code in (
        pair.split()
        for pair in """
Arabic ar,Bulgarian bg,Catalan ca,Chinese zh,Croatian hr,Czech cs,Danish da,Dutch nl,English en,Estonian et,Finnish fi,
French fr,German de,Greek el,Hebrew he,Hindi hi,Hungarian hu,Icelandic is,Indonesian id,Irish ga,Italian it,Japanese ja,
Korean ko,Latvian lv,Lithuanian lt,Malay ms,Maltese mt,Norwegian no,Norwegian nb,Persian fa,Polish pl,Portuguese pt,
Romanian ro,Russian ru,Serbian sr,Slovak sk,Slovenian sl,Spanish es,Swahili sw,Swedish sv,Thai th,Turkish tr,
Ukrainian uk,Vietnamese vi,Welsh cy""".replace("\n", "").split(",")
    )
}
_SAME_COUNTRY = (
    frozenset(("USA", "US", "United States", "United States of America", "U.S.")),
    frozenset(("UK", "GB", "United Kingdom", "Great Britain")),
)
_SHORT = {"Britain (UK)": "United Kingdom", "Korea (South)": "South Korea", "Czech Republic": "Czechia"}


def place_names(values: set[str]) -> Iterator[tuple[str, str]]:
    """Other names of countries, and those of states that are written as codes, each with the value."""
    for same in _SAME_COUNTRY:
        for value in values & same:
            yield from ((name, value) for name in same)
    if values and values <= set(US_STATES):
        yield from ((US_STATES[value], value) for value in values)


def adjectives(values: set[str]) -> Iterator[tuple[str, str]]:
    """The adjectives for countries, or the countries where the values are adjectives, each with the value."""
    for adjective, country in DEMONYMS.items():
        if country in values:
            yield adjective, country
        if adjective.capitalize() in values:
            yield country, adjective.capitalize()


def iso_names(column: Column) -> Iterator[tuple[str, str]]:
    """What the values are called, each name with its code, where all of them are codes of one of the two standards."""
    told = {*stems(column.spoken), *stems(column.description)}
    codes = {value: value.strip() for value in column.values if value.strip()}
    if column.kind != TEXT or not codes or not all(len(code) == 2 and code.isalpha() for code in codes.values()):
        return
    if told & _OF_LANGUAGES:
        known = {value: [_LANGUAGES[code.lower()]] for value, code in codes.items() if code.lower() in _LANGUAGES}
    elif told & _OF_COUNTRIES:
        known = {value: [*_country(code.upper())] for value, code in codes.items()}
    else:
        return
    for value, names in known.items():
        yield from ((name, value) for name in names)


def _country(code: str) -> Iterator[str]:
    """The name of a country and the adjective for it."""
    name = _countries().get(code)
    if name is not None:
        yield name
        yield from (adjective for adjective, country in DEMONYMS.items() if country == name)


@cache
def _countries() -> dict[str, str]:
    """By its code of ISO 3166 the name of each country, as the time zone database lists them."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code: _SHORT.get(name, name) for code, name in rows}
